"""Made-up live brokers: a company's few dozen queues, a backlog that nobody consumes, an alarm, and five thousand queues."""

from __future__ import annotations

from math import sin

from msgspec.structs import replace

from mqviz.model.snapshot import (
    BindingStats,
    BrokerStats,
    ClientState,
    ConsumerStats,
    Event,
    EventKind,
    ExchangeStats,
    MessageStats,
    NodeStats,
    ProducerStats,
    QueueStats,
    Snapshot,
)

GB = 1024**3
SERVICES = ("orders", "billing", "mail", "stock", "search", "audit", "parcel", "report")
STEPS = ("new", "retry", "done", "dead")


def node(**more: object) -> NodeStats:
    """The broker's only node."""
    known = dict(name="rabbit@mq-1", memory=int(0.62 * GB), memory_limit=int(3.2 * GB), disk_free=48 * GB, disk_free_limit=2 * GB)
    return NodeStats(**{**known, **more})  # type: ignore[arg-type]


def counted(time: float, rate: float = 180.0) -> MessageStats:
    """What the broker has counted; it never tells of some."""
    total = int(rate * time + 20 * sin(time / 7))
    return MessageStats(
        publish=total,
        confirm=int(0.5 * total),
        publish_in=total,
        publish_out=int(1.4 * total),
        deliver=int(1.3 * total),
        deliver_no_ack=int(0.1 * total),
        ack=int(1.29 * total),
        redeliver=int(0.02 * total),
        get=0,
        get_no_ack=0,
        get_empty=int(time),
        return_unroutable=0,
        drop_unroutable=int(0.4 * time),
    )


def broker(time: float, **more: object) -> BrokerStats:
    """The broker as a whole."""
    known = dict(name="rabbit@mq-1", version="3.10.8", connections=17, nodes=(node(),), message_stats=counted(time))
    return BrokerStats(**{**known, **more})  # type: ignore[arg-type]


def queue(name: str, ready: int, unacked: int = 0, consumers: int = 1, **more: object) -> QueueStats:
    """A queue as the management API tells of it: what it does not count is not told."""
    untold = dict.fromkeys(("dropped", "refused", "expired", "rejected", "dead_lettered", "purged", "lost"))
    known = dict(durable=True, consumers=consumers, messages_ready=ready, messages_unacknowledged=unacked, message_bytes=ready * 900)
    return QueueStats(name=name, **{**untold, **known, **more})  # type: ignore[arg-type]


def company(time: float) -> Snapshot:
    """Eight services with a queue for each step of their work."""
    queues, bindings, consumers = [], [], []
    for number, service in enumerate(SERVICES):
        total = int((8 + 5 * number) * time)
        steps = {"new": 6 + number, "retry": number % 3, "done": 2 * number, "dead": 3 if number % 4 == 0 else 0}
        for step in STEPS:
            is_dead, name = step == "dead", f"{service}.{step}"
            dead = None if is_dead else "dlx"
            counts = dict(enqueued=total, delivered=total, acknowledged=total, redelivered=number)
            capacity = 0.35 + 0.07 * number if step == "new" else None
            consumers_here = 0 if is_dead else 1
            queues.append(
                queue(
                    name,
                    steps[step],
                    number % 4,
                    consumers_here,
                    dead_letter_exchange=dead,
                    dead_letter_routing_key=f"{service}.dead",
                    consumer_capacity=capacity,
                    **counts,
                )
            )
            source = "dlx" if is_dead else "events"
            bindings.append(BindingStats(source=source, destination=name, destination_type="queue", routing_key=name))
            if not is_dead:
                consumers.append(worker(f"{service}-{step}", name, number % 4, total))
    return Snapshot(
        time=time,
        live=True,
        broker=broker(time),
        exchanges=exchanges(time),
        queues=tuple(queues),
        bindings=(*bindings, BindingStats(source="web", destination="events", destination_type="exchange", routing_key="#")),
        producers=(
            publisher("shop-api", "web", 90.0, time),
            publisher("partner-api", "web", 30.0, time),
            publisher("cron", "events", 4.0, time),
        ),
        consumers=tuple(consumers),
    )


def exchanges(time: float) -> tuple[ExchangeStats, ...]:
    """One for those outside, one for the services, one for dead letters, one for what matches nothing."""
    total = int(180 * time)
    return (
        ExchangeStats(name="", type="direct", durable=True, publish_in=None, publish_out=None, unroutable=None),
        ExchangeStats(name="web", type="topic", durable=True, alternate="unrouted", publish_in=total, publish_out=total, unroutable=None),
        ExchangeStats(name="events", type="topic", durable=True, publish_in=total, publish_out=int(1.4 * total), unroutable=None),
        ExchangeStats(name="dlx", type="direct", durable=True, publish_in=0, publish_out=0, unroutable=None),
        ExchangeStats(name="unrouted", type="fanout", durable=True, publish_in=0, publish_out=0, unroutable=None),
    )


def worker(client: str, at: str, held: int, total: int, **more: object) -> ConsumerStats:
    """A consumer on a connection of its own."""
    known = dict(consumer_tag="ctag1", connection=f"10.0.0.7:51234 -> 10.0.0.2:5672 {client}", state=ClientState.RUNNING, prefetch_count=10)
    counts = dict(messages_unacknowledged=held, delivered=total, acknowledged=total, redelivered=None, completed=None, busy_time=None)
    return ConsumerStats(name=client, client=client, queue=at, **{**known, **counts, **more})  # type: ignore[arg-type]


