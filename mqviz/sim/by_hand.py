"""A single message, published by hand: by a producer of its own where a file can say it, so that the run can be repeated."""

from __future__ import annotations

from mqviz.model.amqp import MessageKind, Properties
from mqviz.model.backend import Publish
from mqviz.model.load import BurstLoad
from mqviz.model.scenario import ProducerSpec

_SAYABLE = frozenset({"delivery_mode", "priority", "headers", "expiration", "type"})
_KINDS = frozenset(kind.value for kind in MessageKind)


def producer_for(command: Publish, name: str, at: float) -> ProducerSpec | None:
    """A producer that publishes this message at that moment, once; None where the words of a file do not suffice."""
    properties = command.properties
    if not _is_sayable(properties):
        return None
    try:
        body = command.body.decode()
    except UnicodeDecodeError:
        return None
    if "{number}" in body or "{name}" in body:
        return None
    return ProducerSpec(
        name=name,
        exchange=command.exchange,
        routing_key=command.routing_key,
        load=(BurstLoad(messages=1, at=at),),
        persistent=properties.delivery_mode == 2,
        priority=properties.priority or 0,
        kind=MessageKind(properties.type) if properties.type else None,
        headers=properties.headers or {},
        expiration=None if properties.expiration is None else int(properties.expiration) / 1000,
        body=body,
    )


def _is_sayable(properties: Properties) -> bool:
    """Whether the file has a word for all that is set."""
    written = {name for name in Properties.__struct_fields__ if getattr(properties, name) is not None}
    is_plain = properties.type in (None, *_KINDS) and properties.delivery_mode in (None, 1, 2)
    return written <= _SAYABLE and is_plain and (properties.expiration is None or properties.expiration.isdigit())
