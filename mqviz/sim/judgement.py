"""Whether a piece of work fails, and how."""

from __future__ import annotations

from mqviz.engine.message import Copy
from mqviz.model.faults import FailHow
from mqviz.model.scenario import ConsumerSpec
from mqviz.sim.chance import stream, uniform
from mqviz.sim.condition import Condition
from mqviz.sim.finished import Finished
from mqviz.sim.outgoing import Outgoing
from mqviz.sim.service import End

Risks = tuple[tuple[float, FailHow], ...]
"""Shares of the work that fail, and how; the first that strikes decides."""


class Judgement:
    """One consumer's: its own share of failures, those of faults, poison, and what it has finished before (if idempotent).

    A poison message, and a call that did not succeed, fail in the consumer's own way; as "nack" where it has none.
    """

    def __init__(self, finished: Finished, spec: ConsumerSpec, name: str, seed: int) -> None:
        self._finished = finished
        self._spec = spec
        self._where = f"consumer:{spec.name}"
        self.strikes = uniform(stream(seed, name, "fail"))
        self._own: Risks = () if spec.fail is None else ((spec.fail.share, spec.fail.how),)
        self._how: FailHow = "nack" if spec.fail is None else spec.fail.how
        self._postponed: dict[int, FailHow] = {}

    def risks(self, condition: Condition) -> Risks:
        """The consumer's own share of failures, then those of faults. Each has a number of `strikes` of its own."""
        return (*self._own, *condition.fails)

    def of(self, tag: int, copy: Copy, risks: Risks) -> FailHow | None:
        """How the work on this delivery fails; None where it is well done."""
        if tag in self._postponed:
            return self._postponed.pop(tag)
        if self.is_known(copy):
            return None
        for share, how in risks:
            if next(self.strikes) < share:
                return how
        origin = copy.message.origin
        return self._how if isinstance(origin, Outgoing) and origin.poison else None

    def of_call(self, tag: int, copy: Copy, risks: Risks, end: End) -> FailHow | None:
        """The same for work that a service was to do."""
        return self.of(tag, copy, risks) if end is End.COMPLETED else self._how

    def postpone(self, tag: int, how: FailHow) -> None:
        """The failure is known, but is to take a little longer."""
        self._postponed[tag] = how

    def forget(self) -> None:
        """The connection is gone, with its tags."""
        self._postponed.clear()

    def is_known(self, copy: Copy) -> bool:
        """Whether an idempotent consumer recognises it as done."""
        return self._spec.idempotent and self._finished.has(copy.message, self._where)

    def remember(self, copy: Copy) -> None:
        """It is done."""
        if self._spec.idempotent:
            self._finished.add(copy.message, self._where)
