"""The bytes of a frame, 16 or 8 in a row, each in the tint of its field, with what can be read of them beside."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mqviz.gui import fonts, theme
from mqviz.gui.controls.painting import begin, box, write
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Theme
from mqviz.model.frames import Frame

CELL, ROW, LETTER, OFFSET = 20.0, 20.0, 9.0, 34.0
_TINTS = ("accent_soft", "ok_soft", "warning_soft", "redelivered_soft", "ready_soft")
_GAP = 12.0
_FRAMING = ("frame-type", "channel", "size", "class", "method", "frame-end")


def tint_of(index: int, skin: Theme) -> QColor:
    """The ground of a field, by its place among the fields."""
    return QColor(getattr(skin, _TINTS[index % len(_TINTS)]))


def _per_row(width: float) -> int:
    return 16 if width >= OFFSET + 16 * (CELL + LETTER) + _GAP else 8


class FrameBytes(QWidget):
    """`picked(index)`: the byte under the mouse belongs to this field; -1 for none."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: Frame | None = None
        self._owners: list[int] = []
        self._chosen = -1
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Bytes"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_frame(self, frame: Frame | None) -> None:
        """Show these bytes."""
        self._frame, self._chosen = frame, -1
        raw = b"" if frame is None else frame.raw
        self._owners = [-1] * len(raw)
        for index, part in enumerate(() if frame is None else frame.parts):
            for place in range(part.begin, min(part.end, len(raw))):
                self._owners[place] = index
        self.setAccessibleDescription(raw.hex(" "))
        self.updateGeometry()
        self.update()

    def choose(self, index: int) -> None:
        """Put a frame around the bytes of a field."""
        if index != self._chosen:
            self._chosen = index
            self.update()

    @property
    def per_row(self) -> int:
        """How many bytes stand in a row: 16, or 8 where there is not room enough."""
        return _per_row(self.width())

    def sizeHint(self) -> QSize:
        """High enough for all rows."""
        return QSize(round(OFFSET + 8 * (CELL + LETTER) + _GAP), self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """High enough for all rows."""
        rows = -(-len(self._owners) // _per_row(width))
        return round(rows * ROW) + 2

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def minimumSizeHint(self) -> QSize:
        """Eight bytes in a row."""
        return self.sizeHint()

    def cell(self, place: int) -> QRectF:
        """Where a byte stands."""
        row, column = divmod(place, self.per_row)
        return QRectF(OFFSET + column * CELL, row * ROW, CELL, ROW)

    def _letter(self, place: int) -> QRectF:
        row, column = divmod(place, self.per_row)
        return QRectF(OFFSET + self.per_row * CELL + _GAP + column * LETTER, row * ROW, LETTER, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws them."""
        if self._frame is None:
            return
        skin, painter = theme.current(), begin(self)
        digits, small = fonts.font(Size.CAPTION, Weight.MEDIUM, tabular=True), fonts.font(Size.CAPTION, tabular=True)
        middle = Qt.AlignmentFlag.AlignHCenter
        for place, byte in enumerate(self._frame.raw):
            owner, cell, letter = self._owners[place], self.cell(place), self._letter(place)
            if place % self.per_row == 0:
                write(painter, QRectF(0, cell.top(), OFFSET, ROW), f"{place:04x}", small, skin.text_third)
            chosen = owner == self._chosen and owner >= 0
            for area in (cell, letter):
                if owner >= 0:
                    painter.fillRect(area.adjusted(0, 1, 0, -1), skin.accent if chosen else tint_of(owner, skin))
            ink = skin.text_on_accent if chosen else skin.text
            write(painter, cell, f"{byte:02x}", digits, ink, middle)
            write(painter, letter, chr(byte) if 33 <= byte < 127 else "·", small, ink if chosen else skin.text_second, middle)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells whose byte is under the mouse."""
        place = self._place_at(event.position().x(), event.position().y())
        self.picked.emit(self._owners[place] if 0 <= place < len(self._owners) else -1)

    def _place_at(self, x: float, y: float) -> int:
        column, letters = (x - OFFSET) // CELL, (x - OFFSET - self.per_row * CELL - _GAP) // LETTER
        found = column if 0 <= column < self.per_row else letters
        return int(y // ROW) * self.per_row + int(found) if 0 <= found < self.per_row else -1


class FieldRows(QWidget):
    """The fields of a frame, one below the other, each with its tint; what every frame has comes last. `picked` as with bytes."""

    picked = Signal(int)
    NAME = 112.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: Frame | None = None
        self._order: list[int] = []
        self._chosen = -1
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Fields"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_frame(self, frame: Frame | None) -> None:
        """Show these fields."""
        self._frame, self._chosen = frame, -1
        parts = () if frame is None else frame.parts
        self._order = sorted(range(len(parts)), key=lambda index: parts[index].name in _FRAMING)
        self.setAccessibleDescription("\n".join(f"{parts[index].name}: {parts[index].value}" for index in self._order))
        self.updateGeometry()
        self.update()

    def choose(self, index: int) -> None:
        """Mark one."""
        if index != self._chosen:
            self._chosen = index
            self.update()

    def sizeHint(self) -> QSize:
        """A row for each."""
        return QSize(240, round(ROW) * (0 if self._frame is None else len(self._frame.parts)))

    def minimumSizeHint(self) -> QSize:
        """A row for each."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws them."""
        if self._frame is None:
            return
        skin, painter = theme.current(), begin(self)
        for place, index in enumerate(self._order):
            part, row = self._frame.parts[index], QRectF(0, place * ROW, self.width(), ROW)
            if index == self._chosen:
                box(painter, row, 4, skin.accent_soft)
            box(painter, QRectF(4, row.top() + 5, 10, 10), 3, tint_of(index, skin), skin.border)
            name = fonts.shortened(part.name, self.NAME - 8, Size.BODY)
            write(painter, QRectF(22, row.top(), self.NAME, ROW), name, fonts.font(Size.BODY), skin.text_second)
            room = self.width() - 22 - self.NAME - 4
            value = fonts.shortened(part.value or "–", room, Size.BODY, Weight.MEDIUM)
            write(
                painter, QRectF(22 + self.NAME, row.top(), room, ROW), value, fonts.font(Size.BODY, Weight.MEDIUM, tabular=True), skin.text
            )
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells which is under the mouse, and all of a value that is too long."""
        place = int(event.position().y() // ROW)
        index = self._order[place] if 0 <= place < len(self._order) else -1
        self.setToolTip(self._frame.parts[index].value if self._frame is not None and index >= 0 else "")
        self.picked.emit(index)
