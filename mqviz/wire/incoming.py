"""One channel as the wire sees it: the engine's channel, and a message that is still coming in."""

from __future__ import annotations

from mqviz.engine.channel import Channel
from mqviz.errors import AmqpError
from mqviz.model.amqp import ReplyCode
from mqviz.wire import frames
from mqviz.wire.fields import MalformedError
from mqviz.wire.frames import Template

_NO_HEADER = "expected content header for class 60, got non content header frame instead"
_NO_BODY = "expected content body, got non content body frame instead"
_NO_METHOD = "expected method frame, got non method frame instead"
_PUBLISH = (60, 40)


class Incoming:
    """`publish`: the payload of a basic.publish whose content is awaited; `template` is there once the header came.

    `closing`: we said channel.close; all is ignored until the answer.
    """

    __slots__ = ("_body", "arrived", "busy", "channel", "closing", "publish", "template")

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.closing = False
        self.busy = False
        self.publish = b""
        self.template: Template | None = None
        self._body = bytearray()
        self.arrived = 0

    def method(self) -> None:
        """A method comes; AmqpError where content had to."""
        if self.busy:
            raise self._unexpected()

    def begin(self, publish: bytes) -> None:
        """A basic.publish: header and body must follow."""
        self.busy, self.publish = True, publish

    def header(self, payload: bytes, templates: dict[bytes, Template]) -> Template:
        """The content header; what the message is like."""
        if not self.busy or self.template is not None:
            raise self._unexpected()
        try:
            class_id = frames.class_of(payload)
        except MalformedError:
            raise AmqpError(ReplyCode.FRAME_ERROR, f"FRAME_ERROR - type 2, all octets = {erlang(payload)}: unknown_frame") from None
        if class_id != frames.BASIC:
            text = f"UNEXPECTED_FRAME - expected content header for class 60, got one for class {class_id} instead"
            raise AmqpError(ReplyCode.UNEXPECTED_FRAME, text, *_PUBLISH)
        if frames.weight_of(payload):
            raise self._unexpected()
        self.template = template_of(self.publish, payload, templates)
        return self.template

    def body(self, payload: bytes) -> int:
        """A piece of the body; how much of it is there."""
        if self.template is None or self.arrived + len(payload) > self.template.size:
            raise self._unexpected()
        self._body += payload
        self.arrived += len(payload)
        return self.arrived

    def whole(self) -> bytes:
        """The body, complete; the next message may begin."""
        body = bytes(self._body)
        self.forget()
        return body

    def forget(self) -> None:
        """What is coming in is not wanted any more."""
        self.busy, self.template, self.arrived = False, None, 0
        self._body = bytearray()

    def _unexpected(self) -> AmqpError:
        if not self.busy:
            return AmqpError(ReplyCode.UNEXPECTED_FRAME, f"UNEXPECTED_FRAME - {_NO_METHOD}")
        text = _NO_HEADER if self.template is None else _NO_BODY
        return AmqpError(ReplyCode.UNEXPECTED_FRAME, f"UNEXPECTED_FRAME - {text}", *_PUBLISH)


_MOST_TEMPLATES = 256


def template_of(publish: bytes, header: bytes, templates: dict[bytes, Template]) -> Template:
    """What a message is like, from the payloads of its method and header; remembered among `templates`."""
    key = publish + header
    template = templates.get(key)
    if template is None:
        template = new_template(publish, header)
        remember(templates, key, template)
    return template


def new_template(publish: bytes, header: bytes) -> Template:
    """What a message is like; AmqpError as RabbitMQ's where it makes no sense."""
    try:
        return Template(publish, header)
    except MalformedError:
        raise AmqpError(ReplyCode.INTERNAL_ERROR, "INTERNAL_ERROR") from None


def remember(templates: dict[bytes, Template], key: bytes, template: Template) -> None:
    """Keep a template; a client that never publishes alike twice must not make us grow."""
    if len(templates) >= _MOST_TEMPLATES:
        templates.clear()
    templates[key] = template


def erlang(payload: bytes) -> str:
    """Bytes as Erlang prints them, in RabbitMQ's texts."""
    if payload and all(32 <= each < 127 for each in payload):
        return f'<<"{payload.decode()}">>'
    return f"<<{','.join(map(str, payload[:200]))}>>"
