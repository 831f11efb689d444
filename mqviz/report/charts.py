"""The charts of a result, as SVG text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10

from msgspec import Struct

from mqviz.model.result import Result, Summary
from mqviz.report.fault_words import fault_name
from mqviz.report.keys import COPIES, MESSAGES, REQUESTS
from mqviz.report.numbers import seconds
from mqviz.report.svg import WIDTH, Bar, Flag, Line, Palette, bar_chart, breadth, document, line_chart, rule, text
from mqviz.report.words import word

LIGHT: Palette = {
    "text": "#141C26",
    "muted": "#4A5768",
    "line": "#667384",
    "grid": "#E1E6EC",
    "panel": "#FFFFFF",
    "window": "#EEF1F5",
    "ready": "#0072B2",
    "unacked": "#BD8200",
    "redelivered": "#A8437F",
    "dead": "#A83200",
    "dropped": "#2A333E",
    "accent": "#4F46E5",
    "ok": "#00805E",
}
DARK: Palette = {
    "text": "#E9EEF4",
    "muted": "#AAB6C5",
    "line": "#8391A3",
    "grid": "#2A333E",
    "panel": "#141A22",
    "window": "#0B0F14",
    "ready": "#56B4E9",
    "unacked": "#F2B632",
    "redelivered": "#E58FC0",
    "dead": "#FF7F3F",
    "dropped": "#DCE3EB",
    "accent": "#9A97FF",
    "ok": "#2FC59A",
}

_SEVERAL = (("ready", ""), ("unacked", "7 3"), ("redelivered", "2 3"), ("dead", "9 3 2 3"), ("accent", "4 2"), ("ok", "12 4"))


class Chart(Struct, frozen=True, kw_only=True):
    """A chart with its title."""

    title: str
    svg: str


def charts_of(result: Result, language: str, palette: Palette) -> list[Chart]:
    """All charts that this result has anything to show in."""
    made = (_rates(result, language, palette), _depth(result, language, palette), _oldest(result, language, palette))
    return [chart for chart in (*made, _durations(result, language, palette)) if chart is not None]


def beside_charts(run: Result, simulated: Result, language: str, palette: Palette) -> list[Chart]:
    """The depth of each queue in both runs, laid over each other."""
    made = (_both(name, run, simulated, language, palette) for name in _longest(run))
    return [chart for chart in made if chart is not None]


def _both(queue: str, run: Result, simulated: Result, language: str, palette: Palette) -> Chart | None:
    lines = [
        Line(name=word("simulated", language), colour="accent", filled=True, values=_aligned(simulated, run, queue)),
        Line(name=run.engine, colour="dead", dash="5 2", values=_messages(run, queue)),
    ]
    chart = _over_time("depth", "messages_axis", lines, run, language, palette)
    return None if chart is None else Chart(title=f"{queue}: {chart.title}", svg=chart.svg)


def _aligned(result: Result, other: Result, queue: str) -> list[float | None]:
    """The depths at the times of the other run."""
    found = dict(zip((sample.time for sample in result.series), _messages(result, queue), strict=True))
    return [found.get(sample.time) for sample in other.series]


def _rates(result: Result, language: str, palette: Palette) -> Chart | None:
    looks = (("publish", "accent", "5 3"), ("deliver", "unacked", ""), ("acknowledge", "ok", ""), ("redeliver", "redelivered", "2 2"))
    lines = [
        Line(name=word(name, language), colour=colour, dash=dash, values=[getattr(sample, name) for sample in result.series])
        for name, colour, dash in looks
    ]
    shown = [line for line in lines if any(line.values)]
    return _over_time("rates", "per_second", shown, result, language, palette)


def _over_time(title: str, axis: str, lines: Sequence[Line], result: Result, language: str, palette: Palette) -> Chart | None:
    if not lines or not result.series:
        return None
    times = [sample.time for sample in result.series]
    axes = (word("virtual_seconds", language), word(axis, language))
    titled = word(title, language)
    return Chart(title=titled, svg=line_chart(titled, times, lines, axes, palette, _flags(result, language)))


_WARNING = frozenset(("slow", "hang", "fail", "delay", "stop"))


def _flags(result: Result, language: str) -> list[Flag]:
    """The faults; what breaks in the colour of dead letters, what hampers in that of unacked, more load in a third."""
    return [
        Flag(
            name=fault_name(fault, language),
            colour="line" if fault.kind == "spike" else "unacked" if fault.kind in _WARNING else "dead",
            begin=fault.begin,
            end=fault.end,
        )
        for fault in result.faults
    ]


def _depth(result: Result, language: str, palette: Palette) -> Chart | None:
    names = _longest(result)
    if len(names) == 1:
        lines = [
            Line(name=word("ready", language), colour="ready", filled=True, values=_level(result, names[0], "ready")),
            Line(name=word("unacknowledged", language), colour="unacked", dash="5 2", values=_level(result, names[0], "unacknowledged")),
        ]
    else:
        lines = [
            Line(name=name, colour=colour, dash=dash, values=_messages(result, name))
            for name, (colour, dash) in zip(names, _SEVERAL, strict=False)
        ]
    return _over_time("depth", "messages_axis", lines, result, language, palette)


def _oldest(result: Result, language: str, palette: Palette) -> Chart | None:
    lines = [
        Line(name=name, colour=colour, dash=dash, values=_level(result, name, "oldest"))
        for name, (colour, dash) in zip(_longest(result), _SEVERAL, strict=False)
    ]
    return _over_time("oldest", "seconds_axis", [line for line in lines if any(line.values)], result, language, palette)


def _longest(result: Result) -> list[str]:
    """The queues worth a curve: those that were the longest, at most as many as can be told apart."""
    used = [name for name, queue in result.queues.items() if queue.depth.max]
    by_depth = sorted(used, key=lambda name: -(result.queues[name].depth.max or 0))[: len(_SEVERAL)]
    return [name for name in used if name in by_depth]


def _level(result: Result, queue: str, name: str) -> list[float | None]:
    return [getattr(sample.queues.get(queue), name, None) for sample in result.series]


def _messages(result: Result, queue: str) -> list[float | None]:
    pairs = zip(_level(result, queue, "ready"), _level(result, queue, "unacknowledged"), strict=True)
    return [None if ready is None and unacked is None else (ready or 0) + (unacked or 0) for ready, unacked in pairs]


_ROW = 30
_NAMES = 220


def _durations(result: Result, language: str, palette: Palette) -> Chart | None:
    """Percentiles side by side on one logarithmic axis."""
    rows = [(name, summary) for name, summary in _summaries(result, language) if summary.count and summary.max]
    if not rows:
        return None
    values = [value for _, each in rows for value in (each.p50, each.max) if value]
    low, high = floor(log10(min(values))), ceil(log10(max(values)) + 1e-9)
    axis = _LogAxis(low, max(high, low + 1))
    height = 46 + _ROW * len(rows)
    parts = [_decades(axis, height, palette)]
    parts += [_row(name, summary, 30 + _ROW * number, axis, palette) for number, (name, summary) in enumerate(rows)]
    parts.append(text(WIDTH - 8, height - 6, word("percentiles", language), palette["muted"], anchor="end", size=11))
    title = word("latency", language)
    return Chart(title=title, svg=document(title, height + 4, "".join(parts)))


def _summaries(result: Result, language: str) -> Iterator[tuple[str, Summary]]:
    yield word("end_to_end", language), result.latency
    for name, queue in result.queues.items():
        yield word("wait_in", language, name=name), queue.wait
    for name, service in result.services.items():
        yield word("answer_of", language, name=name), service.latency
    for name, producer in result.producers.items():
        yield word("reply_to", language, name=name), producer.response


class _LogAxis:
    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def x(self, value: float) -> float:
        share = (log10(value) - self.low) / (self.high - self.low) if value > 0 else 0.0
        return _NAMES + min(max(share, 0.0), 1.0) * (WIDTH - _NAMES - 90)


def _decades(axis: _LogAxis, height: float, palette: Palette) -> str:
    parts = []
    for power in range(axis.low, axis.high + 1):
        x = axis.x(10.0**power)
        parts.append(rule(x, 18, x, height - 22, palette["grid"]))
        parts.append(text(x, 12, seconds(10.0**power), palette["muted"], anchor="middle", size=11))
    return "".join(parts)


def _row(name: str, summary: Summary, y: float, axis: _LogAxis, palette: Palette) -> str:
    p50, p95, p99, longest = (axis.x(value or 0.0) for value in (summary.p50, summary.p95, summary.p99, summary.max))
    colour = palette["ready"]
    fitting = name if breadth(name) < _NAMES - 20 else name[:26] + "…"
    return (
        text(0, y + 4, fitting, palette["text"])
        + f'<rect x="{p50:.1f}" y="{y - 5:.1f}" width="{max(p99 - p50, 2):.1f}" height="10" style="fill:{colour};fill-opacity:0.35"/>'
        + f'<rect x="{p95 - 1.5:.1f}" y="{y - 8:.1f}" width="3" height="16" style="fill:{colour}"/>'
        + f'<circle cx="{longest:.1f}" cy="{y:.1f}" r="4" style="fill:none;stroke:{palette["dead"]};stroke-width:1.6"/>'
        + text(longest + 10, y + 4, f"p95 {seconds(summary.p95)}", palette["muted"], size=11)
    )


_COLOURS = {
    "routed": "ok",
    "acknowledged": "ok",
    "completed": "ok",
    "ready": "ready",
    "waiting": "ready",
    "in_transit": "ready",
    "unacknowledged": "unacked",
    "in_service": "unacked",
    "dead_lettered": "dead",
    "rejected": "dead",
    "refused": "dead",
    "service_refused": "dead",
    "expired": "redelivered",
    "timed_out": "redelivered",
    "returned": "accent",
    "purged": "accent",
    "deleted": "accent",
}


def ledger_bars(result: Result, language: str, palette: Palette) -> list[Chart]:
    """The identities of the ledger, each as one bar that is cut into its parts."""
    messages, copies = result.ledger.messages, result.ledger.copies
    found = []
    if messages.published:
        parts = [(code, getattr(messages, code)) for code in MESSAGES]
        found.append(_bar(f"{word('messages', language)}: {messages.published:,} {word('published', language)}", parts, language, palette))
    if copies.enqueued:
        parts = [(code, getattr(copies, code)) for code in COPIES]
        found.append(_bar(f"{word('copies', language)}: {copies.enqueued:,} {word('enqueued', language)}", parts, language, palette))
    for name, service in result.services.items():
        parts = [("service_refused" if code == "refused" else code, getattr(service, code)) for code in REQUESTS]
        found.append(_bar(f"{word('service_requests', language, name=name)}: {service.requests:,}", parts, language, palette))
    return found


def _bar(title: str, parts: Sequence[tuple[str, int]], language: str, palette: Palette) -> Chart:
    bars = [Bar(name=word(code, language), colour=_COLOURS.get(code, "dropped"), value=float(value)) for code, value in parts]
    return Chart(title=title, svg=bar_chart(title, bars, palette))
