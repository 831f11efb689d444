"""Line charts and bars as SVG text: axes with round numbers, labels, a legend. No scripts, no styles from outside.

Only what SVG Tiny 1.2 knows, so that Qt can paint the same text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, inf, log10

from msgspec import Struct

from mqviz.report.numbers import significant

WIDTH, HEIGHT = 880, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 40, 44
_MOST_POINTS = 600
_LANE, _MOST_LANES = 16.0, 3
_TALLEST = 4.0
"""So many times the usual height a curve may reach before its peaks are cut off."""

FONT = "Inter, Pretendard, 'Segoe UI', 'Noto Sans KR', sans-serif"

Palette = Mapping[str, str]
"""Colours by what they mean: text, muted, line, grid, panel, and those of the series."""


class Line(Struct, frozen=True, kw_only=True):
    """One curve; None is a gap. `dash` tells it from the others where colours cannot."""

    name: str
    colour: str
    values: Sequence[float | None]
    dash: str = ""
    filled: bool = False


class Flag(Struct, frozen=True, kw_only=True):
    """Something that began at a moment of the time axis, and ended (None: it did not)."""

    name: str
    colour: str
    begin: float
    end: float | None = None


class Bar(Struct, frozen=True, kw_only=True):
    """A part of a whole."""

    name: str
    colour: str
    value: float


def line_chart(
    title: str, times: Sequence[float], lines: Sequence[Line], axes: tuple[str, str], palette: Palette, flags: Sequence[Flag] = ()
) -> str:
    """Curves over time; `axes` are the labels of the time axis and of the values, `flags` stand above and reach through the plot.

    A short peak that would flatten everything else is cut off, and its height is written beside it.
    """
    peak = max((value for line in lines for value in line.values if value is not None), default=0.0)
    top = _round_up(min(peak, _usual(lines) * _TALLEST))
    begin, end = (min(0.0, times[0]), times[-1]) if times else (0.0, 1.0)
    raised = _flown(flags, _Frame(begin, end if end > begin else begin + 1.0, 0.0, top))
    lanes = 1 + max((lane for lane, _, _ in raised), default=-1)
    frame = _Frame(begin, end if end > begin else begin + 1.0, 0.0, top, _TOP + lanes * _LANE)
    parts = [_flags(raised, frame, palette), _grid(frame, axes, palette), _cut_off(times, lines, frame, palette)]
    parts += [_curve(line, *_thinned(times, line.values), frame, palette) for line in lines]
    parts.append(_legend(lines, palette))
    return document(title, HEIGHT, "".join(parts))


def _usual(lines: Sequence[Line]) -> float:
    """A height that all but a fiftieth of the values of each line stay below."""
    return max((_quantile([value for value in line.values if value is not None], 0.98) for line in lines), default=0.0) or inf


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def _cut_off(times: Sequence[float], lines: Sequence[Line], frame: _Frame, palette: Palette) -> str:
    """The greatest value in words, where it does not fit."""
    peaks = [(value, time) for line in lines for time, value in zip(times, line.values, strict=True) if value is not None]
    value, time = max(peaks, default=(0.0, 0.0))
    if value <= frame.high:
        return ""
    return text(frame.x(time) + 8, frame.top + 12, f"↑ {significant(value)}", palette["text"], weight=600)


class _Frame:
    """From values to places on the paper."""

    def __init__(self, left: float, right: float, low: float, high: float, top: float = _TOP) -> None:
        self.left, self.right, self.low, self.high = left, right, low, high
        self.top = top

    def x(self, value: float) -> float:
        return _LEFT + (value - self.left) / (self.right - self.left) * (WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        share = (min(value, self.high) - self.low) / (self.high - self.low)
        return HEIGHT - _BOTTOM - share * (HEIGHT - self.top - _BOTTOM)


def _flown(flags: Sequence[Flag], frame: _Frame) -> list[tuple[int, float, Flag]]:
    """Lane and left end of each flag's name; those for whose names there is no room have none (lane -1)."""
    ends = [-inf] * _MOST_LANES
    placed = []
    for flag in sorted(flags, key=lambda flag: flag.begin):
        wide = breadth(flag.name) * 11 / 12 + 8
        left = min(frame.x(flag.begin), WIDTH - _RIGHT - wide)
        lane = next((lane for lane, end in enumerate(ends) if end <= left), -1)
        if lane >= 0:
            ends[lane] = left + wide
        placed.append((lane, left, flag))
    return placed


def _flags(placed: Sequence[tuple[int, float, Flag]], frame: _Frame, palette: Palette) -> str:
    parts = []
    bottom = HEIGHT - _BOTTOM
    for lane, left, flag in placed:
        colour = palette[flag.colour]
        x, until = frame.x(flag.begin), frame.x(frame.right if flag.end is None else flag.end)
        if until > x:
            band = f'<rect x="{x:.1f}" y="{frame.top:.1f}" width="{until - x:.1f}" height="{bottom - frame.top:.1f}"'
            parts.append(f'{band} style="fill:{colour};fill-opacity:0.09"/>')
        top = frame.top if lane < 0 else _TOP + lane * _LANE
        parts.append(f'<path d="M{x:.1f} {top:.1f}V{bottom}" style="fill:none;stroke:{colour};stroke-width:1.2;stroke-dasharray:4 3"/>')
        if lane >= 0:
            parts.append(text(left + 4, top + 11, flag.name, colour, weight=600, size=11))
    return "".join(parts)


def document(title: str, height: float, inside: str) -> str:
    """A drawing of the usual width around its parts."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img" '
        f'aria-label="{escape(title)}" font-family="{escape(FONT)}" font-size="12"><title>{escape(title)}</title>{inside}</svg>'
    )


def text(x: float, y: float, words: str, colour: str, *, anchor: str = "start", weight: int = 400, size: int = 12) -> str:
    """Words at a place."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" '
        f'style="fill:{colour}">{escape(words)}</text>'
    )


