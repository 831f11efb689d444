"""The background: painted once, then only where it changed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from mqviz.gui.backdrop import Backdrop

SIZE = QSize(120, 80)


class Field:
    """A scene of coloured squares, 10 by 10, whose colours are its figures."""

    def __init__(self) -> None:
        self.shift = 0
        self.painted: list[QRectF] = []

    def paint(self, painter: QPainter, clip: QRectF) -> None:
        self.painted.append(clip)
        painter.fillRect(clip, Qt.GlobalColor.white)
        for x in range(-30, 60):
            for y in range(-30, 60):
                square = QRectF(x * 10, y * 10, 10, 10)
                if square.intersects(clip):
                    painter.fillRect(square, QColor.fromHsv((x * 37 + y * 11 + self.shift) % 360, 200, 200))


def fresh(field: Field, transform: QTransform, ratio: float) -> QImage:
    return Backdrop(field.paint).pixmap(transform, SIZE, ratio).toImage()


@pytest.fixture
def field() -> Field:
    return Field()


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("step", [(7, 0), (-7, 0), (0, 5), (0, -5), (13, -9), (500, 0)])
def test_a_moved_view_shows_what_it_would_show_afresh(field: Field, ratio: float, step: tuple[int, int]) -> None:
    backdrop = Backdrop(field.paint)
    backdrop.pixmap(QTransform.fromTranslate(20, 30), SIZE, ratio)
    moved = QTransform.fromTranslate(20 + step[0], 30 + step[1])
    assert backdrop.pixmap(moved, SIZE, ratio).toImage() == fresh(field, moved, ratio)
    assert backdrop.renders == (2 if abs(step[0]) > 120 else 1)


def test_moving_paints_no_more_than_comes_in(field: Field) -> None:
    backdrop = Backdrop(field.paint)
    backdrop.pixmap(QTransform(), SIZE, 1.0)
    field.painted.clear()
    backdrop.pixmap(QTransform.fromTranslate(7, 0), SIZE, 1.0)
    assert [rect.width() for rect in field.painted] == [7.0]


def test_the_same_again_is_not_painted(field: Field) -> None:
    backdrop = Backdrop(field.paint)
    first = backdrop.pixmap(QTransform(), SIZE, 1.0)
    assert backdrop.pixmap(QTransform(), SIZE, 1.0).cacheKey() == first.cacheKey()
    assert (backdrop.renders, backdrop.patches) == (1, 0)


@pytest.mark.parametrize("transform", [QTransform.fromScale(1.5, 1.5), QTransform.fromTranslate(0.5, 0.0)])
def test_another_zoom_or_a_broken_pixel_paints_all(field: Field, transform: QTransform) -> None:
    backdrop = Backdrop(field.paint)
    backdrop.pixmap(QTransform(), SIZE, 1.0)
    backdrop.pixmap(transform, SIZE, 1.0)
    assert backdrop.renders == 2


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_part_that_changed_is_painted_and_nothing_else(field: Field, ratio: float) -> None:
    backdrop = Backdrop(field.paint)
    before = backdrop.pixmap(QTransform(), SIZE, ratio).toImage()
    field.shift = 90
    backdrop.invalidate(QRectF(30, 30, 20, 20))
    after = backdrop.pixmap(QTransform(), SIZE, ratio).toImage()
    inside, outside = QPointF(40 * ratio, 40 * ratio).toPoint(), QPointF(80 * ratio, 60 * ratio).toPoint()
    assert after.pixelColor(inside) != before.pixelColor(inside)
    assert after.pixelColor(outside) == before.pixelColor(outside)
    assert backdrop.renders == 1


def test_touching_paints_over_what_is_there(field: Field) -> None:
    backdrop = Backdrop(field.paint)
    backdrop.touch(lambda painter: painter.fillRect(QRectF(0, 0, 9, 9), Qt.GlobalColor.black))
    backdrop.pixmap(QTransform.fromTranslate(50, 0), SIZE, 1.0)
    backdrop.touch(lambda painter: painter.fillRect(QRectF(0, 0, 9, 9), Qt.GlobalColor.black))
    image = backdrop.pixmap(QTransform.fromTranslate(50, 0), SIZE, 1.0).toImage()
    assert image.pixelColor(54, 4) == QColor(Qt.GlobalColor.black) != image.pixelColor(4, 4)
