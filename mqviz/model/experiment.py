"""What is known of a run on a live broker before it begins: what has to be left out, and how much will be published."""

from __future__ import annotations

from msgspec import Struct


class LeftOut(Struct, frozen=True, kw_only=True):
    """One thing left out. `what`: fault, broker, change or policy; `name` of it; `at`: when it would have been, in seconds."""

    what: str
    name: str
    at: float | None = None

    def __str__(self) -> str:
        return " ".join(filter(None, (self.what, self.name, "" if self.at is None else f"at {self.at:g} s")))


class Estimate(Struct, frozen=True, kw_only=True):
    """Messages in all, and in the busiest second. Changes and replies are not counted; spikes are, as if they struck at once."""

    messages: int
    peak: float


class Limits(Struct, frozen=True, kw_only=True):
    """How much a run may publish: messages a second, and in all."""

    rate: float
    messages: int


HERE = Limits(rate=20_000.0, messages=1_000_000)
ELSEWHERE = Limits(rate=1_000.0, messages=100_000)
"""What is usual on this machine, and on another."""


class Prospect(Struct, frozen=True, kw_only=True):
    """What a run would be. `is_here`: the broker is on this machine, as far as its address tells.

    `left_over`: runs that broke off before and have left something there; that is removed first.
    """

    estimate: Estimate
    limits: Limits
    left_out: tuple[LeftOut, ...]
    is_here: bool
    left_over: tuple[str, ...] = ()
