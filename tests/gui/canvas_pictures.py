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
    BrokerStats,
    ClientState,
    Event,
    EventKind,
    ExchangeStats,
    QueueStats,
    ServiceStats,
    Snapshot,
    TranslatorStats,
)
from tests.viewmodel.pictures import binding, consumer, producer

START = 10.0
STEP = 0.05
SECONDS = 2.0
"""How long a scene goes on, so that rates can be told."""


@dataclass(frozen=True)
class Scene:
    """A picture: what was true at `START`, how totals rise from there, and what happens."""

    base: Snapshot
    rates: dict[str, float]
    events: tuple[Event, ...] = ()
    selection: tuple[str, ...] = field(default=())

    def updates(self) -> Iterable[Update]:
        """The updates that lead to it."""
        steps = round(SECONDS / STEP)
        for index in range(steps + 1):
            since = index * STEP
            snapshot = replace(_grown(self.base, self.rates, since), time=START + since)
            events = tuple(event for event in self.events if since - STEP <= event.time - START < since)
            yield Update(snapshot=snapshot, events=events)


def scene(now: Snapshot, rates: dict[str, float], events: Iterable[Event] = (), selection: tuple[str, ...] = ()) -> Scene:
    """A scene in which each total rises by its rate: keys are `kind:name.total`, bindings `binding:SOURCE>DESTINATION.messages`."""
    return Scene(now, rates, tuple(events), selection)


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
            when = START + index / rate
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
                messages_ready=1196,
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


def states() -> Scene:
    """A producer and a consumer in each state, and groups of fifty."""
    producers = [
        producer(f"{state.value}.1", "", "work", state=state, waiting=1200 if state is ClientState.WAITING else 0)
        for state in PRODUCER_STATES
    ]
    consumers = [
        consumer(
            f"{state.value}.1", "work", state=state, prefetch_count=10, messages_unacknowledged=3 + index % 8, workers=2, working=index % 3
        )
        for index, state in enumerate(CONSUMER_STATES)
    ]
    consumers += [
        consumer(
            f"crowd.{i}", "many", prefetch_count=20, messages_unacknowledged=i % 20, state=ClientState.KILLED if i % 9 == 0 else RUNNING
        )
        for i in range(1, 51)
    ]
    consumers.append(consumer("greedy.1", "many", state=RUNNING, messages_unacknowledged=4211))
    queues = (
        QueueStats(name="work", messages_ready=1900, messages_unacknowledged=60, max_length=2000, consumers=9, oldest=12.0),
        QueueStats(name="many", messages_ready=123_456, messages_unacknowledged=4_500, consumers=51, oldest=754.0),
        QueueStats(name="orphan", type="quorum", messages_ready=77, oldest=0.031),
        QueueStats(name="idle", consumers=1),
    )
    crowd = [producer(f"browsers.{i}", "", "many") for i in range(1, 201)]
    now = Snapshot(time=0.0, producers=tuple(producers + crowd), consumers=tuple(consumers), queues=queues)
    rates = {f"consumer:{one.name}.acknowledged": 30.0 for one in consumers} | {f"producer:{one.name}.published": 10.0 for one in crowd}
    return scene(now, {**rates, "queue:many.messages_ready": 3000, "producer:running.1.published": 3.5})


RUNNING = ClientState.RUNNING
PRODUCER_STATES = (
    ClientState.RUNNING,
    ClientState.DONE,
    ClientState.WAITING,
    ClientState.FLOW,
    ClientState.BLOCKED,
    ClientState.SLOW,
    ClientState.DISCONNECTED,
    ClientState.STOPPED,
    ClientState.KILLED,
)
CONSUMER_STATES = (
    ClientState.RUNNING,
    ClientState.IDLE,
    ClientState.SLOW,
    ClientState.FAILING,
    ClientState.HANGING,
    ClientState.CLOSING,
    ClientState.DISCONNECTED,
    ClientState.STOPPED,
    ClientState.KILLED,
)


