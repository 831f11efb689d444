"""Values on sliders: the scale, the hand, the keyboard, the typed number; and how fast time runs."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QDoubleSpinBox
from pytestqt.qtbot import QtBot

from mqviz.gui import theme
from mqviz.gui.controls.labelled_slider import LabelledSlider
from mqviz.gui.controls.scale import STEPS, Scale
from mqviz.gui.controls.slider import Slider
from mqviz.gui.controls.speed_slider import SpeedSlider, position_of, speed_at, speed_text, stop_beside

LEFT = Qt.MouseButton.LeftButton

SCALES = [
    Scale(0, 100),
    Scale(1, 10_000, logarithmic=True),
    Scale(0, 100_000, logarithmic=True),
    Scale(0.001, 10, 3, logarithmic=True),
]


@pytest.mark.parametrize("scale", SCALES)
def test_the_ends_of_a_slider_are_the_ends_of_its_scale(scale: Scale) -> None:
    assert (scale.value(0), scale.value(STEPS)) == (scale.low, scale.high)
    assert (scale.place(scale.low), scale.place(scale.high)) == (0, STEPS)


@pytest.mark.parametrize("scale", SCALES)
@given(data=st.data())
def test_a_value_comes_back_from_its_place(scale: Scale, data: st.DataObject) -> None:
    value = scale.clamp(data.draw(st.floats(scale.low, scale.high)))
    back = scale.value(scale.place(value))
    step = 10.0**-scale.decimals
    tolerance = 0.02 * value if scale.logarithmic else (scale.high - scale.low) / STEPS
    assert abs(back - value) <= max(step, tolerance)


@pytest.mark.parametrize("scale", SCALES)
def test_further_right_is_never_less(scale: Scale) -> None:
    values = [scale.value(place) for place in range(STEPS + 1)]
    assert values == sorted(values)


def test_half_way_on_a_logarithmic_scale_is_the_geometric_mean() -> None:
    assert Scale(1, 10_000, logarithmic=True).value(STEPS // 2) == 100


@pytest.mark.parametrize(("low", "high", "logarithmic"), [(1, 1, False), (2, 1, False), (-1, 1, True)])
def test_a_scale_that_makes_no_sense_is_refused(low: float, high: float, logarithmic: bool) -> None:
    with pytest.raises(ValueError, match="no scale"):
        Scale(low, high, logarithmic=logarithmic)


@pytest.fixture
def rate(qtbot: QtBot) -> LabelledSlider:
    control = LabelledSlider("Rate", Scale(0, 200), 100, unit="/s")
    control.resize(292, 32)
    qtbot.addWidget(control)
    with qtbot.waitExposed(control):
        control.show()
    return control


def slider(control: LabelledSlider) -> Slider:
    return control.findChild(Slider)


def field(control: LabelledSlider) -> QDoubleSpinBox:
    return control.findChild(QDoubleSpinBox)


def told(control: LabelledSlider) -> tuple[list[float], list[float]]:
    moved: list[float] = []
    committed: list[float] = []
    control.moved.connect(moved.append)
    control.committed.connect(committed.append)
    return moved, committed


def at(control: LabelledSlider, share: float) -> QPoint:
    knob = slider(control)
    return QPoint(round(knob.inset + share * (knob.width() - 2 * knob.inset)), knob.height() // 2)


def test_dragging_moves_all_the_while_and_commits_once(qtbot: QtBot, rate: LabelledSlider) -> None:
    moved, committed = told(rate)
    qtbot.mousePress(slider(rate), LEFT, pos=at(rate, 0.5))
    for share in (0.6, 0.7, 0.75):
        qtbot.mouseMove(slider(rate), at(rate, share))
    assert committed == []
    qtbot.mouseRelease(slider(rate), LEFT, pos=at(rate, 0.75))
    assert len(moved) >= 3
    assert committed == [moved[-1]] == [rate.value()]
    assert committed[0] == pytest.approx(150, abs=2)
    assert field(rate).text() == f"{rate.value():.0f} /s"


def test_a_press_on_the_track_goes_there(qtbot: QtBot, rate: LabelledSlider) -> None:
    with qtbot.waitSignal(rate.committed):
        qtbot.mouseClick(slider(rate), LEFT, pos=at(rate, 0.25))
    assert rate.value() == pytest.approx(50, abs=2)


def test_arrows_commit_each_step(qtbot: QtBot, rate: LabelledSlider) -> None:
    moved, committed = told(rate)
    qtbot.keyClick(slider(rate), Qt.Key.Key_Right)
    qtbot.keyClick(slider(rate), Qt.Key.Key_Home)
    assert committed == moved == [104, 0]


def test_a_typed_number_is_exact(qtbot: QtBot, rate: LabelledSlider) -> None:
    moved, committed = told(rate)
    field(rate).setFocus()
    field(rate).selectAll()
    qtbot.keyClicks(field(rate), "137")
    assert committed == []
    qtbot.keyClick(field(rate), Qt.Key.Key_Return)
    assert committed == moved == [137]
    assert slider(rate).value() == Scale(0, 200).place(137)


def test_the_program_sets_a_value_silently(qtbot: QtBot, rate: LabelledSlider) -> None:
    with qtbot.assertNotEmitted(rate.moved), qtbot.assertNotEmitted(rate.committed):
        rate.set_value(20)
    assert (rate.value(), field(rate).value()) == (20, 20)
    assert slider(rate).value() == Scale(0, 200).place(20)


def test_the_program_does_not_take_the_knob_out_of_the_hand(qtbot: QtBot, rate: LabelledSlider) -> None:
    qtbot.mousePress(slider(rate), LEFT, pos=at(rate, 0.75))
    held = rate.value()
    rate.set_value(20)
    assert rate.value() == held
    qtbot.mouseRelease(slider(rate), LEFT, pos=at(rate, 0.75))


def test_the_program_leaves_alone_what_is_being_typed(qtbot: QtBot, rate: LabelledSlider) -> None:
    field(rate).selectAll()
    qtbot.keyClicks(field(rate), "13")
    rate.set_value(20)
    assert field(rate).text() == "13 /s"
    qtbot.keyClick(field(rate), Qt.Key.Key_Return)
    rate.set_value(20)
    assert (rate.value(), field(rate).text()) == (20, "20 /s")


def wheel(widget: QDoubleSpinBox | Slider, notches: int) -> QWheelEvent:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event


def test_the_wheel_scrolls_the_page_unless_the_slider_has_the_keyboard(rate: LabelledSlider) -> None:
    slider(rate).clearFocus()
    assert not wheel(slider(rate), 1).isAccepted()
    assert not wheel(field(rate), 1).isAccepted()
    assert rate.value() == 100
    slider(rate).setFocus()
    wheel(slider(rate), 1)
    assert rate.value() > 100


def test_a_greyed_slider_says_why(rate: LabelledSlider) -> None:
    rate.set_reason("belongs to a live client")
    assert (slider(rate).isEnabled(), field(rate).isEnabled(), rate.toolTip()) == (False, False, "belongs to a live client")
    rate.set_reason("")
    assert (rate.isEnabled(), rate.toolTip()) == (True, "")


def test_zero_has_a_word(qtbot: QtBot) -> None:
    control = LabelledSlider("Prefetch", Scale(0, 1000, logarithmic=True), 0, unit="msg", zero="no limit")
    qtbot.addWidget(control)
    assert field(control).text() == "no limit"
    control.set_value(20)
    assert field(control).text() == "20 msg"
    field(control).selectAll()
    qtbot.keyClicks(field(control), "0")
    qtbot.keyClick(field(control), Qt.Key.Key_Return)
    assert (control.value(), field(control).text()) == (0, "no limit")


def test_numbers_are_grouped_and_have_no_idle_zeros(qtbot: QtBot) -> None:
    control = LabelledSlider("Max length", Scale(0, 100_000, 2), 20_000)
    qtbot.addWidget(control)
    assert field(control).text() == "20,000"
    control.set_value(0.5)
    assert field(control).text() == "0.5"


def test_the_number_has_room_in_its_field(rate: LabelledSlider) -> None:
    line = field(rate).lineEdit()
    assert line.width() > line.fontMetrics().horizontalAdvance(field(rate).text())


@pytest.fixture
def speed(qtbot: QtBot) -> SpeedSlider:
    control = SpeedSlider("Speed")
    control.resize(210, 40)
    qtbot.addWidget(control)
    with qtbot.waitExposed(control):
        control.show()
    return control


@pytest.mark.parametrize("value", [0.1, 0.5, 1.0, 2.0, 10.0, 37.0, 100.0, inf])
def test_a_speed_comes_back_from_its_place(value: float) -> None:
    assert speed_at(position_of(value)) == value


@pytest.mark.parametrize(
    ("value", "text"), [(0.1, "0.1×"), (0.25, "0.25×"), (1.0, "1.0×"), (2.5, "2.5×"), (12.0, "12×"), (100.0, "100×"), (inf, "∞")]
)
def test_a_speed_is_written_as_people_do(value: float, text: str) -> None:
    assert speed_text(value) == text


def test_near_a_tick_the_tick_is_meant() -> None:
    assert speed_at(position_of(1.0) + 5) == 1.0
    assert speed_at(position_of(100.0) + 20) == 100.0
    assert speed_at(position_of(inf) - 20) == inf


def test_arrows_walk_through_round_speeds_to_as_fast_as_it_goes(qtbot: QtBot, speed: SpeedSlider) -> None:
    chosen: list[float] = []
    speed.chosen.connect(chosen.append)
    for _ in range(8):
        qtbot.keyClick(speed, Qt.Key.Key_Right)
    qtbot.keyClick(speed, Qt.Key.Key_Left)
    qtbot.keyClick(speed, Qt.Key.Key_Home)
    assert chosen == [2, 5, 10, 20, 50, 100, inf, 100, 0.1]


def test_from_between_two_stops_an_arrow_goes_to_the_next() -> None:
    assert (stop_beside(3.0, 1), stop_beside(3.0, -1)) == (5.0, 2.0)
    assert (stop_beside(0.1, -1), stop_beside(inf, 1)) == (0.1, inf)


def test_a_click_on_a_word_below_the_track_goes_there(qtbot: QtBot, speed: SpeedSlider) -> None:
    x = speed.inset + (speed.width() - 2 * speed.inset) * position_of(10.0) / speed.maximum()
    with qtbot.waitSignal(speed.chosen, check_params_cb=lambda value: value == 10.0):
        qtbot.mouseClick(speed, LEFT, pos=QPoint(round(x), 30))


def test_the_program_sets_the_speed_silently(qtbot: QtBot, speed: SpeedSlider) -> None:
    with qtbot.assertNotEmitted(speed.chosen):
        speed.set_speed(inf)
    assert speed.speed() == inf
    assert speed.accessibleDescription() == "∞"


def test_the_field_is_drawn_whole(rate: LabelledSlider) -> None:
    image = field(rate).grab().toImage()
    edges = {image.pixelColor(35, 0).name(), image.pixelColor(35, image.height() - 1).name()}
    assert image.height() == 28
    assert edges <= {theme.current().border.name(), theme.current().border_strong.name()}
