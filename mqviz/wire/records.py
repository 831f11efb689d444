"""What is written in the journal: segments of batches of records.

A segment is a file: a header with version and number, then batches. A batch was written and made sure of in one piece, and
bears a checksum over its content, its place and the segment's number; it is there as a whole or not at all. Each segment
begins with all definitions that held then, so that older ones can be deleted without a look inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from struct import Struct
from typing import Any
from zlib import crc32

import msgspec

from mqviz.engine.message import Message
from mqviz.engine.store import Definition
from mqviz.model.amqp import BindingSpec, ExchangeSpec, ExchangeType, PolicySpec, Properties, QueueSpec
from mqviz.wire.disk import JournalError

VERSION = 1
"""Of what is written here."""

KEEP, SAME, FORGET, OUT, DECLARE, DELETE, RESET, CLOSED = range(1, 9)
"""Kinds of records: a message enters a queue; the same one enters another; it is gone; it went out; a definition comes, goes; all
definitions follow; the journal was closed in good order, nothing follows."""

KEEP_HEAD = Struct(">BIQdII")
"""Kind, queue, serial, Unix time from which it is expired (0: never), length of what describes it, length of its body."""
SAME_HEAD = Struct(">BIQd")
ENTRY = Struct(">BIQ")
"""Kind, queue, serial: of FORGET and OUT."""
DEFINITION_HEAD = Struct(">BII")
"""Kind, queue's number (0 for what is none), length: of DECLARE and DELETE."""

_HEADER = Struct(">14sHQI")
_MAGIC = b"mqviz journal\n"
_BATCH = Struct(">4sQII")
_MARK = b"\xa5mqB"
_SEED = Struct(">QQI")

_FIELDS = Properties.__struct_fields__
_DECIMAL = 1
_SUFFIX = ".journal"

About = tuple[str, str, Properties, int | None, tuple[str, ...]]
"""Exchange, routing key, properties, size where the body is only simulated, keys from CC and BCC."""

# -- segments and batches -----------------------------------------------------------------------


def segment_name(number: int) -> str:
    """The file of a segment."""
    return f"{number:010}{_SUFFIX}"


def segment_number(name: str) -> int | None:
    """The segment that a file is, if it is one."""
    digits = name.removesuffix(_SUFFIX)
    return int(digits) if digits != name and digits.isdecimal() else None


def header(number: int) -> bytes:
    """How a segment begins."""
    return _HEADER.pack(_MAGIC, VERSION, number, crc32(_SEED.pack(number, VERSION, 0)))


HEADER_SIZE = _HEADER.size


def check_header(raw: bytes, number: int, file: str) -> bool:
    """Whether a segment begins as it should; JournalError where another version of mqviz wrote it."""
    if len(raw) < HEADER_SIZE:
        return False
    magic, version, its_number, checksum = _HEADER.unpack_from(raw)
    if magic != _MAGIC or checksum != crc32(_SEED.pack(its_number, version, 0)):
        return False
    if version != VERSION:
        raise JournalError(file, f"written in version {version} of the format; this mqviz knows version {VERSION}")
    return bool(its_number == number)


def batch(number: int, place: int, body: bytes) -> bytes:
    """A batch to be written at a place (in bytes) of a segment."""
    checksum = crc32(body, crc32(_SEED.pack(number, place, len(body))))
    return _BATCH.pack(_MARK, place, len(body), checksum) + body


BATCH_SIZE = _BATCH.size


def batch_at(raw: bytes, number: int, place: int) -> bytes | None:
    """The body of the batch at a place, if there is a sound one."""
    if place + BATCH_SIZE > len(raw):
        return None
    mark, its_place, length, checksum = _BATCH.unpack_from(raw, place)
    begin = place + BATCH_SIZE
    if mark != _MARK or its_place != place or begin + length > len(raw):
        return None
    body = raw[begin : begin + length]
    return body if crc32(body, crc32(_SEED.pack(number, place, length))) == checksum else None


def next_batch(raw: bytes, number: int, place: int) -> int | None:
    """Where the next sound batch behind a damaged place begins, if there is one."""
    while (place := raw.find(_MARK, place + 1)) >= 0:
        if batch_at(raw, number, place) is not None:
            return place
    return None


# -- definitions --------------------------------------------------------------------------------

_KINDS: Mapping[str, type[ExchangeSpec] | type[QueueSpec] | type[BindingSpec] | type[PolicySpec]] = {
    each.__name__: each for each in (ExchangeSpec, QueueSpec, BindingSpec, PolicySpec)
}


def written(definition: Definition) -> bytes:
    """A definition as bytes, which are its identity, too."""
    fields = {name: _portable(value) for name, value in msgspec.structs.asdict(definition).items()}
    return msgspec.msgpack.encode((type(definition).__name__, fields))


def definition(raw: bytes) -> Definition:
    """The definition that was written."""
    kind, fields = _decoder.decode(raw)
    if "type" in fields:
        fields["type"] = ExchangeType(fields["type"])
    return _KINDS[kind](**fields)


# -- messages -----------------------------------------------------------------------------------


def about(message: Message) -> bytes:
    """What is to be known of a message but its body."""
    set_ones = {
        place: value for place, name in enumerate(_FIELDS) if (value := getattr(message.properties, name)) is not None
    }
    if message.properties.headers is not None:
        set_ones[_FIELDS.index("headers")] = _portable(message.properties.headers)
    size = None if message.size == len(message.body) else message.size
    return msgspec.msgpack.encode((message.exchange, message.routing_key, set_ones, size, message.also))


def read_about(raw: bytes) -> About:
    """What `about` had written."""
    exchange, routing_key, set_ones, size, also = _decoder.decode(raw)
    properties = Properties(**{_FIELDS[place]: value for place, value in set_ones.items()})
    return exchange, routing_key, properties, size, tuple(also)


def _portable(value: Any) -> Any:
    """Decimals marked as such, since msgpack has none."""
    if isinstance(value, Decimal):
        return msgspec.msgpack.Ext(_DECIMAL, str(value).encode())
    if isinstance(value, dict):
        return {key: _portable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_portable(each) for each in value]
    return value


def _extension(code: int, data: memoryview) -> Any:
    if code != _DECIMAL:
        raise ValueError(f"extension {code}")
    return Decimal(str(data, "ascii"))


_decoder = msgspec.msgpack.Decoder(ext_hook=_extension)