def machinery() -> Scene:
    """Services, translators, direct calls, replies, alternates and long lines."""
    now = Snapshot(
        time=0.0,
        exchanges=(
            ExchangeStats(name="in", type="direct", alternate="unrouted"),
            ExchangeStats(name="unrouted", type="fanout"),
            ExchangeStats(name="xml", type="headers"),
        ),
        queues=(
            QueueStats(name="json", messages_ready=12, messages_unacknowledged=3, consumers=1, oldest=0.2),
            QueueStats(name="lost+found", messages_ready=4, oldest=3.0),
            QueueStats(name="legacy", messages_ready=40, messages_unacknowledged=1, max_length=100, consumers=1, oldest=8.0),
            QueueStats(name="invalid", messages_ready=2, oldest=44.0),
            QueueStats(name="rpc", messages_ready=1, messages_unacknowledged=2, consumers=1),
        ),
        bindings=(
            binding("in", "json", "order.json"),
            binding("unrouted", "lost+found"),
            replace(binding("xml", "legacy"), arguments={"x-match": "all", "format": "xml", "country": "kr"}),
        ),
        producers=(
            producer("web.1", "in", "order.json", kind=MessageKind.EVENT),
            producer("caller.1", "", "rpc", kind=MessageKind.REQUEST),
            producer("direct.1", None, call="server", kind=MessageKind.REQUEST),
        ),
        consumers=(
            consumer("mainframe.1", "legacy", prefetch_count=1, messages_unacknowledged=1, working=1, state=RUNNING, call="database"),
            consumer("answerer.1", "rpc", prefetch_count=4, messages_unacknowledged=2, working=1, state=RUNNING),
        ),
        services=(
            ServiceStats(name="server", workers=4, accept=8, in_service=4, waiting=8, state=RUNNING),
            ServiceStats(name="database", workers=12, in_service=5, waiting=0, state=RUNNING),
        ),
        translators=(
            TranslatorStats(
                name="to-xml",
                queue="json",
                exchange="xml",
                routing_key="",
                invalid_queue="invalid",
                format_in="JSON",
                format_out="XML",
                state=RUNNING,
            ),
        ),
    )
    rates = {
        "producer:web.1.published": 30,
        "producer:caller.1.published": 12,
        "producer:direct.1.published": 95,
        "service:server.completed": 40,
        "service:server.refused": 31,
        "service:server.timed_out": 6,
        "service:database.completed": 22,
        "translator:to-xml.taken": 28,
        "translator:to-xml.invalid": 2,
        "consumer:mainframe.1.acknowledged": 22,
        "consumer:answerer.1.acknowledged": 12,
        "exchange:in.unroutable": 0,
    }
    request, answer, error = MessageKind.REQUEST, MessageKind.RESPONSE, MessageKind.ERROR
    events = flow(
        ((P, "producer:web.1", "exchange:in", 20), (R, "exchange:in", "queue:json", 18), (D, "queue:json", "translator:to-xml", 18))
    )
    events += flow(((P, "translator:to-xml", "exchange:xml", 16), (R, "exchange:xml", "queue:legacy", 16)), 4000)
    events += flow(((P, "translator:to-xml", "queue:invalid", 2),), 5000, kind_of_message=error)
    events += flow(
        ((P, "producer:caller.1", "exchange:", 12), (D, "queue:rpc", "consumer:answerer.1", 12)), 6000, via="rpc", kind_of_message=request
    )
    events += flow(((EventKind.REPLY, "consumer:answerer.1", "producer:caller.1", 12),), 7000, kind_of_message=answer)
    calls = ((EventKind.CALL, "producer:direct.1", "service:server", 30), (EventKind.CALL, "consumer:mainframe.1", "service:database", 22))
    events += flow(calls, 8000, kind_of_message=request)
    events += flow(((EventKind.ANSWER, "service:server", "producer:direct.1", 20),), 9000, kind_of_message=answer)
    events += flow(((EventKind.REFUSE, "producer:direct.1", "service:server", 10),), 9500, kind_of_message=request)
    return scene(now, rates, events)


