"""Properties of a message as the bytes of a content header, both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mqviz.model.amqp import Properties
from mqviz.wire import fields
from mqviz.wire.fields import LONGLONG, OCTET, SHORT, MalformedError, Reader

_KINDS = {"headers": "table", "delivery_mode": "octet", "priority": "octet", "timestamp": "longlong"}
_READ: dict[str, Callable[[Reader], Any]] = {
    "table": Reader.table,
    "octet": lambda reader: reader.number(OCTET),
    "longlong": lambda reader: reader.number(LONGLONG),
    "shortstr": Reader.shortstr,
}
_WRITE: dict[str, Callable[[Any], bytes]] = {
    "table": fields.table,
    "octet": OCTET.pack,
    "longlong": LONGLONG.pack,
    "shortstr": fields.shortstr,
}
_LAYOUT = tuple(
    (1 << (15 - place), name, _KINDS.get(name, "shortstr")) for place, name in enumerate(Properties.__struct_fields__)
)
_UNKNOWN = 0x0003


def read(raw: bytes) -> Properties:
    """Properties from flags and values. MalformedError where they do not fit."""
    reader = Reader(raw)
    flags = reader.number(SHORT)
    if flags & _UNKNOWN:
        raise MalformedError("unknown properties")
    found = {name: _READ[kind](reader) for bit, name, kind in _LAYOUT if flags & bit}
    if reader.place != reader.end:
        raise MalformedError("the header is too long")
    return Properties(**found)


def write(properties: Properties) -> bytes:
    """Flags and values."""
    flags, parts = 0, []
    for bit, name, kind in _LAYOUT:
        value = getattr(properties, name)
        if value is not None:
            flags |= bit
            parts.append(_WRITE[kind](value))
    return SHORT.pack(flags) + b"".join(parts)
