"""The lines of a conversation for a list view: only those that are wanted, and none newer than the moment of a pause."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mqviz.gui.frame_words import FrameWords
from mqviz.model.frames import Frame
from mqviz.viewmodel.conversation import MOST_FRAMES, Conversation, Line, Wanted, fits

LINE = Qt.ItemDataRole.UserRole

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ConversationModel(QAbstractListModel):
    """Takes what is new when `refresh` is called."""

    def __init__(self, words: FrameWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._conversation = Conversation()
        self._wanted = Wanted()
        self._beginning = -1
        self._place = 0
        self._shown: list[Line] = []

    @property
    def conversation(self) -> Conversation:
        """What is shown."""
        return self._conversation

    @property
    def place(self) -> int:
        """Up to which line of the conversation it has looked."""
        return self._place

    def show_conversation(self, conversation: Conversation) -> None:
        """Another one."""
        self._conversation = conversation
        self._again()

    def want(self, wanted: Wanted) -> None:
        """Other lines are to be seen."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._again()

    @property
    def wanted(self) -> Wanted:
        """What is to be seen."""
        return self._wanted

    def _again(self) -> None:
        self.beginResetModel()
        self._shown, self._place, self._beginning = [], 0, self._conversation.beginning
        self.endResetModel()
        self.refresh()

    def refresh(self) -> None:
        """Take what is new."""
        conversation = self._conversation
        if conversation.beginning != self._beginning:
            self._again()
            return
        new = [line for line in conversation.since(self._place) if fits(line, self._wanted)]
        self._place = conversation.count
        if new:
            self.beginInsertRows(_NOWHERE, len(self._shown), len(self._shown) + len(new) - 1)
            self._shown += new
            self.endInsertRows()
        self._forget(len(self._shown) - MOST_FRAMES)

    def _forget(self, count: int) -> None:
        if count > 0:
            self.beginRemoveRows(_NOWHERE, 0, count - 1)
            del self._shown[:count]
            self.endRemoveRows()

    def line(self, row: int) -> Line:
        """The line of a row."""
        return self._shown[row]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words; with `LINE` the line."""
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        line = self._shown[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(line)
        return None

    def text(self, line: Line) -> str:
        """A line in words, with its moment and direction."""
        if not isinstance(line, Frame):
            return self.left_out(line.left_out)
        words = self.words
        who = words.direction(line)
        told = " ".join(filter(None, (words.name(line), words.brief(line))))
        return f"{line.time:.3f}  {who}  [{line.channel}]  {told}"

    def left_out(self, count: int) -> str:
        """How many frames are not shown here."""
        return self.tr("{0} frames more passed here, too fast to be shown").format(f"{count:,}")
