"""Which work was finished before: known only of messages that may come again, so that a long run stays small."""

from __future__ import annotations

from mqviz.engine.message import Message
from mqviz.sim.outgoing import Outgoing


class Finished:
    """Messages by where they were finished: a queue (whose copies are one piece of work) or an idempotent consumer.

    A dead letter keeps its message's number; what a producer publishes again is the same work under another number, and
    is known by its origin.
    """

    def __init__(self) -> None:
        self._numbers: set[tuple[int, str]] = set()

    def has(self, message: Message, where: str) -> bool:
        """Whether it was finished there."""
        origin = message.origin
        if isinstance(origin, Outgoing):
            return origin.finished is not None and where in origin.finished
        return (message.number, where) in self._numbers

    def add(self, message: Message, where: str) -> None:
        """It was finished there."""
        origin = message.origin
        if not isinstance(origin, Outgoing):
            self._numbers.add((message.number, where))
        elif origin.finished is None:
            origin.finished = {where}
        else:
            origin.finished.add(where)
