"""Units that a translator can convert, each with its measure (NIST SP 811, appendix B.8: exact factors)."""

from __future__ import annotations

from typing import NamedTuple


class _Unit(NamedTuple):
    """value in the measure's own unit = (value + offset) * factor."""

    measure: str
    factor: float
    offset: float = 0.0


UNITS = {
    "m": _Unit("length", 1.0),
    "km": _Unit("length", 1000.0),
    "cm": _Unit("length", 0.01),
    "mm": _Unit("length", 0.001),
    "in": _Unit("length", 0.0254),
    "ft": _Unit("length", 0.3048),
    "mi": _Unit("length", 1609.344),
    "kg": _Unit("mass", 1.0),
    "g": _Unit("mass", 0.001),
    "t": _Unit("mass", 1000.0),
    "lb": _Unit("mass", 0.45359237),
    "oz": _Unit("mass", 0.028349523125),
    "s": _Unit("time", 1.0),
    "ms": _Unit("time", 0.001),
    "min": _Unit("time", 60.0),
    "h": _Unit("time", 3600.0),
    "K": _Unit("temperature", 1.0),
    "C": _Unit("temperature", 1.0, 273.15),
    "F": _Unit("temperature", 5.0 / 9.0, 459.67),
    "m/s": _Unit("speed", 1.0),
    "km/h": _Unit("speed", 1.0 / 3.6),
    "mph": _Unit("speed", 0.44704),
    "l": _Unit("volume", 0.001),
    "ml": _Unit("volume", 0.000001),
    "gal": _Unit("volume", 0.003785411784),
}
"""By symbol; the gallon is that of the United States."""


def are_alike(unit: str, other: str) -> bool:
    """Whether one can be converted into the other."""
    return UNITS[unit].measure == UNITS[other].measure


def convert(value: float, unit: str, to: str) -> float:
    """The same quantity in another unit; KeyError for an unknown one, ValueError where the measures differ."""
    source, target = UNITS[unit], UNITS[to]
    if source.measure != target.measure:
        raise ValueError(f"{unit} is a {source.measure}, {to} a {target.measure}")
    return (value + source.offset) * source.factor / target.factor - target.offset
