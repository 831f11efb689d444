"""Where is the broker, and does it answer? Nothing waits while it is tested."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mqviz.errors import BackendError
from mqviz.gui.check_list import CheckList
from mqviz.gui.connect_form import ConnectForm
from mqviz.gui.controls.icon_button import dress
from mqviz.gui.controls.labels import label
from mqviz.gui.fonts import Size
from mqviz.gui.parts import Connection, Live, Probing
from mqviz.gui.theme import Space, set_role
from mqviz.model.feed import LiveBroker

_LOOK_MS = 100


class ConnectDialog(QDialog):
    """`wanted(connection, beside)`: the user wants to see this broker. `changed`: connections were saved or forgotten; `failed`: not."""

    wanted = Signal(object, bool)
    changed = Signal()
    failed = Signal(str)

    def __init__(self, live: Live, parent: QWidget, *, beside: bool = False) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Connect to RabbitMQ"))
        self._live, self._beside = live, beside
        self._probe: Probing | None = None
        self._saved: tuple[LiveBroker, ...] = ()
        self.form = ConnectForm(live)
        self._make_parts()
        self._arrange()
        self._listen()
        self._list()
        self.resize(780, 612)

    # Building

    def _make_parts(self) -> None:
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Saved connections"))
        self.forget_button = QPushButton(self.tr("Forget"))
        self.save = QCheckBox(self.tr("Save this connection"))
        self.save.setChecked(True)
        self.checks = CheckList()
        self.says = label("", "danger", Size.BODY)
        self.says.setWordWrap(True)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.test_button = QPushButton(self.tr("Test"))
        dress(self.test_button, "check")
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.connect_button = QPushButton(self.tr("Connect beside") if self._beside else self.tr("Connect"))
        self.connect_button.setDefault(True)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        top = QHBoxLayout()
        top.addWidget(label(self.tr("Saved"), "second", Size.BODY))
        top.addWidget(self.choice, 1)
        top.addWidget(self.forget_button)
        column.addLayout(top)
        column.addWidget(self.form)
        column.addWidget(self._results(), 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.test_button)
        bottom.addWidget(self.save)
        bottom.addStretch(1)
        bottom.addWidget(self.cancel_button)
        bottom.addWidget(self.connect_button)
        column.addLayout(bottom)

    def _results(self) -> QScrollArea:
        inside = QFrame()
        set_role(inside, "well")
        column = QVBoxLayout(inside)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self._hint = label(
            self.tr("Test shows step by step what works and what does not. Nothing is changed on the broker."), "third", Size.BODY
        )
        self._hint.setWordWrap(True)
        for widget in (self._hint, self.busy, self.checks, self.says):
            column.addWidget(widget)
        column.addStretch(1)
        self.busy.hide()
        self.says.hide()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setMinimumHeight(120)
        area.setAccessibleName(self.tr("Result of the test"))
        return area

    def _listen(self) -> None:
        self.choice.activated.connect(self._chosen)
        self.forget_button.clicked.connect(self._forget)
        self.test_button.clicked.connect(self.test)
        self.cancel_button.clicked.connect(self.reject)
        self.connect_button.clicked.connect(self._connect)
        self.form.changed.connect(self._edited)
        self._timer.timeout.connect(self._look)

    # Saved ones

    def show_connection(self, connection: Connection) -> None:
        """Fill the fields, e.g. from the command line; the keyboard is where the password is wanted."""
        self.form.show_broker(connection.broker, connection.password or "")
        self._list()
        if not connection.password:
            self.form.password.setFocus()

    def _list(self) -> None:
        self._saved = self._live.saved()
        self.choice.clear()
        self.choice.addItem(self.tr("New connection"))
        self.choice.addItems([broker.name for broker in self._saved])
        name = self.form.name.text()
        self.choice.setCurrentIndex(next((place for place, broker in enumerate(self._saved, 1) if broker.name == name), 0))
        self.forget_button.setEnabled(self.choice.currentIndex() > 0)

    def _chosen(self, place: int) -> None:
        self.forget_button.setEnabled(place > 0)
        broker = self._saved[place - 1] if place else LiveBroker()
        password = self._live.password_of(broker) if place else None
        self.form.keep.setChecked(password is not None)
        self.form.show_broker(broker, password or ("guest" if broker.user == "guest" else ""))
        self._edited()

    def _forget(self) -> None:
        place = self.choice.currentIndex()
        if place > 0:
            self._guarded(lambda: self._live.forget(self._saved[place - 1]))
            self.form.name.clear()
            self._list()
            self.changed.emit()

    # Testing

    def test(self) -> None:
        """Begin to test what the fields say."""
        self._drop_probe()
        broker = self._broker()
        if broker is None:
            return
        self._hint.hide()
        self.busy.show()
        self.test_button.setEnabled(False)
        self._probe = self._live.probe(broker, self.form.password.text())
        self._timer.start()
        self._look()

    def _broker(self) -> LiveBroker | None:
        broker = self.form.broker()
        self._say(self.form.wrong if broker is None else "")
        return broker

    def _look(self) -> None:
        if self._probe is None:
            return
        self.checks.show_checks(self._probe.checks)
        if self._probe.done:
            self._drop_probe()

    def _drop_probe(self) -> None:
        probe, self._probe = self._probe, None
        self._timer.stop()
        self.busy.hide()
        self.test_button.setEnabled(True)
        if probe is not None:
            probe.close()

    def _edited(self) -> None:
        """What was found is of other fields."""
        self._drop_probe()
        self.checks.show_checks(())
        self._say("")
        self._hint.show()

    def _say(self, text: str) -> None:
        self.says.setText(text)
        self.says.setVisible(bool(text))

    # Leaving

    def _connect(self) -> None:
        broker = self._broker()
        if broker is None:
            return
        password = self.form.password.text()
        if self.save.isChecked():
            self._guarded(lambda: self._live.save(broker))
            self.changed.emit()
        if self.form.keep.isChecked():
            self._guarded(lambda: self._live.keep_password(broker, password))
        self.wanted.emit(Connection(broker, password), self._beside)
        self.accept()

    def _guarded(self, call: Callable[[], None]) -> None:
        """What cannot be kept does not keep anybody from connecting."""
        try:
            call()
        except (BackendError, OSError) as error:
            self.failed.emit(str(error))

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at the test any more."""
        self._drop_probe()
        super().hideEvent(event)
