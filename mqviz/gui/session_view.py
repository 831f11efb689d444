"""One session on the screen: its picture, its name when there are two, and what is said over the picture."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mqviz.gui.canvas import TopologyView
from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.controls.labels import ElidedLabel
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.hint import Hint
from mqviz.gui.live_bar import LiveBar
from mqviz.gui.live_words import LiveWords
from mqviz.gui.summary_panel import SummaryPanel
from mqviz.gui.theme import Space, set_role
from mqviz.model.feed import Feed, FeedState, Missing, Trouble
from mqviz.viewmodel.freshness import is_blind
from mqviz.viewmodel.session import Session

HEAD = 32
FRAME = 2


class SessionView(QFrame):
    """`activated`: the user has touched it; `close_wanted`: its side shall be closed."""

    activated = Signal()
    close_wanted = Signal()

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.canvas = TopologyView()
        self.canvas.setAccessibleName(title)
        self.hint = Hint(self.canvas)
        self.summary = SummaryPanel(self.canvas)
        self.undo = QUndoStack(self)
        self.was_finished = False
        self._title = ElidedLabel(title, "second", Size.BODY, Weight.SEMIBOLD)
        self._head = self._make_head()
        self.live_bar = LiveBar()
        self._state: tuple[FeedState, Trouble | None, tuple[Missing, ...]] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.live_bar)
        column.addWidget(self.canvas, 1)
        self.canvas.installEventFilter(self)
        self.canvas.viewport().installEventFilter(self)
        if session.document.scenario.layout:
            self.canvas.set_positions(session.document.scenario.layout)

    def _make_head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(HEAD)
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        close = IconButton("close", self.tr("Close this side"), size=12)
        close.clicked.connect(self.close_wanted)
        row = QHBoxLayout(head)
        row.setContentsMargins(Space.L, 0, Space.S, 0)
        row.addWidget(self._title, 1)
        row.addWidget(close)
        return head

    @property
    def title(self) -> str:
        """The name over the picture, in the language of the window."""
        return self._title.whole_text

    def set_side(self, *, alone: bool, active: bool) -> None:
        """Whether it is one of two, and the one that keys and faults go to."""
        self._head.setVisible(not alone)
        set_role(self._head, "side-active" if active else "side")
        set_role(self._title, "accent" if active else "second")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click or the keyboard makes it the active one."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.FocusIn):
            self.activated.emit()
        return False

    def refresh(self) -> None:
        """Show what the session last observed."""
        feed = self.session.update.feed
        if feed is not None:
            self.live_bar.show_feed(feed, self.session.update.snapshot)
            if (feed.state, feed.trouble, feed.missing) != self._state:
                self._show_state(feed)
        self.canvas.set_update(self.session.update, self.session.recorder)

    def _show_state(self, feed: Feed) -> None:
        """The frame that says that this is no simulation, and why there is nothing to see."""
        self._state = feed.state, feed.trouble, feed.missing
        set_role(self, "live-blind" if is_blind(feed) else "live")
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(FRAME, FRAME, FRAME, FRAME)
        words = LiveWords(self)
        if feed.state is FeedState.CONNECTING and feed.trouble is None:
            self.canvas.explain_emptiness(self.tr("Connecting…"), self.tr("The picture comes with the broker's first answer."))
        elif feed.trouble is not None:
            self.canvas.explain_emptiness(words.trouble(feed.trouble), words.mend(feed.trouble))
        elif any(each.what == "bindings" for each in feed.missing):
            listing = self.tr("Only the management plugin can list what there is. Without it, name the queues when you connect.")
            self.canvas.explain_emptiness(self.tr("Its queues are not told"), listing)
        else:
            self.canvas.explain_emptiness(
                self.tr("Nothing is in this virtual host"), self.tr("Another one can be chosen in the bar above.")
            )
