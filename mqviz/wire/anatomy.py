"""A frame taken apart for people: which bytes are which field, and what they say. Any bytes can be looked at; none are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from mqviz.model.amqp import Properties
from mqviz.model.frames import BODY, HEADER, HEARTBEAT, PROTOCOL, Part
from mqviz.wire import methods
from mqviz.wire.fields import LONG, LONGLONG, OCTET, SHORT, MalformedError, Reader

Anatomy = tuple[int, str, tuple[Part, ...]]
"""Channel; method, or what else it is; fields."""

HEAD = 7
_READ: dict[str, Callable[[Reader], Any]] = {
    "octet": lambda reader: reader.number(OCTET),
    "short": lambda reader: reader.number(SHORT),
    "long": lambda reader: reader.number(LONG),
    "longlong": lambda reader: reader.number(LONGLONG),
    "shortstr": Reader.shortstr,
    "longstr": Reader.longstr,
    "table": Reader.table,
}
_PROPERTIES = {"headers": "table", "delivery_mode": "octet", "priority": "octet", "timestamp": "longlong"}
_SHOWN_BODY = 200


def dissect(raw: bytes) -> Anatomy:
    """What a frame is: whole, or of a body the beginning."""
    if raw[:4] == b"AMQP":
        return 0, PROTOCOL, _protocol(raw)
    kind, channel = raw[0], int.from_bytes(raw[1:3])
    name, parts = _KINDS.get(kind, _unknown)(raw)
    head = (Part("frame-type", f"{kind}", 0, 1), Part("channel", f"{channel}", 1, 3), Part("size", f"{int.from_bytes(raw[3:7])}", 3, 7))
    end = (Part("frame-end", "0xCE", len(raw) - 1, len(raw)),) if _is_whole(raw) else ()
    return channel, name, (*head, *parts, *end)


def _is_whole(raw: bytes) -> bool:
    return len(raw) == HEAD + int.from_bytes(raw[3:7]) + 1


def _protocol(raw: bytes) -> tuple[Part, ...]:
    return (Part("protocol", "AMQP", 0, 4), Part("id", f"{raw[4]}", 4, 5), Part("version", "-".join(map(str, raw[5:8])), 5, 8))


def _method(raw: bytes) -> tuple[str, list[Part]]:
    layout = methods.BY_INDEX.get(int.from_bytes(raw[7:11]))
    if layout is None:
        return _unknown(raw)
    ids = [Part("class", f"{layout.class_id}", 7, 9), Part("method", f"{layout.method_id}", 9, 11)]
    return layout.name, ids + _until_wrong(_method_parts(layout, Reader(raw, 11, len(raw) - 1)))


def _method_parts(layout: methods.Layout, reader: Reader) -> Iterator[Part]:
    bits, place = 0, 8
    for name, kind in layout.fields:
        begin = reader.place
        if kind != "bit":
            value, place = _READ[kind](reader), 8
            yield Part(_dashed(name), _secret(layout.name, name) or text(value), begin, reader.place)
            continue
        if place == 8:
            bits, place = reader.number(OCTET), 0
        yield Part(_dashed(name), text(bool(bits >> place & 1)), reader.place - 1, reader.place)
        place += 1


def _header(raw: bytes) -> tuple[str, list[Part]]:
    return HEADER, _until_wrong(_header_parts(Reader(raw, HEAD, len(raw) - 1)))


def _header_parts(reader: Reader) -> Iterator[Part]:
    for name, kind in (("class", SHORT), ("weight", SHORT), ("body-size", LONGLONG)):
        begin = reader.place
        yield Part(name, f"{reader.number(kind):,}", begin, reader.place)
    flags = reader.number(SHORT)
    yield Part("property-flags", f"{flags:016b}", reader.place - 2, reader.place)
    for place, name in enumerate(Properties.__struct_fields__):
        if flags >> (15 - place) & 1:
            begin = reader.place
            value = _READ[_PROPERTIES.get(name, "shortstr")](reader)
            yield Part(_dashed(name), text(value), begin, reader.place)


def _body(raw: bytes) -> tuple[str, list[Part]]:
    end = len(raw) - 1 if _is_whole(raw) else len(raw)
    return BODY, [Part("payload", _as_text(raw[HEAD:end]), HEAD, end)]


def _heartbeat(raw: bytes) -> tuple[str, list[Part]]:
    return HEARTBEAT, []


def _unknown(raw: bytes) -> tuple[str, list[Part]]:
    return "unknown", [Part("payload", _as_text(raw[HEAD:-1]), HEAD, max(HEAD, len(raw) - 1))]


_KINDS: dict[int, Callable[[bytes], tuple[str, list[Part]]]] = {
    methods.METHOD: _method,
    methods.HEADER: _header,
    methods.BODY: _body,
    methods.HEARTBEAT: _heartbeat,
}


def _until_wrong(parts: Iterator[Part]) -> list[Part]:
    """As many as make sense: a peer may send anything."""
    found: list[Part] = []
    with suppress(MalformedError):
        found.extend(parts)
    return found


def _secret(method: str, field: str) -> str:
    """What is shown instead of a password."""
    return "•••" if (method, field) in (("connection.start-ok", "response"), ("connection.update-secret", "new_secret")) else ""


def masked(raw: bytes) -> bytes:
    """The same frame with the bytes of a password blotted out."""
    if raw[:1] != b"\x01" or raw[7:9] != b"\x00\x0a":
        return raw
    _, _, parts = dissect(raw)
    secret = next((part for part in parts if part.value == "•••"), None)
    if secret is None:
        return raw
    length = LONG.size
    return raw[: secret.begin + length] + b"*" * (secret.end - secret.begin - length) + raw[secret.end :]


def _dashed(name: str) -> str:
    """As the specification writes it."""
    return {"global_": "global", "exchange_type": "type"}.get(name, name.replace("_", "-"))


def text(value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return _as_text(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {text(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(text, value)) + "]"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return value if isinstance(value, str) else str(value)


def _as_text(raw: bytes) -> str:
    shown = raw[:_SHOWN_BODY].decode("utf-8", "replace")
    readable = "".join(each if each.isprintable() else "·" for each in shown)
    return readable + ("…" if len(raw) > _SHOWN_BODY else "")


def default(kind: str) -> Any:
    """The value of a field that nobody gave."""
    return {"bit": False, "shortstr": "", "longstr": b"", "table": {}}.get(kind, 0)


def encode(method: str, channel: int, given: dict[str, Any]) -> bytes:
    """The frame of a method from its fields by name; those that are missing are 0 or empty. MalformedError where one has no place."""
    layout = methods.BY_NAME[method]
    values = [given.get(name, default(kind)) for name, kind in layout.fields]
    return methods.write(method, channel, *values)