def korean() -> Scene:
    """Names in Hangul, long names, long keys."""
    base = shop().base
    names = {"order-api.1": "주문-API.1", "checkout.1": "결제.1", "billing-cron.1": "정산-배치-작업-아주-긴-이름.1"}
    queues = {"orders.priority": "주문.우선", "orders.new": "주문.신규", "email.send": "메일.발송.대기열.아주.긴.이름.입니다"}
    now = replace(
        base,
        producers=tuple(replace(one, name=names[one.name], client=names[one.name].partition(".")[0]) for one in base.producers),
        queues=tuple(replace(one, name=queues.get(one.name, one.name)) for one in base.queues),
        bindings=tuple(
            replace(one, destination=queues.get(one.destination, one.destination), routing_key=one.routing_key.replace("order", "주문"))
            for one in base.bindings
        ),
        consumers=tuple(replace(one, queue=queues.get(one.queue, one.queue)) for one in base.consumers),
        faults=(),
    )
    return scene(now, {}, (), ("queue:주문.신규",))


def cut() -> Scene:
    """The network to the consumers is gone."""
    at_shop = shop()
    faults = (ActiveFault(id=1, fault=Cut(side="consumers"), since=9.0),)
    consumers = tuple(replace(one, state=ClientState.DISCONNECTED, messages_unacknowledged=0) for one in at_shop.base.consumers)
    return replace_scene(at_shop, replace(at_shop.base, faults=faults, consumers=consumers))


def down() -> Scene:
    """The broker is down."""
    at_shop = shop()
    faults = (ActiveFault(id=1, fault=Down(), since=9.0),)
    return replace_scene(at_shop, replace(at_shop.base, faults=faults, broker=BrokerStats(state="down")))


def alarm() -> Scene:
    """The memory alarm blocks publishers."""
    at_shop = shop()
    producers = tuple(replace(one, state=ClientState.BLOCKED) for one in at_shop.base.producers)
    faults = (ActiveFault(id=1, fault=MemoryAlarm(), since=9.0),)
    return replace_scene(at_shop, replace(at_shop.base, faults=faults, producers=producers, broker=BrokerStats(memory_alarm=True)))


def replace_scene(scene: Scene, base: Snapshot) -> Scene:
    """The same with another snapshot, and nothing that happens."""
    return Scene(base, {}, (), ())


def simple() -> Scene:
    """One of each."""
    now = Snapshot(
        time=0.0,
        queues=(QueueStats(name="hello", messages_ready=3, consumers=1, oldest=0.5),),
        producers=(producer("sender.1", "", "hello"),),
        consumers=(consumer("receiver.1", "hello", prefetch_count=1, messages_unacknowledged=1, working=1, state=RUNNING),),
    )
    events = flow(((P, "producer:sender.1", "exchange:", 5), (D, "queue:hello", "consumer:receiver.1", 5)), via="hello")
    return scene(now, {"producer:sender.1.published": 5, "consumer:receiver.1.acknowledged": 5}, events)


def nothing() -> Scene:
    """Nothing to see."""
    return scene(Snapshot(time=0.0), {})


GALLERY: dict[str, tuple[Callable[[], Scene], int, int]] = {
    "shop": (shop, 928, 574),
    "shop-small": (shop, 512, 330),
    "states": (states, 1100, 900),
    "machinery": (machinery, 1200, 700),
    "korean": (korean, 928, 574),
    "cut": (cut, 928, 574),
    "down": (down, 928, 574),
    "alarm": (alarm, 928, 574),
    "simple": (simple, 928, 574),
    "nothing": (nothing, 928, 574),
}
