"""The fonts are ours on a bare machine, Korean included, and figures do not tremble."""

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPainter, QRawFont, QTextLayout

from mqviz.bundle import asset
from mqviz.gui import fonts
from mqviz.gui.fonts import Size, Weight


def runs(text: str, font: QFont) -> list[QRawFont]:
    """The fonts that really draw a line of text."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return [run.rawFont() for run in layout.glyphRuns()]


def ink(text: str, weight: Weight) -> int:
    """How dark a line of text is drawn."""
    image = QImage(240, 40, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.setFont(fonts.font(Size.FIGURE, weight))
    painter.drawText(5, 30, text)
    painter.end()
    return sum(255 - image.pixelColor(x, y).red() for x in range(240) for y in range(40))


def test_latin_and_greek_are_drawn_in_inter() -> None:
    families = {raw.familyName() for raw in runs("mqviz 1,284 λ ≈ μ × → ρ", fonts.font())}
    assert families == {"Inter"}


def test_korean_is_drawn_in_the_font_that_ships() -> None:
    families = {raw.familyName() for raw in runs("재전달", fonts.font())}
    assert families == {"Mqviz Hangul"}


@pytest.mark.parametrize("weight", ["Regular", "Medium", "SemiBold"])
def test_every_syllable_of_hangul_is_there(weight: str) -> None:
    raw = QRawFont(str(asset(f"fonts/MqvizHangul-{weight}.ttf")), 12.0)
    missing = [chr(code) for code in range(0xAC00, 0xD7A4) if not raw.supportsCharacter(code)]
    assert missing == []


@pytest.mark.parametrize("text", ["mqviz", "재전달"])
def test_heavier_weights_are_drawn_heavier(text: str) -> None:
    amounts = [ink(text, weight) for weight in (Weight.REGULAR, Weight.MEDIUM, Weight.SEMIBOLD)]
    assert amounts == sorted(set(amounts))


def test_bold_korean_is_not_emboldened_a_second_time() -> None:
    assert ink("재전달", Weight.BOLD) < 1.02 * ink("재전달", Weight.SEMIBOLD)


@pytest.mark.parametrize("size", Size)
def test_tabular_figures_all_have_one_width(size: Size) -> None:
    widths = {round(fonts.advance(digit * 10, size, tabular=True), 2) for digit in "0123456789"}
    assert len(widths) == 1
    assert fonts.advance("1" * 10, size) != fonts.advance("0" * 10, size)


def test_a_font_is_the_callers_own() -> None:
    fonts.font().setPixelSize(99)
    assert fonts.font().pixelSize() == Size.LIST


def test_a_line_is_shortened_to_its_room() -> None:
    short = fonts.shortened("Publisher confirms against a full queue", 80.0, Size.BODY)
    assert short.endswith("…")
    assert fonts.advance(short, Size.BODY) <= 80.0
    assert fonts.shortened("ok", 80.0, Size.BODY) == "ok"


def test_every_font_has_its_licence_beside_it() -> None:
    families = {path.stem.split("-")[0] for path in asset("fonts").glob("*.ttf")}
    licences = {path.name.split("-")[0]: path.read_text("utf-8") for path in asset("fonts").glob("*-LICENSE.txt")}
    assert families == set(licences) == {"Inter", "MqvizHangul"}
    assert all("SIL OPEN FONT LICENSE" in text.upper() for text in licences.values())


def test_what_ships_stays_small() -> None:
    assert sum(path.stat().st_size for path in asset("").rglob("*") if path.is_file()) < 8_000_000


def test_the_fonts_are_known_to_qt() -> None:
    fonts.load()
    assert set(fonts.FAMILIES) <= set(QFontDatabase.families())
