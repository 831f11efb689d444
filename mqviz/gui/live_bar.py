"""The bar over a live broker: that it is one, which, how old what is shown is, what is not told, and whether it may be touched.

It says by signal what the user wants; what is true comes back through `show_feed`. In a narrow window it has two lines.
"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from mqviz.gui.controls.icon_button import IconButton, dress
from mqviz.gui.controls.labels import ElidedLabel, label
from mqviz.gui.controls.search_field import SearchField
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.interval_words import IntervalWords
from mqviz.gui.live_words import LiveWords
from mqviz.gui.theme import Space, set_role
from mqviz.gui.words import Words
from mqviz.model.feed import Feed, FeedState
from mqviz.model.snapshot import Snapshot
from mqviz.viewmodel.freshness import is_blind, lasting

_WIDE = 900
_ROOMY = 380
_LINE = 36


class LiveBar(QFrame):
    """All signals are wishes."""

    vhost_chosen = Signal(str)
    interval_chosen = Signal(object)
    read_only_chosen = Signal(bool)
    refresh_wanted = Signal()
    searched = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "live-bar")
        self._words, self._units = LiveWords(self), Words(self)
        self._said: object = None
        self._is_led = True
        self._make_parts()
        self._arrange()
        self._listen()
        self.hide()

    # Building

    def _make_parts(self) -> None:
        self.sign = label(self.tr("LIVE"), "live", Size.CAPTION, Weight.SEMIBOLD)
        self.sign.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.broker = ElidedLabel("", "", Size.BODY, Weight.SEMIBOLD)
        self.virtual_host = _box(self.tr("Virtual host"))
        self.interval = _box(self.tr("How often the broker is asked"))
        IntervalWords(self).fill(self.interval)
        self.age = ElidedLabel("", "second", Size.BODY)
        self.age.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.age.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.refresh = IconButton("restart", self.tr("Ask now"), size=14)
        self.missing = QToolButton()
        self.missing.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.missing.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.missing.setMenu(QMenu(self.missing))
        self.missing.setFont(self.age.font())
        self.search = SearchField(self.tr("Find queues and clients"))
        self.search.setMinimumHeight(26)
        self.search.setFixedHeight(28)
        self.acting = QPushButton()
        self.acting.setCheckable(True)

    def _arrange(self) -> None:
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(Space.M, 0, Space.M, 0)
        self._rows.setSpacing(Space.M)
        self._rows.addWidget(_row((self.sign, self.broker, self.age, self.acting), (self.broker,)), 7)
        self._rows.addWidget(_row((self.virtual_host, self.interval, self.refresh, self.missing, self.search), (self.search,)), 4)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._fold(narrow=False)

    def _listen(self) -> None:
        self.virtual_host.activated.connect(lambda: self.vhost_chosen.emit(self.virtual_host.currentText()))
        self.interval.activated.connect(lambda: self.interval_chosen.emit(self.interval.currentData()))
        self.refresh.clicked.connect(self.refresh_wanted)
        self.search.textChanged.connect(self.searched)
        self.acting.clicked.connect(self._acting_clicked)

    def _acting_clicked(self, wanted: bool) -> None:
        self.acting.setChecked(not wanted)  # it shows what is true, not what is hoped for
        self.read_only_chosen.emit(not wanted)

    # What is true

    def show_feed(self, feed: Feed, snapshot: Snapshot) -> None:
        """How the feed is now. Called each frame; widgets change only where the words do."""
        told = self._told_of(feed, snapshot)
        said = (lasting(feed), snapshot.broker.version, told)
        if said == self._said:
            return
        self._said = said
        self.setVisible(True)
        self._show_sign(feed)
        self.broker.set_whole_text(" · ".join(filter(None, (feed.broker.name or snapshot.broker.name, _version(snapshot)))))
        self.broker.setToolTip(f"{feed.broker.user}@{feed.broker.host}:{feed.broker.port}  {snapshot.broker.name}")
        self._show_choices(feed)
        self.age.set_whole_text(told)
        self._show_missing(feed)
        self._show_acting(feed)

    def follow_only(self) -> None:
        """Nobody leads this feed: it is that of our own clients."""
        self._is_led = False
        for widget in (self.virtual_host, self.interval, self.refresh, self.acting):
            widget.hide()

    def _show_sign(self, feed: Feed) -> None:
        role = "live-blind" if is_blind(feed) else "live"
        if self.sign.property("role") != role:
            set_role(self.sign, role)
            set_role(self.age, "danger" if is_blind(feed) else "second")

    def _show_choices(self, feed: Feed) -> None:
        hosts = feed.virtual_hosts or (feed.virtual_host,)
        with QSignalBlocker(self.virtual_host), QSignalBlocker(self.interval):
            if tuple(self.virtual_host.itemText(place) for place in range(self.virtual_host.count())) != hosts:
                self.virtual_host.clear()
                self.virtual_host.addItems(hosts)
            self.virtual_host.setCurrentText(feed.virtual_host)
            IntervalWords(self).show(self.interval, feed.interval)

    def _told_of(self, feed: Feed, snapshot: Snapshot) -> str:
        """How old the picture is, or why there is none."""
        seconds = self._units.whole_seconds
        why = self._words.trouble(feed.trouble) if feed.trouble is not None else ""
        if feed.state is FeedState.CONNECTING:
            again = self.tr("again in {0}. {1}").format(seconds(feed.retry_in or 0.0), why)
            return again if why else self.tr("connecting…")
        if feed.state is FeedState.REFUSED:
            return " ".join(filter(None, (why, feed.detail)))
        if feed.state is FeedState.BLIND:
            since, again = seconds(feed.blind_since or 0.0), seconds(feed.retry_in or 0.0)
            return self.tr("blind for {0}, again in {1}. {2}").format(since, again, why)
        age = seconds(snapshot.age)
        return self.tr("not asked; {0} old").format(age) if feed.state is FeedState.OFF else self.tr("{0} old").format(age)

    def _show_missing(self, feed: Feed) -> None:
        self.missing.setVisible(bool(feed.missing))
        self.missing.setText(self.tr("{0} not told").format(len(feed.missing)))
        dress(self.missing, "info", "text_second", 14)
        menu = self.missing.menu()
        menu.clear()
        lines = [self._words.missing(each) for each in feed.missing]
        for line in lines:
            menu.addAction(line)
        self.missing.setToolTip("\n".join((self.tr("What this broker does not tell, and why:"), *lines)))
        self.missing.setAccessibleName(self.missing.text())

    def _show_acting(self, feed: Feed) -> None:
        self.acting.setChecked(not feed.read_only)
        self.acting.setText(self.tr("Read-only") if feed.read_only else self.tr("Acting on it"))
        set_role(self.acting, "plain" if feed.read_only else "acting")
        dress(self.acting, "lock" if feed.read_only else "unlock", "text_second" if feed.read_only else "text_on_live", 14)
        can = self.tr("Publish, close connections and purge are off. Click to allow them on this connection.")
        off = self.tr("What you do reaches the real broker, and is written to a log file. Click to make it read-only again.")
        self.acting.setToolTip(can if feed.read_only else off)

    # Fitting

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One line or two."""
        super().resizeEvent(event)
        self._fold(narrow=event.size().width() < _WIDE)
        has_room = event.size().width() >= _ROOMY
        self.broker.setVisible(has_room)  # its name stands above, beside another session
        for widget in (self.interval, self.refresh):
            widget.setVisible(has_room and self._is_led)

    def _fold(self, *, narrow: bool) -> None:
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._rows.setDirection(direction)
        self._rows.setSpacing(0 if narrow else Space.M)
        self._rows.setContentsMargins(Space.M, 0, Space.M, 6 if narrow else 0)
        self.setFixedHeight(2 * _LINE + 6 if narrow else _LINE + 4)

    def minimumSizeHint(self) -> QSize:
        """As narrow as half a small window."""
        return QSize(200, _LINE)


def _row(widgets: tuple[QWidget, ...], stretched: tuple[QWidget, ...]) -> QWidget:
    result = QWidget()
    row = QHBoxLayout(result)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.S)
    for widget in widgets:
        row.addWidget(widget, 1 if widget in stretched else 0)
    return result


def _box(name: str) -> QComboBox:
    result = QComboBox()
    result.setAccessibleName(name)
    result.setToolTip(name)
    set_role(result, "plain")
    result.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    result.setMinimumContentsLength(5)
    return result


def _version(snapshot: Snapshot) -> str:
    return f"RabbitMQ {snapshot.broker.version}" if snapshot.broker.version else ""
