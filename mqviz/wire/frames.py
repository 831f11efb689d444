"""The five frames that every message takes, in straight-line `struct` code: publish, header, body, ack, deliver.

Everything else is read and written by its grammar (`wire.methods`), at a tenth of the speed. What does not change
from one message to the next (exchange, key, properties) is read once, into a `Template`, and written once for each consumer.
"""

from __future__ import annotations

from struct import Struct

from mqviz.engine.message import Message
from mqviz.model.amqp import Properties
from mqviz.wire import methods, properties
from mqviz.wire.fields import MalformedError, shortstr
from mqviz.wire.methods import BODY, HEADER, METHOD

HEAD = Struct(">BHI")
"""Type, channel, size."""
SIZE = HEAD.size
OVERHEAD = SIZE + 1
"""A frame without its payload."""

PUBLISH, ACK, DELIVER = b"\x00\x3c\x00\x28", b"\x00\x3c\x00\x50", b"\x00\x3c\x00\x3c"
"""Class and method of the hot methods."""

BASIC = 60
TAG = Struct(">QB")
"""Delivery tag, and the flag behind it: redelivered, or multiple."""

HEARTBEAT = b"\x08\x00\x00\x00\x00\x00\x00\xce"

_CONTENT = Struct(">HHQ")
_ACK = Struct(">BHIIQBB")
_NACK_ID, _ACK_ID = 0x003C0078, 0x003C0050


class Template:
    """What messages published alike have in common: everything but the body. It goes along as their origin.

    The origin may go along further than what it tells: on dead letters, and on what a translator makes of a message (`is_of`).

    `raw`: the properties as they came (flags and values), to be passed on unread; `owner`: whose they are, where somebody minds.
    """

    __slots__ = ("exchange", "immediate", "mandatory", "owner", "properties", "raw", "routing_key", "size")

    def __init__(self, publish: bytes, header: bytes) -> None:
        """From the payloads of both frames; MalformedError where they are not what they should be."""
        self.owner: object = None
        found = methods.read(methods.BY_NAME["basic.publish"], publish)
        self.exchange: str = found["exchange"]
        self.routing_key: str = found["routing_key"]
        self.mandatory: bool = found["mandatory"]
        self.immediate: bool = found["immediate"]
        self.size = body_size(header)
        self.raw = header[_CONTENT.size :]
        self.properties: Properties = properties.read(self.raw)

    def is_of(self, message: Message) -> bool:
        """Whether a message is one of those, unchanged."""
        if message.properties is not self.properties or message.size != self.size:
            return False
        return message.routing_key == self.routing_key and message.exchange == self.exchange


def is_publish(data: bytes, begin: int, end: int) -> bool:
    """Whether the lengths in the payload of a basic.publish fit."""
    exchange = begin + 6
    key = exchange + 1 + data[exchange] if exchange < end else end
    return key < end and key + 2 + data[key] == end


def class_of(header: bytes) -> int:
    """The class that a content header says it is of. MalformedError where it is none."""
    if len(header) < _CONTENT.size + 2:
        raise MalformedError("the header is too short")
    return int.from_bytes(header[:2])


def weight_of(header: bytes) -> int:
    """A field of the content header that has to be 0."""
    return int.from_bytes(header[2:4])


def body_size(header: bytes) -> int:
    """How many bytes of body follow a content header."""
    return int(_CONTENT.unpack_from(header)[2])


def content(channel: int, raw: bytes, size: int) -> bytes:
    """The frame of a content header."""
    return HEAD.pack(HEADER, channel, _CONTENT.size + len(raw)) + _CONTENT.pack(BASIC, 0, size) + raw + b"\xce"


def bodies(channel: int, body: bytes, longest: int) -> list[bytes]:
    """The frames of a body, none where it is empty; `longest` bytes a payload."""
    found = []
    for begin in range(0, len(body), longest):
        piece = body[begin : begin + longest]
        found += [HEAD.pack(BODY, channel, len(piece)), piece, b"\xce"]
    return found


def deliver(channel: int, consumer_tag: str, exchange: str, routing_key: str) -> tuple[bytes, bytes]:
    """The frame of a basic.deliver, up to its delivery tag and from behind the flag redelivered."""
    tag, where = shortstr(consumer_tag), shortstr(exchange) + shortstr(routing_key)
    size = len(DELIVER) + len(tag) + TAG.size + len(where)
    return HEAD.pack(METHOD, channel, size) + DELIVER + tag, where + b"\xce"


def stencil(channel: int, consumer_tag: str, template: Template) -> tuple[bytes, bytes, int]:
    """What surrounds tag and body of a delivery whose body is one frame (or none): before, between, and how much in all."""
    before, behind = deliver(channel, consumer_tag, template.exchange, template.routing_key)
    between = behind + content(channel, template.raw, template.size)
    size = len(before) + TAG.size + len(between)
    if not template.size:
        return before, between, size
    return before, between + HEAD.pack(BODY, channel, template.size), size + OVERHEAD + template.size


def ack(channel: int, tag: int, multiple: bool) -> bytes:
    """basic.ack of a publish."""
    return _ACK.pack(METHOD, channel, 13, _ACK_ID, tag, multiple, methods.END)


def nack(channel: int, tag: int) -> bytes:
    """basic.nack of a publish."""
    return _ACK.pack(METHOD, channel, 13, _NACK_ID, tag, 0, methods.END)
