"""The words and figures on the cards, translated once: they are painted too often to be looked up each time."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject

from mqviz.gui.words import Words
from mqviz.model.snapshot import ClientState
from mqviz.viewmodel.graph import NodeKind

_MILLION = 1_000_000
_THOUSANDS = 100_000


class CardWords(QObject):
    """Made anew when the language changes."""

    def __init__(self) -> None:
        super().__init__()
        known = Words()
        self.states = {state: known.trait(state.value) for state in ClientState}
        self.states[ClientState.WAITING] = self.tr("awaits confirms")
        self.states[ClientState.FLOW] = self.tr("flow control")
        self.duration = known.duration
        self._translate_cards()
        self._translate_signs()

    def _translate_cards(self) -> None:
        self.messages_rate = self.tr("{0} msg/s")
        self.calls_rate = self.tr("{0} calls/s")
        self.acks_rate = self.tr("{0} ack/s")
        self.rate = self.tr("{0}/s")
        self.waiting = self.tr("{0} waiting")
        self.awaits_answer = self.tr("awaits an answer")
        self.oldest = self.tr("oldest {0}")
        self.full_in = self.tr("full in {0}")
        self.empty_in = self.tr("empty in {0}")
        self.no_consumer = self.tr("no consumer")
        self.empty = self.tr("empty")
        self.near_limit = self.tr("near its limit")
        self.unroutable = self.tr("unroutable {0}/s")
        self.refused = self.tr("refused {0}/s")
        self.timed_out = self.tr("timed out {0}/s")
        self.invalid = self.tr("invalid {0}/s")
        self.some_in_state = self.tr("{0} {1}", "how many members are killed, slow ...")
        self.workers = self.tr("busy")
        self.places = self.tr("waiting")
        self.any_format = self.tr("any")

    def _translate_signs(self) -> None:
        self._headings = {
            NodeKind.PRODUCER: self.tr("Producers"),
            NodeKind.EXCHANGE: self.tr("Exchanges"),
            NodeKind.QUEUE: self.tr("Queues"),
            NodeKind.CONSUMER: self.tr("Consumers"),
            NodeKind.SERVICE: self.tr("Services"),
            NodeKind.TRANSLATOR: self.tr("Translators"),
        }
        self._broker = {
            "down": self.tr("Broker down"),
            "restart": self.tr("Broker restarting"),
            "memory_alarm": self.tr("Memory alarm: publishers are blocked"),
        }
        self._reasons = {
            "rejected": self.tr("rejected"),
            "expired": self.tr("expired"),
            "maxlen": self.tr("queue full"),
            "delivery_limit": self.tr("after {0} tries"),
        }

    def reason(self, code: str) -> str:
        """Why messages were dead-lettered; the code may carry a figure behind a colon."""
        name, _, figure = code.partition(":")
        return self._reasons.get(name, name).format(figure)

    def heading(self, kinds: Iterable[NodeKind]) -> str:
        """The caption of a column of such nodes."""
        wanted = set(kinds)
        return " · ".join(word for kind, word in self._headings.items() if kind in wanted).upper()

    def broker(self, faults: Iterable[str], is_down: bool) -> str:
        """What is wrong with the broker as a whole."""
        said = [self._broker[fault] for fault in faults if fault in self._broker]
        return " · ".join(said) or (self._broker["down"] if is_down else "")


def count(value: int) -> str:
    """A number of messages, short enough for a card."""
    return f"{value / _MILLION:.2f}M" if value >= _MILLION else f"{value:,}"


def rate(value: float | None) -> str:
    """A rate without its unit."""
    if value is None:
        return "–"
    if abs(value) >= _THOUSANDS:
        return f"{value / 1000:,.0f}k"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
