"""Mean and confidence interval of a few independent runs (Student's t distribution)."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin, sqrt, tan

from msgspec import Struct

CONFIDENCE = 0.95


class Interval(Struct, frozen=True, kw_only=True):
    """Mean of `count` values, and where it lies with 95 % confidence; no bounds for a single value."""

    count: int
    mean: float
    low: float | None = None
    high: float | None = None


def interval(values: Sequence[float]) -> Interval:
    """The mean and its 95 % interval, from one value for each run; ValueError where there is none."""
    count = len(values)
    if not count:
        raise ValueError("no values")
    mean = sum(values) / count
    if count == 1:
        return Interval(count=1, mean=mean)
    variance = sum((value - mean) ** 2 for value in values) / (count - 1)
    reach = student_t(count - 1) * sqrt(variance / count)
    return Interval(count=count, mean=mean, low=mean - reach, high=mean + reach)


def student_t(freedom: int, confidence: float = CONFIDENCE) -> float:
    """The two-sided quantile of Student's t with so many degrees of freedom: 12.706 for 1, 1.96 for very many."""
    # In theta = atan(t / sqrt(freedom)) the probability is a finite sum, and the search is bounded.
    low, high = 0.0, pi / 2
    for _ in range(200):
        middle = (low + high) / 2
        if _inside(middle, freedom) < confidence:
            low = middle
        else:
            high = middle
    return tan(low) * sqrt(freedom)


def _inside(theta: float, freedom: int) -> float:
    """P(|T| < t): Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4."""
    square = cos(theta) ** 2
    term, total = 1.0, 1.0
    if freedom % 2 == 0:
        for k in range(1, freedom // 2):
            term *= square * (2 * k - 1) / (2 * k)
            total += term
        return sin(theta) * total
    if freedom == 1:
        return 2 * theta / pi
    for k in range(1, (freedom - 1) // 2):
        term *= square * (2 * k) / (2 * k + 1)
        total += term
    return 2 / pi * (theta + sin(theta) * cos(theta) * total)
