"""Request and reply over the broker: correlation ids, RabbitMQ's direct reply-to, patience."""

from __future__ import annotations

from collections.abc import Callable

from mqviz.clock import Scheduler, Timer
from mqviz.engine.message import Message
from mqviz.model.histogram import Histogram
from mqviz.sim.outgoing import Outgoing

REPLY_TO = "amq.rabbitmq.reply-to"


class Requests:
    """The requests of one producer that wait for their replies. A late reply, or one to nobody's request, is ignored."""

    def __init__(self, scheduler: Scheduler, name: str, timeout: float, response: Histogram, done: Callable[[], None]) -> None:
        self._scheduler = scheduler
        self._name = name
        self._timeout = timeout
        self._response = response
        self._done = done
        self._pending: dict[str, tuple[Outgoing, Timer]] = {}
        self.replied = self.timed_out = 0

    def __len__(self) -> int:
        """How many wait."""
        return len(self._pending)

    def begin(self, out: Outgoing) -> str:
        """A request is published (perhaps again): its correlation id."""
        correlation_id = f"{self._name}-{out.number}"
        if correlation_id not in self._pending:
            timer = self._scheduler.call_in(self._timeout, self._give_up, correlation_id)
            self._pending[correlation_id] = (out, timer)
        return correlation_id

    def _give_up(self, correlation_id: str) -> None:
        del self._pending[correlation_id]
        self.timed_out += 1
        self._done()

    def hear(self, reply: Message) -> None:
        """A reply came."""
        pending = self._pending.pop(reply.properties.correlation_id or "", None)
        if pending is not None:
            out, timer = pending
            self._scheduler.cancel(timer)
            self.replied += 1
            self._response.add(self._scheduler.now - out.arrival)
            self._done()

    def forget(self) -> None:
        """Who waited is dead."""
        for _, timer in self._pending.values():
            self._scheduler.cancel(timer)
        self._pending.clear()
