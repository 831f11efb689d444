"""All methods of AMQP 0-9-1 and RabbitMQ's extensions as bytes, by the grammar that pamqp has of them."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Any, NamedTuple

from pamqp import commands

from mqviz.wire import fields
from mqviz.wire.fields import LONG, LONGLONG, OCTET, SHORT, MalformedError, Reader

METHOD, HEADER, BODY, HEARTBEAT = 1, 2, 3, 8
"""Types of frames."""

END = 0xCE


class Layout(NamedTuple):
    """A method: its name as AMQP writes it (`queue.declare`), its numbers, the names and types of its fields."""

    name: str
    class_id: int
    method_id: int
    fields: tuple[tuple[str, str], ...]


def _layout(index: int, command: Any) -> Layout:
    kinds = tuple((each, getattr(command, f"_{each}")) for each in command.__slots__)
    return Layout(_dotted(command.name), index >> 16, index & 0xFFFF, kinds)


def _dotted(name: str) -> str:
    """Of `Basic.GetOk`: `basic.get-ok`."""
    family, method = name.split(".")
    return f"{family.lower()}.{method[0].lower()}" + "".join(f"-{each.lower()}" if each.isupper() else each for each in method[1:])


BY_INDEX: dict[int, Layout] = {index: _layout(index, command) for index, command in commands.INDEX_MAPPING.items()}
"""Every method by its class id and method id in one number."""

BY_NAME: dict[str, Layout] = {each.name: each for each in BY_INDEX.values()}
"""Every method by its name."""

_READ: dict[str, Callable[[Reader], Any]] = {
    "octet": lambda reader: reader.number(OCTET),
    "short": lambda reader: reader.number(SHORT),
    "long": lambda reader: reader.number(LONG),
    "longlong": lambda reader: reader.number(LONGLONG),
    "shortstr": Reader.shortstr,
    "longstr": Reader.longstr,
    "table": Reader.table,
}
_WRITE: dict[str, Callable[[Any], bytes]] = {
    "octet": OCTET.pack,
    "short": SHORT.pack,
    "long": LONG.pack,
    "longlong": LONGLONG.pack,
    "shortstr": fields.shortstr,
    "longstr": fields.longstr,
    "table": fields.table,
}


def read(layout: Layout, payload: bytes) -> dict[str, Any]:
    """The fields of a method from the payload of its frame, by name. MalformedError where they do not fit."""
    reader, found, bits, place = Reader(payload, 4), {}, 0, 8
    for name, kind in layout.fields:
        if kind != "bit":
            found[name], place = _READ[kind](reader), 8
            continue
        if place == 8:
            bits, place = reader.number(OCTET), 0
        found[name] = bool(bits >> place & 1)
        place += 1
    if reader.place != reader.end:
        raise MalformedError("the payload is too long")
    return found


def write(name: str, channel: int, *values: Any) -> bytes:
    """The frame of a method, with the values of its fields in order."""
    layout, parts, bits, place = BY_NAME[name], [], 0, 0
    for (_, kind), value in zip(layout.fields, values, strict=True):
        if kind == "bit":
            bits |= bool(value) << place
            place += 1
            continue
        if place:
            parts.append(OCTET.pack(bits))
            bits = place = 0
        parts.append(_WRITE[kind](value))
    if place:
        parts.append(OCTET.pack(bits))
    payload = b"".join(parts)
    head = _HEAD(METHOD, channel, len(payload) + 4, layout.class_id, layout.method_id)
    return b"%b%b\xce" % (head, payload)


_HEAD = Struct(">BHIHH").pack
