"""Lines of the event log in words, with an icon and a colour for each code."""

from __future__ import annotations

from PySide6.QtCore import QObject

from mqviz.gui.chart_axes import clock, figure
from mqviz.gui.chart_flags import icon_of
from mqviz.gui.chart_words import ChartWords
from mqviz.gui.words import Words
from mqviz.model.snapshot import LogEntry
from mqviz.viewmodel.fault_spans import FaultSpan

_SIGNS = {
    "run_started": ("play", "accent"),
    "run_finished": ("check", "ok"),
    "fault_ended": ("check", "ok"),
    "change_applied": ("edit", "accent"),
    "connection_closed": ("kill", "dead_lettered"),
    "connection_opened": ("check", "ok"),
    "channel_closed": ("kill", "dead_lettered"),
    "consumer_cancelled": ("consumer", "unacked"),
    "connection_blocked": ("stop", "unacked"),
    "connection_unblocked": ("check", "ok"),
    "memory_alarm_set": ("memory", "dead_lettered"),
    "memory_alarm_cleared": ("memory", "ok"),
    "broker_stopped": ("broker-restart", "dead_lettered"),
    "broker_started": ("broker-restart", "ok"),
    "messages_lost": ("warning", "dead_lettered"),
    "queue_declared": ("queue", "text_second"),
    "queue_deleted": ("queue", "dead_lettered"),
    "command_refused": ("warning", "unacked"),
    "external_opened": ("globe", "ok"),
    "external_closed": ("globe", "text_second"),
    "external_lost": ("globe", "dead_lettered"),
    "external_failed": ("globe", "dead_lettered"),
    "external_refused": ("warning", "unacked"),
    "feed_connected": ("live", "ok"),
    "feed_lost": ("live", "dead_lettered"),
    "queue_purged": ("purge", "dead_lettered"),
    "message_published": ("producer", "accent"),
}

_SAID = {
    "fault_started": ("id", "kind", "factor", "messages", "seconds", "share", "how", "side"),
    "fault_ended": ("id", "kind", "factor", "messages", "seconds", "share", "how", "side"),
    "messages_lost": ("messages",),
    "channel_closed": ("reply_code", "text"),
    "connection_blocked": ("reason",),
    **{f"external_{what}": ("reason",) for what in ("lost", "failed", "refused")},
    "feed_lost": ("reason",),
    "queue_purged": ("messages",),
}
"""Figures that the words of a code already tell."""


def sign_of(entry: LogEntry) -> tuple[str, str]:
    """Icon, and name of its colour in the theme."""
    if entry.code == "fault_started":
        return icon_of(str(entry.figures.get("kind", "fail"))), "dead_lettered"
    return _SIGNS.get(entry.code, ("info", "text_second"))


class EventWords(QObject):
    """The codes of `LogEntry` in the language of the window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._faults = ChartWords(self)
        self._words = Words()

    def line(self, entry: LogEntry) -> str:
        """What happened, as a sentence without its end."""
        figures = {name: self._written(name, value) for name, value in entry.figures.items()}
        template = self._template(entry.code)
        subject = entry.subject.partition(":")[2] or entry.subject
        words = {"who": subject, "fault": self._fault(entry), "count": "", "why": "", **_named(figures)}
        text = template.format(**words) if template else f"{entry.code} {subject}".strip()
        untold = {name: value for name, value in figures.items() if name not in _SAID.get(entry.code, ())}
        rest = [value if name == "reason" else f"{name} {value}" for name, value in untold.items()]
        return " · ".join((text, *rest))

    def _written(self, name: str, value: object) -> str:
        if name == "reason":
            known = {"crash": self.tr("crash"), "low on memory": self.tr("low on memory")}
            return known.get(str(value)) or self._words.why_not(str(value)).rstrip(":")
        if isinstance(value, int | float) and not isinstance(value, bool):
            return figure(float(value))
        return str(value)

    def _fault(self, entry: LogEntry) -> str:
        kind = entry.figures.get("kind")
        if kind is None:
            return entry.subject
        span = FaultSpan(0, str(kind), entry.subject, entry.time, figures=tuple(entry.figures.items()))
        return self._faults.fault(span)

    def _template(self, code: str) -> str:
        return {
            "run_started": self.tr("The run begins"),
            "run_finished": self.tr("The run has ended"),
            "fault_started": self.tr("Fault: {fault}"),
            "fault_ended": self.tr("Ended: {fault}"),
            "change_applied": self.tr("Changed: {who}"),
            "connection_closed": self.tr("{who} lost its connection"),
            "connection_opened": self.tr("{who} is connected"),
            "channel_closed": self.tr("The broker closed the channel of {who}: {why}"),
            "consumer_cancelled": self.tr("The subscription of {who} was cancelled"),
            "connection_blocked": self.tr("{who} is blocked by the broker: {why}"),
            "connection_unblocked": self.tr("{who} may publish again"),
            "memory_alarm_set": self.tr("Memory alarm: publishers are blocked"),
            "memory_alarm_cleared": self.tr("The memory alarm is over"),
            "broker_stopped": self.tr("The broker is down"),
            "broker_started": self.tr("The broker is up again"),
            "messages_lost": self.tr("{count} transient messages were lost with the broker"),
            "queue_declared": self.tr("Queue {who} was declared"),
            "queue_deleted": self.tr("Queue {who} was deleted"),
            "command_refused": self.tr("Refused: {who}"),
            "external_opened": self.tr("External client {who} is connected"),
            "external_closed": self.tr("External client {who} has left"),
            "external_lost": self.tr("External client {who} lost its connection: {why}"),
            "external_failed": self.tr("External client {who} was sent away: {why}"),
            "external_refused": self.tr("External client {who} was not let in: {why}"),
            "feed_connected": self.tr("The live broker is in sight"),
            "feed_lost": self.tr("The live broker is out of sight: {why}"),
            "queue_purged": self.tr("Queue {who} was purged"),
            "message_published": self.tr("A message was published to {who}"),
        }.get(code, "")

    def with_time(self, entry: LogEntry) -> str:
        """A line with its moment, for copying and for screen readers."""
        return f"{clock(entry.time, 0.1)}  {self.line(entry)}"


def _named(figures: dict[str, str]) -> dict[str, str]:
    why = " ".join(figures[name] for name in ("reply_code", "text", "reason") if name in figures)
    return {"why": why or "–", "count": figures.get("messages", "–")}
