"""The entries of the library as a list: what they are, how they are found, how they are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mqviz.gui import fonts, icons, theme
from mqviz.gui.controls.painting import box, focus_ring, write
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Radius, Theme

Index = QModelIndex | QPersistentModelIndex


class EntryState(StrEnum):
    """How far the user got with an entry."""

    FRESH = "fresh"
    STARTED = "started"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """One thing to open: `summary` says what there is to see; `icon` replaces its number; `progress` 0 to 1 when started."""

    key: str
    group: str
    title: str
    summary: str = ""
    state: EntryState = EntryState.FRESH
    icon: str = ""
    progress: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: the heading of a group, or an entry with its number among those that show one."""

    heading: str = ""
    entry: LibraryEntry | None = None
    number: int = 0


def matches(entry: LibraryEntry, wanted: str) -> bool:
    """Whether every word of `wanted` occurs in what one can read of the entry, in any case."""
    text = f"{entry.title} {entry.summary} {entry.group}".casefold()
    return all(word in text for word in wanted.casefold().split())


def rows(entries: Iterable[LibraryEntry], wanted: str = "") -> list[Row]:
    """The entries that match, each group under its heading, in the order in which they came."""
    groups: dict[str, list[Row]] = {}
    number = 0
    for entry in entries:
        number += not entry.icon
        if matches(entry, wanted):
            groups.setdefault(entry.group, []).append(Row(entry=entry, number=number))
    return [row for heading, found in groups.items() for row in ([Row(heading=heading)] if heading else []) + found]


