"""The broker's account: where every copy went, over living and deleted queues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mqviz.engine.account import Account
from mqviz.model.result import CopyLedger

if TYPE_CHECKING:
    from mqviz.engine.queue import Queue


class Totals(Account):
    """What queues have counted and hold; `deleted` is what was left in those that were deleted."""

    __slots__ = ("deleted", "ready", "unacknowledged")

    def __init__(self) -> None:
        super().__init__()
        self.ready = self.unacknowledged = self.deleted = 0

    def add_living(self, queue: Queue) -> None:
        """Add what a queue has counted and holds."""
        self.add(queue)
        self.ready += len(queue.ready)
        self.unacknowledged += queue.unacked

    def add_buried(self, buried: Totals) -> None:
        """Add what deleted queues had counted."""
        self.add(buried)
        self.deleted += buried.deleted

    def bury(self, queue: Queue) -> None:
        """Add what a queue has counted that is deleted now, with all that is in it."""
        self.add(queue)
        left = len(queue.ready) + queue.unacked
        self.deleted += left
        self.exits += left * queue.broker.scheduler.now

    def mean_depth(self, now: float) -> float | None:
        """Copies held, ready or unacknowledged, on the average from 0 until now; None at 0."""
        held = self.ready + self.unacknowledged
        return max(0.0, self.exits - self.entrances + held * now) / now if now else None


def totals(living: Iterable[Queue], buried: Iterable[Totals]) -> Totals:
    """The sum over living and deleted queues."""
    total = Totals()
    for queue in living:
        total.add_living(queue)
    for each in buried:
        total.add_buried(each)
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
