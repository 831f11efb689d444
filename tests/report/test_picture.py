from PySide6.QtGui import QImage

from mqviz.report.charts import LIGHT
from mqviz.report.picture import as_png
from mqviz.report.runs import Repeated
from tests.report.results import result


def test_the_picture_shows_the_charts(qapp: object) -> None:
    image = QImage.fromData(as_png(result()))
    assert image.width() == 1856
    assert image.height() > 2500
    colours = {image.pixelColor(x, y).name().upper() for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)}
    assert {LIGHT["ready"], LIGHT["ok"], LIGHT["dead"], LIGHT["panel"]} <= colours


def test_another_language_is_another_picture(qapp: object) -> None:
    pair = Repeated(runs=(result(),))
    assert as_png(pair, "en") == as_png(result(), "en")
    assert as_png(pair, "ko") != as_png(pair, "en")
