"""The controls over a conversation: whose, which frames of it, pause, copy."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from mqviz.gui import fonts
from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.controls.labels import label
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Space
from mqviz.viewmodel.conversation import Wanted

_FAMILIES = ("connection", "channel", "exchange", "queue", "basic", "confirm", "tx")


class ConversationHead(QWidget):
    """The signals tell what the user did, never what the program set."""

    client_chosen = Signal(str)
    wanted_changed = Signal()
    pause_toggled = Signal(bool)
    beginning_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.client = self._choice(self.tr("Client"), 190)
        self.channel = self._choice(self.tr("Channel"), 120)
        self.family = self._choice(self.tr("Class"), 120)
        self.heartbeats = QCheckBox(self.tr("Heartbeats"))
        self.heartbeats.setFont(fonts.font(Size.BODY))
        self.pause = IconButton("pause", self.tr("Hold the view still"))
        self.beginning = IconButton("restart", self.tr("Begin the run again and listen from the first word"))
        self.copy = IconButton("copy", self.tr("Copy the chosen frames, or all"))
        self._waiting = label("", "third", Size.CAPTION, Weight.MEDIUM, tabular=True)
        self.pause.setCheckable(True)
        self._fill(self.client, [("", self.tr("Nobody"))])
        self._fill(self.channel, [(None, self.tr("All channels"))])
        self._fill(self.family, [("", self.tr("All classes"))])
        self._lay_out()
        self._connect()

    def _choice(self, name: str, width: int) -> QComboBox:
        choice = QComboBox()
        choice.setFont(fonts.font(Size.BODY))
        choice.setAccessibleName(name)
        choice.setToolTip(name)
        choice.setMaximumWidth(width)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return choice

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.XS, Space.M, Space.XS)
        row.setSpacing(Space.S)
        choices: tuple[QWidget, ...] = (self.client, self.channel, self.family, self.heartbeats)
        buttons: tuple[QWidget, ...] = (self._waiting, self.pause, self.beginning, self.copy)
        for widget in choices:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in buttons:
            row.addWidget(widget)

    def _connect(self) -> None:
        self.client.activated.connect(lambda _: self.client_chosen.emit(self.client.currentData()))
        self.channel.activated.connect(lambda _: self.wanted_changed.emit())
        self.family.activated.connect(lambda _: self.wanted_changed.emit())
        self.heartbeats.clicked.connect(lambda _: self.wanted_changed.emit())
        self.pause.clicked.connect(self._paused)
        self.beginning.clicked.connect(lambda _: self.beginning_wanted.emit())
        self.copy.clicked.connect(lambda _: self.copy_wanted.emit())

    @property
    def wanted(self) -> Wanted:
        """Which frames are to be seen."""
        return Wanted(channel=self.channel.currentData(), family=self.family.currentData(), heartbeats=self.heartbeats.isChecked())

    @property
    def is_paused(self) -> bool:
        """Whether the view holds still."""
        return self.pause.isChecked()

    def _paused(self, paused: bool) -> None:
        self.set_paused(paused)
        self.pause_toggled.emit(paused)

    def set_paused(self, paused: bool) -> None:
        """Hold still, or go on."""
        self.pause.setChecked(paused)
        self.pause.set_icon("play" if paused else "pause")
        self.pause.set_name(self.tr("Go on") if paused else self.tr("Hold the view still"))

    def show_waiting(self, count: int) -> None:
        """So many frames came since the view holds still."""
        self._waiting.setText(self.tr("{0} newer").format(f"{count:,}") if count else "")

    def show_clients(self, clients: Iterable[str], current: str) -> None:
        """Whom one can listen to, and to whom one does."""
        names = list(clients)
        names += [current] if current and current not in names else []
        self._fill(self.client, [("", self.tr("Nobody")), *((name, name) for name in names)], current)

    def show_choices(self, channels: Iterable[int], families: Iterable[str]) -> None:
        """What there is to filter by."""
        numbers = [(number, self.tr("Channel {0}").format(number)) for number in sorted(channels)]
        self._fill(self.channel, [(None, self.tr("All channels")), *numbers], self.channel.currentData())
        known = set(families)
        self._fill(
            self.family, [("", self.tr("All classes")), *((each, each) for each in _FAMILIES if each in known)], self.family.currentData()
        )

    def _fill(self, choice: QComboBox, entries: list[tuple[object, str]], current: object = None) -> None:
        """Renew what can be chosen, unless it is the same, or the list is open just now."""
        before = [(choice.itemData(at), choice.itemText(at)) for at in range(choice.count())]
        if entries != before and not choice.view().isVisible():
            choice.clear()
            for data, text in entries:
                choice.addItem(text, data)
        if not choice.view().isVisible():
            keys = [data for data, _ in entries]
            choice.setCurrentIndex(keys.index(current) if current in keys else 0)
