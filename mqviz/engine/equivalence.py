"""Whether a redeclaration asks for what is there already, and RabbitMQ's words where it does not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mqviz.engine.arguments import amqp_type
from mqviz.engine.refusals import precondition_failed
from mqviz.model.amqp import Arguments


def check_field(resource: str, name: str, current: object, received: object) -> None:
    """Raise 406 where a property differs."""
    if current != received:
        raise _inequivalent(resource, name, f"'{_erlang(received)}'", f"'{_erlang(current)}'")


def check_arguments(resource: str, current: Arguments, received: Arguments, names: Iterable[str]) -> None:
    """Raise 406 where one of the arguments in `names` differs, in their alphabetical order."""
    for name in names:
        one, other = current.get(name), received.get(name)
        if name == "x-queue-type":
            one, other = one or "classic", other or "classic"
        if amqp_type_class(one) != amqp_type_class(other) or one != other:
            raise _inequivalent(resource, name, *_values(other, one))


def amqp_type_class(value: object) -> str:
    """RabbitMQ compares integers of any width with each other, and nothing else across types."""
    kind = amqp_type(value)
    return {"signedint": "int", "long": "int", "decimal": "int"}.get(kind, kind)


def _values(received: Any, current: Any) -> tuple[str, str]:
    """As RabbitMQ writes them: with their types only where one is missing."""
    if received is None:
        return "none", _typed(current)
    if current is None:
        return _typed(received), "none"
    return f"'{_erlang(received)}'", f"'{_erlang(current)}'"


def _typed(value: object) -> str:
    return f"the value '{_erlang(value)}' of type '{amqp_type(value)}'"


def _erlang(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _inequivalent(resource: str, name: str, received: str, current: str) -> Exception:
    return precondition_failed(
        f"inequivalent arg '{name}' for {resource}: received {received} but current is {current}"
    )