def publisher(client: str, exchange: str, rate: float, time: float, **more: object) -> ProducerStats:
    """A client that publishes."""
    untold = dict.fromkeys(("confirmed", "nacked", "returned", "retried", "waiting", "replied", "timed_out", "failed", "blocked_time"))
    known = dict(published=int(rate * time), exchange=exchange, routing_key="")
    return ProducerStats(name=client, client=client, **{**untold, **known, **more})  # type: ignore[arg-type]


def backlog(time: float) -> Snapshot:
    """A consumer is gone: its queue grows, and another is near its limit."""
    queues = (
        queue("orders.new", 41_200 + int(160 * time), 0, 0, enqueued=int(160 * time), delivered=0, acknowledged=0, redelivered=0),
        queue("orders.priority", 12, 8, 2, enqueued=int(40 * time), delivered=int(40 * time), acknowledged=int(40 * time), redelivered=3),
        queue(
            "email.send", 1780 + int(2 * time), 40, 1, max_length=2000, enqueued=int(30 * time), delivered=int(28 * time), acknowledged=1
        ),
        queue("audit.log", 0, 1, 1, enqueued=int(200 * time), delivered=int(200 * time), acknowledged=int(200 * time), redelivered=0),
        queue("orders.dlq", 57, 0, 0, enqueued=57, delivered=0, acknowledged=0, redelivered=0),
    )
    keys = {"orders.new": "order.#", "orders.priority": "order.*.vip", "email.send": "mail.#", "audit.log": "#"}
    bindings = [BindingStats(source="orders", destination=name, destination_type="queue", routing_key=key) for name, key in keys.items()]
    bindings.append(BindingStats(source="dlx", destination="orders.dlq", destination_type="queue", routing_key="dead"))
    return Snapshot(
        time=time,
        live=True,
        broker=broker(time, connections=6),
        exchanges=(
            ExchangeStats(
                name="orders", type="topic", durable=True, publish_in=int(200 * time), publish_out=int(400 * time), unroutable=None
            ),
            ExchangeStats(name="dlx", type="direct", durable=True, publish_in=57, publish_out=57, unroutable=None),
        ),
        queues=tuple(replace_dead(each) for each in queues),
        bindings=tuple(bindings),
        producers=(publisher("shop-api", "orders", 160.0, time), publisher("checkout", "orders", 40.0, time)),
        consumers=(
            worker("vip-1", "orders.priority", 4, int(20 * time)),
            worker("vip-2", "orders.priority", 4, int(20 * time)),
            worker("mailer", "email.send", 40, int(28 * time), prefetch_count=40),
            worker("auditor", "audit.log", 1, int(200 * time), prefetch_count=0),
        ),
    )


def replace_dead(each: QueueStats) -> QueueStats:
    """Orders have a dead-letter exchange."""
    return replace(each, dead_letter_exchange="dlx") if each.name == "orders.new" else each


def alarm(time: float) -> Snapshot:
    """The node is short of memory; who publishes is blocked."""
    now = backlog(time)
    short = node(memory=int(3.3 * GB), memory_alarm=True)
    blocked = tuple(replace(each, state=ClientState.BLOCKED, published=4000) for each in now.producers)
    whole = replace(now.broker, nodes=(short,), memory_alarm=True, blocked_connections=2, message_stats=counted(20.0, 200.0))
    return replace(now, broker=whole, producers=blocked)


def huge(time: float, queues: int = 5000) -> Snapshot:
    """Five thousand queues with as many bindings, and a thousand consumers."""
    made = tuple(
        queue(
            f"tenant-{number:04d}.work",
            (number * 7919) % 40 if number % 97 else 3000 + number,
            number % 3,
            1 if number % 5 == 0 else (0 if number % 97 == 0 else 1),
            enqueued=int(number % 10 * time),
            delivered=int(number % 10 * time),
            acknowledged=int(number % 10 * time),
            redelivered=0,
        )
        for number in range(queues)
    )
    bindings = tuple(
        BindingStats(source=f"tenants-{number % 20}", destination=each.name, destination_type="queue", routing_key=each.name)
        for number, each in enumerate(made)
    )
    consumers = tuple(
        worker(f"worker-{number:04d}", made[number * 5].name, number % 3, int(number % 7 * time)) for number in range(queues // 5)
    )
    named = tuple(ExchangeStats(name=f"tenants-{number}", type="topic", publish_in=int(9 * time), unroutable=None) for number in range(20))
    return Snapshot(time=time, live=True, broker=broker(time), exchanges=named, queues=made, bindings=bindings, consumers=consumers)


def flows(snapshot: Snapshot, time: float) -> tuple[Event, ...]:
    """Dots as they are sampled from measured rates, for one frame."""
    beat = int(time * 10)
    events = []
    for place, each in enumerate(snapshot.producers):
        if each.state is ClientState.RUNNING and (beat + place) % 2 == 0:
            events.append(
                Event(time=time, kind=EventKind.PUBLISH, source=f"producer:{each.name}", target=f"exchange:{each.exchange}", weight=5)
            )
    for place, bound in enumerate(snapshot.bindings):
        if (beat + 3 * place) % 9 == 0:
            target = f"{bound.destination_type}:{bound.destination}"
            events.append(Event(time=time, kind=EventKind.ROUTE, source=f"exchange:{bound.source}", target=target, weight=5))
    for place, taker in enumerate(snapshot.consumers):
        if (beat + 5 * place) % 8 == 0:
            events.append(
                Event(time=time, kind=EventKind.DELIVER, source=f"queue:{taker.queue}", target=f"consumer:{taker.name}", weight=5)
            )
    return tuple(events)
