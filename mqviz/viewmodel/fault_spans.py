"""When which fault was at work: what the flags on the time axis say.

The snapshot names the faults at work; the log knows, too, those that began and ended between two updates. Entries
`fault_started` and `fault_ended` have the figures `id` and `kind`; one that starts, does not end and is not at work was over at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from mqviz.model.snapshot import ActiveFault, LogEntry, Snapshot

MOST_SPANS = 1000
_NOT_FIGURES = frozenset(("kind", "at", "lasts", "every", "target", "id"))


@dataclass(frozen=True, slots=True)
class FaultSpan:
    """A fault from `since` to `until` (None: still at work). For one that was over at once both are the same; it may have no id: negative.

    `planned`: when it will end by itself. `figures`: factor, messages, seconds, share, how, side, as far as they are set.
    """

    id: int
    kind: str
    target: str
    since: float
    until: float | None = None
    planned: float | None = None
    figures: tuple[tuple[str, Any], ...] = ()

    @property
    def is_moment(self) -> bool:
        """Whether it was over at once."""
        return self.until == self.since


class FaultSpans:
    """All faults of the run so far; of very many the earliest are forgotten."""

    def __init__(self) -> None:
        self._spans: dict[int, FaultSpan] = {}
        self._moments = 0

    @property
    def all(self) -> tuple[FaultSpan, ...]:
        """In the order of their beginning."""
        return tuple(sorted(self._spans.values(), key=lambda span: span.since))

    def append(self, snapshot: Snapshot, log: Iterable[LogEntry]) -> None:
        """Learn from an update."""
        known = set(self._spans)
        for entry in log:
            self._read(entry)
        for fault in snapshot.faults:
            self._spans[fault.id] = _span(fault)
        active = {fault.id for fault in snapshot.faults}
        for span in [span for span in self._spans.values() if span.until is None and span.id not in active]:
            lasted = span.id in known
            ended = snapshot.time if span.planned is None else min(span.planned, snapshot.time)
            self._end(span.id, ended if lasted else span.since)
        while len(self._spans) > MOST_SPANS:
            del self._spans[next(iter(self._spans))]

    def _read(self, entry: LogEntry) -> None:
        number, kind = entry.figures.get("id"), entry.figures.get("kind")
        if entry.code == "fault_started" and kind is not None:
            figures = _figures(entry.figures)
            if number is None:
                self._moments += 1
                moment = FaultSpan(-self._moments, str(kind), entry.subject, entry.time, entry.time, figures=figures)
                self._spans[moment.id] = moment
            else:
                self._spans[number] = FaultSpan(number, str(kind), entry.subject, entry.time, figures=figures)
        elif entry.code == "fault_ended" and number in self._spans:
            self._end(number, entry.time)

    def _end(self, number: int, time: float) -> None:
        span = self._spans[number]
        self._spans[number] = replace(span, until=max(time, span.since))


def _span(active: ActiveFault) -> FaultSpan:
    fields = msgspec.to_builtins(active.fault)
    target = fields.get("target") or ""
    return FaultSpan(active.id, fields["kind"], target, active.since, planned=active.until, figures=_figures(fields))


def _figures(fields: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, value) for name, value in fields.items() if value is not None and name not in _NOT_FIGURES)
