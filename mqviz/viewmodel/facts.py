"""The figures of one node, as plain codes and numbers: what the inspector puts into words.

Everything comes from one snapshot; rates come from the recorder, which makes them alike for every backend.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from typing import TypeVar

from mqviz.model.result import Summary
from mqviz.model.snapshot import (
    BrokerStats,
    ClientState,
    ConsumerStats,
    ExchangeStats,
    ProducerStats,
    QueueStats,
    ServiceStats,
    Snapshot,
    TranslatorStats,
)
from mqviz.viewmodel.knobs import split
from mqviz.viewmodel.totals import is_listed, tells_unacked, totals_of

Rate = Callable[[str, str], float | None]
"""Node id and name of a total to its present rate per second; None where it cannot be told."""

MOST_ROWS = 24
"""So many queues of the whole are listed at most."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `state` is the message state that it counts (for glyph and colour), `unit` one of "", "s", "/s", "%", "B".

    `of`: the limit that it is measured against; `is_alarming`: it has crossed that.
    """

    code: str
    value: float | None
    state: str = ""
    unit: str = ""
    rate: float | None = None
    of: float | None = None
    is_alarming: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """How full a queue is: ready against its limit (None: no limit), unacked beside it."""

    ready: int
    unacked: int
    limit: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """Something that belongs to the node: a consumer of a queue, a binding of an exchange. `held` of `room` slots (room 0: unlimited)."""

    node: str
    label: str
    state: str = ""
    note: str = ""
    held: int | None = None
    room: int = 0
    rate: float | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is said of one node. `traits` are codes (or names: `policy:...`), `texts` pairs of a code and a text to show as it is."""

    node: str
    kind: str
    name: str
    traits: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    details: tuple[Figure, ...] = ()
    level: Level | None = None
    rows_code: str = ""
    rows: tuple[Row, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()


def facts_of(snapshot: Snapshot, node: str, rate: Rate, waits: Summary | None = None) -> Facts | None:
    """The facts of a node; of the whole where `node` is empty; None for what is not there (any more).

    `waits`: how long messages waited in it, of a queue, as far as that was asked for.
    """
    if not node:
        return _overview(snapshot, rate)
    kind, name = split(node)
    make = _MAKERS.get(kind)
    facts = make(snapshot, name, rate) if make else None
    return facts if facts is None or waits is None else replace(facts, details=_with_waits(facts.details, waits))


def _with_waits(details: tuple[Figure, ...], waits: Summary) -> tuple[Figure, ...]:
    """Behind the age of the oldest, which is about those that still wait."""
    return (*details[:1], Figure("wait_p50", waits.p50, unit="s"), Figure("wait_p95", waits.p95, unit="s"), *details[1:])


def _overview(snapshot: Snapshot, rate: Rate) -> Facts:
    queues = snapshot.queues
    if not queues and snapshot.services:
        return _services(snapshot)
    totals = totals_of(snapshot)
    figures = (
        Figure("ready", totals.ready, "ready"),
        Figure("unacked", totals.unacked, "unacked"),
        Figure("redelivered", totals.redelivered, "redelivered"),
    )
    broker = snapshot.broker
    own = (*_connections(snapshot), *_nodes(broker))
    details = (*own, *_whole_rates(snapshot, rate)) if snapshot.live else (*_whole_rates(snapshot, rate), *own)
    worst = nlargest(MOST_ROWS, queues, key=lambda queue: (queue.consumers == 0 and queue.messages_ready > 0, queue.messages_ready))
    rows = tuple(Row(f"queue:{q.name}", q.name, rate=rate(f"queue:{q.name}", "delivered"), held=q.messages_ready, room=-1) for q in worst)
    traits = () if not broker.version else (f"live_version:{broker.version}",) if snapshot.live else (f"version:{broker.version}",)
    return Facts("", "broker", broker.name, traits, figures, details, rows_code="queues", rows=rows)


def _whole_rates(snapshot: Snapshot, rate: Rate) -> tuple[Figure, ...]:
    """Of a live broker the thirteen rates that its own pages show, as far as it tells them."""
    counted = snapshot.broker.message_stats
    if counted is not None:
        names = [name for name in counted.__struct_fields__ if getattr(counted, name) is not None]
        return tuple(Figure(f"counted_{name}", rate("", f"counted_{name}"), unit="/s") for name in names)
    whole = (Figure(f"{name}_rate", rate("", name), unit="/s") for name in ("publish", "deliver", "ack"))
    return (*whole, *_latencies(snapshot))


def _connections(snapshot: Snapshot) -> tuple[Figure, ...]:
    broker = snapshot.broker
    if not is_listed(snapshot):
        return (Figure("connections", None), Figure("blocked_connections", None))
    blocked = Figure("blocked_connections", broker.blocked_connections, is_alarming=snapshot.live and broker.blocked_connections > 0)
    memory = () if broker.nodes else (Figure("memory", broker.memory, unit="B"),)
    return (Figure("connections", broker.connections), blocked, *memory)


def _nodes(broker: BrokerStats) -> Iterator[Figure]:
    """Memory and disk of each node against its watermarks; with several nodes, each by its name."""
    for node in broker.nodes:
        which = f":{node.name}" if len(broker.nodes) > 1 else ""
        yield Figure(f"node_memory{which}", node.memory, unit="B", of=node.memory_limit, is_alarming=node.memory_alarm)
        yield Figure(f"node_disk{which}", node.disk_free, unit="B", of=node.disk_free_limit, is_alarming=node.disk_alarm)


def _services(snapshot: Snapshot) -> Facts:
    """The whole where nothing but services is called: there is no broker to tell of."""
    total: dict[str, int] = {
        code: sum(getattr(each, code) for each in snapshot.services)
        for code in ("waiting", "in_service", "completed", "requests", "refused", "timed_out", "failed")
    }
    figures = (
        Figure("waiting", total["waiting"], "ready"),
        Figure("in_service", total["in_service"], "unacked"),
        Figure("completed", total["completed"], "ok"),
    )
    details = (*(Figure(code, total[code]) for code in ("requests", "refused", "timed_out", "failed")), *_latencies(snapshot))
    rows = tuple(
        Row(f"service:{each.name}", each.name, each.state.value, held=each.in_service, room=each.workers) for each in snapshot.services
    )
    return Facts("", "service", "", (), figures, details, rows_code="services", rows=rows)


def _latencies(snapshot: Snapshot) -> tuple[Figure, ...]:
    counts = snapshot.latency
    if counts is None:
        return ()
    quantiles = ((code, counts.quantile(share)) for code, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)))
    return tuple(Figure(f"latency_{code}", value, unit="s") for code, value in quantiles)


