"""One connection to the broker on the loop of all: opened, closed in good order, or cut as when a process dies."""

from __future__ import annotations

import logging
from typing import Any

import pika
from pika.adapters.select_connection import IOLoop
from pika.exceptions import ConnectionClosed, StreamLostError

from mqviz.errors import AmqpError

CUT = "cut by a fault of the experiment"

# Connections that end, or cannot be made, are told to who asked; pika writes them to standard error as well.
logging.getLogger("pika").setLevel(logging.CRITICAL)


class Line(pika.SelectConnection):
    """pika's connection, which can also be cut without a word, and says how much it has not sent yet."""

    def cut(self) -> None:
        """End the TCP connection as a dying process does: no close is sent, what the program had in its buffer is lost."""
        if not self.is_closed:
            self._terminate_stream(StreamLostError(CUT))  # type: ignore[attr-defined]  # what pika itself does when a stream breaks

    @property
    def unsent(self) -> int:
        """Bytes that wait in the program for the socket to take them."""
        transport = self._transport  # type: ignore[attr-defined]  # pika tells it nowhere else
        return 0 if transport is None else int(transport.get_write_buffer_size())


def turn(loop: IOLoop, seconds: float) -> None:
    """Let the loop wait at most so long for its sockets, and do what they bring."""
    timer = loop.call_later(max(0.0, seconds), _nothing)
    loop.poll()
    loop.process_timeouts()
    loop.remove_timeout(timer)


def _nothing() -> None:
    """The loop only has to wake up."""


def error_of(reason: Any) -> AmqpError:
    """What pika says of a lost connection or channel, as one of our errors."""
    code, text = getattr(reason, "reply_code", None), getattr(reason, "reply_text", None)
    if isinstance(reason, ConnectionClosed) or code is not None:
        return AmqpError(int(code or 320), str(text or reason))
    return AmqpError(320, str(reason) or type(reason).__name__)
