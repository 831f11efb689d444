"""The field's nouns: what can be declared and what travels."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Any

from msgspec import Struct

Arguments = dict[str, Any]
"""A field table: values are bool, int, float, str, bytes, lists and tables of them, and None."""


class ExchangeType(StrEnum):
    """How an exchange chooses among its bindings (AMQP 0-9-1, 3.1.3)."""

    DIRECT = "direct"
    TOPIC = "topic"
    FANOUT = "fanout"
    HEADERS = "headers"


class MessageKind(StrEnum):
    """What a message is to its sender, told apart on the canvas."""

    REQUEST = "request"
    RESPONSE = "response"
    ERROR = "error"
    EVENT = "event"


class DeadReason(StrEnum):
    """Why a message was dead-lettered, as in RabbitMQ's x-death header."""

    REJECTED = "rejected"
    EXPIRED = "expired"
    MAXLEN = "maxlen"
    DELIVERY_LIMIT = "delivery_limit"


class ReplyCode(IntEnum):
    """AMQP 0-9-1 reply codes (1.2 of the specification)."""

    SUCCESS = 200
    CONTENT_TOO_LARGE = 311
    NO_ROUTE = 312
    NO_CONSUMERS = 313
    CONNECTION_FORCED = 320
    INVALID_PATH = 402
    ACCESS_REFUSED = 403
    NOT_FOUND = 404
    RESOURCE_LOCKED = 405
    PRECONDITION_FAILED = 406
    FRAME_ERROR = 501
    SYNTAX_ERROR = 502
    COMMAND_INVALID = 503
    CHANNEL_ERROR = 504
    UNEXPECTED_FRAME = 505
    RESOURCE_ERROR = 506
    NOT_ALLOWED = 530
    NOT_IMPLEMENTED = 540
    INTERNAL_ERROR = 541


class ExchangeSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An exchange as it is declared. A queue's name and an exchange's may be the same."""

    name: str
    type: ExchangeType = ExchangeType.DIRECT
    durable: bool = False
    auto_delete: bool = False
    internal: bool = False
    arguments: Arguments = {}


class QueueSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A queue as it is declared; `arguments` in RabbitMQ's words (`x-max-length`, `x-message-ttl` in milliseconds ...)."""

    name: str
    durable: bool = False
    exclusive: bool = False
    auto_delete: bool = False
    arguments: Arguments = {}


class BindingSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A binding from an exchange to a queue or to another exchange."""

    source: str
    destination: str
    destination_type: str = "queue"
    routing_key: str = ""
    arguments: Arguments = {}


class PolicySpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"apply_to": "apply-to"}):
    """A policy as RabbitMQ has it: `definition` applies to what `pattern` (a regular expression) matches.

    `apply_to` is one of all, queues, classic_queues, quorum_queues, exchanges. Of several that match the
    one with the highest priority applies, alone.
    """

    name: str
    pattern: str
    definition: Arguments
    apply_to: str = "all"
    priority: int = 0


# Without gc: it refers to plain values alone, and messages that refer to nothing else are not tracked either.
class Properties(Struct, frozen=True, kw_only=True, gc=False):
    """Basic-class properties (AMQP 0-9-1, 1.8.1). `expiration` is text of milliseconds, `timestamp` whole seconds of Unix time."""

    content_type: str | None = None
    content_encoding: str | None = None
    headers: Arguments | None = None
    delivery_mode: int | None = None
    priority: int | None = None
    correlation_id: str | None = None
    reply_to: str | None = None
    expiration: str | None = None
    message_id: str | None = None
    timestamp: int | None = None
    type: str | None = None
    user_id: str | None = None
    app_id: str | None = None
    cluster_id: str | None = None


NO_PROPERTIES = Properties()
