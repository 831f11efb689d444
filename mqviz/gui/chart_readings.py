"""What the curves say at a moment, now, and over a stretch of time, in words and figures."""

from __future__ import annotations

from dataclasses import dataclass

from mqviz.gui.chart_axes import duration, figure
from mqviz.gui.chart_frame import Frame, Wish
from mqviz.viewmodel.chart_rows import Curve, Row, rate_over, spread

_RATES = (Row.RATES, Row.FAILURES)
_MOST = 7
"""So many values there is room for beside the crosshair; of many curves only those that are not 0 are told."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One curve's value in words: `code` for its colour."""

    code: str
    text: str


def written(row: Row, value: float | None) -> str:
    """A value as it is read in this row."""
    return duration(value) if row is Row.LATENCY else figure(value)


def _shown(wish: Wish, row: Row) -> list[Curve]:
    return [curve for curve in wish.plan.curves(row) if curve.code not in wish.hidden]


def latest(wish: Wish, curve: Curve, row: Row) -> str:
    """The newest value of a curve, for the legend. Failures: over the last second."""
    if not wish.sources:
        return "–"
    over = rate_over(*wish.interval)
    return written(row, wish.sources[0].recorder.latest(curve.name, over))


def at(wish: Wish, frame: Frame, time: float) -> dict[Row, list[Reading]]:
    """What every row says at a moment; nothing where the run has not been."""
    recorder = wish.sources[0].recorder
    start, over = recorder.start, rate_over(*wish.interval)
    if start is None or not start <= time <= frame.now:
        return {}
    result: dict[Row, list[Reading]] = {}
    for row in frame.rows:
        curves = _shown(wish, row.row)
        if row.bars:
            values = [row.bars[0].at(curve.code, time) for curve in curves]
        else:
            values = [recorder.value_at(curve.name, time, over) for curve in curves]
        told = [(curve, value) for curve, value in zip(curves, values, strict=True) if value or not wish.plan.counted]
        result[row.row] = [Reading(curve.code, written(row.row, value)) for curve, value in told[:_MOST]]
    return result


def over(wish: Wish, frame: Frame, first: float, last: float) -> dict[Row, list[Reading]]:
    """Mean and greatest value of every curve over a stretch of time."""
    recorder = wish.sources[0].recorder
    result: dict[Row, list[Reading]] = {}
    for row in frame.rows:
        spreads = [(curve, spread(recorder, curve, first, last, is_total=row.row in _RATES)) for curve in _shown(wish, row.row)]
        told = [(curve, each) for curve, each in spreads if each.greatest or not wish.plan.counted]
        result[row.row] = [
            Reading(curve.code, f"{written(row.row, each.mean)} / {written(row.row, each.greatest)}") for curve, each in told[:_MOST]
        ]
    return result
