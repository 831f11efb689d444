"""The left side of the window: everything that can be opened, to be searched and chosen.

It knows no files: entries are handed in, and what the user chose goes out by signal.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QListView, QPushButton, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from mqviz.gui.controls.empty_state import EmptyState
from mqviz.gui.controls.icon_button import dress
from mqviz.gui.controls.labels import rule
from mqviz.gui.controls.search_field import SearchField
from mqviz.gui.library_list import EntryDelegate, EntryState, LibraryEntry, LibraryModel, rows
from mqviz.gui.theme import Space, set_role

__all__ = ["EntryState", "LibraryEntry", "LibraryPanel"]

WIDTH = 220


class _EntryView(QListView):
    """The list itself; its rows are as high as its width makes them."""

    def __init__(self, model: LibraryModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(EntryDelegate(self, model))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wraps the summaries anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class LibraryPanel(QFrame):
    """`chosen(key)` on click or Enter, also for the entry that is open (to start it anew); `open_requested` for a file.

    `connect_requested`: for a live broker, by a button that is there once `offer_connecting` was called.
    """

    chosen = Signal(str)
    open_requested = Signal()
    connect_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self._entries: tuple[LibraryEntry, ...] = ()
        self._model = LibraryModel()
        self._search = SearchField()
        self._view = _EntryView(self._model)
        self._nothing = EmptyState("search", "")
        self._open, self._connect_button = QPushButton(), QPushButton()
        self._footer = QVBoxLayout()
        self._arrange()
        self._connect()
        self._retranslate()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.M, 1, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(Space.M, 0, Space.M, Space.XS)
        top.addWidget(self._search)
        column.addLayout(top)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self._view)
        self._pages.addWidget(self._nothing)
        column.addWidget(pages, 1)
        column.addLayout(self._footer)
        column.addWidget(rule())
        column.addLayout(self._bottom())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def _bottom(self) -> QVBoxLayout:
        bottom = QVBoxLayout()
        bottom.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        bottom.setSpacing(0)
        for button, icon in ((self._connect_button, "live"), (self._open, "open")):
            set_role(button, "quiet")
            dress(button, icon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            bottom.addWidget(button)
        self._connect_button.hide()
        return bottom

    def _connect(self) -> None:
        self._view.clicked.connect(self._choose)
        self._view.activated.connect(self._choose)
        self._search.textChanged.connect(self._filter)
        self._search.returnPressed.connect(self._choose_first)
        self._search.down_pressed.connect(self._enter_list)
        self._nothing.acted.connect(self._search.clear)
        self._open.clicked.connect(self.open_requested)
        self._connect_button.clicked.connect(self.connect_requested)
        QShortcut(QKeySequence("/"), self).activated.connect(self.focus_search)

    # What is true

    def set_entries(self, entries: Iterable[LibraryEntry]) -> None:
        """Shows other entries, grouped, in the order in which they come."""
        self._entries = tuple(entries)
        self._filter()

    def set_current(self, key: str) -> None:
        """Highlights the entry that is open, and brings it into view; an empty key highlights none."""
        self._model.mark(key)
        index = self._model.find(key)
        if index.isValid():
            self._view.setCurrentIndex(index)
            self._view.scrollTo(index)

    def current(self) -> str:
        """The key of the entry that is highlighted."""
        return self._model.current

    def shown(self) -> list[str]:
        """The keys that match the search, from top to bottom."""
        return [row.entry.key for row in self._model.rows if row.entry is not None]

    def add_footer(self, widget: QWidget) -> None:
        """Puts something below the list, e.g. the goal of a lesson."""
        self._footer.addWidget(widget)

    def offer_connecting(self) -> None:
        """Live brokers can be reached."""
        self._connect_button.show()

    def focus_search(self) -> None:
        """Puts the keyboard into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    # Inside

    def _filter(self) -> None:
        wanted = self._search.text().strip()
        self._model.show(rows(self._entries, wanted))
        self.set_current(self._model.current)
        nothing = bool(wanted) and not self._model.rows
        if nothing:
            self._nothing.set_texts(self.tr("Nothing matches “{0}”").format(wanted), "", self.tr("Clear the search"))
        self._pages.setCurrentWidget(self._nothing if nothing else self._view)

    def _choose(self, index: QModelIndex) -> None:
        entry = self._model.entry(index)
        if entry is not None:
            self.chosen.emit(entry.key)

    def _choose_first(self) -> None:
        self._choose(self._model.first())

    def _enter_list(self) -> None:
        if not self._view.currentIndex().isValid():
            self._view.setCurrentIndex(self._model.first())
        self._view.setFocus(Qt.FocusReason.TabFocusReason)

    def sizeHint(self) -> QSize:
        """The width of the design."""
        return QSize(WIDTH, 640)

    def minimumSizeHint(self) -> QSize:
        """Narrow, but readable."""
        return QSize(180, 240)

    def changeEvent(self, event: QEvent) -> None:
        """Speaks another language at once."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._search.set_placeholder(self.tr("Find a scenario"))
        self._search.setToolTip(self.tr("Find a scenario (Ctrl+F)"))
        self._view.setAccessibleName(self.tr("Scenarios"))
        self._open.setText(self.tr("Open file…"))
        self._connect_button.setText(self.tr("Connect to RabbitMQ…"))
        self._filter()
