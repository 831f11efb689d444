"""One frame, explained: what it is for, its fields, its bytes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from mqviz.gui.controls.empty_state import EmptyState
from mqviz.gui.controls.labels import label, section
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.frame_bytes import FieldRows, FrameBytes
from mqviz.gui.frame_meanings import FrameMeanings
from mqviz.gui.frame_words import FrameWords
from mqviz.gui.theme import Space, set_role
from mqviz.model.frames import Frame

SIDE_BY_SIDE = 540
"""From this width on the bytes stand beside the fields."""


class FrameDetail(QScrollArea):
    """Shows one frame, or asks to choose one."""

    def __init__(self, words: FrameWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._meanings = words, FrameMeanings(self)
        self.fields, self.bytes = FieldRows(), FrameBytes()
        self.fields.picked.connect(self._choose)
        self.bytes.picked.connect(self._choose)
        self.name = label("", "", Size.TITLE, Weight.SEMIBOLD)
        self.meaning = label("", "second", Size.BODY)
        self.source = label("", "third", Size.CAPTION)
        for words_of in (self.meaning, self.source):
            words_of.setWordWrap(True)
        self._cut = label("", "third", Size.CAPTION)
        self._headings = [section(self.tr("Fields")), section(self.tr("Bytes"))]
        self._empty = EmptyState("info", self.tr("Choose a frame"), self.tr("It is explained here, field by field and byte by byte."))
        self.setWidget(self._lay_out())
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("The chosen frame"))
        self.show_frame(None)

    def _lay_out(self) -> QWidget:
        host = QWidget()
        set_role(host, "panel")
        column = QVBoxLayout(host)
        column.setContentsMargins(Space.L, Space.S, Space.M, Space.M)
        column.setSpacing(Space.XS)
        column.addWidget(self._empty, 1)
        for line in (self.name, self.meaning, self.source):
            column.addWidget(line)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.setSpacing(Space.S)
        halves: tuple[tuple[QWidget, ...], ...] = ((self._headings[0], self.fields), (self._headings[1], self.bytes, self._cut))
        for widgets in halves:
            half = QVBoxLayout()
            half.setSpacing(Space.XS)
            for widget in widgets:
                half.addWidget(widget)
            half.addStretch(1)
            self._halves.addLayout(half, 1)
        column.addLayout(self._halves)
        column.addStretch(1)
        return host

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fields and bytes stand side by side where there is room."""
        super().resizeEvent(event)
        wide = self.viewport().width() >= SIDE_BY_SIDE
        self._halves.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def show_frame(self, frame: Frame | None) -> None:
        """Explain this one; None: none is chosen."""
        self._empty.setVisible(frame is None)
        shown: tuple[QWidget, ...] = (self.name, self.meaning, self.source, *self._headings, self.fields, self.bytes, self._cut)
        for widget in shown:
            widget.setVisible(frame is not None)
        self.fields.show_frame(frame)
        self.bytes.show_frame(frame)
        if frame is None:
            return
        self.name.setText(self._words.name(frame))
        self.meaning.setText(self._meanings.of(frame))
        self.meaning.setVisible(bool(self.meaning.text()))
        self.source.setText(" · ".join(filter(None, (self._words.direction(frame), self._words.section(frame), self._recalled(frame)))))
        self._headings[0].setVisible(bool(frame.parts))
        self._headings[1].setVisible(bool(frame.raw))
        self._cut.setText(self.tr("The first {0} of {1} bytes").format(f"{len(frame.raw):,}", f"{frame.size:,}"))
        self._cut.setVisible(frame.size > len(frame.raw))
        self.verticalScrollBar().setValue(0)

    def _recalled(self, frame: Frame) -> str:
        return self.tr("passed before you listened, and is told from what it led to") if frame.recalled else ""

    def _choose(self, index: int) -> None:
        self.fields.choose(index)
        self.bytes.choose(index)
