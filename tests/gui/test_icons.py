"""Icons are whole, in one colour, sharp at every size."""

from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from mqviz.bundle import asset
from mqviz.gui import icons, theme

NEEDED = """restart play pause step search spike kill slow broker-restart cut producer queue exchange consumer service translator
zoom-in zoom-out fit minus plus chevron-down chevron-up chevron-left chevron-right check warning open save camera log close menu copy
undo redo sun moon globe help settings flag hang fail poison stop delay purge memory""".split()


def drawn(name: str, side: int, colour: QColor, ratio: float = 1.0) -> QImage:
    image = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    painter = QPainter(image)
    icons.paint(painter, name, QRectF(0, 0, side, side), colour)
    painter.end()
    return image


def colours(image: QImage) -> set[str]:
    """The colours of all pixels that cover fully."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def test_everything_that_is_needed_ships() -> None:
    assert set(NEEDED) <= set(icons.names())


@pytest.mark.parametrize("name", NEEDED)
def test_an_icon_is_drawn_on_the_grid_in_one_colour(name: str) -> None:
    root = ElementTree.parse(asset(f"icons/{name}.svg")).getroot()
    assert root.get("viewBox") == "0 0 24 24"
    assert (root.get("stroke"), root.get("stroke-width")) == ("currentColor", "1.75")
    assert colours(drawn(name, 24, QColor("#4F46E5"), 4.0)) == {"#4f46e5"}


@pytest.mark.parametrize("name", NEEDED)
def test_an_icon_keeps_off_the_edge_of_its_grid(name: str) -> None:
    image = drawn(name, 24, QColor("black"), 4.0)
    edge = [image.pixelColor(i, j).alpha() for i in range(96) for j in (0, 95)] + [
        image.pixelColor(i, j).alpha() for i in (0, 95) for j in range(96)
    ]
    assert set(edge) == {0}


def test_an_icon_is_sharp_at_twice_the_resolution() -> None:
    double = drawn("plus", 16, QColor("black"), 2.0)
    scaled = drawn("plus", 16, QColor("black")).scaled(32, 32)
    assert double.size() == scaled.size()
    assert double.convertToFormat(scaled.format()) != scaled


def test_an_icon_in_a_translucent_colour_is_translucent() -> None:
    image = drawn("stop", 24, QColor(0, 0, 0, 128), 4.0)
    strongest = max(image.pixelColor(x, y).alpha() for x in range(96) for y in range(96))
    assert 126 <= strongest <= 130


def test_an_icon_that_does_not_exist_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="unicorn"):
        icons.icon("unicorn")


def test_a_disabled_icon_is_faint() -> None:
    icon = icons.icon("pause", size=24)
    normal = icon.pixmap(QSize(24, 24), QIcon.Mode.Normal).toImage()
    disabled = icon.pixmap(QSize(24, 24), QIcon.Mode.Disabled).toImage()
    skin = theme.current()
    assert colours(normal) == {skin.text_second.name()}
    assert colours(disabled) == {skin.text_disabled.name()}


def test_the_sign_of_the_program_wears_the_theme(qapp: QApplication) -> None:
    light = icons.logo().toImage()
    theme.apply(qapp, theme.load("dark"))
    assert icons.logo().toImage() != light


@pytest.mark.parametrize("side", [16, 24, 32, 48, 64, 128, 256])
def test_the_window_icon_is_there_in_every_size(side: int) -> None:
    assert QPixmap(str(asset(f"mqviz-{side}.png"))).size() == QSize(side, side)
    assert icons.window_icon().actualSize(QSize(side, side)) == QSize(side, side)
