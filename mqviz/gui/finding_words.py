"""Findings and summaries as sentences."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject

from mqviz.gui.chart_axes import duration, figure
from mqviz.gui.chart_words import ChartWords
from mqviz.viewmodel.findings import Finding
from mqviz.viewmodel.summary import RunSummary

_NAMES = (
    "utilisation",
    "count",
    "refused",
    "timed_out",
    "ready",
    "share",
    "limit",
    "prefetch",
    "restart",
    "transit",
    "free",
    "wanted",
    "rate",
)


class FindingWords(QObject):
    """Codes of `findings` and of a run's summary in the language of the window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chart = ChartWords(self)

    def sentence(self, found: Finding) -> str:
        """What is wrong, or what limited the run, in one sentence."""
        if found.span is not None:
            return self.tr("A fault made it wait: {0}.").format(self._chart.fault(found.span))
        template = {**self._of_brokers(), **self._of_queues()}.get(found.code, found.code)
        if found.code == "prefetch_limits" and found.figure("utilisation") is None:
            template = self.tr("The consumers of “{name}” hold all that prefetch {prefetch} allows.")
        name = found.subject.partition(":")[2]
        return template.format(name=name, **_figures(found))

    def _of_brokers(self) -> dict[str, str]:
        return {
            "broker_down": self.tr("The broker is down."),
            "memory_alarm": self.tr("The broker is short of memory and blocks everybody who publishes."),
            "publishers_blocked": self.tr("Publishers were held back by the broker."),
            "messages_lost": self.tr(
                "{count} messages were lost: {restart} transient ones at a broker restart, {transit} on cut connections."
            ),
            "unroutable": self.tr("{count} messages matched no binding and are gone."),
            "service_overloaded": self.tr("“{name}” could not keep up: {refused} requests were refused, {timed_out} timed out."),
            "disk_alarm": self.tr("Node {name} is short of disk: {free} free, {wanted} wanted. Everybody who publishes is blocked."),
            "node_down": self.tr("Node {name} is not running."),
            "near_watermark": self.tr("Node {name} uses {share} of the memory it may: beyond that, publishers are blocked."),
            "connections_blocked": self.tr("{count} connections are blocked: they publish while an alarm is on."),
            "unroutable_now": self.tr("{rate} messages a second match no binding."),
            "kept_up": self.tr("Nothing held it back: the consumers kept up, the busiest at {utilisation}."),
        }

    def _of_queues(self) -> dict[str, str]:
        return {
            "queue_without_consumer": self.tr("Nobody consumes “{name}”: {ready} messages are waiting."),
            "queue_not_running": self.tr("“{name}” is not running."),
            "backlog_grows": self.tr("“{name}” fills faster than it empties."),
            "near_limit": self.tr("“{name}” is at {share} of its limit of {limit}."),
            "publishes_refused": self.tr("A full queue refused {count} messages."),
            "consumers_saturated": self.tr("The consumers of “{name}” were {utilisation} busy: more of them, or faster ones, would help."),
            "prefetch_limits": self.tr("The consumers of “{name}” held all that prefetch {prefetch} allows, and were {utilisation} busy."),
            "redelivery_loop": self.tr("“{name}” delivers the same messages again and again."),
            "dead_letters": self.tr("{count} messages of “{name}” became dead letters."),
        }

    def headline(self, summary: RunSummary) -> str:
        """The run in a line."""
        if summary.balanced is False:
            return self.tr("The ledger does not balance")
        if summary.lost_count and dict(summary.lost).keys() == {"calls"}:
            return self.tr("{0} requests failed").format(figure(summary.lost_count))
        if summary.lost_count:
            return self.tr("{0} messages were lost").format(figure(summary.lost_count))
        if summary.calls and summary.thrown_count:
            return self.tr("{0} of {1} requests failed").format(figure(summary.thrown_count), figure(summary.asked))
        if summary.left:
            return self.tr("Nothing lost, {0} not finished").format(figure(summary.left))
        if summary.calls:
            return self.tr("Every request was answered")
        if summary.thrown_count:
            return self.tr("Nothing lost, {0} thrown away by a rule").format(figure(summary.thrown_count))
        return self.tr("Nothing lost, all done")

    def cause(self, code: str, count: int) -> str:
        """How many are gone, and why."""
        template = {
            "lost": self.tr("{0} transient messages lost at a broker restart"),
            "lost_in_transit": self.tr("{0} lost on cut connections"),
            "abandoned": self.tr("{0} acknowledged but never finished"),
            "calls": self.tr("{0} direct calls refused, timed out or failed"),
            "refused": self.tr("{0} refused: there was no room"),
            "unroutable": self.tr("{0} unroutable: no binding matched"),
            "returned": self.tr("{0} returned to their producers"),
            "dropped": self.tr("{0} dropped by a full queue"),
            "expired": self.tr("{0} expired (TTL)"),
            "rejected": self.tr("{0} rejected by consumers"),
            "dead_lettered": self.tr("{0} dead-lettered"),
            "purged": self.tr("{0} purged by hand"),
            "deleted": self.tr("{0} deleted with their queue"),
            "timed_out": self.tr("{0} timed out"),
            "failed": self.tr("{0} failed"),
        }.get(code, f"{{0}} {code}")
        return template.format(f"{count:,}")


def _figures(found: Finding) -> dict[str, str]:
    """The figures of a finding as they are read; one that cannot be told is a dash."""
    return dict.fromkeys(_NAMES, "–") | {name: _written(name, value) for name, value in found.figures}


def _written(name: str, value: float) -> str:
    if name in ("utilisation", "share"):
        return f"{value * 100:.0f}\u00a0%"
    if name in ("free", "wanted"):
        return QLocale().formattedDataSize(round(value), 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
    return duration(value) if name in ("seconds", "full_in") else figure(value)
