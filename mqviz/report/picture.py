"""The charts of a report as a PNG picture, painted by Qt without a display."""

from __future__ import annotations

import os
import sys
from html import escape
from typing import TYPE_CHECKING

from mqviz.bundle import asset
from mqviz.model.result import Result
from mqviz.report.charts import LIGHT, Chart, beside_charts, charts_of, ledger_bars
from mqviz.report.headline import engine_of
from mqviz.report.numbers import seconds
from mqviz.report.runs import Beside, Repeated
from mqviz.report.svg import FONT, WIDTH
from mqviz.report.words import word

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_FAMILY = "Inter"
"""Qt takes a list of families for the name of one; Korean comes from the other font that is loaded."""

_SCALE = 2
_MARGIN = 24
_TITLE = 34


def as_png(report: Result | Repeated | Beside, language: str = "en") -> bytes:
    """The picture's bytes. Loads Qt, here and nowhere else outside of the window."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    result = report.first if isinstance(report, Repeated) else report.run if isinstance(report, Beside) else report
    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    assert app is not None
    _load_fonts()
    first = beside_charts(result, report.simulated, language, LIGHT) if isinstance(report, Beside) else []
    return _painted(result, [*first, *charts_of(result, language, LIGHT), *ledger_bars(result, language, LIGHT)], language)


def _load_fonts() -> None:
    from PySide6.QtGui import QFontDatabase

    for file in sorted(asset("fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(file))


def _painted(result: Result, charts: list[Chart], language: str) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    drawn = [(chart, QSvgRenderer(QByteArray(chart.svg.replace(escape(FONT), _FAMILY).encode()))) for chart in charts]
    heights = [_TITLE + renderer.viewBoxF().height() + _MARGIN for _, renderer in drawn]
    image = QImage((WIDTH + 2 * _MARGIN) * _SCALE, int(90 + sum(heights)) * _SCALE, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT["panel"]))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SCALE, _SCALE)
    _write(painter, _MARGIN, 44, result.scenario.name, 21, LIGHT["text"])
    facts = word("facts", language, time=seconds(result.virtual_time), seed=result.seed, engine=engine_of(result, language))
    _write(painter, _MARGIN, 68, facts, 12, LIGHT["muted"])
    y = 90.0
    for (chart, renderer), height in zip(drawn, heights, strict=True):
        _write(painter, _MARGIN, y + 20, chart.title, 13, LIGHT["text"])
        renderer.render(painter, QRectF(_MARGIN, y + _TITLE, WIDTH, renderer.viewBoxF().height()))
        y += height
    painter.end()
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(out, "PNG")  # type: ignore[call-overload]  # PySide6's stubs want bytes, PySide6 itself a str
    return bytes(out.data().data())


def _write(painter: QPainter, x: float, y: float, words: str, size: int, colour: str) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QColor, QFont

    font = QFont()
    font.setFamilies([name.strip(" '") for name in FONT.split(",")])
    font.setPixelSize(size)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QPointF(x, y), words)
