"""Which numbers make sense: the range of each numeric field of a scenario file."""

from __future__ import annotations

from typing import NamedTuple

from mqviz.model.faults import Changed, Slow
from mqviz.model.said import say
from mqviz.model.scenario import ConsumerSpec

_LONG = 2**63 - 1


class Range(NamedTuple):
    """From `low` (itself only if `closed`) to `high`."""

    low: float | None
    high: float | None = None
    closed: bool = True

    def allows(self, value: float) -> bool:
        """Whether the value lies inside."""
        if self.low is not None and (value < self.low or (value == self.low and not self.closed)):
            return False
        return self.high is None or value <= self.high

    def __str__(self) -> str:
        return self.said()

    def said(self) -> str:
        """In words, behind "a number"."""
        if self.low is None:
            return say("of at most {0}", self.high)
        if self.high is None:
            return say("of at least {0}", self.low) if self.closed else say("above {0}", self.low)
        return say("from {0} to {1}", self.low, self.high) if self.closed else say("above {0}, at most {1}", self.low, self.high)


NOT_NEGATIVE = Range(0)
POSITIVE = Range(0, closed=False)
FROM_ONE = Range(1)
SHARE = Range(0, 1)
SHORT = Range(0, 65535)
OCTET = Range(0, 255)

_BY_FIELD = {
    "accept": NOT_NEGATIVE,
    "amplitude": NOT_NEGATIVE,
    "at": NOT_NEGATIVE,
    "attempts": FROM_ONE,
    "backoff": NOT_NEGATIVE,
    "confirm": FROM_ONE,
    "consumer_timeout": POSITIVE,
    "count": FROM_ONE,
    "duration": POSITIVE,
    "every": POSITIVE,
    "expiration": NOT_NEGATIVE,
    "factor": NOT_NEGATIVE,
    "flow": POSITIVE,
    "format": FROM_ONE,
    "jitter": NOT_NEGATIVE,
    "lasts": POSITIVE,
    "latency": NOT_NEGATIVE,
    "low": NOT_NEGATIVE,
    "high": NOT_NEGATIVE,
    "mean": NOT_NEGATIVE,
    "memory_limit": FROM_ONE,
    "messages": FROM_ONE,
    "multiple": FROM_ONE,
    "off": NOT_NEGATIVE,
    "on": POSITIVE,
    "over": POSITIVE,
    "overload": NOT_NEGATIVE,
    "period": POSITIVE,
    "prefetch": SHORT,
    "priority": OCTET,
    "rate": NOT_NEGATIVE,
    "reconnect": NOT_NEGATIVE,
    "repeat": Range(1, 10_000),
    "sd": NOT_NEGATIVE,
    "seconds": POSITIVE,
    "seed": Range(0, _LONG),
    "share": SHARE,
    "size": NOT_NEGATIVE,
    "start": NOT_NEGATIVE,
    "timeout": POSITIVE,
    "to": NOT_NEGATIVE,
    "until": POSITIVE,
    "values": NOT_NEGATIVE,
    "warm_up": NOT_NEGATIVE,
    "weights": NOT_NEGATIVE,
    "workers": FROM_ONE,
}

_BY_TABLE: dict[tuple[type, str], Range] = {
    (ConsumerSpec, "priority"): Range(-(2**31), 2**31 - 1),
    (Changed, "count"): NOT_NEGATIVE,
    (Slow, "factor"): POSITIVE,
}


def range_of(table: type, field: str) -> Range | None:
    """The range of a field of a table's value, None where every number will do."""
    return _BY_TABLE.get((table, field), _BY_FIELD.get(field))