def _queue(snapshot: Snapshot, name: str, rate: Rate) -> Facts | None:
    queue = _named(snapshot.queues, name)
    if queue is None:
        return None
    node = f"queue:{name}"
    figures = (
        Figure("ready", queue.messages_ready, "ready", rate=rate(node, "ready")),
        Figure("unacked", queue.messages_unacknowledged if tells_unacked(snapshot) else None, "unacked", rate=rate(node, "unacked")),
        Figure("redelivered", queue.redelivered, "redelivered", rate=rate(node, "redelivered")),
    )
    level = Level(queue.messages_ready, queue.messages_unacknowledged, queue.max_length)
    traits = (queue.type, *_flags(queue), *((f"policy:{queue.policy}",) if queue.policy else ()))
    rows = tuple(_consumer_row(each, rate) for each in snapshot.consumers if each.queue == name)
    return Facts(node, "queue", name, traits, figures, _queue_details(queue), level, "consumers", rows)


def _flags(queue: QueueStats) -> tuple[str, ...]:
    flags = {"durable": queue.durable, "exclusive": queue.exclusive, "auto_delete": queue.auto_delete}
    state = () if queue.state == "running" else (queue.state,)
    return (*(code for code, is_set in flags.items() if is_set), *state)


def _queue_details(queue: QueueStats) -> tuple[Figure, ...]:
    always = (
        Figure("oldest", queue.oldest, unit="s"),
        Figure("enqueued", queue.enqueued),
        Figure("delivered", queue.delivered),
        Figure("acknowledged", queue.acknowledged),
        Figure("message_bytes", queue.message_bytes, unit="B"),
        *((Figure("consumer_capacity", queue.consumer_capacity, unit="%"),) if queue.consumer_capacity is not None else ()),
    )
    ways_out = ("dropped", "refused", "expired", "rejected", "dead_lettered", "purged", "lost")
    return always + _where_any(queue, ways_out)


def _where_any(stats: object, codes: Sequence[str]) -> tuple[Figure, ...]:
    """Figures of which only those that are not 0 are worth a line; what cannot be told neither."""
    return tuple(Figure(code, value) for code in codes if (value := getattr(stats, code)))


def _consumer_row(consumer: ConsumerStats, rate: Rate) -> Row:
    node = f"consumer:{consumer.name}"
    held = consumer.messages_unacknowledged
    return Row(node, consumer.name, consumer.state, held=held, room=consumer.prefetch_count, rate=rate(node, "acknowledged"))


def _consumer(snapshot: Snapshot, name: str, rate: Rate) -> Facts | None:
    consumer = _member(snapshot.consumers, name)
    if consumer is None:
        return None
    node = f"consumer:{name}"
    figures = (
        Figure("held", consumer.messages_unacknowledged, "unacked"),
        Figure("working", consumer.working),
        Figure("redelivered", consumer.redelivered, "redelivered"),
    )
    details = (
        Figure("ack_rate", rate(node, "acknowledged"), unit="/s"),
        Figure("delivered", consumer.delivered),
        Figure("acknowledged", consumer.acknowledged),
        Figure("completed", consumer.completed),
        Figure("busy", _share(rate(node, "busy_time"), consumer.workers), unit="%"),
    )
    traits = (consumer.state, "manual_ack" if consumer.ack_required else "automatic_ack")
    mates = [each for each in snapshot.consumers if each.client == consumer.client and each.name != name]
    rows = (Row(f"queue:{consumer.queue}", consumer.queue, note="subscribed"), *(_consumer_row(each, rate) for each in mates))
    return Facts(node, "consumer", name, traits, figures, details, rows_code="beside", rows=rows)


