"""What was heard of a simulated client, put into frames by the codec of the AMQP port."""

from __future__ import annotations

from collections.abc import Iterator

from mqviz.clock import ManualClock
from mqviz.model.frames import HEARTBEAT, LOST, Frame
from mqviz.sim.hearing import CONNECT, Content, Said
from mqviz.wire import frames, methods, properties
from mqviz.wire.anatomy import dissect, encode, masked
from mqviz.wire.fields import MalformedError
from mqviz.wire.handshake import PROTOCOL
from mqviz.wire.host import Host
from mqviz.wire.limits import LIMITS

CHANNEL = 1
MOST_BYTES = 1024
"""Of a body so many are shown."""

_FILLER = b"simulated "
_CLIENT = {
    "product": "mqviz simulator",
    "platform": "virtual time",
    "capabilities": {"publisher_confirms": True, "basic.nack": True, "consumer_cancel_notify": True, "connection.blocked": True},
}


class Teller:
    """Numbers the frames of one conversation."""

    def __init__(self) -> None:
        self._number = 0

    def tell(self, said: list[Said]) -> tuple[Frame, ...]:
        """All of it as frames, in order."""
        return tuple(self._frame(each, to_broker, raw, size) for each in said for to_broker, raw, size in _bytes(each))

    def _frame(self, said: Said, to_broker: bool, raw: bytes, size: int) -> Frame:
        self._number += 1
        number, recalled = self._number, said.recalled
        if not raw:
            return Frame(number=number, time=said.time, to_broker=to_broker, channel=0, method=LOST)
        raw = masked(raw)
        channel, method, parts = dissect(raw)
        return Frame(
            number=number,
            time=said.time,
            to_broker=to_broker,
            channel=channel,
            method=method,
            parts=parts,
            raw=raw,
            size=size,
            recalled=recalled,
        )


Told = tuple[bool, bytes, int]
"""Whether it goes to the broker; its bytes, of a body the first ones; how many there are."""


def _bytes(said: Said) -> Iterator[Told]:
    if said.method == CONNECT:
        for to_broker, raw in _handshake(str(said.fields["name"])):
            yield to_broker, raw, len(raw)
    elif said.method == LOST:
        yield said.to_broker, b"", 0
    elif said.method == HEARTBEAT:
        yield said.to_broker, frames.HEARTBEAT, len(frames.HEARTBEAT)
    else:
        channel = 0 if said.method.startswith("connection.") else CHANNEL
        raw = encode(said.method, channel, said.fields)
        yield said.to_broker, raw, len(raw)
        if said.content is not None:
            for raw, size in _content(said.content):
                yield said.to_broker, raw, size


def _content(content: Content) -> Iterator[tuple[bytes, int]]:
    """Header, and the body in as many frames as it takes."""
    header = frames.content(CHANNEL, _written(content), content.size)
    yield header, len(header)
    longest = LIMITS.frame - frames.OVERHEAD
    for begin in range(0, content.size, longest):
        size = min(longest, content.size - begin)
        shown = min(size, MOST_BYTES)
        is_real = len(content.body) == content.size
        body = content.body[begin : begin + shown] if is_real else (_FILLER * (shown // len(_FILLER) + 1))[:shown]
        raw = frames.HEAD.pack(methods.BODY, CHANNEL, size) + body + (b"\xce" if shown == size else b"")
        yield raw, size + frames.OVERHEAD


def _written(content: Content) -> bytes:
    try:
        return properties.write(content.properties)
    except MalformedError:
        return b"\x00\x00"


def _handshake(name: str) -> Iterator[tuple[bool, bytes]]:
    """From the protocol header to channel.open-ok."""
    ours = Host({}, {}, ManualClock()).properties
    start = {"version_minor": 9, "server_properties": ours, "mechanisms": b"PLAIN AMQPLAIN", "locales": b"en_US"}
    answer = {"mechanism": "PLAIN", "response": b"\0guest\0guest", "locale": "en_US"}
    tune = {"channel_max": LIMITS.channels, "frame_max": LIMITS.frame, "heartbeat": LIMITS.heartbeat}
    yield True, PROTOCOL
    yield False, encode("connection.start", 0, start)
    yield True, encode("connection.start-ok", 0, {"client_properties": {**_CLIENT, "connection_name": name}, **answer})
    yield False, encode("connection.tune", 0, tune)
    yield True, encode("connection.tune-ok", 0, tune)
    yield True, encode("connection.open", 0, {"virtual_host": "/"})
    yield False, encode("connection.open-ok", 0, {})
    yield True, encode("channel.open", CHANNEL, {})
    yield False, encode("channel.open-ok", CHANNEL, {})
