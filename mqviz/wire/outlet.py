"""What the broker tells one client, as frames that wait to be written: the engine's sink.

A client that does not read must not make us grow: above `Limits.output` its consumers pause, and nothing more is read from it,
until half of it is written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mqviz.engine.channel import Channel
from mqviz.engine.connection import Connection
from mqviz.engine.message import Copy, Message
from mqviz.errors import AmqpError
from mqviz.model.amqp import Properties
from mqviz.wire import frames, methods, properties
from mqviz.wire.confirms import Confirms
from mqviz.wire.fields import MalformedError
from mqviz.wire.frames import Template

if TYPE_CHECKING:
    from mqviz.engine.channel import GetOk

FILLER = b"simulated "
"""What the body of a message is made of that has only a size."""

Stencil = tuple[bytes, bytes, int]
_MOST_STENCILS = 512
_pack_tag = frames.TAG.pack


class Outlet:
    """`size`: bytes that wait; `halted`: why nothing is read from the client now.

    `on_output` is called when there is something to write where nothing was; `on_channel_closed` and `on_closed` when the broker
    closed something by itself; `on_change` when what `halted` says has changed.
    """

    __slots__ = (
        "_confirms",
        "_due",
        "_frames",
        "_limit",
        "_stencils",
        "halted",
        "longest",
        "on_change",
        "on_channel_closed",
        "on_closed",
        "on_output",
        "owner",
        "size",
    )

    def __init__(self, limit: int, on_output: Callable[[], None], on_change: Callable[[], None]) -> None:
        self._limit = limit
        self._frames: list[bytes] = []
        self._stencils: dict[tuple[int, str, Template], Stencil] = {}
        self._confirms: dict[int, Confirms] = {}
        self._due: list[Confirms] = []
        self.size = 0
        self.longest = 4096 - frames.OVERHEAD
        self.halted: set[str] = set()
        self.owner: Connection | None = None
        self.on_output = on_output
        self.on_change = on_change
        self.on_channel_closed: Callable[[int, AmqpError], None] = _ignored
        self.on_closed: Callable[[AmqpError], None] = _nobody

    def let_go(self) -> None:
        """The client is gone: nobody is to hear of anything any more, nor to be kept alive by this."""
        self.on_output = self.on_change = _at_nothing
        self.on_channel_closed, self.on_closed = _ignored, _nobody
        self.owner = None
        self._confirms.clear()
        self._stencils.clear()

    # -- frames ---------------------------------------------------------------------------------

    def write(self, *pieces: bytes) -> None:
        """Whole frames, perhaps in pieces."""
        if not self.size:
            self.on_output()
        self._frames += pieces
        self.size += sum(map(len, pieces))

    def reply(self, name: str, channel: int, *values: object) -> None:
        """A method, after the confirms that came before it."""
        self.flush_confirms()
        self.write(methods.write(name, channel, *values))

    def place(self) -> int:
        """Where the next frame will stand, for `insert`."""
        self.flush_confirms()
        return len(self._frames)

    def insert(self, place: int, name: str, channel: int, *values: object) -> None:
        """A reply that must stand before what came of the method: consume-ok before the first delivery."""
        frame = methods.write(name, channel, *values)
        self.write(frame)
        self._frames.insert(place, self._frames.pop())

    def take(self) -> bytes:
        """All that waits, to be written now."""
        self.flush_confirms()
        taken, self._frames = b"".join(self._frames), []
        return taken

    def written(self, count: int) -> None:
        """So many bytes of what was taken have gone out."""
        self.size -= count
        if "output" in self.halted and self.size <= self._limit // 2:
            self.go_on("output")

    # -- when nothing is read -------------------------------------------------------------------

    def halt(self, why: str) -> None:
        """Read nothing more from the client until `go_on`; with "output" its consumers pause, too."""
        self.halted.add(why)
        if why == "output" and self.owner is not None:
            self.owner.pause()
        self.on_change()

    def go_on(self, why: str) -> None:
        """This reason is gone."""
        if why not in self.halted:
            return
        self.halted.discard(why)
        if why == "output" and self.owner is not None:
            self.owner.resume()
        self.on_change()

    # -- messages -------------------------------------------------------------------------------

    def deliver(self, channel: Channel, consumer_tag: str, delivery_tag: int, redelivered: bool, copy: Copy) -> None:
        """basic.deliver."""
        message = copy.message
        template = message.origin
        if not isinstance(template, Template) or copy.delivery_count or not template.is_of(message):
            self._deliver_any(channel.number, consumer_tag, delivery_tag, redelivered, copy)
            return
        stencil = self._stencils.get((channel.number, consumer_tag, template))
        if stencil is None:
            if template.size > self.longest:
                self._deliver_any(channel.number, consumer_tag, delivery_tag, redelivered, copy)
                return
            stencil = self._cut(channel.number, consumer_tag, template)
        before, between, size = stencil
        if not self.size:
            self.on_output()
        if message.body:
            self._frames += (before, _pack_tag(delivery_tag, redelivered), between, message.body, b"\xce")
        else:
            self._frames += (before, _pack_tag(delivery_tag, redelivered), between)
        self.size += size
        if self.size > self._limit:
            self.halt("output")

    def _cut(self, channel: int, consumer_tag: str, template: Template) -> Stencil:
        if len(self._stencils) >= _MOST_STENCILS:
            self._stencils.clear()
        stencil = frames.stencil(channel, consumer_tag, template)
        self._stencils[channel, consumer_tag, template] = stencil
        return stencil

    def _deliver_any(self, channel: int, consumer_tag: str, delivery_tag: int, redelivered: bool, copy: Copy) -> None:
        """A message of a simulated client, of several frames, or with headers that the broker wrote."""
        message = copy.message
        before, behind = frames.deliver(channel, consumer_tag, message.exchange, message.routing_key)
        tag = frames.TAG.pack(delivery_tag, redelivered)
        self.write(before, tag, behind, *self._content(channel, message, copy.properties))
        if self.size > self._limit:
            self.halt("output")

    def _content(self, channel: int, message: Message, as_sent: Properties) -> list[bytes]:
        body = message.body if len(message.body) == message.size else (FILLER * (message.size // len(FILLER) + 1))[: message.size]
        header = frames.content(channel, _raw(message, as_sent), len(body))
        return [header, *frames.bodies(channel, body, self.longest)]

    def got(self, channel: int, ok: GetOk) -> None:
        """basic.get-ok."""
        message = ok.copy.message
        where = (message.exchange, message.routing_key)
        self.reply("basic.get-ok", channel, ok.delivery_tag, ok.redelivered, *where, ok.messages)
        self.write(*self._content(channel, message, ok.properties))

    def returned(self, channel: Channel, code: int, text: str, message: Message) -> None:
        """basic.return."""
        number = channel.number
        self.write(methods.write("basic.return", number, code, text, message.exchange, message.routing_key))
        self.write(*self._content(number, message, message.properties))

    # -- confirms -------------------------------------------------------------------------------

    def confirmed(self, channel: Channel, delivery_tag: int, multiple: bool, ack: bool) -> None:
        """basic.ack of a publish, as soon as the turn ends; basic.nack where `ack` is false."""
        confirms = self._confirms.get(channel.number)
        if confirms is None:
            confirms = self._confirms[channel.number] = Confirms(channel.number)
        frame = confirms.ack(delivery_tag) if ack else confirms.nack(delivery_tag)
        if frame is not None:
            self.write(frame)
        elif not confirms.is_due:
            confirms.is_due = True
            self._due.append(confirms)
            self.on_output()

    def flush_confirms(self) -> None:
        """Write the acks that wait."""
        if not self._due:
            return
        due, self._due = self._due, []
        for confirms in due:
            confirms.is_due = False
            frame = confirms.flush()
            self._frames.append(frame)
            self.size += len(frame)

    def forget_channel(self, number: int) -> None:
        """Another channel may come under this number."""
        self.flush_confirms()
        self._confirms.pop(number, None)
        self._stencils = {key: each for key, each in self._stencils.items() if key[0] != number}

    # -- the broker's own doing -----------------------------------------------------------------

    def committed(self, channel: Channel) -> None:
        """tx.commit-ok, when everything is on disk."""
        self.reply("tx.commit-ok", channel.number)

    def consumer_cancelled(self, channel: Channel, consumer_tag: str) -> None:
        """basic.cancel by the broker."""
        self.write(methods.write("basic.cancel", channel.number, consumer_tag, True))

    def channel_closed(self, channel: Channel, error: AmqpError) -> None:
        """The broker closed the channel by itself."""
        self.on_channel_closed(channel.number, error)

    def blocked(self, connection: Connection, reason: str) -> None:
        """connection.blocked."""
        self.write(methods.write("connection.blocked", 0, reason))
        self.halt("blocked")

    def unblocked(self, connection: Connection) -> None:
        """connection.unblocked."""
        self.write(methods.write("connection.unblocked", 0))
        self.go_on("blocked")

    def flow(self, connection: Connection, active: bool) -> None:
        """TCP back-pressure."""
        if active:
            self.go_on("flow")
        else:
            self.halt("flow")

    def closed(self, connection: Connection, error: AmqpError) -> None:
        """The broker closed the connection by itself."""
        self.on_closed(error)


def _raw(message: Message, as_sent: Properties) -> bytes:
    """Properties as bytes: those that came, where they are the same."""
    origin = message.origin
    if isinstance(origin, Template) and origin.properties is as_sent:
        return origin.raw
    try:
        return properties.write(as_sent)
    except MalformedError:
        return b"\x00\x00"


def _at_nothing() -> None:
    """Nobody listens any more."""


def _ignored(_channel: int, _error: AmqpError) -> None:
    """Nobody listens yet."""


def _nobody(_error: AmqpError) -> None:
    """Nobody listens yet."""
