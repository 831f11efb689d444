"""One message, made by hand: where would it go, and let it go.

The question is asked anew at each change, and costs the broker nothing: it is answered from the bindings.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mqviz.gui.controls.icon_button import dress
from mqviz.gui.controls.labels import label
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Space
from mqviz.gui.words import Words
from mqviz.model.amqp import Properties
from mqviz.model.backend import Publish, Route

_MOST_NAMED = 12
_TOP = 72


class MessageDialog(QDialog):
    """`asked(Route)`: where would it go; `published(Publish)`: let it go; `left`: nobody asks any more."""

    asked = Signal(object)
    published = Signal(object)
    left = Signal()

    def __init__(self, exchanges: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A message"))
        self._words = Words(self)
        self._make_fields(exchanges)
        self._arrange()
        for field in (self.routing_key, self.headers):
            field.textChanged.connect(self.ask)
        self.exchange.currentIndexChanged.connect(self.ask)
        self.publish_button.clicked.connect(lambda: self.published.emit(self._message()))
        self.resize(460, 420)

    def _make_fields(self, exchanges: Sequence[str]) -> None:
        self.exchange = QComboBox()
        for name in exchanges:
            self.exchange.addItem(name or self._words.choice("dead_letter_exchange", ""), name)
        self.routing_key, self.headers = QLineEdit(), QLineEdit()
        self.routing_key.setPlaceholderText("order.new")
        self.headers.setPlaceholderText(self.tr("name=value, name=value"))
        self.body = QPlainTextEdit()
        self.body.setPlaceholderText(self.tr("What the message says"))
        self.persistent = QCheckBox(self.tr("Persistent: survives a restart in a durable queue"))
        self.persistent.setChecked(True)
        self.answer = label("", "", Size.LIST, Weight.MEDIUM)
        self.answer.setWordWrap(True)
        self.publish_button = QPushButton(self.tr("Publish"))
        dress(self.publish_button, "producer")
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.close)
        self.close_button.setDefault(True)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        named = (
            (self.tr("Exchange"), self.exchange),
            (self.tr("Routing key"), self.routing_key),
            (self.tr("Headers"), self.headers),
            (self.tr("Body"), self.body),
            ("", self.persistent),
        )
        for text, widget in named:
            widget.setAccessibleName(text or self.persistent.text())
            form.addRow(label(text, "second", Size.BODY), widget)
        column.addLayout(form, 1)
        column.addWidget(label(self.tr("Where would this message go?"), "third", Size.BODY))
        column.addWidget(self.answer)
        row = QHBoxLayout()
        row.addWidget(self.publish_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column.addLayout(row)

    def stand_aside(self) -> None:
        """At the right edge of the window, so that the picture can be seen."""
        parent = self.parentWidget()
        if parent is not None:
            corner = parent.mapToGlobal(parent.rect().topRight())
            self.move(corner.x() - self.width() - Space.L, corner.y() + _TOP)

    def choose_exchange(self, name: str) -> None:
        """Begin with this exchange."""
        place = self.exchange.findData(name)
        if place >= 0:
            self.exchange.setCurrentIndex(place)
        self.ask()

    def set_publishable(self, reason: str) -> None:
        """Why nothing can be published; empty where it can."""
        self.publish_button.setEnabled(not reason)
        self.publish_button.setToolTip(reason)

    def ask(self) -> None:
        """Where would it go as it now is?"""
        message = self._message()
        self.asked.emit(Route(exchange=message.exchange, routing_key=message.routing_key, headers=message.properties.headers or {}))

    def _message(self) -> Publish:
        headers = dict(_header(each) for each in self.headers.text().split(",") if each.strip())
        properties = Properties(headers=headers or None, delivery_mode=2 if self.persistent.isChecked() else 1)
        body = self.body.toPlainText().encode()
        return Publish(exchange=self.exchange.currentData() or "", routing_key=self.routing_key.text(), body=body, properties=properties)

    def show_answer(self, queues: Sequence[str]) -> None:
        """These queues would get it."""
        named = ", ".join(queues[:_MOST_NAMED])
        if not queues:
            said = self.tr("Nowhere: no binding matches.")
        elif len(queues) > _MOST_NAMED:
            said = self.tr("{0} queues: {1} …").format(len(queues), named)
        else:
            said = self.tr("Into {0}").format(named)
        self.answer.setText(said)

    def show_trouble(self, text: str) -> None:
        """Why there is no answer."""
        self.answer.setText(text)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody asks any more."""
        super().hideEvent(event)
        self.left.emit()


def _header(text: str) -> tuple[str, object]:
    """`name=value`; true, false and whole numbers are what they look like."""
    name, _, value = (part.strip() for part in text.partition("="))
    if value in ("true", "false"):
        return name, value == "true"
    return name, int(value) if value.removeprefix("-").isdecimal() else value
