"""A look at the oldest messages of a queue without taking them, and the properties of one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from mqviz.gui.controls.labels import label, rule, section
from mqviz.gui.fonts import Size
from mqviz.gui.theme import Space
from mqviz.gui.words import Words
from mqviz.model.backend import PeekedMessage

_BODY = 2000


class MessageList(QWidget):
    """`wanted`: the user asks for the messages of the queue that is shown."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Words()
        self._button = QPushButton(self.tr("Look at the oldest messages"))
        self._button.setToolTip(self.tr("Nothing is taken from the queue."))
        self._button.clicked.connect(self.wanted)
        self._none = label(self.tr("The queue is empty."), "third", Size.BODY)
        self._tree = QTreeWidget()
        self._tree.setAccessibleName(self.tr("Messages"))
        self._tree.setHeaderLabels([self.tr("Routing key"), self.tr("Age"), self.tr("Size")])
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tree.header().setStretchLastSection(False)
        for place in (1, 2):
            self._tree.header().setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        self._tree.setMinimumHeight(160)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for widget in (rule(), section(self.tr("Messages")), self._button, self._none, self._tree):
            column.addWidget(widget)
        self.clear()

    def set_reason(self, reason: str) -> None:
        """Why they cannot be looked at; empty where they can."""
        self._button.setEnabled(not reason)
        self._button.setToolTip(reason or self.tr("Nothing is taken from the queue."))

    def clear(self) -> None:
        """Show none, since none were asked for."""
        self._tree.clear()
        self._tree.hide()
        self._none.hide()

    @property
    def count(self) -> int:
        """How many are shown."""
        return self._tree.topLevelItemCount()

    def show_messages(self, messages: Sequence[PeekedMessage]) -> None:
        """Show what was found, oldest first."""
        self._tree.clear()
        self._tree.addTopLevelItems([self._item(message) for message in messages])
        self._tree.setVisible(bool(messages))
        self._none.setVisible(not messages)

    def _item(self, message: PeekedMessage) -> QTreeWidgetItem:
        columns = [message.routing_key, self._words.duration(message.age), self._words.number(message.size, "B")]
        item = QTreeWidgetItem(columns)
        for column in (1, 2):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for name, value in self._properties(message):
            line = QTreeWidgetItem(item, [f"{name}: {value}"])
            line.setFirstColumnSpanned(True)
            line.setToolTip(0, f"{name}: {value}")
        return item

    def _properties(self, message: PeekedMessage) -> list[tuple[str, str]]:
        named = [(self.tr("exchange"), message.exchange or self._words.choice("dead_letter_exchange", ""))]
        named += [("redelivered", "true")] if message.redelivered else []
        named += [("unacknowledged", "true")] if message.unacknowledged else []
        for name in message.properties.__struct_fields__:
            value = getattr(message.properties, name)
            if value is not None:
                named.append((name, str(value)))
        if message.body:
            named.append((self.tr("body"), message.body[:_BODY].decode("utf-8", "replace")))
        return named
