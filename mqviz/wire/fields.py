"""Values and field tables of AMQP, strictly: what does not fit its frame is a mistake of the peer, never a guess.

pamqp writes a double as a single and tables in another order, reads past the end of a table, and copies what is
left for each value; so its values are not used, only its grammar of methods (`wire.methods`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from struct import Struct, error
from typing import Any

from mqviz.model.amqp import Arguments

DEEPEST = 32
"""Tables and arrays inside each other; more is refused."""

NO_UTF8 = "Malformed UTF-8 in shortstr"
"""What RabbitMQ says of a name that is no UTF-8."""

OCTET, SHORT, LONG, LONGLONG = Struct(">B"), Struct(">H"), Struct(">I"), Struct(">Q")
_INT8, _INT16, _INT32, _INT64 = Struct(">b"), Struct(">h"), Struct(">i"), Struct(">q")
_SINGLE, _DOUBLE, _DECIMAL = Struct(">f"), Struct(">d"), Struct(">Bi")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class MalformedError(ValueError):
    """Bytes that are no value of the type they should have."""


class Reader:
    """Reads values one after the other from a payload."""

    __slots__ = ("data", "end", "place")

    def __init__(self, data: bytes, place: int = 0, end: int | None = None) -> None:
        self.data = data
        self.place = place
        self.end = len(data) if end is None else end

    def number(self, kind: Struct) -> Any:
        """A number of this layout."""
        return kind.unpack(self.take(kind.size))[0]

    def take(self, size: int) -> bytes:
        """The next so many bytes."""
        begin = self.place
        self.place = begin + size
        if self.place > self.end:
            raise MalformedError("the payload ends too early")
        return self.data[begin : self.place]

    def shortstr(self) -> str:
        """Up to 255 bytes of UTF-8."""
        try:
            return str(self.take(self.number(OCTET)), "utf-8")
        except UnicodeDecodeError:
            raise MalformedError(NO_UTF8) from None

    def longstr(self) -> bytes:
        """Any bytes."""
        return self.take(self.number(LONG))

    def table(self, depth: int = 0) -> Arguments:
        """A field table."""
        inner, found = self._inside(depth), {}
        while inner.place < inner.end:
            key = inner.shortstr()
            found[key] = inner.value(depth + 1)
        return found

    def array(self, depth: int) -> list[Any]:
        """A field array."""
        inner, found = self._inside(depth), []
        while inner.place < inner.end:
            found.append(inner.value(depth + 1))
        return found

    def _inside(self, depth: int) -> Reader:
        if depth > DEEPEST:
            raise MalformedError("tables inside tables, too deep")
        size = self.number(LONG)
        begin = self.place
        self.place += size
        if self.place > self.end:
            raise MalformedError("the payload ends too early")
        return Reader(self.data, begin, self.place)

    def value(self, depth: int) -> Any:
        """A value that says of itself what it is."""
        kind = self.take(1)
        read = _READ.get(kind)
        if read is None:
            raise MalformedError(f"unknown type of value {kind!r}")
        return read(self, depth)


def _text(reader: Reader, _: int) -> str | bytes:
    raw = reader.longstr()
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def _timestamp(reader: Reader, _: int) -> datetime:
    try:
        return _EPOCH + timedelta(seconds=reader.number(LONGLONG))
    except OverflowError:
        raise MalformedError("a time beyond all calendars") from None


def _decimal(reader: Reader, _: int) -> Decimal:
    scale, digits = _DECIMAL.unpack(reader.take(_DECIMAL.size))
    return Decimal(digits).scaleb(-scale)


def _numeric(kind: Struct) -> Callable[[Reader, int], Any]:
    return lambda reader, _: reader.number(kind)


_READ: dict[bytes, Callable[[Reader, int], Any]] = {
    b"t": lambda reader, _: bool(reader.number(OCTET)),
    b"b": _numeric(_INT8),
    b"B": _numeric(OCTET),
    b"s": _numeric(_INT16),
    b"u": _numeric(SHORT),
    b"I": _numeric(_INT32),
    b"i": _numeric(LONG),
    b"l": _numeric(_INT64),
    b"L": _numeric(_INT64),
    b"f": _numeric(_SINGLE),
    b"d": _numeric(_DOUBLE),
    b"D": _decimal,
    b"S": _text,
    b"A": lambda reader, depth: reader.array(depth),
    b"T": _timestamp,
    b"F": lambda reader, depth: reader.table(depth),
    b"V": lambda _reader, _depth: None,
    b"x": lambda reader, _: reader.longstr(),
}


def shortstr(text: str) -> bytes:
    """Up to 255 bytes of UTF-8."""
    raw = text.encode()
    return OCTET.pack(len(raw)) + raw


def longstr(raw: bytes) -> bytes:
    """Any bytes."""
    return LONG.pack(len(raw)) + raw


def table(values: Arguments) -> bytes:
    """A field table, in the order given."""
    return longstr(b"".join([shortstr(key) + value(each) for key, each in values.items()]))


def value(any_value: Any) -> bytes:
    """A value with its type, as RabbitMQ writes it: whole numbers as long, times as timestamp."""
    for kind, write in _WRITE:
        if isinstance(any_value, kind):
            return write(any_value)
    raise MalformedError(f"{type(any_value).__name__} is no value of a field table")


def _whole(number: int) -> bytes:
    try:
        return b"l" + _INT64.pack(number)
    except error:
        raise MalformedError(f"{number} is too large") from None


def _point(number: Decimal) -> bytes:
    exponent = number.as_tuple().exponent
    scale = max(0, -exponent) if isinstance(exponent, int) else 0
    try:
        return b"D" + _DECIMAL.pack(scale, int(number.scaleb(scale)))
    except (error, ValueError, OverflowError):
        raise MalformedError(f"{number} is too large") from None


_WRITE: tuple[tuple[type, Callable[[Any], bytes]], ...] = (
    (bool, lambda given: b"t" + OCTET.pack(given)),
    (int, _whole),
    (str, lambda given: b"S" + longstr(given.encode())),
    (float, lambda given: b"d" + _DOUBLE.pack(given)),
    (bytes, lambda given: b"x" + longstr(given)),
    (dict, lambda given: b"F" + table(given)),
    (list, lambda given: b"A" + longstr(b"".join([value(each) for each in given]))),
    (type(None), lambda _: b"V"),
    (datetime, lambda given: b"T" + LONGLONG.pack(int(given.timestamp()))),
    (Decimal, _point),
)