class LibraryModel(QAbstractListModel):
    """The rows that are shown; headings cannot be chosen, so the keyboard passes over them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.current = ""

    def show(self, shown: list[Row]) -> None:
        """Shows other rows."""
        self.beginResetModel()
        self.rows = shown
        self.endResetModel()

    def mark(self, key: str) -> None:
        """Highlights the entry that is open."""
        self.current = key
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def find(self, key: str) -> QModelIndex:
        """The place of an entry; invalid when it is not shown."""
        places = (place for place, row in enumerate(self.rows) if row.entry is not None and row.entry.key == key)
        place = next(places, None)
        return QModelIndex() if place is None else self.index(place)

    def first(self) -> QModelIndex:
        """The place of the first entry; invalid when nothing is shown."""
        return next((self.index(place) for place, row in enumerate(self.rows) if row.entry is not None), QModelIndex())

    def entry(self, index: Index) -> LibraryEntry | None:
        """The entry at a place; a heading has none."""
        return self.rows[index.row()].entry if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt asks how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt asks what can be chosen."""
        if self.entry(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt asks for words; screen readers get title and summary together."""
        entry = self.entry(index)
        if entry is None:
            return self.rows[index.row()].heading if role == Qt.ItemDataRole.DisplayRole and index.isValid() else None
        texts = {
            Qt.ItemDataRole.DisplayRole: entry.title,
            Qt.ItemDataRole.ToolTipRole: entry.summary or None,
            Qt.ItemDataRole.AccessibleTextRole: f"{entry.title}. {entry.summary}" if entry.summary else entry.title,
        }
        return texts.get(Qt.ItemDataRole(role))


_LEFT = 46
_RIGHT = 10
_SUMMARY_RIGHT = 16
_DISC = 18
_PAD = 7
_TITLE_HEIGHT = 18
_LINE = 15
_MOST_LINES = 2


@lru_cache(maxsize=512)
def wrapped(text: str, width: float, size: Size, weight: Weight = Weight.REGULAR) -> tuple[str, ...]:
    """A text in at most two lines of `width`; the last one is shortened when it does not fit."""
    layout = QTextLayout(text, fonts.font(size, weight))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        starts.append(line.textStart())
    layout.endLayout()
    pieces = [text[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=True)]
    if len(pieces) <= _MOST_LINES:
        return tuple(pieces)
    return pieces[0], fonts.shortened(text[starts[1] :], width, size, weight)


class EntryDelegate(QStyledItemDelegate):
    """Draws headings and entries."""

    def __init__(self, view: QAbstractItemView, model: LibraryModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A heading has air above; an entry is as high as its summary."""
        row = self._model.rows[index.row()]
        if row.entry is None:
            return QSize(0, 34)
        return QSize(0, 2 * _PAD + len(self._title(row.entry)) * _TITLE_HEIGHT + len(self._summary(row.entry)) * _LINE)

    def _title(self, entry: LibraryEntry) -> tuple[str, ...]:
        return wrapped(entry.title, self._width(), Size.LIST, Weight.SEMIBOLD)

    def _summary(self, entry: LibraryEntry) -> tuple[str, ...]:
        return wrapped(entry.summary, self._width() - (_SUMMARY_RIGHT - _RIGHT), Size.CAPTION) if entry.summary else ()

    def _width(self) -> float:
        return self._view.viewport().width() - _LEFT - _RIGHT

    def _weight(self, entry: LibraryEntry) -> Weight:
        return Weight.SEMIBOLD if entry.key == self._model.current else Weight.MEDIUM

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        row, skin, rect = self._model.rows[index.row()], theme.current(), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.entry is None:
            _paint_heading(painter, rect, row.heading, skin)
        else:
            self._paint_entry(painter, rect, row, option.state, skin)
        painter.restore()

    def _paint_entry(self, painter: QPainter, rect: QRectF, row: Row, state: QStyle.StateFlag, skin: Theme) -> None:
        entry = row.entry
        assert entry is not None
        current = entry.key == self._model.current
        _paint_ground(painter, rect.adjusted(8, 1, -8, -1), current, state, self._view.hasFocus(), skin)
        disc = QRectF(18, rect.top() + _PAD, _DISC, _DISC)
        _paint_disc(painter, disc, row, current, skin)
        line = QRectF(_LEFT, rect.top() + _PAD, self._width() + 4, _TITLE_HEIGHT)
        for words in self._title(entry):
            write(painter, line, words, fonts.font(Size.LIST, self._weight(entry)), skin.text)
            line.translate(0, _TITLE_HEIGHT)
        line.setHeight(_LINE)
        colour = skin.text_second if current or state & QStyle.StateFlag.State_MouseOver else skin.text_third
        for words in self._summary(entry):
            write(painter, line, words, fonts.font(Size.CAPTION), colour)
            line.translate(0, _LINE)


def _paint_heading(painter: QPainter, rect: QRectF, text: str, skin: Theme) -> None:
    font = fonts.font(Size.CAPTION, Weight.SEMIBOLD)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    write(painter, QRectF(16, rect.bottom() - 22, rect.width() - 28, 18), text, font, skin.text_third)


def _paint_ground(painter: QPainter, rect: QRectF, current: bool, state: QStyle.StateFlag, focus: bool, skin: Theme) -> None:
    if current:
        box(painter, rect, Radius.CONTROL, skin.accent_soft)
        height = min(18.0, rect.height() - 12)
        box(painter, QRectF(rect.left(), rect.top() + 7, 3, height), 1.5, skin.accent)
    elif state & QStyle.StateFlag.State_MouseOver:
        box(painter, rect, Radius.CONTROL, skin.hover)
    if focus and state & QStyle.StateFlag.State_HasFocus:
        focus_ring(painter, rect, skin)


def _paint_disc(painter: QPainter, rect: QRectF, row: Row, current: bool, skin: Theme) -> None:
    entry = row.entry
    assert entry is not None
    if entry.state is EntryState.DONE:
        box(painter, rect, rect.width() / 2, skin.ok_soft)
        icons.paint(painter, "check", rect.adjusted(2, 2, -2, -2), skin.ok)
    elif entry.state is EntryState.STARTED:
        _paint_arc(painter, rect.adjusted(1.25, 1.25, -1.25, -1.25), entry.progress, skin)
    elif entry.icon:
        icons.paint(painter, entry.icon, rect.adjusted(1, 1, -1, -1), skin.accent if current else skin.text_second)
    else:
        box(painter, rect, rect.width() / 2, skin.card, skin.accent if current else skin.border)
        colour = skin.accent if current else skin.text_second
        write(painter, rect, str(row.number), fonts.font(Size.CAPTION, Weight.MEDIUM), colour, Qt.AlignmentFlag.AlignHCenter)


def _paint_arc(painter: QPainter, rect: QRectF, progress: float, skin: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(skin.border, 2.5))
    painter.drawEllipse(rect)
    painter.setPen(QPen(skin.accent, 2.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawArc(rect, 90 * 16, -round(360 * 16 * min(1.0, max(0.05, progress))))
