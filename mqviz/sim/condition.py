"""What is wrong with one client or service just now: the faults at work on it, taken together.

Each fault comes under a number and goes under it, so that overlapping ones add up and end independently.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from mqviz.model.faults import Cut, Delay, FailFault, FailHow, Fault, Hang, Kill, Slow, Spike, Stop


@dataclass(frozen=True, slots=True)
class Condition:
    """`slow` multiplies service times (a producer's gaps), `spike` a producer's rate, `delay` is added to the latency.

    `fails`: shares of the work that fail, and how; the first that strikes decides.
    """

    killed: bool = False
    stopped: bool = False
    hanging: bool = False
    cut: bool = False
    slow: float = 1.0
    spike: float = 1.0
    delay: float = 0.0
    fails: tuple[tuple[float, FailHow], ...] = ()


HEALTHY = Condition()


def condition_of(faults: dict[int, Fault]) -> Condition:
    """The faults taken together."""
    every = faults.values()
    return Condition(
        killed=any(isinstance(each, Kill) for each in every),
        stopped=any(isinstance(each, Stop) for each in every),
        hanging=any(isinstance(each, Hang) for each in every),
        cut=any(isinstance(each, Cut) for each in every),
        slow=prod(each.factor for each in every if isinstance(each, Slow)),
        spike=prod(each.factor for each in every if isinstance(each, Spike) and each.factor is not None),
        delay=sum(each.seconds for each in every if isinstance(each, Delay)),
        fails=tuple((each.share, each.how) for each in every if isinstance(each, FailFault)),
    )


class Exposed:
    """Something that faults can strike: a client or a service."""

    __slots__ = ("_faults", "condition")

    def __init__(self) -> None:
        self._faults: dict[int, Fault] = {}
        self.condition: Condition = HEALTHY

    def afflict(self, number: int, fault: Fault) -> None:
        """A fault begins."""
        self._faults[number] = fault
        self._change_condition()

    def relieve(self, number: int) -> None:
        """A fault ends."""
        if self._faults.pop(number, None) is not None:
            self._change_condition()

    def _change_condition(self) -> None:
        before, self.condition = self.condition, condition_of(self._faults)
        self._adjust(before)

    def _adjust(self, before: Condition) -> None:
        """Become what `condition` says now."""
