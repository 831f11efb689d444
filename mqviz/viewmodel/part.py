"""The part of a large broker that is drawn: the worst queues with their neighbours, and how many are left out.

What was drawn stays as long as it is not far from the worst, so that the picture does not jump from poll to poll.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from msgspec.structs import replace

from mqviz.model.snapshot import ConsumerStats, ExchangeStats, ProducerStats, QueueStats, Snapshot
from mqviz.viewmodel.ends import ends_of
from mqviz.viewmodel.faces import Figures, Severity, severity
from mqviz.viewmodel.freshness import is_same
from mqviz.viewmodel.trends import Trend

WHOLE = 60
"""A broker with so many queues is drawn whole."""

MOST_QUEUES = 28
"""Of a larger one so many queues are drawn: what still can be read on a screen."""

MOST_CLIENTS = 4
"""So many clients of one queue are drawn at most where not all queues are."""

_SLACK = 1.5
_FEW = 10
_NO_TREND = Trend()
"""Where a queue is going is asked only where it can matter: five thousand times it is dear."""

_BADNESS = {Severity.NO_CONSUMER: 0, Severity.NEAR_LIMIT: 1, Severity.GROWING: 2, Severity.FINE: 3}


@dataclass(frozen=True, slots=True)
class Part:
    """What is drawn. `shown` of `queues` queues; `matching`: how many of them the search finds (all, without one)."""

    snapshot: Snapshot
    shown: int
    matching: int
    queues: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.shown == self.queues


def worst_first(snapshot: Snapshot, figures: Figures, queues: Iterable[QueueStats] | None = None) -> list[QueueStats]:
    """Queues by severity, then by their messages, then by name."""
    ends = ends_of(snapshot)

    def badness(queue: QueueStats) -> tuple[int, int, str]:
        is_small = queue.messages_ready < _FEW or (not queue.consumers and queue.name not in ends)
        found = severity(queue, _NO_TREND if is_small else figures.trend(queue.name), queue.name in ends)
        return _BADNESS[found], -queue.messages, queue.name

    return sorted(snapshot.queues if queues is None else queues, key=badness)


class Choice:
    """Chooses the part again and again. `search`: only what matches; `pinned`: queues that are drawn in any case."""

    def __init__(self, most: int = MOST_QUEUES, whole: int = WHOLE) -> None:
        self._most, self._whole = most, whole
        self._asked: tuple[Snapshot, str, frozenset[str]] | None = None
        self._part: Part | None = None
        self._drawn: frozenset[str] = frozenset()
        self.search = ""
        self.pinned: frozenset[str] = frozenset()

    def of(self, snapshot: Snapshot, figures: Figures) -> Part:
        """The part of a snapshot that is to be drawn now. Of a live broker's picture that is as it was, the same as before."""
        wish = self.search, self.pinned
        if self._part is not None and self._asked is not None and self._asked[1:] == wish and is_same(snapshot, self._asked[0]):
            return self._part
        self._asked = snapshot, *wish
        self._part = self._chosen(snapshot, figures)
        return self._part

    def _chosen(self, snapshot: Snapshot, figures: Figures) -> Part:
        found = _found(snapshot, self.search) if self.search.strip() else None
        total = len(snapshot.queues)
        matching = total if found is None else len(found)
        if matching == total and total <= self._whole:
            self._drawn = frozenset()
            return Part(snapshot, total, matching, total)
        candidates = [each for each in snapshot.queues if found is None or each.name in found]
        names = self._kept(worst_first(snapshot, figures, candidates)) | (self.pinned & {each.name for each in snapshot.queues})
        self._drawn = names
        return Part(around(snapshot, names), len(names), matching, total)

    def _kept(self, order: list[QueueStats]) -> frozenset[str]:
        """The worst half always; then what was drawn and is not far from the worst; then the next."""
        names = [each.name for each in order]
        near = [name for name in names[: round(_SLACK * self._most)] if name in self._drawn]
        return frozenset(list(dict.fromkeys((*names[: self._most // 2], *near, *names)))[: self._most])


def _found(snapshot: Snapshot, search: str) -> frozenset[str]:
    """The queues that a search means: by their name, by that of an exchange bound to them, or of a client that consumes there."""
    words = search.casefold().split()

    def fits(name: str) -> bool:
        return all(word in name.casefold() for word in words)

    found = {each.name for each in snapshot.queues if fits(each.name)}
    found |= {each.queue for each in snapshot.consumers if fits(each.client)}
    fitting = {each.name for each in snapshot.exchanges if fits(each.name)}
    fitting |= {each.exchange for each in snapshot.producers if each.exchange and fits(each.client)}
    found |= {each.destination for each in snapshot.bindings if each.source in fitting and each.destination_type == "queue"}
    return frozenset(found)


def around(snapshot: Snapshot, queues: Collection[str]) -> Snapshot:
    """These queues and what stands around them: whoever feeds them, consumes there, or takes their dead letters."""
    drawn = tuple(each for each in snapshot.queues if each.name in queues)
    exchanges = _exchanges(snapshot, drawn, queues)
    ends = {"exchange": exchanges, "queue": queues}
    producers = (each for each in snapshot.producers if _feeds(each, exchanges, queues))
    return replace(
        snapshot,
        queues=drawn,
        exchanges=tuple(each for each in snapshot.exchanges if each.name in exchanges),
        bindings=tuple(
            each for each in snapshot.bindings if each.source in exchanges and each.destination in ends[each.destination_type]
        ),
        consumers=_few((each for each in snapshot.consumers if each.queue in queues), lambda each: each.queue),
        producers=_few(producers, lambda each: each.exchange or ""),
        translators=tuple(each for each in snapshot.translators if each.queue in queues),
    )


def _feeds(producer: ProducerStats, exchanges: Collection[str], queues: Collection[str]) -> bool:
    return producer.routing_key in queues if producer.exchange == "" else producer.exchange in exchanges


def _exchanges(snapshot: Snapshot, drawn: Iterable[QueueStats], queues: Collection[str]) -> set[str]:
    """Those bound to the queues, those that feed them in turn, their alternates, and the dead-letter exchanges."""
    into: dict[tuple[str, str], set[str]] = defaultdict(set)
    for binding in snapshot.bindings:
        into[binding.destination_type, binding.destination].add(binding.source)
    wave = {source for name in queues for source in into["queue", name]}
    wave |= {each.dead_letter_exchange for each in drawn if each.dead_letter_exchange}
    known: set[str] = set()
    while wave:
        known |= wave
        wave = {source for name in wave for source in into["exchange", name]} | _alternates(snapshot.exchanges, wave)
        wave -= known
    return known


def _alternates(exchanges: Iterable[ExchangeStats], names: Collection[str]) -> set[str]:
    return {each.alternate for each in exchanges if each.alternate and each.name in names}


C = TypeVar("C", ConsumerStats, ProducerStats)


def _few(clients: Iterable[C], place_of: Callable[[C], str]) -> tuple[C, ...]:
    """All members of the first few clients at each place, so that none of ten thousand consumers hides what matters."""
    seen: dict[str, set[str]] = defaultdict(set)
    kept = []
    for each in clients:
        here = seen[place_of(each)]
        if each.client in here or len(here) < MOST_CLIENTS:
            here.add(each.client)
            kept.append(each)
    return tuple(kept)
