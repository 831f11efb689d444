"""What each card of the picture says: figures rounded as they are shown, so that two faces are equal when they look alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor, log10
from typing import Protocol, TypeVar

from mqviz.model.amqp import DeadReason
from mqviz.model.snapshot import ClientState, QueueStats, ServiceStats, Snapshot
from mqviz.viewmodel.graph import Graph, Node, NodeKind
from mqviz.viewmodel.trends import Trend

_NEAR = 0.8
_GROWTH_OVER = 5.0
_LEAST_GROWTH = 10.0
_GROWTH_SHARE = 0.1
_FULL_SOON = 60.0
_STEPS = 480
_LEAST_SCALE = 20


class Figures(Protocol):
    """Who knows rates: the recorder."""

    def rate(self, node: str, what: str) -> float | None:
        """The rise of a node's total per second."""

    def trend(self, queue: str) -> Trend:
        """Where a queue's backlog is going."""


class Severity(StrEnum):
    """How bad it is with a queue, and why."""

    FINE = "fine"
    GROWING = "growing"
    NEAR_LIMIT = "near_limit"
    NO_CONSUMER = "no_consumer"


@dataclass(frozen=True, slots=True)
class Crew:
    """The members behind a card: how most of them are, and how many are in the worst state."""

    state: ClientState = ClientState.IDLE
    worst: ClientState = ClientState.IDLE
    members: int = 1
    worst_members: int = 1


@dataclass(frozen=True, slots=True)
class ProducerFace:
    """A producer: messages published per second; `waiting`: work that has arrived and is not yet published.

    `confirms`: what it waits for is confirms, and not an answer.
    """

    crew: Crew
    rate: float | None
    waiting: int
    calls: bool
    confirms: bool


@dataclass(frozen=True, slots=True)
class ExchangeFace:
    """An exchange; `unroutable` per second, 0 for none."""

    type: str
    unroutable: float


@dataclass(frozen=True, slots=True)
class QueueFace:
    """A queue. `ready_share`, `unacked_share`: of its limit, or of a round number above all it ever held; `percent` is of its limit."""

    type: str
    ready: int
    unacked: int
    ready_share: float
    unacked_share: float
    percent: int | None
    oldest: float | None
    slope: float | None
    full_in: float | None
    empty_in: float | None
    severity: Severity
    is_dead_letter: bool
    dead_reason: str = ""


@dataclass(frozen=True, slots=True)
class ConsumerFace:
    """A consumer: acks per second, what it holds of its prefetch (0: unlimited), and on how much of it it works."""

    crew: Crew
    rate: float | None
    held: int
    prefetch: int
    working: int
    workers: int


@dataclass(frozen=True, slots=True)
class ServiceFace:
    """A service: busy workers now, who waits (`accept` None: no limit), and per second what is finished, refused and timed out.

    `load`: the share of its workers that was busy over the last second, in hundredths; now, where that cannot be told.
    """

    crew: Crew
    workers: int
    busy: int
    waiting: int
    accept: int | None
    load: float
    rate: float | None
    refused: float
    timed_out: float


@dataclass(frozen=True, slots=True)
class TranslatorFace:
    """A translator: formats before and after, and messages per second, those it could not translate apart."""

    crew: Crew
    format_in: str
    format_out: str
    rate: float | None
    invalid: float


Face = ProducerFace | ExchangeFace | QueueFace | ConsumerFace | ServiceFace | TranslatorFace


