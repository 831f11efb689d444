"""Fast words and icons for what is painted hundreds of times a second: fonts, widths and shortened texts are kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from mqviz.gui import fonts, icons
from mqviz.gui.cards.words import CardWords
from mqviz.gui.controls.painting import box
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Theme


class Style(Enum):
    """The kinds of words on the canvas: size, weight and whether figures have one width."""

    NAME = (Size.LIST, Weight.SEMIBOLD, False)
    FIGURE = (Size.LIST, Weight.MEDIUM, True)
    BODY = (Size.BODY, Weight.REGULAR, True)
    STRONG = (Size.BODY, Weight.SEMIBOLD, True)
    SMALL = (Size.CAPTION, Weight.MEDIUM, True)
    CAPTION = (Size.CAPTION, Weight.SEMIBOLD, False)
    LARGE = (Size.CLOCK, Weight.SEMIBOLD, False)
    BIG = (Size.FIGURE, Weight.SEMIBOLD, False)


@cache
def font(style: Style) -> QFont:
    """The one font of a style; not to be changed."""
    size, weight, tabular = style.value
    return fonts.font(size, weight, tabular=tabular)


@cache
def _metrics(style: Style) -> QFontMetricsF:
    return QFontMetricsF(font(style))


@lru_cache(maxsize=4096)
def width(text: str, style: Style) -> float:
    """How wide a text is, in pixels at 100 %."""
    return _metrics(style).horizontalAdvance(text)


@lru_cache(maxsize=4096)
def shortened(text: str, style: Style, room: float) -> str:
    """As much of a text as fits, with its end, which tells names apart."""
    return _metrics(style).elidedText(text, Qt.TextElideMode.ElideMiddle, room)


@dataclass(frozen=True, slots=True)
class Ink:
    """A painter that knows the theme and the words."""

    painter: QPainter
    skin: Theme
    words: CardWords
    is_selected: bool = False

    def write(self, x: float, baseline: float, text: str, style: Style, colour: QColor, room: float = 0.0) -> float:
        """One line from `x`; what has no room (0: any) is shortened. Gives the x of its end."""
        if room:
            text = shortened(text, style, room)
        self.painter.setFont(font(style))
        self.painter.setPen(colour)
        self.painter.drawText(QPointF(x, baseline), text)
        return x + width(text, style)

    def write_to(self, right: float, baseline: float, text: str, style: Style, colour: QColor) -> float:
        """One line that ends at `right`. Gives the x of its start."""
        start = right - width(text, style)
        self.write(start, baseline, text, style, colour)
        return start

    def write_amid(self, x: float, baseline: float, text: str, style: Style, colour: QColor, room: float = 0.0) -> None:
        """One line with its middle at `x`."""
        if room:
            text = shortened(text, style, room)
        self.write(x - width(text, style) / 2, baseline, text, style, colour)

    def icon(self, name: str, x: float, y: float, side: float, colour: QColor) -> None:
        """An icon with its left upper corner there."""
        icons.paint(self.painter, name, QRectF(x, y, side, side), colour)

    def box(self, rect: QRectF, radius: float, fill: QColor | None, line: QColor | None = None, wide: float = 1.0) -> None:
        """A rounded box whose line lies inside `rect`."""
        box(self.painter, rect, radius, fill, line, wide)
