"""The broker's account: where every message and every copy went, over living and deleted queues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mqviz.model.amqp import DeadReason
from mqviz.model.result import CopyLedger, Reasons

if TYPE_CHECKING:
    from mqviz.engine.queue import Queue

_COUNTERS = "enqueued delivered redelivered acknowledged dropped refused expired rejected purged lost".split()


class Totals:
    """What queues of one name have counted; `deleted` is what was left in those that were deleted."""

    __slots__ = (*_COUNTERS, "dead_letters", "deleted", "ready", "unacknowledged")

    enqueued: int
    delivered: int
    redelivered: int
    acknowledged: int
    dropped: int
    refused: int
    expired: int
    rejected: int
    purged: int
    lost: int
    ready: int
    unacknowledged: int
    deleted: int
    dead_letters: dict[DeadReason, int]

    def __init__(self) -> None:
        for name in self.__slots__:
            setattr(self, name, 0)
        self.dead_letters = dict.fromkeys(DeadReason, 0)

    def add(self, queue: Queue | Totals) -> None:
        """Add what a living queue, or others, have counted."""
        for name in _COUNTERS:
            setattr(self, name, getattr(self, name) + getattr(queue, name))
        for reason, count in queue.dead_letters.items():
            self.dead_letters[reason] += count
        if isinstance(queue, Totals):
            self.ready += queue.ready
            self.unacknowledged += queue.unacknowledged
            self.deleted += queue.deleted
        else:
            self.ready += len(queue.ready)
            self.unacknowledged += queue.unacked

    def bury(self, queue: Queue) -> None:
        """Add what a queue has counted that is deleted now, with all that is in it."""
        self.add(queue)
        self.deleted += len(queue.ready) + queue.unacked
        self.ready -= len(queue.ready)
        self.unacknowledged -= queue.unacked

    @property
    def dead_lettered(self) -> int:
        """How many left by dead-lettering, for whatever reason."""
        return sum(self.dead_letters.values())

    @property
    def reasons(self) -> Reasons:
        """Dead-lettered copies by reason."""
        return Reasons(**{str(reason): count for reason, count in self.dead_letters.items()})


def totals(queues: Iterable[Queue | Totals]) -> Totals:
    """The sum of all."""
    total = Totals()
    for each in queues:
        total.add(each)
    return total


def copy_ledger(total: Totals) -> CopyLedger:
    """The account of copies as the result has it."""
    return CopyLedger(
        enqueued=total.enqueued,
        acknowledged=total.acknowledged,
        ready=total.ready,
        unacknowledged=total.unacknowledged,
        dropped=total.dropped,
        expired=total.expired,
        rejected=total.rejected,
        dead_lettered=total.dead_lettered,
        purged=total.purged,
        deleted=total.deleted,
        lost=total.lost,
        reasons=total.reasons,
    )
