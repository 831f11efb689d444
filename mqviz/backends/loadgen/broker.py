"""The real broker behind the door that the simulator's clients know, with a shadow of its topology beside it.

The shadow is an embedded broker in which nothing is ever queued: it knows what is declared, who consumes and where a message
would be routed, and its queues hold the account of what this process itself has seen.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf

import pika
from pika.adapters.select_connection import IOLoop

from mqviz.backends.loadgen.channel import RealChannel
from mqviz.backends.loadgen.connection import RealConnection
from mqviz.backends.loadgen.live_time import LiveTime
from mqviz.backends.loadgen.naming import Naming
from mqviz.engine.broker import Broker
from mqviz.engine.connection import CAPABILITIES, Connection
from mqviz.engine.message import Copy, Message
from mqviz.engine.queue import Queue
from mqviz.engine.routing import NO_HEADERS, Exchange
from mqviz.engine.sink import Sink
from mqviz.model.amqp import DeadReason
from mqviz.sim.client import Client

Parameters = Callable[[str], pika.ConnectionParameters]
"""What pika needs to connect, for a client of that name."""


class RealBroker(Broker):
    """`doubtful`: messages of which nobody can say whether they reached the broker; `asked_back`: mandatory ones whose return is
    still to come; `vain`: connections that could not be opened; `moved_at`: when a message last moved.
    `unsure` and `died`: queues whose account is not wholly known, and that were fed by dead-lettering.
    `changed` is called after the operator has changed the topology, `purging` to empty a queue.
    """

    def __init__(self, time: LiveTime, loop: IOLoop, naming: Naming, parameters: Parameters) -> None:
        super().__init__(time)
        self.time = time
        self.naming = naming
        self.parameters = parameters
        self._loop = loop
        self._numbers = 0
        self.origins: dict[int, object] = {}
        self.lines: dict[RealConnection, None] = {}
        self.holding: dict[RealConnection, None] = {}
        self.doubtful = self.asked_back = 0
        self.vain: list[RealConnection] = []
        self.moved_at = 0.0
        self.rate_limit = self.message_limit = inf
        self._second = self._this_second = 0
        self._is_gate_open = False
        self.unsure: set[str] = set()
        self.died: set[str] = set()
        self.changed: Callable[[], None] = _nothing
        self.purging: Callable[[str], None] = _no_purge

    def connect(self, sink: Sink, *, name: str = "", user: str = "guest", capabilities: frozenset[str] = CAPABILITIES) -> Connection:
        """A client connects for real; the operator works on the shadow, and what he changes is mirrored."""
        if not isinstance(sink, Client):
            return super().connect(sink, name=name, user=user, capabilities=capabilities)
        connection = RealConnection(self, sink, name, user, self._loop)
        self.connections[name] = connection
        self.lines[connection] = None
        if self._is_gate_open:
            connection.begin()
        return connection

    def open_gate(self) -> None:
        """What clients need is there: let them connect."""
        self._is_gate_open = True
        for connection in list(self.lines):
            connection.begin()

    def has_room(self, count: int = 0) -> bool:
        """Whether the limits of the run let more messages through; `count` were just published."""
        second = int(self.time.wall)
        if second != self._second:
            self._second, self._this_second = second, 0
        self._this_second += count
        return self._this_second < self.rate_limit and self.published < self.message_limit

    def disconnected(self, connection: Connection) -> None:
        """A client, or the operator, has gone."""
        if self.connections.get(connection.name) is connection:
            super().disconnected(connection)
        else:
            for queue in list(connection.owned):
                self.delete(queue)
        if not isinstance(connection, RealConnection):
            self.changed()

    def purge(self, queue: str) -> int:
        """The broker will say how many."""
        self.purging(queue)
        return 0

    def next_number(self) -> int:
        """A message's number."""
        self._numbers += 1
        return self._numbers

    # -- what is seen ---------------------------------------------------------------------------------------

    def note_publish(self, message: Message, source: Exchange, queues: tuple[Queue, ...], *, mandatory: bool, confirming: bool) -> None:
        """A message was handed to the network. Without a confirm nobody says whether a queue that may refuse took it."""
        self.published += 1
        self.moved_at = self.time.now
        source.count(len(queues))
        tap = self.tap
        for queue in queues:
            queue.enqueued += 1
            if not confirming and queue.limits.bounded and queue.limits.overflow != "drop-head":
                self.unsure.add(queue.name)
            if tap is not None:
                tap.routed(message, source.name, queue)
        if queues:
            self.spread += 1
        elif mandatory:
            self.asked_back += 1
        else:
            self.unroutable += 1
            source.unroutable += 1
            if tap is not None:
                tap.unroutable(message, source.name)

    def note_reply(self) -> None:
        """A direct reply was sent."""
        self.published += 1
        self.spread += 1
        self.replies.queue.enqueued += 1

    def note_confirm(self, message: Message, queues: tuple[Queue, ...], ack: bool) -> None:
        """The broker confirmed a message, or refused it because a queue was full."""
        if ack:
            self.confirmed += 1
            return
        self.nacked += 1
        if len(queues) > 1:
            self.unsure.update(queue.name for queue in queues)
        elif queues:
            self.refused += 1
            self.spread -= 1
            queues[0].enqueued -= 1
            queues[0].refused += 1
            if self.tap is not None:
                self.tap.refused(message, queues[0])

    def note_return(self, message: Message) -> None:
        """The broker gave a message back."""
        self.returned += 1
        self.asked_back -= 1
        source = self.exchanges.get(message.exchange)
        if source is not None:
            source.unroutable += 1
            if self.tap is not None:
                self.tap.returned(message, source.name)

    def note_delivery(self, copy: Copy, no_ack: bool) -> None:
        """A copy came."""
        queue, consumer = copy.queue, copy.consumer
        self.moved_at = self.time.now
        queue.delivered += 1
        queue.redelivered += copy.redelivered
        if no_ack:
            queue.acknowledged += 1
        else:
            queue.unacked += 1
        if "x-death" in (copy.message.properties.headers or ()):
            self.died.add(queue.name)
        if consumer is not None:
            consumer.delivered += 1
            if self.tap is not None:
                self.tap.delivered(copy, queue, consumer, copy.redelivered)

    def note_ack(self, copy: Copy) -> None:
        """A copy was acknowledged."""
        self._settled(copy)
        copy.queue.acknowledged += 1
        if self.tap is not None:
            self.tap.settled(copy, copy.queue)

    def note_requeue(self, copy: Copy) -> None:
        """A copy was given back, or its channel is gone."""
        self._settled(copy)
        if copy.consumer is not None:
            copy.consumer.requeued += 1
        if self.tap is not None:
            self.tap.requeued(copy, copy.queue)

    def note_discard(self, copy: Copy, reason: DeadReason) -> None:
        """A copy was rejected: where there is a dead-letter exchange it goes on from there."""
        self._settled(copy)
        queue, tap = copy.queue, self.tap
        name = queue.limits.dead_letter_exchange
        if name is None:
            queue.rejected += 1
            if tap is not None:
                tap.rejected(copy, queue)
            return
        queue.dead_letters[reason] += 1
        if tap is not None:
            tap.dead_lettered(copy, queue, name, reason)
        message, exchange = copy.message, self.exchanges.get(name)
        if exchange is not None:
            key = queue.limits.dead_letter_routing_key or message.routing_key
            for target in self.topology.route(exchange, (key,), message.properties.headers or NO_HEADERS).queues:
                target.enqueued += 1

    def _settled(self, copy: Copy) -> None:
        self.moved_at = self.time.now
        copy.queue.unacked -= 1
        if copy.consumer is not None:
            copy.consumer.allowed += 1

    def doubt(self, channel: RealChannel, is_flushed: bool) -> None:
        """A channel is gone without a goodbye: what was not confirmed may have arrived or not."""
        if channel.confirming:
            self.doubtful += len(channel.awaiting)
        elif not is_flushed:
            self.doubtful += channel.published


def _nothing() -> None:
    """Nobody mirrors yet."""


def _no_purge(queue: str) -> None:
    raise AssertionError(f"nobody can empty {queue!r} yet")
