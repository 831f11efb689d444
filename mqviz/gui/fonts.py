"""The program's own fonts: Inter for Latin, Greek and Cyrillic, beside it a font for Hangul, both under the SIL Open Font License.

Inter 4.1 (npm `inter-ui`) is cut down to those scripts and keeps its tabular figures. "Mqviz Hangul" is the Hangul of Pretendard 1.3.9
(npm `pretendard`), renamed because that name is reserved for unchanged files; its TrueType cut, because FreeType darkens the other one
in light on dark; SemiBold carries the bold flag, so that nobody emboldens it again. A bare machine may have no Korean glyphs at all.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from mqviz.bundle import asset
from mqviz.errors import MqvizError

FAMILIES = ["Inter", "Mqviz Hangul"]

_FILES = (
    "Inter-Regular.ttf",
    "Inter-Medium.ttf",
    "Inter-SemiBold.ttf",
    "Inter-Bold.ttf",
    "MqvizHangul-Regular.ttf",
    "MqvizHangul-Medium.ttf",
    "MqvizHangul-SemiBold.ttf",
)


class Size(IntEnum):
    """The type scale in device-independent pixels."""

    CAPTION = 11
    BODY = 12
    LIST = 13
    TITLE = 15
    CLOCK = 17
    FIGURE = 21


class Weight(IntEnum):
    """The weights that are shipped."""

    REGULAR = 400
    MEDIUM = 500
    SEMIBOLD = 600
    BOLD = 700


@cache
def load() -> None:
    """Makes the fonts known to Qt, once; raises `MqvizError` when a file is missing or spoilt."""
    for name in _FILES:
        if QFontDatabase.addApplicationFont(str(asset(f"fonts/{name}"))) < 0:
            raise MqvizError(f"font {name} cannot be read")


def font(size: Size = Size.LIST, weight: Weight = Weight.REGULAR, *, tabular: bool = False) -> QFont:
    """A font of the type scale; `tabular` figures all have one width, so that running numbers do not tremble."""
    return QFont(_font(size, weight, tabular))


@cache
def _font(size: Size, weight: Weight, tabular: bool) -> QFont:
    load()
    result = QFont(FAMILIES)
    result.setPixelSize(size)
    result.setWeight(QFont.Weight(weight))
    result.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    if tabular:
        result.setFeature(QFont.Tag.fromString("tnum"), 1)
    return result


def advance(text: str, size: Size, weight: Weight = Weight.REGULAR, *, tabular: bool = False) -> float:
    """The width of a line of text in device-independent pixels."""
    return QFontMetricsF(_font(size, weight, tabular)).horizontalAdvance(text)


def shortened(text: str, width: float, size: Size, weight: Weight = Weight.REGULAR) -> str:
    """As much of a line as fits into `width`, with an ellipsis for the rest."""
    return QFontMetricsF(_font(size, weight, False)).elidedText(text, Qt.TextElideMode.ElideRight, width)
