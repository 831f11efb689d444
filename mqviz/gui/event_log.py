"""The event log: what happened and when, as sentences; to be searched, copied and saved."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QGuiApplication, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QMessageBox,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from mqviz.gui import fonts, icons, theme
from mqviz.gui.chart_axes import clock
from mqviz.gui.controls.empty_state import EmptyState
from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.controls.labels import label
from mqviz.gui.controls.line_list import LineList
from mqviz.gui.controls.painting import box, write
from mqviz.gui.controls.search_field import SearchField
from mqviz.gui.event_model import ENTRY, EventLogModel
from mqviz.gui.event_words import EventWords, sign_of
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Radius, Space, set_role
from mqviz.model.snapshot import LogEntry

ROW = 26
_TIME = 62.0
_ICON = 14.0


class _LineDelegate(QStyledItemDelegate):
    """Draws time, icon and words of a line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All lines are alike."""
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draws one."""
        skin, rect = theme.current(), QRectF(option.rect)
        entry: LogEntry = index.data(ENTRY)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            box(painter, rect.adjusted(Space.S, 1, -Space.S, -1), Radius.SMALL, skin.accent_soft)
        elif state & QStyle.StateFlag.State_MouseOver:
            box(painter, rect.adjusted(Space.S, 1, -Space.S, -1), Radius.SMALL, skin.hover)
        small = fonts.font(Size.BODY, Weight.MEDIUM, tabular=True)
        left = rect.left() + Space.L
        write(painter, QRectF(left, rect.top(), _TIME, ROW), clock(entry.time, 0.1), small, skin.text_third)
        icon, tint = sign_of(entry)
        icons.paint(painter, icon, QRectF(left + _TIME, rect.center().y() - _ICON / 2, _ICON, _ICON), getattr(skin, tint))
        words = QRectF(left + _TIME + _ICON + Space.S, rect.top(), rect.width() - _TIME - 2 * Space.L - _ICON, ROW)
        font = fonts.font(Size.BODY)
        text = QFontMetricsF(font).elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        write(painter, words, text, font, skin.text)
        painter.restore()


class EventLogPanel(QWidget):
    """Hand it the log of each update by `append`. `time_chosen(seconds)`: a line was double-clicked, or Enter pressed on it."""

    time_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = EventWords(self)
        self.model = EventLogModel(self.words, self)
        self.search = SearchField(self.tr("Find an event"))
        self.list = LineList()
        self.list.setItemDelegate(_LineDelegate(self.list))
        self.list.setAccessibleName(self.tr("Events"))
        self.list.setModel(self.model)
        self._count = label("", "third", Size.CAPTION, Weight.MEDIUM, tabular=True)
        self._copy = IconButton("copy", self.tr("Copy the chosen events, or all"))
        self._save = IconButton("save", self.tr("Save the events…"))
        self.latest_button = QPushButton(self.tr("Latest"), self.list)
        self._empty = EmptyState("log", "", parent=self.list)
        self._follows = True
        self._lay_out()
        self._connect()
        self._show_state()

    def _lay_out(self) -> None:
        self.latest_button.setFont(fonts.font(Size.CAPTION, Weight.SEMIBOLD))  # before the role: polishing again would forget it
        set_role(self.latest_button, "chart")
        self.latest_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.search.setMaximumWidth(280)
        head = QHBoxLayout()
        head.setContentsMargins(Space.L, Space.S, Space.M, Space.XS)
        head.setSpacing(Space.S)
        for widget, stretch in ((self.search, 1), (self._count, 0)):
            head.addWidget(widget, stretch)
        head.addStretch(1)
        head.addWidget(self._copy)
        head.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._look_for)
        self.search.down_pressed.connect(self.list.setFocus)
        self.list.copy_wanted.connect(self.copy)
        self.list.activated.connect(lambda index: self.time_chosen.emit(self.model.entry(index.row()).time))
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.latest_button.clicked.connect(self.show_latest)
        self._copy.clicked.connect(self.copy)
        self._save.clicked.connect(self._ask_where)

    def append(self, entries: Iterable[LogEntry]) -> None:
        """More of them. The newest stays in sight unless the user has scrolled up."""
        self.model.append(entries)
        self._grown()

    def set_entries(self, entries: Iterable[LogEntry]) -> None:
        """Those of another run."""
        self.model.set_entries(entries)
        self._follows = True
        self._grown()

    def _grown(self) -> None:
        if self._follows:
            self.list.scrollToBottom()
        self._show_state()

    def show_latest(self) -> None:
        """Follow the newest again."""
        self._follows = True
        self.list.scrollToBottom()
        self._show_state()

    @property
    def follows(self) -> bool:
        """Whether the newest stays in sight."""
        return self._follows

    def _scrolled(self, value: int) -> None:
        self._follows = value >= self.list.verticalScrollBar().maximum() - ROW // 2
        self._show_state()

    def _look_for(self, text: str) -> None:
        self.model.look_for(text.strip())
        self.show_latest()

    def _show_state(self) -> None:
        shown, every = self.model.rowCount(), self.model.count
        self._count.setText(self.tr("{0} of {1}").format(f"{shown:,}", f"{every:,}") if shown != every else f"{every:,}")
        self.latest_button.setVisible(not self._follows)
        self._empty.setVisible(not shown)
        if not shown:
            title = self.tr("Nothing found") if every else self.tr("Nothing has happened yet")
            text = self.tr("No event has these words.") if every else self.tr("Faults, changes and lost connections are listed here.")
            self._empty.set_texts(title, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps what floats over the list in its place."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        size, room = self.latest_button.sizeHint(), self.list.size()
        self.latest_button.setGeometry(room.width() - size.width() - Space.XL, room.height() - 22 - Space.S, size.width(), 22)
        self._empty.setGeometry(self.list.rect())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copying and saving."""
        self._menu(event.globalPos())

    def _menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy"), self.copy)
        menu.addAction(self.tr("Save the events…"), self._ask_where)
        menu.popup(where)

    def copy(self) -> None:
        """Put the chosen lines on the clipboard, all that are shown where none is chosen."""
        QGuiApplication.clipboard().setText(self.as_text(self._chosen()))

    def _chosen(self) -> Sequence[int]:
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return rows or range(self.model.rowCount())

    def as_text(self, rows: Sequence[int]) -> str:
        """One line each, with its moment."""
        return "\n".join(f"{clock(self.model.entry(row).time, 0.1)}  {self.model.text(row)}" for row in rows)

    def as_csv(self, rows: Sequence[int]) -> str:
        """Time in seconds, code, subject, how often, words."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("time", "code", "subject", "times", "text"))
        for row in rows:
            entry = self.model.entry(row)
            writer.writerow((f"{entry.time:.9g}", entry.code, entry.subject, self.model.times(row), self.words.line(entry)))
        return text.getvalue()

    def _ask_where(self) -> None:
        kinds = self.tr("Table (*.csv);;Text (*.txt)")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the events"), "mqviz-events.csv", kinds)
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write all that are shown, as a table where the suffix is .csv, else as text; what goes wrong is told."""
        rows = range(self.model.rowCount())
        text = self.as_csv(rows) if path.suffix.lower() == ".csv" else self.as_text(rows)
        try:
            path.write_text(text, encoding="utf-8")
        except OSError:
            QMessageBox.warning(self, self.tr("Not saved"), self.tr("{0} cannot be written.").format(path))
