"""A round of questions to the management API, and the picture that comes of it. No socket: it yields what to ask and is sent the bytes.

What the account may not see, or the broker does not tell, is named as missing; a round only fails where there is no picture at all.
Lists that seldom change are read again only when their bytes are others than last time, and asked the less often the longer they take.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator
from itertools import count
from math import inf
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from mqviz.backends import answers, management, prometheus, publishing_to, reading
from mqviz.backends.answers import table
from mqviz.backends.api_client import RefusedError
from mqviz.backends.clients import BLOCKED, People
from mqviz.backends.management import Ask, decoded
from mqviz.backends.troubles import TroubleError
from mqviz.model.feed import Missing, Trouble
from mqviz.model.snapshot import BindingStats, BrokerStats, ExchangeStats, QueueStats, Snapshot

Reply = bytes | TroubleError
Steps = Generator[Ask | Snapshot, Reply, Any]
"""Yields what is to be asked, and early pictures (whose reply does not count); is sent the answers."""

MONITORS = frozenset(("monitoring", "administrator"))
"""Tags that let an account see what others do."""
_SLOW = 60.0
"""A list that seldom changes is asked again after so many times what its answer took."""
_KNOWN_FOR = 60.0
"""Seconds for which tags are taken as known."""
_EARLY = (1, 3, 7, 15, 31)
"""Pages after which there is an early picture."""


class Picture(NamedTuple):
    """What a round has found. The snapshot has no time yet."""

    snapshot: Snapshot
    tags: tuple[str, ...]
    virtual_hosts: tuple[str, ...]
    missing: tuple[Missing, ...]
    sources: tuple[str, ...] = ("management",)


class _Kept(Struct):
    """The last answer to a question: its bytes, what was made of it, when it was asked and how long it took."""

    content: bytes = b""
    made: Any = None
    asked: float = -inf
    took: float = 0.0


class Survey:
    """Leads the rounds for one virtual host, and remembers between them. `now` tells wall seconds."""

    def __init__(self, vhost: str, now: Callable[[], float]) -> None:
        self.vhost = vhost
        self._now = now
        self._kept: dict[str, _Kept] = {}
        self._people = People()
        self._tags: tuple[str, ...] = ()
        self._names: frozenset[tuple[str, str]] = frozenset()
        self._missing: dict[str, Missing] = {}
        self._has_picture = False
        self.lasting: tuple[str, ...] = ()
        """Names of queues, as seen last, that asking for them by AMQP does not keep alive."""

    def round(self) -> Steps:
        """One round; gives the Picture. TroubleError where there is none to be had."""
        self._missing = {"oldest": Missing(what="oldest", trouble=Trouble.UNTOLD)}
        tags = yield from self._who()
        overview = yield from self._one(management.overview())
        hosts = yield from self._one(management.vhosts())
        policies = yield from self._policies()
        exchanges = yield from self._exchanges(policies)
        queues = yield from self._queues(overview)
        measured = yield from self._measured(overview, len(hosts))
        if measured is not None and overview.disable_stats:
            queues = yield from self._consumed(queues)
        if not self._has_picture:
            yield self._early(overview, exchanges, queues)
        bindings = yield from self._bindings(exchanges, queues)
        broker, (producers, consumers) = yield from self._clients(overview, hosts, exchanges)
        self._has_picture = True
        broker = prometheus.with_measured(broker, measured)
        if measured is not None:
            self._missing.pop("nodes", None)
            if len(broker.nodes) > 1 and overview.disable_stats:
                self._miss("other_nodes", Trouble.STATISTICS)
        snapshot = Snapshot(
            time=0.0,
            live=True,
            broker=broker,
            exchanges=exchanges,
            queues=queues,
            bindings=bindings,
            producers=producers,
            consumers=consumers,
        )
        return Picture(snapshot, tags, tuple(each.name for each in hosts), tuple(self._missing.values()), _sources(measured))

    # -- asking -----------------------------------------------------------------------------------------------

    def _one(self, ask: Ask) -> Generator[Ask, Reply, Any]:
        """The answer to a question without which there is no picture."""
        reply = yield ask
        if isinstance(reply, TroubleError):
            raise reply
        return decoded(ask, reply)

    def _perhaps(self, ask: Ask, what: str, otherwise: Any) -> Generator[Ask, Reply, Any]:
        """The answer, or `otherwise` where it is refused: then it is named as missing."""
        reply = yield ask
        if isinstance(reply, TroubleError):
            self._miss(what, reply.trouble, reply.detail)
            return otherwise
        return decoded(ask, reply)

    def _all(self, of: Callable[[int | None], Ask], early: Callable[[list[Any]], Snapshot] | None = None) -> Steps:
        """The whole list: first in pages, with `early` pictures between them; later at once, which is less work for the broker."""
        if self._has_picture:
            return (yield from self._one(of(None)))
        found: dict[str, Any] = {}
        for number in count(1):
            reply = yield of(number)
            if isinstance(reply, TroubleError):
                if isinstance(reply, RefusedError) and reply.status == 400 and number > 1:
                    break  # the list has become shorter than this page
                raise reply
            page = decoded(of(number), reply)
            # What moved from one page to the next while they were asked comes once.
            found.update((each.name, each) for each in page.items)
            if number >= page.page_count:
                break
            if early is not None and number in _EARLY:
                yield early(list(found.values()))
        return list(found.values())

    def _seldom(self, ask: Ask, make: Callable[[Any], Any], *, again: bool = False) -> Generator[Ask, Reply, Any]:
        """What was made of the answer; asked again when it is due or `again`, made again when it is another one."""
        kept = self._kept.setdefault(ask.path, _Kept())
        began = self._now()
        if kept.made is not None and not again and began - kept.asked < _SLOW * kept.took:
            return kept.made
        reply = yield ask
        if isinstance(reply, TroubleError):
            raise reply
        kept.asked, kept.took = began, self._now() - began
        if kept.made is None or reply != kept.content:
            kept.content, kept.made = reply, make(decoded(ask, reply))
        return kept.made

    def _miss(self, what: str, trouble: Trouble, detail: str = "") -> None:
        if trouble is Trouble.FAILED and "statistics" in self._missing:
            trouble, detail = Trouble.STATISTICS, ""
        self._missing.setdefault(what, Missing(what=what, trouble=trouble, detail=detail))

    # -- the parts of the picture -----------------------------------------------------------------------------

    def _who(self) -> Generator[Ask, Reply, tuple[str, ...]]:
        ask = management.whoami()
        kept = self._kept.setdefault(ask.path, _Kept())
        if self._now() - kept.asked >= _KNOWN_FOR:
            found = yield from self._one(ask)
            self._tags = tags_of(found)
            kept.asked = self._now()
        if not MONITORS & set(self._tags):
            for what in ("connections", "channels", "consumers"):
                self._miss(what, Trouble.RIGHTS, "monitoring")
        return self._tags

    def _policies(self) -> Generator[Ask, Reply, dict[str, dict[str, Any]]]:
        """Definitions by name, which an exchange's alternate may come from. (Of queues, the API tells what is in force.)"""
        try:
            found = yield from self._seldom(management.policies(self.vhost), _definitions)
        except RefusedError as refused:
            if refused.trouble is Trouble.VHOST or refused.status == 404:
                raise TroubleError(Trouble.VHOST, self.vhost) from None
            self._miss("policies", refused.trouble, refused.detail)
            return {}
        return dict(found)

    def _exchanges(self, policies: dict[str, dict[str, Any]]) -> Steps:
        found = yield from self._all(lambda page: management.exchanges(self.vhost, page))
        return tuple(reading.exchange_stats(each, policies) for each in found)

    def _queues(self, overview: answers.Overview) -> Steps:
        """The queues; without statistics, what is left of them."""
        of = management.queues
        if overview.disable_stats:
            for what in ("statistics", "limits", "blocked"):
                self._miss(what, Trouble.STATISTICS)
            of = management.queue_totals

        def early(found: list[answers.Queue]) -> Snapshot:
            return self._early(overview, (), tuple(map(reading.queue_stats, found)))

        found = yield from self._all(lambda page: of(self.vhost, page), early)
        self.lasting = tuple(each.name for each in found if not _is_leased(each))
        return tuple(map(reading.queue_stats, found))

    def _measured(self, overview: answers.Overview, hosts: int) -> Generator[Ask, Reply, prometheus.Measured | None]:
        """What the Prometheus endpoint tells where the management API does not tell it, or not to this account."""
        if not overview.disable_stats and MONITORS & set(self._tags):
            return None
        reply = yield prometheus.metrics()
        try:
            if isinstance(reply, TroubleError):
                raise reply
            found = prometheus.measured(reply)
        except TroubleError as trouble:
            if overview.disable_stats:
                self._miss("rates", trouble.trouble, trouble.detail)
                self._miss("nodes", Trouble.STATISTICS)
            return None
        if overview.disable_stats:
            self._miss("rates" if found.message_stats is None else "queue_rates", Trouble.STATISTICS)
            if hosts > 1 and found.message_stats is not None:
                self._miss("vhost_totals", Trouble.STATISTICS)
        return found

    def _consumed(self, queues: tuple[QueueStats, ...]) -> Generator[Ask, Reply, tuple[QueueStats, ...]]:
        """The queues with the numbers of their consumers, where the endpoint tells of each (3.10 and later)."""
        reply = yield prometheus.queue_metrics(self.vhost)
        if isinstance(reply, TroubleError):
            return queues
        return prometheus.with_counts(queues, prometheus.queue_counts(reply, self.vhost))

    def _bindings(
        self, exchanges: tuple[ExchangeStats, ...], queues: tuple[QueueStats, ...]
    ) -> Generator[Ask, Reply, tuple[BindingStats, ...]]:
        """All bindings; asked at once where a queue or exchange has come or gone."""
        names = frozenset((*(("exchange", each.name) for each in exchanges), *(("queue", each.name) for each in queues)))
        is_other, self._names = names != self._names, names
        try:
            found = yield from self._seldom(management.bindings(self.vhost), reading.binding_stats, again=is_other)
        except RefusedError as refused:
            self._miss("bindings", refused.trouble, refused.detail)
            return ()
        # What was declared since the exchanges and queues were asked for comes with the next picture.
        return found if all(_is_among(each, names) for each in found) else tuple(each for each in found if _is_among(each, names))

    def _clients(self, overview: answers.Overview, hosts: list[answers.Vhost], exchanges: tuple[ExchangeStats, ...]) -> Steps:
        """The whole, and who is connected."""
        connections = yield from self._list(management.connections, "connections")
        channels = yield from self._list(management.channels, "channels")
        consumers = yield from self._perhaps(management.consumers(self.vhost), "consumers", [])
        nodes = yield from self._perhaps(management.nodes(), "nodes", [])
        by_name = {each.name: each for each in connections}
        here = [each for each in channels if each.vhost == self.vhost]
        targets = yield from publishing_to.told(self.vhost, overview.rates_mode, exchanges)
        producers = self._people.producers(here, by_name, targets)
        if any(each.exchange is None for each in producers):
            self._miss("targets", Trouble.STATISTICS, "rates_mode")
        found = self._people.consumers(consumers, {each.name: each for each in here}, by_name)
        blocked = sum(each.state in BLOCKED for each in connections)
        totals = next((each.message_stats for each in hosts if each.name == self.vhost), answers.NO_STATS)
        whole = _whole(overview, list(map(reading.node_stats, nodes)), blocked)
        if not overview.disable_stats:
            whole = msgspec.structs.replace(whole, message_stats=reading.message_stats(totals, exchanges))
        return whole, (producers, found)

    def _list(self, of: Callable[[int | None], Ask], what: str) -> Steps:
        try:
            found = yield from self._all(of)
        except RefusedError as refused:
            self._miss(what, refused.trouble, refused.detail)
            return []
        return found

    def _early(self, overview: answers.Overview, exchanges: tuple[ExchangeStats, ...], queues: tuple[QueueStats, ...]) -> Snapshot:
        """The first picture, before all of it is known."""
        return Snapshot(time=0.0, live=True, broker=_whole(overview, [], 0), exchanges=exchanges, queues=queues)


