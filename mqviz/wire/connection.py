"""The server's side of one connection: bytes in, bytes out, no socket.

Whoever owns it hands in what arrives (`receive`), writes what waits (`outlet`), asks it about twice a second whether time is up
(`tick`), and closes the socket once it `is_over`.
"""

from __future__ import annotations

from collections.abc import Callable

from mqviz.engine import refusals
from mqviz.engine.channel import Channel
from mqviz.errors import AmqpError
from mqviz.model.amqp import ReplyCode
from mqviz.wire import frames, handshake, methods, verbs
from mqviz.wire.channels import Channels
from mqviz.wire.fields import NO_UTF8
from mqviz.wire.frames import Template
from mqviz.wire.handshake import HandshakeError, State
from mqviz.wire.host import Host
from mqviz.wire.incoming import erlang, new_template, remember
from mqviz.wire.methods import BODY, END, HEADER, HEARTBEAT, METHOD
from mqviz.wire.negotiation import Negotiation

_SLOWLY, _DONE = 0, -1
_head = frames.HEAD.unpack_from
_tag = frames.TAG.unpack_from


class ServerConnection(Channels, Negotiation):
    """One client. `_pieces`: what came and was not read yet; `_needed`: bytes that make sense at least; `_place`: how far it was read."""

    def __init__(self, host: Host, peer: str, on_output: Callable[[], None], on_change: Callable[[], None]) -> None:
        super().__init__(host, peer, on_output, on_change)
        self._templates: dict[bytes, Template] = {}
        self._pieces: list[bytes] = []
        self._waiting = 0
        self._needed = len(handshake.PROTOCOL)
        self._place = 0

    @property
    def held(self) -> int:
        """Bytes that it holds for the client: frames and bodies that are not whole yet, and what waits to be written."""
        return self._waiting + self._unfinished + self.outlet.size

    # -- bytes in -------------------------------------------------------------------------------

    def receive(self, data: bytes) -> None:
        """Bytes from the client. They wait here where nothing may be read."""
        self._heard = self._host.clock.now()
        if self._deaf:
            return
        self._pieces.append(data)
        self._waiting += len(data)
        if self._waiting >= self._needed:
            self.go_on()

    def go_on(self) -> None:
        """Work on what waits, as far as that may be now."""
        if not self._pieces or self.outlet.halted:
            return
        data = b"".join(self._pieces) if len(self._pieces) > 1 else self._pieces[0]
        self._pieces.clear()
        self._place = self._needed = 0
        while not self._is_done(data):
            pass
        left = data[self._place :]
        self._waiting = 0 if self._deaf else len(left)
        if self._waiting:
            self._pieces.append(left)

    def _is_done(self, data: bytes) -> bool:
        """Read on till the data end, or something goes wrong; whether there is nothing left to do."""
        try:
            if self.state is State.HEADER and not self._is_greeted(data):
                return True
            self._read_frames(data)
        except AmqpError as error:
            self._fail(error)
            return self._deaf
        except HandshakeError as error:
            self._shun(error)
            return True
        return True

    def _is_greeted(self, data: bytes) -> bool:
        """Whether the protocol header is there, and right."""
        wanted, given = handshake.PROTOCOL, data[:8]
        if len(given) < len(wanted) and wanted.startswith(given):
            self._needed = len(wanted)
            return False
        self._place = len(wanted)
        return self.greet(given)

    # long: every frame comes through here; publishes that are whole, and acks, are dealt with on the spot.
    def _read_frames(self, data: bytes) -> None:
        place, end, longest = self._place, len(data), self._longest
        channels, halted = self._channels, self.outlet.halted
        while end - place >= frames.SIZE and not halted and not self._deaf:
            kind, number, size = _head(data, place)
            stop = place + 7 + size
            if size > longest:
                self._longest_is(kind, size)
            if stop >= end:
                self._needed = stop + 1 - place
                return
            if data[stop] != END:
                self._garbled(kind, f"{erlang(data[place + 7 : stop])}: {{invalid_frame_end_marker,{data[stop]}}}")
            self._at = number
            if kind == METHOD and number in channels:
                what, incoming = data[place + 7 : place + 11], channels[number]
                if what == frames.PUBLISH and not incoming.busy and not incoming.closing:
                    needed = self._publish_at_once(incoming.channel, data, place, stop, end)
                    if needed > 0:
                        self._needed = needed
                        return
                    if needed == _DONE:
                        place = self._place
                        continue
                elif what == frames.ACK and size == 13 and not incoming.busy and not incoming.closing:
                    tag, multiple = _tag(data, place + 11)
                    self._place = place = stop + 1
                    incoming.channel.ack(tag, multiple & 1 == 1)
                    continue
            self._place, begin = stop + 1, place + 7
            self._frame(kind, number, data[begin:stop])
            place, longest = self._place, self._longest
        self._needed = 0

    # long: every publish comes through here; a slice, a look into a dictionary and a call are all that most of them take.
    def _publish_at_once(self, channel: Channel, data: bytes, place: int, stop: int, end: int) -> int:
        """Publish a message whose three frames are here: `_DONE`, or how many bytes have to be.

        `_SLOWLY`: it has to go the long way, because of its size or because something is wrong.
        """
        if end - stop < 8:
            return stop + 8 - place if frames.is_publish(data, place + 7, stop) else _SLOWLY
        size: int
        kind, number, size = _head(data, stop + 1)
        if kind != HEADER or number != self._at or not 14 <= size <= self._longest:
            return _SLOWLY
        stop_2 = stop + 8 + size
        if stop_2 >= end:
            return stop_2 + 1 - place
        key = data[place : stop_2 + 1]
        template = self._templates.get(key)
        if template is None:
            template = self._new(data[place + 7 : stop], data[stop + 8 : stop_2], key)
            if template is None:
                return _SLOWLY
        size = template.size
        if size:
            if end - stop_2 < 8:
                return stop_2 + 8 - place
            stop_3 = stop_2 + 8 + size
            if _head(data, stop_2 + 1) != (BODY, number, size):
                return _SLOWLY
            if stop_3 >= end:
                return stop_3 + 1 - place
            if data[stop_3] != END:
                return _SLOWLY
            self._place = stop_3 + 1
            body = data[stop_2 + 8 : stop_3]
        else:
            self._place, body = stop_2 + 1, b""
        channel.publish(
            template.exchange,
            template.routing_key,
            body,
            template.properties,
            mandatory=template.mandatory,
            immediate=template.immediate,
            origin=template,
        )
        return _DONE

    def _new(self, publish: bytes, header: bytes, key: bytes) -> Template | None:
        """What a message is like that was not seen before; None where it has to go the long way."""
        if key[-1] != END or int.from_bytes(header[:4]) != frames.BASIC << 16:
            return None
        if frames.body_size(header) > min(self._longest, self._host.limits.body):
            return None
        try:
            template = new_template(publish, header)
        except AmqpError:
            return None
        remember(self._templates, key, template)
        return template

    def _longest_is(self, kind: int, size: int) -> None:
        if self.engine is None:
            raise HandshakeError(f"a frame of {size} bytes during the handshake")
        self._garbled(kind, f"<<>>: {{frame_too_large,{size},{self._longest}}}")

    def _garbled(self, kind: int, what: str) -> None:
        """What follows cannot be made out any more."""
        if self.engine is None:
            raise HandshakeError(f"no frame: {what[:80]}")
        self._deaf = True
        raise refusals.refusal(ReplyCode.FRAME_ERROR, f"type {kind}, all octets = {what}")

    # -- frames ---------------------------------------------------------------------------------

    def _frame(self, kind: int, number: int, payload: bytes) -> None:
        if kind == METHOD and len(payload) >= 4:
            self._method(number, payload)
        elif kind == HEARTBEAT and not payload:
            if number:
                raise refusals.refusal(ReplyCode.UNEXPECTED_FRAME, "type 8, all octets = <<>>")
        elif kind in (HEADER, BODY) and self.engine is not None:
            self._content(kind, number, payload)
        else:
            self._say_unknown(kind, payload)

    def _say_unknown(self, kind: int, payload: bytes) -> None:
        if self.engine is None:
            raise HandshakeError(f"a frame of type {kind} during the handshake")
        if self.state is State.RUNNING:
            raise refusals.refusal(ReplyCode.FRAME_ERROR, f"type {kind}, all octets = {erlang(payload)}: unknown_frame")

    def _method(self, number: int, payload: bytes) -> None:
        layout = methods.BY_INDEX.get(int.from_bytes(payload[:4]))
        if layout is None:
            if self.engine is None:
                raise HandshakeError("an unknown method during the handshake")
            ids = int.from_bytes(payload[:2]), int.from_bytes(payload[2:4])
            raise AmqpError(ReplyCode.COMMAND_INVALID, verbs.UNIMPLEMENTED, *ids)
        try:
            if number == 0:
                self._on_connection(layout, payload)
            elif self.state is State.RUNNING:
                self._on_channel(number, layout, payload)
            elif self.engine is None:
                raise HandshakeError(f"{layout.name} during the handshake")
        except AmqpError as error:
            if not error.class_id and not error.text.endswith(NO_UTF8):
                error.class_id, error.method_id = layout.class_id, layout.method_id
            raise
