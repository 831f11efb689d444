"""What a queue counts, in the words of the ledger."""

from __future__ import annotations

from mqviz.model.amqp import DeadReason
from mqviz.model.result import Reasons

COUNTERS = (
    "enqueued",
    "delivered",
    "redelivered",
    "acknowledged",
    "dropped",
    "refused",
    "expired",
    "rejected",
    "purged",
    "lost",
)


class Account:
    """Totals. `delivered` and `redelivered` count deliveries, `refused` messages, all others copies.

    `deepest`: the most copies held at once. `entrances` and `exits` are sums of virtual times: with them the mean
    depth over a time is exact (the area under the depth is the sum of all stays), and costs one addition a step.
    """

    __slots__ = (*COUNTERS, "dead_letters", "deepest", "entrances", "exits")

    def __init__(self) -> None:
        self.enqueued = self.delivered = self.redelivered = self.acknowledged = 0
        self.dropped = self.refused = self.expired = self.rejected = self.purged = self.lost = 0
        self.dead_letters: dict[DeadReason, int] = dict.fromkeys(DeadReason, 0)
        self.deepest = 0
        self.entrances = self.exits = 0.0

    @property
    def dead_lettered(self) -> int:
        """How many copies left by dead-lettering, for whatever reason."""
        return sum(self.dead_letters.values())

    @property
    def reasons(self) -> Reasons:
        """Dead-lettered copies by reason."""
        return Reasons(**{str(reason): count for reason, count in self.dead_letters.items()})

    def add(self, other: Account) -> None:
        """Add what another has counted."""
        for name in COUNTERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for reason, count in other.dead_letters.items():
            self.dead_letters[reason] += count
        self.deepest = max(self.deepest, other.deepest)
        self.entrances += other.entrances
        self.exits += other.exits
