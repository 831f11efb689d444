"""Raw conversations: bytes made by pamqp (never by our own codec), with a connection in memory or over a socket."""

from __future__ import annotations

import socket
import struct
import time
from typing import Any

from pamqp import commands as amqp
from pamqp import frame, header

from mqviz.clock import ManualClock, Scheduler
from mqviz.engine.broker import Broker
from mqviz.wire.connection import ServerConnection
from mqviz.wire.host import Host
from mqviz.wire.limits import LIMITS, Limits

Heard = list[Any]
"""Frames as (channel, name, fields), content as (type, channel, payload), a protocol header as bytes, and "EOF" at the end."""

PROTOCOL = b"AMQP\0\0\x09\x01"
UNDERSTANDS = {"authentication_failure_close": True, "consumer_cancel_notify": True, "connection.blocked": True}
EMPTY = amqp.Basic.Properties()


def method(channel: int, what: Any) -> bytes:
    """The frame of a method."""
    return frame.marshal(what, channel)


def raw_frame(kind: int, channel: int, payload: bytes, end: bytes = b"\xce") -> bytes:
    """A frame of any kind, right or wrong."""
    return struct.pack(">BHI", kind, channel, len(payload)) + payload + end


def content(channel: int, size: int, properties: Any = EMPTY) -> bytes:
    """A content header."""
    return frame.marshal(header.ContentHeader(0, size, properties), channel)


def publish(channel: int, queue: str, body: bytes = b"x", properties: Any = EMPTY, exchange: str = "", **flags: bool) -> bytes:
    """A whole message."""
    begin = method(channel, amqp.Basic.Publish(exchange=exchange, routing_key=queue, **flags)) + content(channel, len(body), properties)
    return begin + raw_frame(3, channel, body) if body else begin


def start_ok(response: str = "\0guest\0guest", mechanism: str = "PLAIN", capabilities: dict[str, bool] = UNDERSTANDS) -> bytes:
    """connection.start-ok."""
    return method(0, amqp.Connection.StartOk({"capabilities": capabilities}, mechanism, response, "en_US"))


def tune_ok(channels: int = 2047, frame_max: int = 131072, heartbeat: int = 0) -> bytes:
    """connection.tune-ok."""
    return method(0, amqp.Connection.TuneOk(channels, frame_max, heartbeat))


def opening(vhost: str = "/") -> bytes:
    """connection.open."""
    return method(0, amqp.Connection.Open(vhost))


HELLO = PROTOCOL + start_ok() + tune_ok() + opening()
"""All of the handshake at once."""

OPEN_1 = method(1, amqp.Channel.Open())
IN = HELLO + OPEN_1
"""The handshake, and channel 1."""

GREETING = ("Connection.Start", "Connection.Tune", "Connection.OpenOk", "Channel.OpenOk")


def parsed(data: bytes) -> Heard:
    """What is in these bytes."""
    heard: Heard = []
    while data:
        if data[:4] == b"AMQP":
            heard.append(data[:8])
            data = data[8:]
            continue
        kind, channel, size = struct.unpack_from(">BHI", data)
        whole, data = data[: size + 8], data[size + 8 :]
        assert len(whole) == size + 8 and whole[-1] == 0xCE, whole
        if kind == 1:
            what = frame.unmarshal(whole)[2]
            heard.append((channel, what.name, dict(what)))
        else:
            heard.append((kind, channel, whole[7:-1]))
    return heard


def without_greeting(heard: Heard) -> Heard:
    """Less the server's part of the handshake."""
    return [each for each in heard if not (isinstance(each, tuple) and each[1] in GREETING)]


class Talk:
    """A client in memory, with a clock and a broker that a test turns. `broker` may be another talk's."""

    def __init__(self, *, limits: Limits = LIMITS, beside: Talk | None = None) -> None:
        self.clock = ManualClock() if beside is None else beside.clock
        self.broker = Broker(Scheduler()) if beside is None else beside.broker
        self.log: list[str] = []
        host = Host({"/": self.broker}, {"guest": "guest"}, self.clock, limits=limits, journal=lambda what, who, **_: self.log.append(what))
        self.connection = ServerConnection(host, "client", lambda: None, lambda: None)

    def say(self, *pieces: bytes) -> Heard:
        """Send, and hear what comes of it."""
        for piece in pieces:
            self.connection.receive(piece)
        self.connection.go_on()
        return self.hear()

    def hear(self) -> Heard:
        """What waits for the client; "EOF" where it is over."""
        found = parsed(self.take())
        return [*found, "EOF"] if self.connection.is_over else found

    def take(self) -> bytes:
        """The bytes that wait for the client."""
        data = self.connection.outlet.take()
        self.connection.written(len(data))
        return data

    def enter(self) -> Talk:
        """Log in, open channel 1."""
        self.say(IN)
        return self

    def pass_time(self, seconds: float) -> Heard:
        """Turn the clock in steps of half a second; what is heard meanwhile."""
        heard: Heard = []
        for _ in range(round(seconds * 2)):
            self.clock.advance(0.5)
            self.connection.tick()
            heard += self.hear()
        return heard


def ask_server(port: int, data: bytes, quiet: float = 0.3, patience: float = 5.0) -> Heard:
    """What a server on this port answers until it is quiet for a while, or closes ("EOF")."""
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(quiet)
        client.sendall(data)
        heard, end = b"", time.monotonic() + patience
        over = False
        while not over and time.monotonic() < end:
            try:
                piece = client.recv(65536)
            except TimeoutError:
                break
            except ConnectionError:
                piece = b""
            over = not piece
            heard += piece
    return [*parsed(heard), "EOF"] if over else parsed(heard)
