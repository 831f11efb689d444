"""Our own connection to the broker beside those of the clients: declares the topology, and measures how full the queues are.

Depths are asked by passive declaration, which is answered at once; a queue with a lease (x-expires) is not asked, since that would
renew it, nor an exclusive one, which only its owner may ask.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pika
from pika.adapters.select_connection import IOLoop

from mqviz.backends.loadgen.line import Line

Step = Callable[[Any, Callable[..., None]], None]
"""What to do on a channel, and whom to tell when it is done."""


@dataclass(slots=True)
class Reading:
    """What the broker last said of a queue: messages ready, and when."""

    ready: int
    at: float


class Gauge:
    """`failed`: what the broker said where it closed the connection, or refused a step. `steps` are done one after the other."""

    def __init__(self, parameters: pika.ConnectionParameters, loop: IOLoop, now: Callable[[], float]) -> None:
        self._now = now
        self._channel: Any = None
        self._steps: deque[Step] = deque()
        self._asked: set[str] = set()
        self._probe: Any = None
        self._busy = False
        self.readings: dict[str, Reading] = {}
        self.failed: Any = None
        self.is_over = self.was_open = False
        self.on_reading: Callable[[str, int], None] = _nobody
        self.line = Line(
            parameters,
            on_open_callback=self._on_open,
            on_open_error_callback=self._on_error,
            on_close_callback=self._on_close,
            custom_ioloop=loop,
        )

    @property
    def version(self) -> str:
        """The broker's own word."""
        told = self.line.server_properties or {}
        return _text(told.get("version", ""))

    @property
    def product(self) -> str:
        """The broker's name: RabbitMQ, or another that speaks AMQP."""
        return _text((self.line.server_properties or {}).get("product", ""))

    @property
    def is_open(self) -> bool:
        """Whether steps can be done."""
        return self._channel is not None

    @property
    def is_idle(self) -> bool:
        """Whether all steps are done."""
        return self._channel is not None and not self._steps and not self._busy

    # -- steps ------------------------------------------------------------------------------------------

    def do(self, step: Step) -> None:
        """Do this after all steps before it."""
        self._steps.append(step)
        self._go_on()

    def _go_on(self) -> None:
        if self._channel is None or self._busy or not self._steps:
            return
        self._busy = True
        self._steps.popleft()(self._channel, self._done)

    def _done(self, _: Any = None) -> None:
        self._busy = False
        self._go_on()

    # -- readings ---------------------------------------------------------------------------------------

    def measure(self, queues: Iterable[tuple[str, str]]) -> None:
        """Ask how many messages are ready, for pairs of the scenario's name and the broker's; who has not answered is not asked again."""
        probe = self._probe
        if probe is None or not probe.is_open:
            return
        for name, real in queues:
            if name not in self._asked:
                self._asked.add(name)
                probe.queue_declare(real, passive=True, callback=lambda frame, name=name: self._read(name, frame))

    def _read(self, name: str, frame: Any) -> None:
        self._asked.discard(name)
        ready = int(frame.method.message_count)
        self.readings[name] = Reading(ready, self._now())
        self.on_reading(name, ready)

    @property
    def is_waiting(self) -> bool:
        """Whether some queue has not answered."""
        return bool(self._asked)

    # -- the connection ---------------------------------------------------------------------------------

    def _on_open(self, line: Any) -> None:
        self.was_open = True
        line.channel(on_open_callback=self._on_channel)
        self._open_probe()

    def _open_probe(self) -> None:
        if self.line.is_open:
            self.line.channel(on_open_callback=self._on_probe)

    def _on_channel(self, channel: Any) -> None:
        channel.add_on_close_callback(self._on_refused)
        self._channel = channel
        self._busy = False
        self._go_on()

    def _on_probe(self, probe: Any) -> None:
        probe.add_on_close_callback(self._on_probe_refused)
        self._probe = probe
        self._asked.clear()

    def _on_probe_refused(self, _: Any, reason: Any) -> None:
        """A queue has gone between two looks: ask the others on a new channel."""
        self._probe = None
        if not self.is_over:
            self._open_probe()

    def _on_refused(self, _: Any, reason: Any) -> None:
        """A step was refused; those after it are done all the same."""
        self._channel = None
        if self.is_over:
            return
        self.failed = self.failed or reason
        if self.line.is_open:
            self.line.channel(on_open_callback=self._on_channel)

    def _on_error(self, _: Any, error: Any) -> None:
        self.failed, self.is_over = error, True

    def _on_close(self, _: Any, reason: Any) -> None:
        self.failed = self.failed or (None if self.is_over else reason)
        self._channel, self._probe, self.is_over = None, None, True

    def close(self) -> None:
        """In good order."""
        self.is_over = True
        if self.line.is_open:
            self.line.close()
        elif not self.line.is_closed and not self.line.is_closing:
            self.line.cut()


def _text(told: Any) -> str:
    return told.decode(errors="replace") if isinstance(told, bytes) else str(told)


def _nobody(name: str, ready: int) -> None:
    """Nobody listens."""
