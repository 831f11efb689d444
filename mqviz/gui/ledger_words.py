"""What the terms of the ledger are called, what they mean, and how they look."""

from __future__ import annotations

from PySide6.QtCore import QObject

from mqviz.gui.chart_ink import Style

LOOKS = {
    "routed": Style("ready", texture="plain"),
    "unroutable": Style("dropped", texture="dots"),
    "returned": Style("redelivered", texture="plain"),
    "refused": Style("dead_lettered", texture="plain"),
    "lost_in_transit": Style("dropped", texture="cross"),
    "in_transit": Style("text_third", texture="hatch"),
    "acknowledged": Style("ok", texture="plain"),
    "ready": Style("ready", texture="plain"),
    "unacknowledged": Style("unacked", texture="hatch"),
    "dead_lettered": Style("dead_lettered", texture="plain"),
    "expired": Style("dropped", texture="dots"),
    "dropped": Style("dropped", texture="dots"),
    "rejected": Style("dead_lettered", texture="hatch"),
    "purged": Style("text_third", texture="hatch"),
    "deleted": Style("text_third", texture="hatch"),
    "lost": Style("dropped", texture="cross"),
    "completed": Style("ok", texture="plain"),
    "in_service": Style("unacked", texture="hatch"),
    "waiting": Style("ready", texture="plain"),
    "timed_out": Style("dropped", texture="dots"),
    "failed": Style("dropped", texture="cross"),
}
"""The look of every term, as in the curves."""


class LedgerWords(QObject):
    """The codes of the ledger in the language of the window."""

    def term(self, code: str) -> str:
        """The name of a term, or of a sum."""
        return {
            "published": self.tr("published"),
            "enqueued": self.tr("enqueued"),
            "routed": self.tr("routed"),
            "unroutable": self.tr("unroutable"),
            "returned": self.tr("returned"),
            "refused": self.tr("refused"),
            "lost_in_transit": self.tr("lost on the way"),
            "in_transit": self.tr("on the way"),
            "acknowledged": self.tr("acked"),
            "ready": self.tr("ready"),
            "unacknowledged": self.tr("unacked"),
            "dead_lettered": self.tr("dead-lettered"),
            "expired": self.tr("expired"),
            "dropped": self.tr("dropped"),
            "rejected": self.tr("rejected"),
            "purged": self.tr("purged"),
            "deleted": self.tr("deleted"),
            "lost": self.tr("lost"),
            "abandoned": self.tr("abandoned"),
            "requests": self.tr("requests"),
            "completed": self.tr("answered"),
            "in_service": self.tr("in service"),
            "waiting": self.tr("waiting"),
            "timed_out": self.tr("timed out"),
            "failed": self.tr("failed"),
        }.get(code, code)

    def meaning(self, code: str) -> str:
        """What a term counts."""
        return {
            "published": self.tr("Messages that producers have sent"),
            "enqueued": self.tr("Copies that entered a queue: one for each queue that a message was routed to"),
            "routed": self.tr("At least one copy entered a queue"),
            "unroutable": self.tr("No binding matched the message, and it was not mandatory"),
            "returned": self.tr("No binding matched the message; being mandatory, it went back to its producer"),
            "refused": self.tr("The queue was full, and refuses by its own rule"),
            "lost_in_transit": self.tr("Under way when the connection broke"),
            "in_transit": self.tr("Under way between producer and broker"),
            "acknowledged": self.tr("A consumer has said that it is done"),
            "ready": self.tr("In a queue, waiting for a consumer"),
            "unacknowledged": self.tr("With a consumer that has not answered yet"),
            "dead_lettered": self.tr("Went on to a dead-letter exchange"),
            "expired": self.tr("Its time to live was over"),
            "dropped": self.tr("The queue was full and dropped its oldest messages"),
            "rejected": self.tr("A consumer did not want it, and there is no dead-letter exchange"),
            "purged": self.tr("Somebody emptied the queue"),
            "deleted": self.tr("Its queue was deleted"),
            "lost": self.tr("Transient, and the broker was restarted"),
            "abandoned": self.tr("Acknowledged, but the work was never finished"),
            "requests": self.tr("Direct calls that services have received"),
            "completed": self.tr("The service answered in time"),
            "in_service": self.tr("A worker is busy with it"),
            "waiting": self.tr("Waits for a free worker"),
            "timed_out": self.tr("The caller gave up before the answer came"),
            "failed": self.tr("The service could not answer"),
        }.get(code, "")
