"""What only shows something: glyphs, levels, slots, figures, labels, the clock, empty states."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintDevice, QPainter
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mqviz.gui import theme
from mqviz.gui.controls.card import Card
from mqviz.gui.controls.empty_state import EmptyState
from mqviz.gui.controls.figure_label import FigureLabel
from mqviz.gui.controls.glyphs import StateGlyph, glyph_path, paint_glyph
from mqviz.gui.controls.labels import ElidedLabel, label, section
from mqviz.gui.controls.level_bar import LevelBar, paint_level, shares
from mqviz.gui.controls.slots_bar import Slots, SlotsBar, paint_slots
from mqviz.gui.controls.virtual_clock import VirtualClock, clock_text
from mqviz.gui.theme import State

WIDTH, HEIGHT = 200, 20


def picture(width: int = WIDTH, height: int = HEIGHT) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    return image


def painter_on(image: QPaintDevice) -> QPainter:
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def share_of(image: QImage, colour: QColor) -> float:
    """Which share of the pixels has exactly this colour."""
    wanted = colour.rgb()
    hits = sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))
    return hits / (image.width() * image.height())


def row_of(image: QImage, y: int) -> list[str]:
    return [image.pixelColor(x, y).name() for x in range(image.width())]


@pytest.mark.parametrize("state", State)
def test_a_glyph_is_drawn_in_the_colour_of_its_state_inside_its_box(state: State) -> None:
    image = picture(40, 40)
    painter = painter_on(image)
    paint_glyph(painter, state, QRectF(4, 4, 32, 32), theme.current())
    painter.end()
    assert share_of(image, theme.current().of(state)) > 0.1
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(40) for y in (0, 1, 38, 39))


def test_no_two_glyphs_have_the_same_shape() -> None:
    box = QRectF(0, 0, 32, 32)
    areas = [glyph_path(state, box) for state in State]
    for index, one in enumerate(areas):
        for other in areas[index + 1 :]:
            assert not one.subtracted(other).united(other.subtracted(one)).isEmpty()


def test_a_glyph_stays_square_in_a_wide_box() -> None:
    bounds = glyph_path(State.READY, QRectF(0, 0, 100, 10)).boundingRect()
    assert (bounds.width(), bounds.height(), bounds.center().x()) == (10, 10, 50)


def test_a_glyph_widget_shows_another_state(qtbot: QtBot) -> None:
    glyph = StateGlyph(State.READY, 30)
    qtbot.addWidget(glyph)
    glyph.set_state(State.DEAD_LETTERED)
    image = glyph.grab().toImage()
    assert glyph.state is State.DEAD_LETTERED
    assert share_of(image, theme.current().dead_lettered) > 0.5


def level(ready: float, unacked: float, state: State = State.READY) -> QImage:
    image = picture()
    painter = painter_on(image)
    paint_level(painter, QRectF(0, 0, WIDTH, HEIGHT), ready, unacked, theme.current(), state)
    painter.end()
    return image


def test_an_empty_tube_is_only_track() -> None:
    assert set(row_of(level(0, 0), 10)) == {theme.current().track.name()}


def test_a_tube_fills_from_the_consumers_end() -> None:
    skin, row = theme.current(), row_of(level(0.5, 0.1), 1)
    assert set(row[4:78]) == {skin.track.name()}
    assert skin.ready.name() in row[82:178]
    assert skin.track.name() not in row[82:178]
    assert skin.ready.name() not in row[182:]
    assert share_of(level(0.5, 0.1), skin.unacked) > 0.01


def test_a_single_message_in_a_large_queue_can_be_seen() -> None:
    assert share_of(level(1e-6, 0), theme.current().ready) > 0.003


def test_more_than_fits_is_scaled_down_together() -> None:
    assert shares(1.5, 0.5) == (0.75, 0.25)
    assert shares(0.5, 0.25) == (0.5, 0.25)
    assert shares(-1.0, 0.25) == (0.0, 0.25)


def test_a_dead_letter_queue_fills_in_its_own_colour() -> None:
    image = level(0.5, 0, State.DEAD_LETTERED)
    assert share_of(image, theme.current().dead_lettered) > 0.3
    assert share_of(image, theme.current().ready) == 0


def test_a_level_bar_says_what_it_shows(qtbot: QtBot) -> None:
    bar = LevelBar()
    qtbot.addWidget(bar)
    bar.resize(WIDTH, HEIGHT)
    bar.set_level(1.0, 0.0, "100 % of max-length")
    assert bar.accessibleDescription() == "100 % of max-length"
    assert share_of(bar.grab().toImage().convertToFormat(QImage.Format.Format_ARGB32), theme.current().ready) > 0.6


def slots(value: Slots, width: int = WIDTH) -> QImage:
    image = picture(width, 12)
    painter = painter_on(image)
    paint_slots(painter, QRectF(0, 0, width, 12), value, theme.current())
    painter.end()
    return image


def blocks(image: QImage, colour: QColor) -> int:
    """How many separate runs of a colour the middle row has."""
    row = [name == colour.name() for name in row_of(image, 6)]
    return sum(now and not before for before, now in zip([False, *row], row, strict=False))


@pytest.mark.parametrize("filled", [0, 1, 3, 10])
def test_as_many_slots_are_filled_as_are_taken(filled: int) -> None:
    assert blocks(slots(Slots(filled, 10)), theme.current().unacked_soft) == filled


def test_without_a_limit_only_what_is_taken_is_drawn() -> None:
    skin = theme.current()
    assert blocks(slots(Slots(4, 0)), skin.unacked_soft) == 4
    assert share_of(slots(Slots(4, 0)), skin.border) == 0


def test_slots_of_somebody_who_is_gone_are_never_filled() -> None:
    assert share_of(slots(Slots(4, 10, gone=True)), theme.current().unacked_soft) == 0


@pytest.mark.parametrize(("filled", "share"), [(100, 0.25), (400, 1.0)])
def test_too_many_slots_become_one_bar_with_the_same_share(filled: int, share: float) -> None:
    row = row_of(slots(Slots(filled, 400)), 6)
    assert row.count(theme.current().unacked_soft.name()) / WIDTH == pytest.approx(share, abs=0.03)


def test_slots_never_leave_their_box() -> None:
    for total in (1, 10, 31, 36, 400):
        image = picture(80, 30)
        painter = painter_on(image)
        paint_slots(painter, QRectF(10, 9, 60, 12), Slots(total, total), theme.current())
        painter.end()
        outside = [image.pixelColor(x, y).alpha() for x in range(80) for y in range(30) if not (9 <= x <= 70 and 8 <= y <= 21)]
        assert set(outside) == {0}


def test_a_slots_bar_says_what_it_shows(qtbot: QtBot) -> None:
    bar = SlotsBar()
    qtbot.addWidget(bar)
    bar.set_slots(Slots(3, 10), "3 of 10")
    assert bar.accessibleDescription() == "3 of 10"
    assert blocks_of_widget(bar) == 3


def blocks_of_widget(bar: SlotsBar) -> int:
    bar.resize(WIDTH, 12)
    return blocks(bar.grab().toImage(), theme.current().unacked_soft)


def test_a_figure_is_told_with_its_change(qtbot: QtBot) -> None:
    figure = FigureLabel("Ready", State.READY)
    qtbot.addWidget(figure)
    figure.set_figure("1,284", "+38/s", "warning")
    assert (figure.figure(), figure.delta(), figure.accessibleName()) == ("1,284", "+38/s", "Ready: 1,284")
    figure.set_figure("1,284")
    assert figure.delta() == ""


def test_a_figure_without_change_keeps_its_height(qtbot: QtBot) -> None:
    figure = FigureLabel("Ready")
    qtbot.addWidget(figure)
    before = figure.sizeHint().height()
    figure.set_figure("12", "+3/s")
    assert figure.sizeHint().height() == before


def test_a_label_shows_markup_as_it_is(qtbot: QtBot) -> None:
    words = label("<b>orders</b>")
    qtbot.addWidget(words)
    assert words.textFormat() is Qt.TextFormat.PlainText


def test_a_section_is_written_in_capitals(qtbot: QtBot) -> None:
    heading = section("Consumers")
    qtbot.addWidget(heading)
    assert heading.text() == "Consumers"
    assert heading.font().capitalization() is heading.font().Capitalization.AllUppercase


def test_an_elided_label_tells_the_whole_in_its_tooltip(qtbot: QtBot) -> None:
    words = ElidedLabel("orders.priority.of.the.north")
    qtbot.addWidget(words)
    words.resize(80, 20)
    with qtbot.waitExposed(words):
        words.show()
    assert words.text().endswith("…")
    assert words.toolTip() == words.whole_text == words.accessibleName()
    words.resize(400, 20)
    assert (words.text(), words.toolTip()) == ("orders.priority.of.the.north", "")


def test_an_elided_label_gives_way(qtbot: QtBot) -> None:
    words = ElidedLabel("x" * 200)
    qtbot.addWidget(words)
    assert words.minimumSizeHint().width() < 60


@pytest.mark.parametrize(
    ("time", "text"),
    [(0, "00:00.000"), (161.38, "02:41.380"), (59.9996, "01:00.000"), (3600, "1:00:00.000"), (36_061.5, "10:01:01.500")],
)
def test_virtual_time_is_written_as_a_clock(time: float, text: str) -> None:
    assert clock_text(time) == text


@pytest.fixture
def virtual(qtbot: QtBot) -> VirtualClock:
    clock = VirtualClock()
    qtbot.addWidget(clock)
    return clock


def test_the_clock_says_how_fast_it_runs(virtual: VirtualClock) -> None:
    virtual.show_time(161.38, 0.0, 1.0, False)
    assert (virtual.text(), virtual.note()) == ("02:41.380", "simulated · 1.0×")
    virtual.show_time(161.38, 0.0, 1.0, True)
    assert virtual.note() == "paused · 1.0×"
    virtual.show_time(161.38, 0.0, 1.0, False, live=True)
    assert virtual.note() == "live"


def test_the_clock_is_honest_about_lag(virtual: VirtualClock) -> None:
    virtual.show_time(10, 2.34, 100.0, False)
    assert virtual.note() == "behind by 2.3 s"
    image = virtual.grab().toImage()
    assert any(name == theme.current().text_warning.name() for y in range(24, 40) for name in row_of(image, y))


def test_jitter_is_no_lag_and_a_pause_does_not_lag(virtual: VirtualClock) -> None:
    virtual.show_time(10, 0.05, 1.0, False)
    assert virtual.note() == "simulated · 1.0×"
    virtual.show_time(10, 9.0, 1.0, True)
    assert virtual.note() == "paused · 1.0×"


def test_the_clock_never_changes_its_width(virtual: VirtualClock) -> None:
    widths = set()
    for time, lag in ((0, 0), (36_061.5, 0), (1, 12.3)):
        virtual.show_time(time, lag, 1.0, False)
        widths.add(virtual.sizeHint().width())
    assert len(widths) == 1


def test_an_empty_state_offers_a_way_out(qtbot: QtBot) -> None:
    empty = EmptyState("queue", "Nothing is selected", "Click a queue.", "Show all")
    qtbot.addWidget(empty)
    with qtbot.waitExposed(empty):
        empty.show()
    with qtbot.waitSignal(empty.acted):
        qtbot.mouseClick(empty.findChild(QPushButton), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(empty.acted):
        qtbot.keyClick(empty.findChild(QPushButton), Qt.Key.Key_Space)


def test_an_empty_state_shows_nothing_empty(qtbot: QtBot) -> None:
    empty = EmptyState("queue", "No messages")
    qtbot.addWidget(empty)
    with qtbot.waitExposed(empty):
        empty.show()
    assert not empty.findChild(QPushButton).isVisible()
    assert [words.text() for words in empty.findChildren(QLabel) if words.isVisible()] == ["No messages"]


@pytest.mark.parametrize(("kind", "ground"), [("card", "card"), ("well", "tray")])
def test_a_card_has_its_ground(qtbot: QtBot, kind: str, ground: str) -> None:
    card = Card(kind)  # type: ignore[arg-type]
    qtbot.addWidget(card)
    card.body.addWidget(label("Goal"))
    card.resize(120, 60)
    assert card.grab().toImage().pixelColor(60, 5).name() == getattr(theme.current(), ground).name()
