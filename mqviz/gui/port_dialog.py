"""The AMQP port: open it, and point your own program at it; with a program of a few lines to begin from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from mqviz.gui import fonts
from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.controls.labels import label, rule, section
from mqviz.gui.controls.number_field import LAYS_OUT
from mqviz.gui.controls.segmented import SegmentedControl
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Space, set_role
from mqviz.model.port import LOOPBACK, Port
from mqviz.viewmodel.snippets import LANGUAGES, Place, install, snippet

USUAL = 5672
_MOST_NAMED = 6


class _PortField(QSpinBox):
    """A number without spin buttons and without commas."""

    def __init__(self) -> None:
        super().__init__()
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFont(fonts.font(Size.LIST, Weight.MEDIUM, tabular=True))
        self.setFixedWidth(84)
        set_role(self, "plain")

    def event(self, event: QEvent) -> bool:
        """Keeps its line where it belongs after everything that lays it out."""
        done = super().event(event)
        if event.type() in LAYS_OUT:
            self.lineEdit().setGeometry(self.rect().adjusted(7, 1, -7, -1))
        return done


class PortDialog(QDialog):
    """`open_wanted(number)`, `close_wanted`: the port shall be opened or closed. What is so is shown by `show_port`."""

    open_wanted = Signal(int)
    close_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("AMQP port"))
        self._port: Port | None = None
        self._make_fields()
        self._arrange()
        self._connect()
        self.show_port(None)
        self.resize(680, 560)

    def _make_fields(self) -> None:
        self.number = _PortField()
        self.number.setRange(1, 65535)
        self.number.setValue(USUAL)
        self.number.setAccessibleName(self.tr("Port number"))
        self.switch = QPushButton()
        self.state = label("", "", Size.LIST, Weight.MEDIUM)
        self.clients = label("", "second", Size.BODY)
        self.trouble = label("", "danger", Size.BODY)
        for words in (self.state, self.clients, self.trouble):
            words.setWordWrap(True)
        self.uri = label("", "chip", Size.LIST, Weight.MEDIUM)
        self.copy_uri = IconButton("copy", self.tr("Copy the address"))
        self.place = QComboBox()
        self.place.setAccessibleName(self.tr("Exchange or queue"))
        self.language = SegmentedControl(self.tr("Language of the program"), LANGUAGES.items())
        self.needs = label("", "third", Size.CAPTION)
        self.code = QPlainTextEdit()
        self.code.setReadOnly(True)
        self.code.setFont(_fixed())
        self.code.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.code.setAccessibleName(self.tr("Program"))
        self.copy_code = QPushButton(self.tr("Copy the program"))
        self.close_button = QPushButton(self.tr("Close"))
        for button in (self.switch, self.copy_code, self.close_button):
            button.setAutoDefault(False)  # else Enter in the field would close what is open

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.state, 1)
        head.addWidget(label(LOOPBACK + " :", "second", Size.LIST))
        head.addWidget(self.number)
        head.addWidget(self.switch)
        address = QHBoxLayout()
        address.addWidget(self.uri)
        address.addWidget(self.copy_uri)
        address.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.copy_code)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.S)
        column.addLayout(head)
        for widget in (self.trouble, self.clients):
            column.addWidget(widget)
        column.addLayout(address)
        column.addWidget(rule())
        column.addWidget(section(self.tr("A program to begin from")))
        for each in (self.place, self.language, self.needs):
            column.addWidget(each)
        column.addWidget(self.code, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.switch.clicked.connect(self._switch)
        self.number.valueChanged.connect(self._write)
        self.copy_uri.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._shown.uri))
        self.copy_code.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.code.toPlainText()))
        self.place.currentIndexChanged.connect(self._write)
        self.language.chosen.connect(self._write)
        self.close_button.clicked.connect(self.close)

    def _switch(self) -> None:
        if self._port is None:
            self.open_wanted.emit(self.number.value())
        else:
            self.close_wanted.emit()

    @property
    def _shown(self) -> Port:
        """The port that the program is written for: the open one, or the one that would be opened."""
        return self._port or Port(LOOPBACK, self.number.value())

    def show_port(self, port: Port | None) -> None:
        """What is so now."""
        if port == self._port and self.state.text():
            return
        self._port = port
        is_open = port is not None
        self.state.setText(self.tr("Open: AMQP 0-9-1 for programs on this machine") if is_open else self.tr("Closed"))
        self.switch.setText(self.tr("Close the port") if is_open else self.tr("Open the port"))
        set_role(self.switch, "" if is_open else "primary")
        self.number.setEnabled(not is_open)
        if port is not None:
            self.number.setValue(port.number)
            self.trouble.setText("")
        self.trouble.setVisible(bool(self.trouble.text()))
        self.clients.setText(self._told(port))
        self._write()

    def _told(self, port: Port | None) -> str:
        if port is None:
            return self.tr("Programs of any AMQP client library can publish and consume here, beside the simulated clients.")
        if not port.clients:
            return self.tr("Nobody is connected yet.")
        names = ", ".join(port.clients[:_MOST_NAMED]) + (" …" if len(port.clients) > _MOST_NAMED else "")
        return self.tr("Connected: {0}. Time goes as theirs does, at 1×, until they leave.").format(names)

    def show_busy(self, number: int, free: int) -> None:
        """The port is taken; offer one that is free."""
        self.trouble.setText(self.tr("Port {0} is taken by another program. {1} is free.").format(number, free))
        self.trouble.show()
        if free:
            self.number.setValue(free)
        self._write()

    def show_places(self, exchanges: Sequence[str], queues: Sequence[str], node: str) -> None:
        """What a program can work at; the chosen one first."""
        chosen = self.place.currentData() if self.place.count() else None
        entries = [(f"queue:{name}", self.tr("consume queue {0}").format(name)) for name in queues]
        entries += [(f"exchange:{name}", self.tr("publish to exchange {0}").format(name)) for name in exchanges if name]
        entries += [(f"to:{name}", self.tr("publish to queue {0}").format(name)) for name in queues]
        if [self.place.itemData(at) for at in range(self.place.count())] == [key for key, _ in entries]:
            return
        self.place.clear()
        for key, text in entries:
            self.place.addItem(text, key)
        wanted = chosen or node
        at = self.place.findData(wanted)
        self.place.setCurrentIndex(max(at, 0))

    def choose(self, node: str) -> None:
        """Write the program for this exchange or queue."""
        at = self.place.findData(node)
        if at >= 0:
            self.place.setCurrentIndex(at)

    def _write(self) -> None:
        kind, _, name = str(self.place.currentData() or "to:").partition(":")
        place = {
            "queue": Place(self._shown.uri, queue=name),
            "exchange": Place(self._shown.uri, exchange=name, routing_key="hello"),
        }.get(kind, Place(self._shown.uri, routing_key=name))
        self.uri.setText(self._shown.uri)
        self.needs.setText(self.tr("First: {0}").format(install(self.language.current())))
        text = snippet(self.language.current(), place)
        if text != self.code.toPlainText():
            self.code.setPlainText(text)


def _fixed() -> QFont:
    """The system's font of one width, and ours where it has no letters. (What it calls itself may be an alias that no list knows.)"""
    real = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)).family()
    font = QFont([real, *fonts.FAMILIES])
    font.setPixelSize(Size.BODY)
    return font
