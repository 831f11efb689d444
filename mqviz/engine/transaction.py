"""What a channel in tx mode has published and settled since the last commit."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING

from mqviz.engine.message import Copy, Message

if TYPE_CHECKING:
    from mqviz.engine.queue import Queue
    from mqviz.engine.routing import Exchange

Settlement = tuple[str, int, Copy]


class Transaction:
    """Publications (message, exchange, queues, mandatory) and settlements (how, tag, copy), each in order."""

    __slots__ = ("publications", "settlements")

    def __init__(self) -> None:
        self.publications: list[tuple[Message, Exchange, tuple[Queue, ...], bool]] = []
        self.settlements: list[Settlement] = []

    def set_aside(self) -> list[tuple[int, Copy]]:
        """Tags and copies that were settled in it; they are unacknowledged again when it ends without a commit."""
        return [(tag, copy) for _, tag, copy in self.settlements]

    def settle(self, apply: Callable[[str, list[tuple[int, Copy]]], None]) -> None:
        """Settle in order, what was settled in the same way together, sorted by tag as RabbitMQ does."""
        for how, group in groupby(self.settlements, key=_how):
            apply(how, sorted(((tag, copy) for _, tag, copy in group), key=_tag))


def _how(settlement: Settlement) -> str:
    return settlement[0]


def _tag(entry: tuple[int, Copy]) -> int:
    return entry[0]
