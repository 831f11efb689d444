"""A client for engine tests: a sink that writes down what it hears."""

from __future__ import annotations

from dataclasses import dataclass, field

from mqviz.engine.broker import Broker
from mqviz.engine.channel import Channel
from mqviz.engine.connection import Connection
from mqviz.engine.message import Copy, Message
from mqviz.errors import AmqpError
from mqviz.model.amqp import NO_PROPERTIES, Arguments, Properties


@dataclass
class Heard:
    """One delivery."""

    channel: Channel
    consumer_tag: str
    tag: int
    redelivered: bool
    copy: Copy

    @property
    def body(self) -> str:
        """The body as text."""
        return self.copy.message.body.decode()


@dataclass
class Ear:
    """A sink that writes everything down, by kind."""

    deliveries: list[Heard] = field(default_factory=list)
    returns: list[tuple[int, str, Message]] = field(default_factory=list)
    confirms: list[tuple[int, bool]] = field(default_factory=list)
    cancels: list[str] = field(default_factory=list)
    channel_errors: list[AmqpError] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    flows: list[bool] = field(default_factory=list)
    errors: list[AmqpError] = field(default_factory=list)
    order: list[str] = field(default_factory=list)

    def deliver(self, channel: Channel, consumer_tag: str, delivery_tag: int, redelivered: bool, copy: Copy) -> None:
        self.order.append("deliver")
        self.deliveries.append(Heard(channel, consumer_tag, delivery_tag, redelivered, copy))

    def returned(self, channel: Channel, code: int, text: str, message: Message) -> None:
        self.order.append("return")
        self.returns.append((code, text, message))

    def confirmed(self, channel: Channel, delivery_tag: int, multiple: bool, ack: bool) -> None:
        self.order.append("confirm")
        self.confirms.append((delivery_tag, ack))

    def committed(self, channel: Channel) -> None:
        self.order.append("commit")

    def consumer_cancelled(self, channel: Channel, consumer_tag: str) -> None:
        self.cancels.append(consumer_tag)

    def channel_closed(self, channel: Channel, error: AmqpError) -> None:
        self.channel_errors.append(error)

    def blocked(self, connection: Connection, reason: str) -> None:
        self.blocks.append(reason)

    def unblocked(self, connection: Connection) -> None:
        self.blocks.append("")

    def flow(self, connection: Connection, active: bool) -> None:
        self.flows.append(active)

    def closed(self, connection: Connection, error: AmqpError) -> None:
        self.errors.append(error)

    @property
    def bodies(self) -> list[str]:
        """The bodies delivered so far."""
        return [each.body for each in self.deliveries]

    def take(self) -> list[Heard]:
        """The deliveries so far, taken away."""
        taken, self.deliveries = self.deliveries, []
        return taken


@dataclass
class Client:
    """A connection with one channel, and what it heard."""

    ear: Ear
    connection: Connection
    channel: Channel


def client(broker: Broker, **others: object) -> Client:
    """A new client of the broker; `others` go to `Broker.connect`."""
    ear = Ear()
    connection = broker.connect(ear, **others)  # type: ignore[arg-type]
    return Client(ear, connection, connection.channel())


def consumer(broker: Broker, queue: str, prefetch: int = 0, **others: object) -> Client:
    """A new client that consumes a queue; `others` go to `consume`."""
    new = client(broker)
    new.channel.qos(prefetch)
    new.channel.consume(queue, **others)  # type: ignore[arg-type]
    return new


def declare(broker: Broker, name: str, durable: bool = False, **arguments: object) -> None:
    """A queue; `x_max_length=1` is the argument x-max-length."""
    named: Arguments = {key.replace("_", "-"): value for key, value in arguments.items()}
    client(broker).channel.declare_queue(name, durable=durable, arguments=named)


def publish(broker: Broker, queue: str, *bodies: str, properties: Properties = NO_PROPERTIES, **others: object) -> Client:
    """A new client publishes these to a queue by the default exchange."""
    new = client(broker)
    for body in bodies:
        new.channel.publish("", queue, body.encode(), properties, **others)  # type: ignore[arg-type]
    return new


def ready(broker: Broker, queue: str) -> list[str]:
    """The bodies that are ready in a queue, the next to be delivered first."""
    return [copy.message.body.decode() for copy in broker.queues[queue].ready]
