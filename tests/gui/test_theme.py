"""The colours can be read, by everybody, and reach every widget."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mqviz.gui import theme
from mqviz.gui.theme import Appearance, State, Theme

THEMES = ("light", "dark")

LOOK = {
    "light": "#0072B2 #BD8200 #A8437F #A83200 #2A333E #4F46E5 #00805E #141C26 #4A5768 #667384 #EEF1F5 #FFFFFF #F8FAFC",
    "dark": "#56B4E9 #F2B632 #E58FC0 #FF7F3F #DCE3EB #9A97FF #2FC59A #E9EEF4 #AAB6C5 #8391A3 #0B0F14 #141A22 #0F141B",
}
NAMES = "ready unacked redelivered dead_lettered dropped accent ok text text_second text_third window panel canvas"

GROUNDS = ("window", "panel", "canvas", "card", "field", "well", "tray", "track", "chip", "hover", "accent_soft", "danger_soft")
ON_PANELS = ("panel", "canvas", "card", "field")
READ = {
    "text": (*GROUNDS, "pressed"),
    "text_second": GROUNDS,
    "text_third": ON_PANELS,
    "text_warning": (*ON_PANELS, "warning_soft"),
    "live": (*ON_PANELS, "live_soft"),
    "text_on_live": ("live",),
    "text_on_accent": ("accent", "accent_hover", "accent_pressed"),
    "tip_text": ("tip",),
    "dead_lettered": (*ON_PANELS, "danger_soft"),
    "redelivered": ON_PANELS,
    "ready": ON_PANELS,
    "ok": ON_PANELS,
    "accent": (*ON_PANELS, "accent_soft"),
}

PROTAN = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
DEUTAN = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
"""Machado, Oliveira, Fernandes 2009, severity 1, for linear RGB."""

TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]


def linear(colour: QColor) -> Triple:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return red, green, blue


def times(matrix: Matrix, vector: Triple) -> Triple:
    x, y, z = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2: (lighter + 0.05) / (darker + 0.05)."""
    darker, lighter = sorted(times(TO_XYZ, linear(colour))[1] for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def lab(rgb: Triple) -> Triple:
    shares = [part / white for part, white in zip(times(TO_XYZ, rgb), WHITE, strict=True)]
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in shares)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: QColor, eye: Matrix) -> Triple:
    red, green, blue = (min(1.0, max(0.0, part)) for part in times(eye, linear(colour)))
    return lab((red, green, blue))


def distance(one: Triple, other: Triple) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5)


@pytest.fixture(params=THEMES)
def skin(request: pytest.FixtureRequest) -> Theme:
    return theme.load(request.param)


def test_the_colours_are_those_of_the_design(skin: Theme) -> None:
    shown = [getattr(skin, name).name().upper() for name in NAMES.split()]
    assert shown == LOOK[skin.name].split()


def test_words_can_be_read(skin: Theme) -> None:
    faint = {
        (ink, ground): round(contrast(getattr(skin, ink), getattr(skin, ground)), 2)
        for ink, grounds in READ.items()
        for ground in grounds
        if contrast(getattr(skin, ink), getattr(skin, ground)) < 4.5
    }
    assert faint == {}


@pytest.mark.parametrize("eye", [PROTAN, DEUTAN], ids=["protan", "deutan"])
def test_states_of_a_message_differ_for_colour_blind_eyes(skin: Theme, eye: Matrix) -> None:
    colours = [seen(skin.of(state), eye) for state in State if state is not State.OK]
    smallest = min(distance(one, other) for one, other in combinations(colours, 2))
    assert round(smallest) >= (14 if skin.dark else 19)


def test_focus_and_outlines_can_be_seen(skin: Theme) -> None:
    for ground in ("panel", "card", "field", "canvas", "track"):
        assert contrast(skin.accent, getattr(skin, ground)) >= 3.0


def test_both_themes_have_the_same_colours() -> None:
    assert theme.load("light").tokens().keys() == theme.load("dark").tokens().keys()


def test_the_style_sheet_leaves_no_name_open(skin: Theme) -> None:
    sheet = theme.style_sheet(skin)
    assert "$" not in sheet
    assert skin.accent.name(QColor.NameFormat.HexArgb) in sheet


def test_the_pictures_of_the_style_sheet_exist_in_its_colours(skin: Theme) -> None:
    sheet = theme.style_sheet(skin)
    paths = {part.split('"')[0] for part in sheet.split('url("')[1:]}
    wrong = {path for path in paths if f"-{skin.name}.svg" not in path or not _shows(path, skin)}
    assert len(paths) >= 6
    assert wrong == set()


def _shows(path: str, skin: Theme) -> bool:
    with open(path, encoding="utf-8") as file:
        text = file.read().upper()
    return skin.text_second.name().upper() in text or skin.text_on_accent.name().upper() in text


def test_applying_a_theme_reaches_palette_style_sheet_and_listeners(qapp: QApplication, qtbot: QtBot) -> None:
    dark = theme.load("dark")
    with qtbot.waitSignal(theme.notifier().changed, check_params_cb=lambda worn: worn is dark):
        theme.apply(qapp, dark)
    assert theme.current() is dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == dark.panel
    assert qapp.styleSheet() == theme.style_sheet(dark)


def test_applying_the_same_theme_again_is_silent(qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.notifier().changed):
        theme.apply(qapp, theme.current())


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    made = Appearance(qapp, "dark")
    yield made
    made.setParent(None)  # or it would go on following the system beside those of later tests


def test_the_users_choice_wins_over_the_system(appearance: Appearance) -> None:
    assert theme.current().name == "dark"
    appearance.choose("light")
    assert theme.current().name == "light"
    assert appearance.choice == "light"


def test_system_follows_the_system(qapp: QApplication, appearance: Appearance, monkeypatch: pytest.MonkeyPatch) -> None:
    appearance.choose("system")
    hints = qapp.styleHints()
    for scheme, name in ((Qt.ColorScheme.Dark, "dark"), (Qt.ColorScheme.Light, "light"), (Qt.ColorScheme.Unknown, "light")):
        monkeypatch.setattr(type(hints), "colorScheme", lambda _self, scheme=scheme: scheme)
        hints.colorSchemeChanged.emit(scheme)
        assert theme.current().name == name


def test_a_theme_that_does_not_exist_is_refused(appearance: Appearance) -> None:
    with pytest.raises(ValueError, match="pink"):
        appearance.choose("pink")  # type: ignore[arg-type]


def test_a_role_changes_the_look_of_a_living_widget(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(20, 20)
    before = widget.grab().toImage().pixelColor(10, 10)
    theme.set_role(widget, "window")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    after = widget.grab().toImage().pixelColor(10, 10)
    assert (before, after) == (theme.current().panel, theme.current().window)
