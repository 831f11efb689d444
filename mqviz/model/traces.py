"""Recorded arrivals: times in seconds from a column of a CSV file that lies beside the scenario."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from io import StringIO
from math import isfinite

from msgspec.structs import replace

from mqviz.model.load import TraceLoad
from mqviz.model.near import did_you_mean
from mqviz.model.said import say
from mqviz.model.scenario import MAX_AT_ONCE, Scenario

ReadFile = Callable[[str], str]
"""The text of a file beside the scenario; OSError or ValueError (not text) where there is none."""


class TraceMistake(ValueError):
    """Why a trace cannot be used."""


def filled(load: TraceLoad, read: ReadFile) -> TraceLoad:
    """The same load with the times of its file, in order; TraceMistake says what is wrong with the file."""
    try:
        text = read(load.file)
    except (OSError, ValueError) as error:
        raise TraceMistake(say("the file {0!r} cannot be read: {1}", load.file, _reason(error))) from None
    times = sorted(_times(text, load))
    most = max(Counter(times).values(), default=0)
    if most > MAX_AT_ONCE:
        raise TraceMistake(say("{0!r}: {1:,} messages at one instant, at most {2:,} are allowed", load.file, most, MAX_AT_ONCE))
    return replace(load, times=tuple(times))


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error).lower()


def _times(text: str, load: TraceLoad) -> list[float]:
    try:
        rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))
    except csv.Error as error:
        raise TraceMistake(say("{0!r} is not a CSV file: {1}", load.file, error)) from None
    header = [name.strip() for name in rows[0]] if rows else []
    if load.column not in header:
        known = say("; there is {0}", ", ".join(map(repr, header[:8]))) if header else say("; the file is empty")
        raise TraceMistake(say("{0!r} has no column {1!r}{2}", load.file, load.column, did_you_mean(load.column, header) or known))
    column = header.index(load.column)
    return [_time(row, column, line, load) for line, row in enumerate(rows[1:], start=2) if row]


def _time(row: list[str], column: int, line: int, load: TraceLoad) -> float:
    written = row[column].strip() if column < len(row) else ""
    try:
        time = float(written)
    except ValueError:
        time = -1.0
    if not isfinite(time) or time < 0:
        raise TraceMistake(say("{0!r}, line {1}: {2!r} must be a number of at least 0, not {3!r}", load.file, line, load.column, written))
    return time


def trace_files(scenario: Scenario) -> dict[str, str]:
    """The CSV files that have to lie beside a scenario when it is saved elsewhere: name and text."""
    columns: dict[str, dict[str, tuple[float, ...]]] = {}
    for producer in scenario.producers:
        for load in producer.load:
            if isinstance(load, TraceLoad):
                columns.setdefault(load.file, {})[load.column] = load.times
    return {file: _csv(each) for file, each in columns.items()}


def _csv(columns: dict[str, tuple[float, ...]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for i in range(max(map(len, columns.values()))):
        writer.writerow([repr(times[i]) if i < len(times) else "" for times in columns.values()])
    return out.getvalue()
