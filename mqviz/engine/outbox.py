"""Publishes dead letters one after the other, so that dying messages that kill messages do not nest."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mqviz.engine.deadletter import goes_in_circles
from mqviz.engine.message import Message
from mqviz.engine.routing import NO_HEADERS, Exchange
from mqviz.model.amqp import DeadReason

if TYPE_CHECKING:
    from mqviz.engine.broker import Broker
    from mqviz.engine.queue import Queue


MAX_DEATHS = 100
"""How often one message may die at one moment.

RabbitMQ sees circles only where nobody rejected the message before; such a one goes round full queues for ever, as
fast as the machine can. Here no time passes meanwhile, so there must be an end: what has died so often is gone.
"""


class Outbox:
    """Dead letters on their way to their exchanges."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._waiting: deque[tuple[Message, Exchange, DeadReason]] = deque()
        self._busy = False
        self._deaths: Counter[int] = Counter()

    def send(self, letter: Message, exchange: Exchange, reason: DeadReason) -> None:
        """Publish a dead letter, after those that are being published."""
        self._waiting.append((letter, exchange, reason))
        if not self._busy:
            self._busy = True
            self._empty()

    def spread(self, message: Message, queues: Iterable[Queue], now: float) -> int:
        """Put a message into its queues; how many took it. What dies of that is published after all have it."""
        before, self._busy = self._busy, True
        entered = 0
        expires = message.properties.expiration is not None
        for queue in queues:
            if queue.admit(message, now) if expires else queue.push(message, now):
                entered += 1
        if self._waiting and not before:
            self._empty()
        self._busy = before
        return entered

    def _empty(self) -> None:
        while self._waiting:
            letter, exchange, reason = self._waiting.popleft()
            self._deaths[letter.number] += 1
            if self._deaths[letter.number] <= MAX_DEATHS:
                self._publish(letter, exchange, reason)
        self._deaths.clear()
        self._busy = False

    def _publish(self, letter: Message, exchange: Exchange, reason: DeadReason) -> None:
        keys = (letter.routing_key, *letter.also)
        route = self._broker.topology.route(exchange, keys, letter.properties.headers or NO_HEADERS)
        living = [queue for queue in route.queues if not goes_in_circles(letter, queue, reason)]
        exchange.count(self.spread(letter, living, self._broker.scheduler.now))
