"""The lines of the event log for a list view: bounded, and only those that the user looks for.

What flaps (a publisher at the memory limit is blocked and let go many times a second) is one line with a count.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mqviz.gui.event_words import EventWords
from mqviz.model.snapshot import LogEntry

MOST_ROWS = 50_000
ENTRY = Qt.ItemDataRole.UserRole
FLAPPING = frozenset(("connection_blocked", "connection_unblocked", "connection_closed", "connection_opened", "command_refused"))
"""Codes that are counted where the same happens to the same again within a second."""

_EPISODE = 1.0

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(slots=True)
class _Line:
    serial: int
    entry: LogEntry
    text: str
    times: int = 1
    latest: float = 0.0

    @property
    def whole(self) -> str:
        return self.text if self.times == 1 else f"{self.text} · ×{self.times:,}"


class EventLogModel(QAbstractListModel):
    """Entries in the order of time. Of more than `most` lines the oldest tenth is dropped."""

    def __init__(self, words: EventWords, parent: QObject | None = None, *, most: int = MOST_ROWS) -> None:
        super().__init__(parent)
        self._words = words
        self._most = most
        self._serials = count()
        self._lines: list[_Line] = []
        self._shown: list[_Line] = []
        self._latest: dict[tuple[str, str], _Line] = {}
        self._wanted = ""

    @property
    def count(self) -> int:
        """How many lines there are, shown or not."""
        return len(self._lines)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words; with `ENTRY` the entry."""
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        line = self._shown[index.row()]
        if role == ENTRY:
            return line.entry
        if role == Qt.ItemDataRole.DisplayRole:
            return line.whole
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._words.with_time(line.entry)
        return None

    def entry(self, row: int) -> LogEntry:
        """The entry of a row that is shown."""
        return self._shown[row].entry

    def text(self, row: int) -> str:
        """The words of a row that is shown, with the count."""
        return self._shown[row].whole

    def times(self, row: int) -> int:
        """How often what a row tells happened."""
        return self._shown[row].times

    def append(self, entries: Iterable[LogEntry]) -> None:
        """More of them, newer than all before."""
        new = [line for line in map(self._line, entries) if line is not None]
        self._lines += new
        fitting = [line for line in new if self._fits(line)]
        if fitting:
            self.beginInsertRows(_NOWHERE, len(self._shown), len(self._shown) + len(fitting) - 1)
            self._shown += fitting
            self.endInsertRows()
        if len(self._lines) > self._most:
            self._forget(len(self._lines) - self._most + self._most // 10)

    def _line(self, entry: LogEntry) -> _Line | None:
        """A new line; None where the same has just happened to the same: then it is counted there."""
        key, flaps = (entry.code, entry.subject), entry.code in FLAPPING
        known = self._latest.get(key) if flaps else None
        if known is not None and entry.time - known.latest <= _EPISODE:
            known.times += 1
            known.latest = entry.time
            self._tell(known)
            return None
        line = _Line(next(self._serials), entry, self._words.line(entry), latest=entry.time)
        if flaps:
            self._latest[key] = line
        return line

    def _tell(self, line: _Line) -> None:
        row = bisect_left(self._shown, line.serial, key=lambda each: each.serial)
        if row < len(self._shown) and self._shown[row] is line:
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def _fits(self, line: _Line) -> bool:
        return self._wanted in line.text.casefold()

    def _forget(self, most: int) -> None:
        del self._lines[:most]
        gone = bisect_left(self._shown, self._lines[0].serial, key=lambda each: each.serial)
        self._latest = {key: line for key, line in self._latest.items() if line.serial >= self._lines[0].serial}
        if gone:
            self.beginRemoveRows(_NOWHERE, 0, gone - 1)
            del self._shown[:gone]
            self.endRemoveRows()

    def set_entries(self, entries: Iterable[LogEntry]) -> None:
        """Others in place of all."""
        self.beginResetModel()
        self._lines, self._shown, self._latest = [], [], {}
        self._lines = [line for line in map(self._line, entries) if line is not None][-self._most :]
        self._shown = [line for line in self._lines if self._fits(line)]
        self.endResetModel()

    def look_for(self, text: str) -> None:
        """Show only lines with this text in them, in large or small letters; all of them where it is empty."""
        self.beginResetModel()
        self._wanted = text.casefold()
        self._shown = [line for line in self._lines if self._fits(line)]
        self.endResetModel()
