"""The left of each row: what it shows, and its curves with their present figures. A click on one hides its curve."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from mqviz.gui import icons, theme
from mqviz.gui.chart_ink import STYLES, brush, draw_line
from mqviz.gui.chart_text import FIGURE, LABEL, LABEL_OFF, SMALL, TITLE, shortened, width_of, write
from mqviz.gui.chart_words import ChartWords
from mqviz.gui.controls.painting import begin, box, focus_ring
from mqviz.gui.theme import Radius, Theme
from mqviz.viewmodel.chart_rows import Curve, Row

SAMPLE = 14.0
_SWATCH = 9.0
_LINE = 14.0
_TITLE = 15.0
_AIR = 4.0
_SIGN = 12.0
_DENSE_FIGURE = 38.0


def paint_sample(painter: QPainter, rect: QRectF, code: str, skin: Theme) -> None:
    """A piece of the curve: its line, or a square of its texture."""
    style, middle = STYLES[code], round(rect.center().y())
    if not style.texture:
        draw_line(painter, np.array([rect.left(), rect.left() + SAMPLE]), np.full(2, middle + 0.5), style.tint(skin), style.dashes)
        return
    square = QRectF(rect.left() + 1.0, middle - _SWATCH / 2, _SWATCH, _SWATCH)
    ratio = painter.device().devicePixelRatioF()
    painter.setPen(style.tint(skin))
    painter.setBrush(brush(style, skin, ratio))
    painter.drawRoundedRect(square, 2.0, 2.0)


class LegendItem(QAbstractButton):
    """One curve: a sample, its name, below it the figure. Unchecked while its curve is hidden."""

    def __init__(self, curve: Curve, words: ChartWords, parent: QWidget) -> None:
        super().__init__(parent)
        self.curve = curve
        self._figure = "–"
        self.is_dense = False
        self._explained = words.explained(curve.code)
        self.setText(words.curve(curve.code))
        self.setCheckable(True)
        self.setChecked(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(self._explained)
        self.setAccessibleDescription(self._explained)
        self.set_figure("–")

    @property
    def figure(self) -> str:
        """The present figure as it is written."""
        return self._figure

    def set_figure(self, text: str) -> None:
        """Show another figure."""
        if text == self._figure and self.accessibleName():
            return
        self._figure = text
        self.setAccessibleName(f"{self.text()}: {text}")
        self.update()

    @property
    def _sample(self) -> float:
        return (_SWATCH + 5.0) if STYLES[self.curve.code].texture else SAMPLE + 4.0

    def natural_width(self) -> float:
        """Room for sample and name."""
        return self._sample + width_of(self.text(), LABEL) + 2.0

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(round(self.natural_width()), round(2 * _LINE) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws it."""
        skin, painter = theme.current(), begin(self)
        if self.underMouse():
            box(painter, QRectF(self.rect()), Radius.SMALL, skin.hover)
        painter.setOpacity(1.0 if self.isChecked() else 0.35)
        paint_sample(painter, QRectF(2.0, 0.0, SAMPLE, _LINE), self.curve.code, skin)
        painter.setOpacity(1.0)
        look = LABEL if self.isChecked() else LABEL_OFF
        room = self.width() - self._sample - 2.0
        words, digits = (skin.text_second, skin.text) if self.isChecked() else (skin.text_disabled, skin.text_disabled)
        below = QRectF(2.0, _LINE, self.width(), self.height() - _LINE)
        if self.is_dense:
            below = QRectF(self.width() - _DENSE_FIGURE, 0, _DENSE_FIGURE - 4.0, _LINE)
            room -= _DENSE_FIGURE
        write(painter, QRectF(self._sample + 2.0, 0, room, _LINE), shortened(self.text(), LABEL, int(room) + 1), look, words)
        write(painter, below, self._figure, FIGURE, digits, Qt.AlignmentFlag.AlignRight if self.is_dense else Qt.AlignmentFlag.AlignLeft)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), skin, Radius.SMALL)
        painter.end()


class RowHeader(QWidget):
    """Title, what it is about, and the legend. `toggled(code, shown)`: the user clicked on an item."""

    toggled = Signal(str, bool)

    def __init__(self, row: Row, words: ChartWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._words = words
        self._about = ""
        self._note = ""
        self._items: list[LegendItem] = []
        self.setAccessibleName(words.row(row))

    @property
    def items(self) -> tuple[LegendItem, ...]:
        """The legend's items in their order."""
        return tuple(self._items)

    def set_about(self, text: str, note: str = "") -> None:
        """What the row is about; `note` (why theory has nothing to say) stands in the tooltip and is marked by a sign."""
        if (text, note) != (self._about, self._note):
            self._about, self._note = text, note
            self.setToolTip(f"{text}\n{note}" if note else text)
            self.update()

    def set_curves(self, curves: tuple[Curve, ...], hidden: frozenset[str], *, dense: bool = False) -> None:
        """Other curves; nothing happens where they are the same. `dense`: in two columns, each with its figure on its line."""
        if tuple(item.curve for item in self._items) == curves:
            return
        for item in self._items:
            item.setParent(None)
            item.deleteLater()
        self._items = [LegendItem(curve, self._words, self) for curve in curves]
        for item in self._items:
            item.is_dense = dense
            item.setChecked(item.curve.code not in hidden)
            item.clicked.connect(lambda shown, code=item.curve.code: self.toggled.emit(code, shown))
            item.show()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places the items anew."""
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other widths."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._place()

    def _place(self) -> None:
        if not self._items:
            return
        if self._items[0].is_dense:
            self._place_densely()
            return
        widths = [item.natural_width() + _AIR for item in self._items]
        thirds = max(3, len(widths))
        if all(width <= self.width() / thirds for width in widths[:-1]):
            lefts = [place * self.width() / thirds for place in range(len(widths))]
        else:
            spare = max(0.0, self.width() - sum(widths)) / len(widths)
            lefts = [sum(widths[:place]) + place * spare for place in range(len(widths))]
        rights = [*lefts[1:], min(lefts[-1] + self.width() / thirds + 8.0, self.width())]
        height = round(2 * _LINE) + 2
        for item, left, right in zip(self._items, lefts, rights, strict=True):
            item.setGeometry(round(left), round(_TITLE), max(round(right - left - 1), 8), height)

    def _place_densely(self) -> None:
        """In two columns, downwards."""
        rows = (len(self._items) + 1) // 2
        wide = self.width() / 2
        for place, item in enumerate(self._items):
            column, row = divmod(place, rows)
            item.setGeometry(round(column * wide), round(_TITLE + row * (_LINE + 1.0)), round(wide - 6.0), round(_LINE) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws title and subject."""
        skin, painter = theme.current(), begin(self)
        text = self._words.row(self.row)
        write(painter, QRectF(2.0, 0.0, self.width(), _TITLE), text, TITLE, skin.text)
        left = 2.0 + width_of(text, TITLE) + 7.0
        room = self.width() - left - (_SIGN + 4.0 if self._note else 0.0)
        about = shortened(self._about, SMALL, int(room), Qt.TextElideMode.ElideMiddle)
        write(painter, QRectF(left, 0.5, room, _TITLE), about, SMALL, skin.text_third)
        if self._note:
            sign = QRectF(left + width_of(about, SMALL) + 4.0, (_TITLE - _SIGN) / 2 + 0.5, _SIGN, _SIGN)
            icons.paint(painter, "info", sign, skin.text_third)
        painter.end()
