"""What the broker refuses, in RabbitMQ's own words."""

from __future__ import annotations

from mqviz.errors import AmqpError
from mqviz.model.amqp import ReplyCode

SHORT_STRING = 255
CUT = "..."


def refusal(code: ReplyCode, explanation: str) -> AmqpError:
    """An AMQP error whose text is the code's name and an explanation, cut to the 255 bytes of a short string."""
    text = f"{code.name} - {explanation}"
    if len(text.encode()) > SHORT_STRING:
        text = text.encode()[: SHORT_STRING - len(CUT)].decode(errors="ignore") + CUT
    return AmqpError(int(code), text)


def not_found(resource: str) -> AmqpError:
    """404: there is no such queue or exchange; `resource` as `named` writes it."""
    return refusal(ReplyCode.NOT_FOUND, f"no {resource}")


def precondition_failed(explanation: str) -> AmqpError:
    """406."""
    return refusal(ReplyCode.PRECONDITION_FAILED, explanation)


def access_refused(explanation: str) -> AmqpError:
    """403."""
    return refusal(ReplyCode.ACCESS_REFUSED, explanation)


def not_implemented(explanation: str) -> AmqpError:
    """540, which closes the connection."""
    return refusal(ReplyCode.NOT_IMPLEMENTED, explanation)


def locked(resource: str) -> AmqpError:
    """405: the queue belongs to another connection."""
    return refusal(
        ReplyCode.RESOURCE_LOCKED,
        f"cannot obtain exclusive access to locked {resource}. It could be originally declared on another "
        "connection or the exclusive property value does not match that of the original declaration.",
    )


def named(kind: str, name: str, vhost: str) -> str:
    """How RabbitMQ names a resource in its texts."""
    return f"{kind} '{name}' in vhost '{vhost}'"