def _share(rate: float | None, workers: int) -> float | None:
    return None if rate is None or not workers else min(1.0, rate / workers)


def _producer(snapshot: Snapshot, name: str, rate: Rate) -> Facts | None:
    producer = _member(snapshot.producers, name)
    if producer is None:
        return None
    node = f"producer:{name}"
    figures = (
        Figure("published", producer.published, rate=rate(node, "published")),
        Figure("waiting", producer.waiting),
        Figure("unconfirmed", producer.unconfirmed),
    )
    always = (Figure("wanted_rate", producer.rate, unit="/s"),)
    codes = ("confirmed", "nacked", "returned", "retried", "replied", "timed_out", "failed")
    blocked = (Figure("blocked_time", producer.blocked_time, unit="s"),) if producer.blocked_time else ()
    target = f"service:{producer.call}" if producer.call else f"exchange:{producer.exchange}"
    rows = (
        ()
        if producer.call is None and producer.exchange is None
        else (Row(target, producer.call or producer.exchange or "", note=producer.routing_key),)
    )
    details = always + _where_any(producer, codes) + blocked
    return Facts(node, "producer", name, (_state_of(producer), f"kind:{producer.kind}"), figures, details, rows_code="sends_to", rows=rows)


def _state_of(producer: ProducerStats) -> str:
    """Its state; of one that waits, for what."""
    is_asking = producer.state is ClientState.WAITING and producer.confirm is None
    return "waiting_for_answer" if is_asking else producer.state.value


def _service(snapshot: Snapshot, name: str, rate: Rate) -> Facts | None:
    service = _named(snapshot.services, name)
    if service is None:
        return None
    node = f"service:{name}"
    figures = (
        Figure("in_service", service.in_service, "unacked"),
        Figure("waiting", service.waiting, "ready"),
        Figure("completed", service.completed, "ok", rate=rate(node, "completed")),
    )
    details = (
        Figure("requests", service.requests),
        Figure("busy", _share(rate(node, "busy_time"), service.workers), unit="%"),
        *_where_any(service, ("refused", "timed_out", "failed")),
    )
    level = Level(service.waiting, service.in_service, service.accept) if service.accept is not None else None
    return Facts(node, "service", name, (service.state,), figures, details, level)


def _translator(snapshot: Snapshot, name: str, rate: Rate) -> Facts | None:
    translator = _named(snapshot.translators, name)
    if translator is None:
        return None
    node = f"translator:{name}"
    figures = (
        Figure("taken", translator.taken, rate=rate(node, "taken")),
        Figure("translated", translator.translated, "ok"),
        Figure("invalid", translator.invalid, "dead_lettered"),
    )
    texts = (("before", translator.before), ("after", translator.after))
    traits = (f"format:{translator.format_in}", f"format:{translator.format_out}")
    return Facts(node, "translator", name, traits, figures, texts=texts, rows_code="ends", rows=_ends(translator))


def _ends(translator: TranslatorStats) -> tuple[Row, ...]:
    target = f"exchange:{translator.exchange}" if translator.exchange else f"queue:{translator.routing_key}"
    label = translator.exchange or translator.routing_key
    note = translator.routing_key if translator.exchange else "publishes_to"
    ends = (Row(f"queue:{translator.queue}", translator.queue, note="takes_from"), Row(target, label, note=note))
    invalid = translator.invalid_queue
    return ends if invalid is None else (*ends, Row(f"queue:{invalid}", invalid, note="invalid_to"))


def _exchange(snapshot: Snapshot, name: str, rate: Rate) -> Facts | None:
    exchange = _named(snapshot.exchanges, name)
    if exchange is None:
        return None
    node = f"exchange:{name}"
    figures = (
        Figure("publish_in", exchange.publish_in, rate=rate(node, "publish_in")),
        Figure("publish_out", exchange.publish_out, rate=rate(node, "publish_out")),
        Figure("unroutable", exchange.unroutable, "dropped"),
    )
    rows = tuple(
        Row(f"{each.destination_type}:{each.destination}", each.destination, note=each.routing_key)
        for each in snapshot.bindings
        if each.source == name
    )
    traits = (exchange.type, *(code for code in ("durable", "internal") if getattr(exchange, code)))
    return Facts(node, "exchange", name, traits, figures, rows_code="bindings", rows=rows)


T = TypeVar("T", QueueStats, ConsumerStats, ProducerStats, ServiceStats, TranslatorStats, ExchangeStats)
M = TypeVar("M", ConsumerStats, ProducerStats)


def _named(every: Sequence[T], name: str) -> T | None:
    return next((each for each in every if each.name == name), None)


def _member(every: Sequence[M], name: str) -> M | None:
    """The member of that name; a client's own name (a group on the canvas) stands for its first member."""
    return _named(every, name) or next((each for each in every if each.client == name), None)


_MAKERS: dict[str, Callable[[Snapshot, str, Rate], Facts | None]] = {
    "queue": _queue,
    "consumer": _consumer,
    "producer": _producer,
    "service": _service,
    "translator": _translator,
    "exchange": _exchange,
}