class _Index:
    """The stats of a snapshot by node id; a live client may appear more than once under one name."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.producers = _by_name(snapshot.producers, "producer")
        self.consumers = _by_name(snapshot.consumers, "consumer")
        self.exchanges = {f"exchange:{exchange.name}": exchange for exchange in snapshot.exchanges}
        self.queues = {f"queue:{queue.name}": queue for queue in snapshot.queues}
        self.services = {f"service:{service.name}": service for service in snapshot.services}
        self.translators = {f"translator:{translator.name}": translator for translator in snapshot.translators}


class _Client(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def state(self) -> ClientState: ...


C = TypeVar("C", bound=_Client)


def _by_name(clients: Iterable[C], kind: str) -> dict[str, list[C]]:
    result: dict[str, list[C]] = {}
    for client in clients:
        result.setdefault(f"{kind}:{client.name}", []).append(client)
    return result


class Faces:
    """Makes the faces of one picture; remembers what each queue held at most, for the scale of those without a limit."""

    def __init__(self) -> None:
        self._peaks: dict[str, int] = {}
        self._index = _Index(Snapshot(time=0.0))
        self._graph = Graph()
        self._figures: Figures | None = None
        self._makers: dict[NodeKind, Callable[[Node], Face]] = {
            NodeKind.PRODUCER: self._producer,
            NodeKind.EXCHANGE: self._exchange,
            NodeKind.QUEUE: self._queue,
            NodeKind.CONSUMER: self._consumer,
            NodeKind.SERVICE: self._service,
            NodeKind.TRANSLATOR: self._translator,
        }

    def begin(self, snapshot: Snapshot, graph: Graph, figures: Figures) -> None:
        """From now on faces are of this snapshot, whose picture is `graph`."""
        self._index, self._graph, self._figures = _Index(snapshot), graph, figures

    def of(self, node: Node) -> Face:
        """The face of a node of the present graph."""
        return self._makers[node.kind](node)

    def _rate(self, id: str, what: str) -> float | None:
        value = self._figures.rate(id, what) if self._figures else None
        return None if value is None else rounded(max(0.0, value))

    def _producer(self, node: Node) -> ProducerFace:
        members = _of_members(self._index.producers, node)
        waiting = sum(one.waiting or 0 for one in members)
        rate, calls = self._rate(node.id, "published"), any(one.call for one in members)
        return ProducerFace(crew(members), rate, waiting, calls, any(one.confirm is not None for one in members))

    def _exchange(self, node: Node) -> ExchangeFace:
        return ExchangeFace(self._index.exchanges[node.id].type, self._rate(node.id, "unroutable") or 0.0)

    def _queue(self, node: Node) -> QueueFace:
        queue = self._index.queues[node.id]
        trend = self._trend(node)
        is_dead_letter = node.id in self._graph.dead_letter_queues
        scale = queue.max_length or self._scale(node.id, queue.messages)
        return QueueFace(
            type=queue.type,
            ready=queue.messages_ready,
            unacked=queue.messages_unacknowledged,
            ready_share=_step(queue.messages_ready / scale),
            unacked_share=_step(queue.messages_unacknowledged / scale),
            percent=round(100 * queue.messages_ready / queue.max_length) if queue.max_length else None,
            oldest=_seconds(queue.oldest) if queue.messages_ready else None,
            slope=None if trend.slope is None else rounded(trend.slope),
            full_in=_seconds(trend.full_in),
            empty_in=_seconds(trend.empty_in),
            severity=severity(queue, trend, is_dead_letter),
            is_dead_letter=is_dead_letter,
            dead_reason=dead_reason(queue),
        )

    def _trend(self, node: Node) -> Trend:
        """Where the backlog is going; nowhere while the last second speaks against the last five."""
        if self._figures is None:
            return Trend()
        trend, now = self._figures.trend(node.name), self._figures.rate(node.id, "ready")
        is_turning = now is not None and trend.slope is not None and now * trend.slope < 0
        return Trend() if is_turning else trend

    def _scale(self, id: str, messages: int) -> int:
        """A round number above all that the queue ever held."""
        self._peaks[id] = max(messages, self._peaks.get(id, 0))
        return round_above(self._peaks[id])

    def _consumer(self, node: Node) -> ConsumerFace:
        members = _of_members(self._index.consumers, node)
        acked = self._rate(node.id, "acknowledged")
        delivered = self._rate(node.id, "delivered")
        return ConsumerFace(
            crew=crew(members),
            rate=acked if any(one.ack_required for one in members) else delivered,
            held=sum(one.messages_unacknowledged or 0 for one in members),
            prefetch=0 if any(not one.prefetch_count for one in members) else sum(one.prefetch_count for one in members),
            working=sum(one.working for one in members),
            workers=sum(one.workers for one in members),
        )

    def _service(self, node: Node) -> ServiceFace:
        service = self._index.services[node.id]
        return ServiceFace(
            crew=crew([service]),
            workers=service.workers,
            busy=service.in_service,
            waiting=service.waiting,
            accept=service.accept,
            load=self._load(service),
            rate=self._rate(node.id, "completed"),
            refused=self._rate(node.id, "refused") or 0.0,
            timed_out=self._rate(node.id, "timed_out") or 0.0,
        )

    def _load(self, service: ServiceStats) -> float:
        busy = self._figures.rate(f"service:{service.name}", "busy_time") if self._figures else None
        return round(min(1.0, (service.in_service if busy is None else busy) / max(1, service.workers)), 2)

    def _translator(self, node: Node) -> TranslatorFace:
        one = self._index.translators[node.id]
        invalid = self._rate(node.id, "invalid") or 0.0
        return TranslatorFace(crew([one]), one.format_in, one.format_out, self._rate(node.id, "taken"), invalid)


def _of_members(stats: dict[str, list[C]], node: Node) -> list[C]:
    return [one for member in node.members for one in stats.get(member, ())]


_BADNESS = {state: index for index, state in enumerate(ClientState)}


def crew(members: Sequence[_Client]) -> Crew:
    """How the members of a card are."""
    if len(members) == 1:
        return Crew(members[0].state, members[0].state)
    counts = Counter(one.state for one in members)
    if not counts:
        return Crew(members=0, worst_members=0)
    worst = max(counts, key=_BADNESS.__getitem__)
    return Crew(counts.most_common(1)[0][0], worst, len(members), counts[worst])


def dead_reason(queue: QueueStats) -> str:
    """Why most of its dead letters were dead-lettered: rejected, expired, maxlen, or `delivery_limit:N`; empty before the first."""
    counts = {reason.value: getattr(queue.reasons, reason.value) for reason in DeadReason}
    most = max(counts, key=counts.__getitem__)
    if not counts[most]:
        return ""
    return f"{most}:{queue.delivery_limit}" if most == DeadReason.DELIVERY_LIMIT and queue.delivery_limit else most


def severity(queue: QueueStats, trend: Trend, is_dead_letter: bool) -> Severity:
    """Red: messages and nobody to take them. Amber: near the limit, or growing. Dead letters may lie."""
    if queue.messages_ready and queue.consumers == 0 and not is_dead_letter:
        return Severity.NO_CONSUMER
    if queue.max_length and queue.messages_ready >= _NEAR * queue.max_length:
        return Severity.NEAR_LIMIT
    growth = (trend.slope or 0.0) * _GROWTH_OVER
    is_growing = growth >= max(_LEAST_GROWTH, _GROWTH_SHARE * queue.messages_ready)
    is_full_soon = trend.full_in is not None and trend.full_in < _FULL_SOON
    return Severity.GROWING if is_growing or is_full_soon else Severity.FINE


def rounded(rate: float) -> float:
    """A rate as it is shown: one decimal below ten, whole numbers above."""
    return float(round(rate)) if abs(rate) >= 10 else round(rate, 1) + 0.0


def round_above(value: int) -> int:
    """The least of 1, 2, 5 times a power of ten above a value, with some air, and not less than 20."""
    wanted = max(_LEAST_SCALE, value * 1.1)
    power = 10 ** floor(log10(wanted))
    return int(next(step * power for step in (1, 2, 5, 10) if step * power >= wanted))


def _step(share: float) -> float:
    """A share in steps that are too fine to see; what is there at all is not 0."""
    return min(1.0, max(round(share * _STEPS), 1) / _STEPS) if share > 0 else 0.0


def _seconds(value: float | None) -> float | None:
    """A duration as it is shown: hundredths below one second, tenths below ten, then seconds, then minutes."""
    if value is None:
        return None
    if value < 1:
        return round(value, 2)
    if value < 10:
        return round(value, 1)
    return float(round(value)) if value < 120 else float(round(value / 60) * 60)
