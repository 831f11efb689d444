"""The program's own icons: one-colour SVG on a grid of 24, tinted when they are drawn.

`paint` is for widgets that draw themselves, `icon` for Qt's buttons, menus and tables.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from mqviz.bundle import asset
from mqviz.gui import theme


def names() -> list[str]:
    """Every icon that ships."""
    return sorted(path.stem for path in asset("icons").glob("*.svg"))


def paint(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draws an icon into `rect`, sharp at the painter's own resolution; a wrong name raises `FileNotFoundError`."""
    ratio = painter.deviceTransform().m11()
    side = max(1, round(min(rect.width(), rect.height()) * ratio))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    pixmap = _tinted(name, colour.rgba(), side)
    painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()))
    painter.restore()


def icon(name: str, colour: QColor | None = None, size: int = 16) -> QIcon:
    """An icon for Qt's widgets in `colour`, or in the second text colour, with a faint one when disabled."""
    skin = theme.current()
    result = QIcon()
    for ratio in _ratios():
        side = round(size * ratio)
        for mode, tint in ((QIcon.Mode.Normal, colour or skin.text_second), (QIcon.Mode.Disabled, skin.text_disabled)):
            pixmap = QPixmap(_tinted(name, tint.rgba(), side))
            pixmap.setDevicePixelRatio(ratio)
            result.addPixmap(pixmap, mode)
    return result


def logo(size: int = 28) -> QPixmap:
    """The program's sign in the colours of the theme."""
    skin = theme.current()
    ratio = max(_ratios())
    text = _source("mqviz.svg").replace("#4F46E5", skin.accent.name()).replace("#0072B2", skin.ready.name())
    pixmap = _render(text, round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def window_icon() -> QIcon:
    """The program's sign for title bars and task lists, the same in every theme."""
    result = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        result.addFile(str(asset(f"mqviz-{side}.png")), QSize(side, side))
    return result


def _ratios() -> list[float]:
    """Pixel ratios of the screens there are, and the two usual ones."""
    return sorted({1.0, 2.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())})


@lru_cache(maxsize=1024)
def _tinted(name: str, rgba: int, side: int) -> QPixmap:
    colour = QColor.fromRgba(rgba)
    return _render(_source(f"icons/{name}.svg").replace("currentColor", colour.name()), side, colour.alphaF())


def _render(text: str, side: int, opacity: float = 1.0) -> QPixmap:
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    QSvgRenderer(QByteArray(text.encode())).render(painter)
    painter.end()
    return pixmap


@cache
def _source(path: str) -> str:
    return asset(path).read_text("utf-8")
