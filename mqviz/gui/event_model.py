"""The lines of the event log for a list view: bounded, and only those that the user looks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mqviz.gui.event_words import EventWords
from mqviz.model.snapshot import LogEntry

MOST_ROWS = 50_000
ENTRY = Qt.ItemDataRole.UserRole

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class EventLogModel(QAbstractListModel):
    """Entries in the order of time. Of more than `most` the oldest tenth is dropped."""

    def __init__(self, words: EventWords, parent: QObject | None = None, *, most: int = MOST_ROWS) -> None:
        super().__init__(parent)
        self._words = words
        self._most = most
        self._entries: list[LogEntry] = []
        self._texts: list[str] = []
        self._shown: list[int] = []
        self._wanted = ""

    @property
    def count(self) -> int:
        """How many there are, shown or not."""
        return len(self._entries)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words; with `ENTRY` the entry."""
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        place = self._shown[index.row()]
        if role == ENTRY:
            return self._entries[place]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts[place]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._words.with_time(self._entries[place])
        return None

    def entry(self, row: int) -> LogEntry:
        """The entry of a row that is shown."""
        return self._entries[self._shown[row]]

    def append(self, entries: Iterable[LogEntry]) -> None:
        """More of them, newer than all before."""
        new = list(entries)
        if not new:
            return
        texts = [self._words.line(entry) for entry in new]
        start = len(self._entries)
        fitting = [start + place for place, text in enumerate(texts) if self._wanted in text.casefold()]
        if fitting:
            self.beginInsertRows(_NOWHERE, len(self._shown), len(self._shown) + len(fitting) - 1)
        self._entries += new
        self._texts += texts
        self._shown += fitting
        if fitting:
            self.endInsertRows()
        if len(self._entries) > self._most:
            self._forget(len(self._entries) - self._most + self._most // 10)

    def _forget(self, count: int) -> None:
        gone = next((row for row, place in enumerate(self._shown) if place >= count), len(self._shown))
        if gone:
            self.beginRemoveRows(_NOWHERE, 0, gone - 1)
        del self._entries[:count], self._texts[:count]
        self._shown = [place - count for place in self._shown[gone:]]
        if gone:
            self.endRemoveRows()

    def set_entries(self, entries: Iterable[LogEntry]) -> None:
        """Others in place of all."""
        self.beginResetModel()
        self._entries = list(entries)[-self._most :]
        self._texts = [self._words.line(entry) for entry in self._entries]
        self._shown = self._found()
        self.endResetModel()

    def look_for(self, text: str) -> None:
        """Show only lines with this text in them, in large or small letters; all of them where it is empty."""
        self.beginResetModel()
        self._wanted = text.casefold()
        self._shown = self._found()
        self.endResetModel()

    def _found(self) -> list[int]:
        return [place for place, text in enumerate(self._texts) if self._wanted in text.casefold()]
