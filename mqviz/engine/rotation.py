"""Whose turn it is: the consumers of a queue in rotation, by priority, or one of them alone."""

from __future__ import annotations

from collections import deque

from mqviz.engine.consumer import Consumer


class Rotation:
    """The consumers of one queue in order of subscription, and `idle`: those to be asked in turn.

    As in RabbitMQ a consumer stays in the rotation until it is found without room; then it is parked, or its channel
    suspends it, and it joins again at the end when there is room. `active` is served alone where the queue has a single active consumer.
    """

    __slots__ = ("active", "consumers", "idle", "single")

    def __init__(self, single: bool) -> None:
        self.single = single
        self.idle: deque[Consumer] = deque()
        self.consumers: dict[Consumer, None] = {}
        self.active: Consumer | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is a simple round robin: one level, nobody is limited by more than the own prefetch."""
        return not self.single and not any(each.priority or each.channel.cap for each in self.consumers)

    def add(self, consumer: Consumer) -> None:
        """A consumer subscribes."""
        self.consumers[consumer] = None
        if not self.single:
            self._line_up(consumer)
        elif self.active is None:
            self.active = consumer

    def remove(self, consumer: Consumer) -> None:
        """A consumer is gone; the next of the highest priority becomes active in its place."""
        self.consumers.pop(consumer, None)
        if consumer in self.idle:
            self.idle.remove(consumer)
        consumer.parked = False
        if self.active is consumer:
            self.active = max(self.consumers, key=_priority, default=None)

    def rejoin(self, consumer: Consumer) -> None:
        """A consumer that was held back has room again."""
        consumer.parked = False
        if not self.single and consumer in self.consumers:
            self._line_up(consumer)

    def next(self) -> Consumer | None:
        """Whose turn it is among those with room; who has none is held back."""
        if self.single:
            return self.active if self.active is not None and _has_room(self.active) else None
        while self.idle:
            consumer = self.idle.popleft()
            if _has_room(consumer):
                self._line_up(consumer)
                return consumer
        return None

    def _line_up(self, consumer: Consumer) -> None:
        """To the end of the rotation; higher priorities stand before lower ones."""
        idle = self.idle
        place = len(idle)
        while place and idle[place - 1].priority < consumer.priority:
            place -= 1
        if place == len(idle):
            idle.append(consumer)
        else:
            idle.insert(place, consumer)


def _has_room(consumer: Consumer) -> bool:
    if consumer.delivered < consumer.allowed:
        return consumer.channel.may_send(consumer)
    consumer.parked = True
    return False


def _priority(consumer: Consumer) -> int:
    return consumer.priority
