"""What RabbitMQ's management API answers, as typed values. Every field may be absent: a broker without statistics leaves most of it out.

Where releases differ in the type of "nothing" (null, "", [] for an empty table), the field is `Any` and is read by the functions below.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")


class Page(Struct, Generic[T], frozen=True):
    """One page of a list."""

    items: list[T] = []
    page: int = 1
    page_count: int = 1


class Stats(Struct, frozen=True):
    """Cumulative counts of messages; which of them are there depends on what they are about."""

    publish: int | None = None
    confirm: int | None = None
    publish_in: int | None = None
    publish_out: int | None = None
    deliver: int | None = None
    deliver_no_ack: int | None = None
    deliver_get: int | None = None
    ack: int | None = None
    redeliver: int | None = None
    get: int | None = None
    get_no_ack: int | None = None
    get_empty: int | None = None
    return_unroutable: int | None = None
    drop_unroutable: int | None = None


NO_STATS = Stats()


class WhoAmI(Struct, frozen=True):
    """The account; before 3.9 its tags were one text with commas."""

    name: str = ""
    tags: Any = ()


class ObjectTotals(Struct, frozen=True):
    """How many there are."""

    connections: int | None = None


class Overview(Struct, frozen=True):
    """The broker as a whole."""

    rabbitmq_version: str = ""
    cluster_name: str = ""
    node: str = ""
    rates_mode: str = ""
    disable_stats: bool = False
    enable_queue_totals: bool = False
    object_totals: ObjectTotals | list[Any] = ObjectTotals()
    """A list where none of the columns is told: to an account of few rights, where statistics are off."""

    @property
    def connections(self) -> int:
        """How many connections there are, as far as this account is told."""
        return (self.object_totals.connections or 0) if isinstance(self.object_totals, ObjectTotals) else 0


class Vhost(Struct, frozen=True):
    """A virtual host that the account may enter."""

    name: str = ""
    message_stats: Stats = NO_STATS


class Node(Struct, frozen=True):
    """A node of the cluster."""

    name: str = ""
    running: bool = True
    mem_used: int | None = None
    mem_limit: Any = None
    mem_alarm: bool = False
    disk_free: Any = None
    disk_free_limit: int | None = None
    disk_free_alarm: bool = False


class Exchange(Struct, frozen=True):
    """An exchange."""

    name: str = ""
    type: str = "direct"
    durable: bool = False
    internal: bool = False
    auto_delete: bool = False
    arguments: Any = None
    policy: str | None = None
    message_stats: Stats = NO_STATS


class Queue(Struct, frozen=True):
    """A queue; without a first sample of its statistics it has no counts."""

    name: str = ""
    type: str = "classic"
    durable: bool = False
    exclusive: bool = False
    auto_delete: bool = False
    arguments: Any = None
    policy: str | None = None
    effective_policy_definition: Any = None
    messages_ready: int | None = None
    messages_unacknowledged: int | None = None
    message_bytes: int | None = None
    consumers: int | None = None
    consumer_capacity: Any = None
    consumer_utilisation: Any = None
    head_message_timestamp: Any = None
    state: str | None = None
    message_stats: Stats = NO_STATS


class Binding(Struct, frozen=True):
    """A binding, the implicit ones of the default exchange among them."""

    source: str = ""
    destination: str = ""
    destination_type: str = "queue"
    routing_key: str = ""
    arguments: Any = None


class Policy(Struct, frozen=True):
    """A policy."""

    name: str = ""
    definition: Any = None


class Connection(Struct, frozen=True):
    """A connection; its name is `PEER:PORT -> HOST:PORT`."""

    name: str = ""
    vhost: str = ""
    user_provided_name: Any = None
    peer_host: Any = None
    peer_port: Any = None
    state: str | None = None


class ConnectionDetails(Struct, frozen=True):
    """The connection of a channel."""

    name: str = ""


class Channel(Struct, frozen=True):
    """A channel; direct ones inside the broker have no connection."""

    name: str = ""
    vhost: str = ""
    connection_details: ConnectionDetails = ConnectionDetails()
    state: str | None = None
    confirm: bool = False
    consumer_count: int | None = None
    messages_unacknowledged: int | None = None
    messages_unconfirmed: int | None = None
    message_stats: Stats = NO_STATS


class ChannelDetails(Struct, frozen=True):
    """The channel of a consumer."""

    name: str = ""
    connection_name: str = ""
    peer_host: Any = None
    peer_port: Any = None


class Incoming(Struct, frozen=True):
    """What one channel has published to an exchange."""

    channel_details: ChannelDetails | list[Any] = ChannelDetails()
    stats: Stats = NO_STATS


class Publishers(Struct, frozen=True):
    """Who publishes to an exchange; empty unless the management counts in detail."""

    incoming: list[Incoming] = []


class QueueName(Struct, frozen=True):
    """The queue of a consumer."""

    name: str = ""


class Consumer(Struct, frozen=True):
    """A consumer."""

    consumer_tag: str = ""
    queue: QueueName = QueueName()
    channel_details: ChannelDetails | list[Any] = ChannelDetails()
    prefetch_count: int | None = None
    ack_required: bool = True
    active: bool = True


class Routed(Struct, frozen=True):
    """Whether a published message found a queue."""

    routed: bool = False


class Refusal(Struct, frozen=True):
    """An error's code and words."""

    error: Any = ""
    reason: Any = ""


def table(value: Any) -> dict[str, Any]:
    """A table; an empty one may have been written as a list."""
    return value if isinstance(value, dict) else {}


def whole(value: Any) -> int | None:
    """A whole number, None for anything that stands for none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def share(value: Any) -> float | None:
    """A number from 0 to 1, None where it cannot be told."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
