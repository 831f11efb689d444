"""Which arguments a queue or a consumer may be declared with, and what RabbitMQ says of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from mqviz.engine.refusals import precondition_failed
from mqviz.model.amqp import Arguments

MAX_EXPIRY = 315_360_000_000
"""The longest time in milliseconds that RabbitMQ takes: ten years."""

_BOTH = frozenset(
    "x-expires x-message-ttl x-dead-letter-exchange x-dead-letter-routing-key x-max-length x-max-length-bytes "
    "x-overflow x-single-active-consumer x-queue-type".split()
)
_CLASSIC = _BOTH | frozenset("x-max-priority x-queue-mode x-queue-version x-queue-master-locator".split())
_QUORUM = _BOTH | frozenset(
    "x-dead-letter-strategy x-max-in-memory-length x-max-in-memory-bytes x-quorum-initial-group-size "
    "x-delivery-limit x-queue-leader-locator".split()
)
_STREAM = frozenset("x-max-age x-stream-max-segment-size-bytes x-initial-cluster-size".split())
QUEUE_ARGUMENTS = {"classic": _CLASSIC, "quorum": _QUORUM}
"""The arguments that a queue of each type knows, and compares on redeclaration."""

_KNOWN = _CLASSIC | _QUORUM | _STREAM
_CONSUMER_ARGUMENTS = {
    "classic": frozenset({"x-cancel-on-ha-failover", "x-priority", "x-credit"}),
    "quorum": frozenset({"x-priority", "x-credit"}),
}
_KNOWN_OF_CONSUMERS = _CONSUMER_ARGUMENTS["classic"] | {"x-stream-offset"}

Check = Callable[[Any, Arguments], str | None]
"""What is wrong with a value (as Erlang prints the error), among all arguments; None: nothing."""


def amqp_type(value: object) -> str:
    """RabbitMQ's name for the type of a field table's value, as pika puts it on the wire."""
    if isinstance(value, int) and not isinstance(value, bool):
        return "signedint" if -(2**31) <= value < 2**31 else "long"
    for kind, name in _TYPE_NAMES:
        if isinstance(value, kind):
            return name
    return "void"


_TYPE_NAMES: tuple[tuple[type, str], ...] = (
    (bool, "bool"),
    (str, "longstr"),
    (float, "double"),
    (bytes, "binary"),
    (dict, "table"),
    (list, "array"),
    (Decimal, "decimal"),
    (datetime, "timestamp"),
)


def _integer(value: Any, _: Arguments) -> str | None:
    kind = amqp_type(value)
    return None if kind in ("signedint", "long") else f'"expected integer, got {kind}"'


def _not_negative(value: Any, arguments: Arguments) -> str | None:
    return _integer(value, arguments) or (f"{{value_negative,{value}}}" if value < 0 else None)


def expiry_error(milliseconds: int) -> str | None:
    """What RabbitMQ finds wrong with a time, as Erlang prints it."""
    if milliseconds < 0:
        return f"{{value_negative,{milliseconds}}}"
    return f"{{value_too_large,{milliseconds}}}" if milliseconds > MAX_EXPIRY else None


def _milliseconds(value: Any, arguments: Arguments) -> str | None:
    return _integer(value, arguments) or expiry_error(value)


def _some_milliseconds(value: Any, arguments: Arguments) -> str | None:
    return "{value_zero,0}" if value == 0 and value is not False else _milliseconds(value, arguments)


def _at_least_one(value: Any, arguments: Arguments) -> str | None:
    return _not_negative(value, arguments) or ("{value_zero,0}" if value == 0 else None)


def _priority(value: Any, arguments: Arguments) -> str | None:
    return _not_negative(value, arguments) or (f"{{max_value_exceeded,{value}}}" if value > 255 else None)


def _boolean(value: Any, _: Arguments) -> str | None:
    return None if isinstance(value, bool) else f"{{unacceptable_type,{amqp_type(value)}}}"


def _text(value: Any, _: Arguments) -> str | None:
    return None if isinstance(value, str) else f"{{unacceptable_type,{amqp_type(value)}}}"


def _dead_letter_key(value: Any, arguments: Arguments) -> str | None:
    without = "x-dead-letter-exchange" not in arguments
    return _text(value, arguments) or ("routing_key_but_no_dlx_defined" if without else None)


def _one_of(choices: Iterable[str], otherwise: str) -> Check:
    allowed = tuple(choices)

    def check(value: Any, arguments: Arguments) -> str | None:
        wrong = _text(value, arguments)
        return wrong or (None if value in allowed else otherwise.format(value))

    return check


def _version(value: Any, arguments: Arguments) -> str | None:
    known = value in (1, 2)
    return _not_negative(value, arguments) or (None if known else f'"unsupported queue version \'{value}\'"')


_type = _one_of(("classic", "quorum", "stream"), "\"unsupported queue type '{}'\"")

_DECLARE: dict[str, Check] = {
    "x-expires": _some_milliseconds,
    "x-message-ttl": _milliseconds,
    "x-dead-letter-exchange": _text,
    "x-dead-letter-routing-key": _dead_letter_key,
    "x-dead-letter-strategy": _one_of(("at-most-once", "at-least-once"), "invalid_dlx_strategy"),
    "x-max-length": _not_negative,
    "x-max-length-bytes": _not_negative,
    "x-max-in-memory-length": _not_negative,
    "x-max-in-memory-bytes": _not_negative,
    "x-max-priority": _priority,
    "x-overflow": _one_of(("drop-head", "reject-publish", "reject-publish-dlx"), "invalid_overflow"),
    "x-queue-mode": _one_of(("default", "lazy"), "\"unsupported queue mode '{}'\""),
    "x-queue-version": _version,
    "x-single-active-consumer": _boolean,
    "x-quorum-initial-group-size": _at_least_one,
    "x-queue-leader-locator": _one_of(("client-local", "random", "least-leaders", "balanced"), "invalid_queue_locator_arg"),
}
_CONSUME: dict[str, Check] = {"x-priority": _integer, "x-cancel-on-ha-failover": _boolean}


def check_queue_arguments(resource: str, arguments: Arguments) -> None:
    """Raise what RabbitMQ raises for a new queue's arguments (rabbit_amqqueue:check_declare_arguments)."""
    _check_values(resource, arguments, {"x-queue-type": _type})
    kind = arguments.get("x-queue-type", "classic")
    known = QUEUE_ARGUMENTS.get(kind, _STREAM)
    _check_values(resource, arguments, {name: check for name, check in _DECLARE.items() if name in known})
    _check_names(resource, kind, arguments, _KNOWN - known)


def check_consumer_arguments(resource: str, kind: str, arguments: Arguments) -> None:
    """Raise what RabbitMQ raises for the arguments of basic.consume."""
    known = _CONSUMER_ARGUMENTS[kind]
    _check_values(resource, arguments, {name: check for name, check in _CONSUME.items() if name in known})
    _check_names(resource, kind, arguments, _KNOWN_OF_CONSUMERS - known)


def _check_values(resource: str, arguments: Arguments, checks: dict[str, Check]) -> None:
    for name, check in checks.items():
        wrong = check(arguments[name], arguments) if name in arguments else None
        if wrong is not None:
            raise precondition_failed(f"invalid arg '{name}' for {resource}: {wrong}")


def _check_names(resource: str, kind: str, arguments: Arguments, wrong: frozenset[str]) -> None:
    for name in arguments:
        if name in wrong:
            raise precondition_failed(f"invalid arg '{name}' for {resource} of queue type rabbit_{kind}_queue")