def _grid(frame: _Frame, axes: tuple[str, str], palette: Palette) -> str:
    parts = []
    for value in ticks(frame.low, frame.high, 5):
        y = frame.y(value)
        parts.append(rule(_LEFT, y, WIDTH - _RIGHT, y, palette["grid"]))
        parts.append(text(_LEFT - 8, y + 4, significant(value), palette["muted"], anchor="end"))
    for value in ticks(frame.left, frame.right, 10):
        x = frame.x(value)
        parts.append(rule(x, HEIGHT - _BOTTOM, x, HEIGHT - _BOTTOM + 4, palette["line"]))
        parts.append(text(x, HEIGHT - _BOTTOM + 18, significant(value, 6), palette["muted"], anchor="middle"))
    parts.append(rule(_LEFT, HEIGHT - _BOTTOM, WIDTH - _RIGHT, HEIGHT - _BOTTOM, palette["line"]))
    parts.append(text(WIDTH - _RIGHT, HEIGHT - 8, axes[0], palette["muted"], anchor="end"))
    parts.append(text(4, _TOP - 12, axes[1], palette["muted"]))
    return "".join(parts)


def rule(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    """A straight line."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" style="stroke:{colour};stroke-width:1"/>'


def _curve(line: Line, times: Sequence[float], values: Sequence[float | None], frame: _Frame, palette: Palette) -> str:
    colour = palette[line.colour]
    parts = []
    for run in _runs(times, values):
        points = " ".join(f"{frame.x(time):.1f},{frame.y(value):.1f}" for time, value in run)
        if line.filled:
            edge = f"{frame.x(run[0][0]):.1f},{frame.y(0):.1f} {points} {frame.x(run[-1][0]):.1f},{frame.y(0):.1f}"
            parts.append(f'<polygon points="{edge}" style="fill:{colour};fill-opacity:0.18;stroke:none"/>')
        dash = f";stroke-dasharray:{line.dash}" if line.dash else ""
        parts.append(f'<polyline points="{points}" style="fill:none;stroke:{colour};stroke-width:1.6{dash}"/>')
    return "".join(parts)


def _runs(times: Sequence[float], values: Sequence[float | None]) -> list[list[tuple[float, float]]]:
    """The stretches without a gap."""
    runs: list[list[tuple[float, float]]] = [[]]
    for time, value in zip(times, values, strict=True):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((time, value))
    return [run for run in runs if run]


def _thinned(times: Sequence[float], values: Sequence[float | None]) -> tuple[Sequence[float], Sequence[float | None]]:
    """At most so many points: of those that would fall together the greatest, so that no peak is lost."""
    step = ceil(len(times) / _MOST_POINTS)
    if step <= 1:
        return times, values
    blocks = [values[i : i + step] for i in range(0, len(values), step)]
    peaks = [max((value for value in block if value is not None), default=None) for block in blocks]
    return times[::step], peaks


def _legend(lines: Sequence[Line], palette: Palette) -> str:
    parts, x = [], float(_LEFT + 76)
    for line in lines:
        dash = f";stroke-dasharray:{line.dash}" if line.dash else ""
        parts.append(f'<path d="M{x:.0f} 20h22" style="fill:none;stroke:{palette[line.colour]};stroke-width:2.4{dash}"/>')
        parts.append(text(x + 28, 24, line.name, palette["text"]))
        x += 44 + breadth(line.name)
    return "".join(parts)


def breadth(words: str) -> float:
    """About how broad words are in the charts' type; a Korean letter is twice as broad."""
    return sum(12.0 if ord(letter) > 0x1100 else 6.8 for letter in words)


def bar_chart(title: str, bars: Sequence[Bar], palette: Palette) -> str:
    """One whole, cut into its parts, each named with its number."""
    shown = [bar for bar in bars if bar.value > 0]
    whole = sum(bar.value for bar in shown) or 1.0
    parts, x = [], 0.0
    for bar in shown:
        length = bar.value / whole * WIDTH
        parts.append(f'<rect x="{x:.1f}" y="0" width="{max(length, 1.0):.1f}" height="22" style="fill:{palette[bar.colour]}"/>')
        x += length
    names, height = _names_below(shown, palette)
    return document(title, height, "".join(parts) + names)


def _names_below(bars: Sequence[Bar], palette: Palette) -> tuple[str, float]:
    """The names of the parts, on as many lines as they need, and the height of all."""
    parts, x, y = [], 0.0, 44.0
    for bar in bars:
        words = f"{bar.name} {bar.value:,.0f}"
        needed = 34 + breadth(words)
        if x and x + needed > WIDTH:
            x, y = 0.0, y + 22
        parts.append(f'<rect x="{x:.1f}" y="{y - 10:.1f}" width="12" height="12" style="fill:{palette[bar.colour]}"/>')
        parts.append(text(x + 18, y, words, palette["text"]))
        x += needed
    return "".join(parts), y + 10


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers between low and high, at most about so many."""
    step = _round_step((high - low) / most)
    first = ceil(low / step - 1e-9)
    return [number * step for number in range(first, floor(high / step + 1e-9) + 1)]


def _round_step(rough: float) -> float:
    """The next of 1, 2, 5, 10, 20 ... and their tenths."""
    if not 0 < rough < inf:
        return 1.0
    power = 10.0 ** floor(log10(rough))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= rough * (1 - 1e-9))


def _round_up(value: float) -> float:
    """The top of an axis: the next round step."""
    step = _round_step(value / 5)
    return max(step, ceil(value / step - 1e-9) * step)
