"""Hand-made snapshots for the canvas: a busy shop, and each state that a thing can be in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from msgspec.structs import replace

from mqviz.model.amqp import MessageKind
from mqviz.model.backend import Update
from mqviz.model.faults import Cut, Down, Kill, MemoryAlarm, Slow
from mqviz.model.snapshot import (
    ActiveFault,
    BindingStats,
    BrokerStats,
    ClientState,
    ConsumerStats,
    Event,
    EventKind,
    ExchangeStats,
    ProducerStats,
    QueueStats,
    ServiceStats,
    Snapshot,
    TranslatorStats,
)
from tests.viewmodel.pictures import binding, consumer, producer

SECONDS = 2.0
"""Between the two snapshots of a scene, so that rates can be told."""


@dataclass(frozen=True)
class Scene:
    """A picture: what was true `SECONDS` ago and now, and what happened since."""

    before: Snapshot
    now: Snapshot
    events: tuple[Event, ...] = ()
    selection: tuple[str, ...] = field(default=())

    def updates(self) -> Iterable[Update]:
        """The updates that lead to it."""
        yield Update(snapshot=self.before)
        yield Update(snapshot=self.now, events=self.events)


def scene(now: Snapshot, rates: dict[str, float], events: Iterable[Event] = (), selection: tuple[str, ...] = ()) -> Scene:
    """A scene in which each total rises by its rate: keys are `kind:name.total`, bindings `binding:SOURCE>DESTINATION.messages`."""
    grown = _grown(now, rates, 0.0)
    return Scene(replace(grown, time=10.0), replace(_grown(now, rates, SECONDS), time=10.0 + SECONDS), tuple(events), selection)


def _grown(snapshot: Snapshot, rates: dict[str, float], seconds: float) -> Snapshot:
    def more(kind: str) -> Callable[[object], object]:
        def change(thing: object) -> object:
            name = f"{thing.source}>{thing.destination}" if kind == "binding" else thing.name  # type: ignore[attr-defined]
            prefix = f"{kind}:{name}."
            changed = {
                key.removeprefix(prefix): (getattr(thing, key.removeprefix(prefix)) or 0) + round(rate * seconds)
                for key, rate in rates.items()
                if key.startswith(prefix) and "." not in key.removeprefix(prefix)
            }
            return replace(thing, **changed) if changed else thing  # type: ignore[type-var]

        return change

    groups = ("exchange", "binding", "queue", "producer", "consumer", "service", "translator")
    return replace(snapshot, **{f"{kind}s": tuple(map(more(kind), getattr(snapshot, f"{kind}s"))) for kind in groups})


def flow(pairs: Iterable[tuple[EventKind, str, str, float]], start: int = 0, **more: object) -> list[Event]:
    """So many steps a second from node to node over the last `SECONDS`."""
    events = []
    number = start
    for kind, source, target, rate in pairs:
        for index in range(round(rate * SECONDS)):
            number += 1
            when = 10.0 + index / rate
            events.append(Event(time=when, kind=kind, source=source, target=target, message=number * 7919, **more))  # type: ignore[arg-type]
    return sorted(events, key=lambda event: event.time)


P, R, D, X = EventKind.PUBLISH, EventKind.ROUTE, EventKind.DELIVER, EventKind.DEAD_LETTER


def shop() -> Scene:
    """The picture of the design: a poison message, a killed worker, a slow one, a queue that runs full."""
    now = Snapshot(
        time=0.0,
        exchanges=(
            ExchangeStats(name="", type="direct"),
            ExchangeStats(name="orders", type="topic"),
            ExchangeStats(name="events", type="fanout"),
            ExchangeStats(name="dlx", type="direct"),
        ),
        queues=(
            QueueStats(name="orders.priority", messages_ready=38, messages_unacknowledged=20, max_length=600, consumers=1, oldest=0.4),
            QueueStats(
                name="orders.new",
                type="quorum",
                messages_ready=1284,
                messages_unacknowledged=96,
                max_length=2000,
                consumers=2,
                oldest=5.7,
                dead_letter_exchange="dlx",
                delivery_limit=3,
            ),
            QueueStats(name="email.send", messages_ready=212, messages_unacknowledged=30, max_length=900, consumers=1, oldest=2.2),
            QueueStats(
                name="audit.log", type="quorum", messages_ready=640, messages_unacknowledged=15, max_length=4000, consumers=1, oldest=6.9
            ),
            QueueStats(name="orders.dlq", type="quorum", messages_ready=41, max_length=500, oldest=61.0),
        ),
        bindings=(
            binding("orders", "orders.priority", "order.*.vip"),
            binding("orders", "orders.new", "order.#"),
            binding("events", "email.send"),
            binding("events", "audit.log"),
            binding("dlx", "orders.dlq", "orders.new"),
        ),
        producers=(
            producer("order-api.1", "orders", "order.new"),
            producer("checkout.1", "orders", "order.eu.vip"),
            producer("billing-cron.1", "events"),
        ),
        consumers=(
            consumer("worker.1", "orders.new", prefetch_count=10, messages_unacknowledged=10, state=ClientState.RUNNING, working=1),
            consumer("worker.2", "orders.new", prefetch_count=10, state=ClientState.KILLED),
            consumer("worker.3", "orders.new", prefetch_count=10, messages_unacknowledged=10, state=ClientState.SLOW, working=1),
            consumer("mailer.1", "email.send", prefetch_count=10, messages_unacknowledged=6, state=ClientState.RUNNING, working=1),
            consumer("auditor.1", "audit.log", prefetch_count=50, messages_unacknowledged=15, state=ClientState.RUNNING),
            consumer("vip.1", "orders.priority", prefetch_count=20, messages_unacknowledged=20, state=ClientState.RUNNING, working=1),
        ),
        faults=(
            ActiveFault(id=1, fault=Kill(target="worker.2"), since=8.0),
            ActiveFault(id=2, fault=Slow(target="worker.3"), since=9.0),
        ),
    )
    rates = {
        "producer:order-api.1.published": 180,
        "producer:checkout.1.published": 120,
        "producer:billing-cron.1.published": 60,
        "exchange:events.unroutable": 7,
        "consumer:worker.1.acknowledged": 212,
        "consumer:worker.1.delivered": 212,
        "consumer:worker.3.acknowledged": 31,
        "consumer:worker.3.delivered": 31,
        "consumer:mailer.1.acknowledged": 95,
        "consumer:mailer.1.delivered": 95,
        "consumer:auditor.1.acknowledged": 95,
        "consumer:auditor.1.delivered": 95,
        "consumer:vip.1.acknowledged": 40,
        "consumer:vip.1.delivered": 40,
        "binding:orders>orders.priority.messages": 40,
        "binding:orders>orders.new.messages": 260,
        "binding:events>email.send.messages": 60,
        "binding:events>audit.log.messages": 60,
        "queue:orders.new.messages_ready": 44,
        "queue:orders.new.dead_lettered": 4,
    }
    events = flow(
        (
            (P, "producer:order-api.1", "exchange:orders", 60),
            (P, "producer:checkout.1", "exchange:orders", 40),
            (P, "producer:billing-cron.1", "exchange:events", 20),
            (R, "exchange:orders", "queue:orders.priority", 13),
            (R, "exchange:orders", "queue:orders.new", 87),
            (R, "exchange:events", "queue:email.send", 20),
            (R, "exchange:events", "queue:audit.log", 20),
            (D, "queue:orders.new", "consumer:worker.1", 60),
            (D, "queue:orders.new", "consumer:worker.3", 10),
            (D, "queue:orders.priority", "consumer:vip.1", 13),
            (D, "queue:email.send", "consumer:mailer.1", 25),
            (D, "queue:audit.log", "consumer:auditor.1", 20),
            (X, "queue:orders.new", "exchange:dlx", 12),
            (R, "exchange:dlx", "queue:orders.dlq", 8),
            (EventKind.UNROUTABLE, "exchange:events", "", 7),
        )
    )
    events += flow(((EventKind.REQUEUE, "consumer:worker.2", "queue:orders.new", 5),), start=90_000, redelivered=True)
    return scene(now, rates, events, ("queue:orders.new",))


GALLERY: dict[str, tuple[Callable[[], Scene], int, int]] = {
    "shop": (shop, 928, 574),
}
