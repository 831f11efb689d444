"""What passes between a client and the broker, as the frames of AMQP 0-9-1: in words and in bytes."""

from __future__ import annotations

from msgspec import Struct

PROTOCOL, HEADER, BODY, HEARTBEAT, LOST = "protocol", "header", "body", "heartbeat", "lost"
"""What a `Frame.method` says where it is no method: the protocol header, content header and body, a heartbeat; no frame at all, but
the end of the network under the conversation."""


class Part(Struct, frozen=True):
    """A field of a frame: its name as AMQP writes it, its value as text, and the place of its bytes (`begin` up to `end`)."""

    name: str
    value: str
    begin: int
    end: int


class Frame(Struct, frozen=True, kw_only=True):
    """One frame. `time` in virtual seconds, as the broker sees it; `method` like `basic.publish`, or one of the words above.

    `raw`: its bytes, of a long body the first ones; `size`: how many there are. `recalled`: it passed before anybody listened, and is
    told from what it has led to.
    """

    number: int
    time: float
    to_broker: bool
    channel: int
    method: str
    parts: tuple[Part, ...] = ()
    raw: bytes = b""
    size: int = 0
    recalled: bool = False

    def value(self, name: str) -> str:
        """The value of a field as text; empty where there is none."""
        return next((part.value for part in self.parts if part.name == name), "")

    @property
    def family(self) -> str:
        """The class of its method; that of a content header or body is basic."""
        return "basic" if self.method in (HEADER, BODY) else self.method.partition(".")[0]


class Frames(Struct, frozen=True, kw_only=True):
    """What was heard of one client since the last update: a bounded part from the beginning, and how many frames more there were.

    `anew`: these are the first frames of this client since listening began, or since the run began again.
    """

    client: str
    frames: tuple[Frame, ...] = ()
    left_out: int = 0
    anew: bool = False