def _sources(measured: prometheus.Measured | None) -> tuple[str, ...]:
    return ("management",) if measured is None else ("management", prometheus.SOURCE)


def tags_of(account: answers.WhoAmI) -> tuple[str, ...]:
    """The account's tags."""
    tags = account.tags.split(",") if isinstance(account.tags, str) else account.tags
    return tuple(str(tag) for tag in tags or () if tag)


def _whole(overview: answers.Overview, nodes: list[Any], blocked: int) -> BrokerStats:
    running = [each for each in nodes if each.running]
    return BrokerStats(
        name=overview.cluster_name or overview.node,
        version=overview.rabbitmq_version,
        connections=overview.connections,
        blocked_connections=blocked,
        memory=_sum(each.memory for each in running),
        memory_limit=_sum(each.memory_limit for each in running),
        memory_alarm=any(each.memory_alarm for each in nodes),
        nodes=tuple(nodes),
    )


def _is_among(binding: BindingStats, names: Collection[tuple[str, str]]) -> bool:
    return ("exchange", binding.source) in names and (binding.destination_type, binding.destination) in names


def _is_leased(queue: answers.Queue) -> bool:
    """Whether it is deleted when nobody asks for it for a while."""
    return "x-expires" in table(queue.arguments) or "expires" in table(queue.effective_policy_definition)


def _sum(values: Iterator[int | None]) -> int | None:
    told = [value for value in values if value is not None]
    return sum(told) if told else None


def _definitions(policies: list[answers.Policy]) -> dict[str, dict[str, Any]]:
    return {each.name: table(each.definition) for each in policies}
