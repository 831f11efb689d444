"""Lines of text laid out once and drawn often: a tenth of the cost of drawing them anew, and the chart has forty."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QStaticText

from mqviz.gui import fonts
from mqviz.gui.fonts import Size, Weight


class Look(NamedTuple):
    """A font of the type scale; a line through it where it is `struck`."""

    size: Size
    weight: Weight
    tabular: bool = False
    struck: bool = False

    def font(self) -> QFont:
        """As Qt's."""
        font = fonts.font(self.size, self.weight, tabular=self.tabular)
        font.setStrikeOut(self.struck)
        return font


SMALL = Look(Size.CAPTION, Weight.REGULAR)
LABEL = Look(Size.CAPTION, Weight.MEDIUM)
LABEL_OFF = Look(Size.CAPTION, Weight.MEDIUM, struck=True)
DIGITS = Look(Size.CAPTION, Weight.MEDIUM, tabular=True)
STRONG = Look(Size.CAPTION, Weight.SEMIBOLD)
STRONG_DIGITS = Look(Size.CAPTION, Weight.SEMIBOLD, tabular=True)
TITLE = Look(Size.BODY, Weight.SEMIBOLD)
FIGURE = Look(Size.BODY, Weight.SEMIBOLD, tabular=True)


class _Laid(NamedTuple):
    static: QStaticText
    font: QFont
    width: float
    height: float


@lru_cache(maxsize=2048)
def _laid(text: str, look: Look) -> _Laid:
    static = QStaticText(text)
    static.setTextFormat(Qt.TextFormat.PlainText)
    font = look.font()
    metrics = QFontMetricsF(font)
    return _Laid(static, font, metrics.horizontalAdvance(text), metrics.height())


@lru_cache(maxsize=1024)
def shortened(text: str, look: Look, width: int, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> str:
    """As much of a text as fits."""
    return QFontMetricsF(look.font()).elidedText(text, mode, width)


def width_of(text: str, look: Look) -> float:
    """The room that a text needs."""
    return _laid(text, look).width


def write(
    painter: QPainter, rect: QRectF, text: str, look: Look, colour: QColor, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> None:
    """One line in the middle of the height of `rect`."""
    laid = _laid(text, look)
    spare = rect.width() - laid.width
    shift = {Qt.AlignmentFlag.AlignRight: spare, Qt.AlignmentFlag.AlignHCenter: spare / 2}.get(align, 0.0)
    painter.setFont(laid.font)
    painter.setPen(colour)
    painter.drawStaticText(QPointF(rect.left() + shift, rect.top() + (rect.height() - laid.height) / 2), laid.static)
