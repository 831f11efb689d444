"""What a message carries of itself through the broker: its number, when its work arose, when it was published.

Latency is counted from the arrival, so that a publisher that was held up does not make the figures better.
"""

from __future__ import annotations

from typing import NamedTuple

MARK = "mqviz"


class Stamp(NamedTuple):
    """Times are seconds since the run began."""

    number: int
    arrival: float
    published: float


def written(stamp: Stamp) -> str:
    """The stamp as a message id."""
    return f"{MARK}:{stamp.number}:{stamp.arrival:.6f}:{stamp.published:.6f}"


def read(message_id: str | None) -> Stamp | None:
    """The stamp in a message id; None where somebody else made it."""
    parts = (message_id or "").split(":")
    if len(parts) != 4 or parts[0] != MARK:
        return None
    try:
        return Stamp(int(parts[1]), float(parts[2]), float(parts[3]))
    except ValueError:
        return None
