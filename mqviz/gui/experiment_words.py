"""What is said of a run on a live broker before it begins, and of how two runs differ."""

from __future__ import annotations

from PySide6.QtCore import QObject

from mqviz.gui.ledger_words import LedgerWords
from mqviz.gui.words import Words
from mqviz.model.experiment import LeftOut, Prospect
from mqviz.model.feed import LiveBroker
from mqviz.viewmodel.compare import Difference

_MOST = 6


class ExperimentWords(QObject):
    """Codes and figures in the language of the window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words, self._ledger = Words(self), LedgerWords(self)

    def prospect(self, prospect: Prospect, broker: LiveBroker) -> tuple[str, ...]:
        """What would happen, line by line."""
        lines = []
        if not prospect.is_here:
            load, limits = prospect.estimate, prospect.limits
            said = self.tr("{0} is not on this machine. About {1} messages would be published there, at most {2} a second.")
            rate = f"{min(load.peak, limits.rate):,.0f}"
            lines.append(said.format(f"{broker.host}:{broker.port}", f"{load.messages:,}", rate))
        if prospect.left_out:
            lines.append(self.tr("What cannot be done on a broker that is not ours is left out:"))
            lines += [f"• {self.left_out(each)}" for each in prospect.left_out[:_MOST]]
            if len(prospect.left_out) > _MOST:
                lines.append(self.tr("and {0} more").format(len(prospect.left_out) - _MOST))
        if prospect.left_over:
            said = self.tr("What earlier runs that broke off have left there is removed first ({0}).")
            lines.append(said.format(len(prospect.left_over)))
        lines.append(self.tr("Everything that is declared is removed afterwards."))
        return tuple(lines)

    def left_out(self, thing: LeftOut) -> str:
        """One thing that is left out."""
        named = {
            "fault": self._words.fault(thing.name),
            "broker": self.tr("setting of the broker: {0}").format(thing.name),
            "change": self.tr("change of {0}").format(thing.name),
            "policy": self.tr("policy {0}").format(thing.name),
        }.get(thing.what, thing.name)
        if thing.at is None:
            return named
        return self.tr("{0}, at {1}").format(named, self._words.duration(thing.at))

    def too_many(self, prospect: Prospect) -> str:
        """The limit of messages does not let it through."""
        return self.tr("It would publish more than {0} messages, which is the limit for this broker.").format(
            f"{prospect.limits.messages:,}"
        )

    # Differences

    def figure(self, difference: Difference) -> str:
        """What is compared."""
        code = difference.code
        own = {
            "time": self.tr("ran for"),
            "completed": self.tr("work finished"),
            "repeated": self.tr("finished again"),
            "confirmed": self.tr("confirmed"),
            "redelivered": self.tr("redelivered"),
            "publish_rate": self.tr("published a second"),
            "deliver_rate": self.tr("delivered a second"),
            "latency_p50": self.tr("latency p50"),
            "latency_p95": self.tr("latency p95"),
            "latency_p99": self.tr("latency p99"),
            "drained_at": self.tr("drained at"),
            "deepest": self.tr("greatest depth"),
            "mean_depth": self.tr("mean depth"),
            "wait_p95": self.tr("wait p95"),
        }.get(code)
        name = self._ledger.term(code) if own is None else own
        return f"{difference.subject}: {name}" if difference.subject else name

    def value(self, difference: Difference, value: float | None) -> str:
        """One figure of one run."""
        return self._words.number(value, {"s": "s", "per_second": "/s"}.get(difference.unit, ""))

    def share(self, difference: Difference) -> str:
        """By how much the second is more."""
        return "" if difference.share is None else f"{difference.share * 100:+.1f} %"
