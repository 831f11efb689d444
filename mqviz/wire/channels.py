"""The channels of one connection: opening, closing, verbs, and messages that come in pieces."""

from __future__ import annotations

from mqviz.engine import refusals
from mqviz.errors import AmqpError
from mqviz.model.amqp import ReplyCode
from mqviz.wire import verbs
from mqviz.wire.connection_state import ConnectionState
from mqviz.wire.frames import Template
from mqviz.wire.handshake import State
from mqviz.wire.incoming import Incoming
from mqviz.wire.methods import HEADER, Layout


class Channels(ConnectionState):
    """The part of a connection that is about channels. `_templates`: how this client published before."""

    _templates: dict[bytes, Template]

    def _on_channel(self, number: int, layout: Layout, payload: bytes) -> None:
        incoming, name = self._channels.get(number), layout.name
        if incoming is None:
            self._open_channel(number, layout, payload)
        elif incoming.closing:
            self._while_closing(incoming, name)
        elif name == "channel.open":
            raise AmqpError(ReplyCode.CHANNEL_ERROR, "CHANNEL_ERROR - second 'channel.open' seen")
        else:
            incoming.method()
            if name == "basic.publish":
                self._fields(layout, payload)
                incoming.begin(payload)
            elif name == "channel.close":
                incoming.channel.close()
                self._forget_channel(number)
                self.outlet.reply("channel.close-ok", number)
            else:
                verbs.call(name, incoming.channel, self._fields(layout, payload), self.outlet)

    def _open_channel(self, number: int, layout: Layout, payload: bytes) -> None:
        if layout.name != "channel.open":
            raise AmqpError(ReplyCode.CHANNEL_ERROR, "CHANNEL_ERROR - expected 'channel.open'")
        self._fields(layout, payload)
        most = self._most_channels
        if len(self._channels) >= most:
            text = f"number of channels opened ({most}) has reached the negotiated channel_max ({most})"
            self._fail(refusals.refusal(ReplyCode.NOT_ALLOWED, text))
            return
        assert self.engine is not None
        self._channels[number] = Incoming(self.engine.channel(number))
        self.outlet.reply("channel.open-ok", number, b"")

    def _while_closing(self, incoming: Incoming, name: str) -> None:
        """We said channel.close: only the answer counts, and a close of the client's own that crossed ours."""
        number = incoming.channel.number
        if name == "channel.close":
            self.outlet.reply("channel.close-ok", number)
        elif name == "channel.close-ok":
            self._forget_channel(number)
        elif name == "channel.open":
            raise AmqpError(ReplyCode.CHANNEL_ERROR, "CHANNEL_ERROR - second 'channel.open' seen")

    def _forget_channel(self, number: int) -> None:
        self._drop_content(self._channels.pop(number))
        self.outlet.forget_channel(number)

    def _content(self, kind: int, number: int, payload: bytes) -> None:
        """A content header or a piece of a body, of a message that came in several reads or several frames."""
        incoming = self._channels.get(number)
        if self.state is not State.RUNNING or (incoming is not None and incoming.closing):
            return
        if incoming is None:
            raise refusals.refusal(ReplyCode.UNEXPECTED_FRAME, "expected method frame, got non method frame instead")
        if kind == HEADER:
            template = incoming.header(payload, self._templates)
            self._check_size(template.size)
        else:
            self._unfinished += len(payload)
            incoming.body(payload)
            self._check_unfinished()
        if incoming.template is not None and incoming.arrived == incoming.template.size:
            self._publish(incoming, incoming.template)

    def _check_size(self, size: int) -> None:
        if size > self._host.limits.body:
            text = f"message size {size} is larger than configured max size {self._host.limits.body}"
            error = refusals.precondition_failed(text)
            raise AmqpError(error.code, error.text, 60, 40)

    def _check_unfinished(self) -> None:
        if self._unfinished > self._host.limits.unfinished:
            raise refusals.refusal(ReplyCode.RESOURCE_ERROR, "too many messages at once, all of them unfinished")

    def _publish(self, incoming: Incoming, template: Template) -> None:
        body = incoming.whole()
        self._unfinished -= len(body)
        incoming.channel.publish(
            template.exchange,
            template.routing_key,
            body,
            template.properties,
            mandatory=template.mandatory,
            immediate=template.immediate,
            origin=template,
        )
