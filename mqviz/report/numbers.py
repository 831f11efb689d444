"""Figures as people read them."""

from __future__ import annotations

from math import floor, log10

NOTHING = "–"


def seconds(value: float | None) -> str:
    """A duration with three significant digits and a unit that suits it: `18.2 ms`, `1.25 s`, `3 min 20 s`."""
    if value is None:
        return NOTHING
    if value == 0:
        return "0 s"
    for limit, factor, unit in ((1e-3, 1e6, "µs"), (1.0, 1e3, "ms"), (120.0, 1.0, "s")):
        if abs(value) < limit:
            return f"{significant(value * factor)} {unit}"
    whole = round(value)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    large, small = (f"{hours} h", f"{minutes} min") if hours else (f"{minutes} min", f"{rest} s")
    return large if small.startswith("0 ") else f"{large} {small}"


def count(value: int | None) -> str:
    """A number of things, with separators."""
    return NOTHING if value is None else f"{value:,}"


def rate(value: float | None) -> str:
    """So many a second."""
    return NOTHING if value is None else f"{significant(value)}/s"


def share(value: float | None) -> str:
    """A part of the whole, in percent."""
    return NOTHING if value is None else f"{value * 100:.1f} %"


def significant(value: float, digits: int = 3) -> str:
    """So many significant digits, whole numbers in full."""
    if value == 0:
        return "0"
    places = max(0, digits - 1 - floor(log10(abs(value))))
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
