"""Small topologies for tests of the picture."""

from __future__ import annotations

from mqviz.model.snapshot import (
    BindingStats,
    ConsumerStats,
    ExchangeStats,
    ProducerStats,
    QueueStats,
    ServiceStats,
    Snapshot,
    TranslatorStats,
)


def producer(name: str, exchange: str | None = "", key: str = "", **more: object) -> ProducerStats:
    return ProducerStats(name=name, client=name.partition(".")[0], exchange=exchange, routing_key=key, **more)  # type: ignore[arg-type]


def consumer(name: str, queue: str, **more: object) -> ConsumerStats:
    return ConsumerStats(name=name, client=name.partition(".")[0], queue=queue, **more)  # type: ignore[arg-type]


def binding(source: str, queue: str, key: str = "") -> BindingStats:
    return BindingStats(source=source, destination=queue, destination_type="queue", routing_key=key)


def shop() -> Snapshot:
    """Three producers, three exchanges with a dead letter exchange, five queues, five consumers: the picture of the design."""
    return Snapshot(
        time=1.0,
        exchanges=(
            ExchangeStats(name="", type="direct"),
            ExchangeStats(name="amq.topic", type="topic"),
            ExchangeStats(name="orders", type="topic"),
            ExchangeStats(name="events", type="fanout"),
            ExchangeStats(name="dlx", type="direct"),
        ),
        queues=(
            QueueStats(name="orders.priority"),
            QueueStats(name="orders.new", dead_letter_exchange="dlx"),
            QueueStats(name="email.send"),
            QueueStats(name="audit.log"),
            QueueStats(name="orders.dlq"),
        ),
        bindings=(
            binding("orders", "orders.priority", "order.*.vip"),
            binding("orders", "orders.new", "order.#"),
            binding("events", "email.send"),
            binding("events", "audit.log"),
            binding("dlx", "orders.dlq", "dead"),
        ),
        producers=(producer("order-api.1", "orders"), producer("checkout.1", "orders"), producer("billing.1", "events")),
        consumers=(
            consumer("worker.1", "orders.new"),
            consumer("worker.2", "orders.new"),
            consumer("worker.3", "orders.new"),
            consumer("mailer.1", "email.send"),
            consumer("auditor.1", "audit.log"),
        ),
    )


def translated() -> Snapshot:
    """A translator between two queues, with a queue for what it cannot translate."""
    return Snapshot(
        time=1.0,
        queues=(QueueStats(name="json"), QueueStats(name="xml"), QueueStats(name="invalid")),
        producers=(producer("web.1", "", "json"),),
        translators=(TranslatorStats(name="to-xml", queue="json", exchange="", routing_key="xml", invalid_queue="invalid"),),
        consumers=(consumer("old.1", "xml"),),
    )


def called() -> Snapshot:
    """Callers without a queue beside a consumer that works against a service."""
    return Snapshot(
        time=1.0,
        queues=(QueueStats(name="work"),),
        producers=(producer("shop.1", "", "work"), producer("web.1", None, call="server")),
        consumers=(consumer("worker.1", "work", call="database"),),
        services=(ServiceStats(name="server", workers=2), ServiceStats(name="database", workers=1)),
    )
