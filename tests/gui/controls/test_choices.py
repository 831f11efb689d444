"""Segments, steppers, and buttons that break things: with the mouse, with the keyboard, and greyed with a reason."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QRadioButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from mqviz.gui import theme
from mqviz.gui.controls.fault_button import FaultButton
from mqviz.gui.controls.icon_button import IconButton, dress
from mqviz.gui.controls.segmented import SegmentedControl
from mqviz.gui.controls.stepper import Stepper

LEFT = Qt.MouseButton.LeftButton


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()


@pytest.fixture
def overflow(qtbot: QtBot) -> SegmentedControl:
    control = SegmentedControl("On overflow", [("drop", "Drop"), ("reject", "Reject"), ("dlx", "DLX")], "reject")
    shown(qtbot, control)
    return control


def segments(control: SegmentedControl) -> list[QRadioButton]:
    return control.findChildren(QRadioButton)


def test_a_click_anywhere_on_a_segment_chooses_it(qtbot: QtBot, overflow: SegmentedControl) -> None:
    dlx = segments(overflow)[2]
    with qtbot.waitSignal(overflow.chosen, check_params_cb=lambda key: key == "dlx"):
        qtbot.mouseClick(dlx, LEFT, pos=QPoint(dlx.width() - 2, dlx.height() - 2))
    assert overflow.current() == "dlx"


def test_arrows_move_between_segments(qtbot: QtBot, overflow: SegmentedControl) -> None:
    segments(overflow)[1].setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(overflow.chosen, check_params_cb=lambda key: key == "drop"):
        qtbot.keyClick(segments(overflow)[1], Qt.Key.Key_Left)
    assert overflow.current() == "drop"


def test_what_the_program_chooses_is_no_wish(qtbot: QtBot, overflow: SegmentedControl) -> None:
    with qtbot.assertNotEmitted(overflow.chosen):
        overflow.set_current("dlx")
    assert overflow.current() == "dlx"
    with pytest.raises(KeyError):
        overflow.set_current("keep")


def test_a_greyed_segment_says_why(overflow: SegmentedControl) -> None:
    overflow.set_choice_enabled("dlx", False, "needs a dead letter exchange")
    assert not segments(overflow)[2].isEnabled()
    assert segments(overflow)[2].toolTip() == "needs a dead letter exchange"


def test_segments_are_radio_buttons_to_a_screen_reader(overflow: SegmentedControl) -> None:
    interface = QAccessible.queryAccessibleInterface(segments(overflow)[0])
    assert interface.role() is QAccessible.Role.RadioButton
    assert interface.text(QAccessible.Text.Name) == "On overflow: Drop"


@pytest.fixture
def attempts(qtbot: QtBot) -> Stepper:
    stepper = Stepper("Delivery limit", 1, 5, 3, lambda count: f"{count} attempts")
    stepper.resize(152, 28)
    shown(qtbot, stepper)
    return stepper


def buttons(stepper: Stepper) -> list[IconButton]:
    return stepper.findChildren(IconButton)


def test_plus_and_minus_step(qtbot: QtBot, attempts: Stepper) -> None:
    told: list[int] = []
    attempts.changed.connect(told.append)
    fewer, more = buttons(attempts)
    for button in (more, more, fewer):
        qtbot.mouseClick(button, LEFT)
    assert told == [4, 5, 4]


def test_a_stepper_ends_at_its_limits(qtbot: QtBot, attempts: Stepper) -> None:
    fewer, more = buttons(attempts)
    attempts.set_value(5)
    assert (fewer.isEnabled(), more.isEnabled()) == (True, False)
    attempts.set_value(1)
    assert (fewer.isEnabled(), more.isEnabled()) == (False, True)


def test_a_stepper_listens_to_keys_and_to_typing(qtbot: QtBot, attempts: Stepper) -> None:
    told: list[int] = []
    attempts.changed.connect(told.append)
    count = attempts.findChild(QSpinBox)
    count.setFocus()
    qtbot.keyClick(count, Qt.Key.Key_Up)
    count.selectAll()
    qtbot.keyClicks(count, "2")
    qtbot.keyClick(count, Qt.Key.Key_Return)
    assert told == [4, 2]
    assert count.text() == "2 attempts"


def test_a_typed_number_out_of_range_changes_nothing(qtbot: QtBot, attempts: Stepper) -> None:
    count = attempts.findChild(QSpinBox)
    count.setFocus()
    count.selectAll()
    with qtbot.assertNotEmitted(attempts.changed):
        qtbot.keyClicks(count, "77")
        qtbot.keyClick(count, Qt.Key.Key_Return)
    assert attempts.value() == 3


def test_the_program_sets_a_stepper_silently(qtbot: QtBot, attempts: Stepper) -> None:
    with qtbot.assertNotEmitted(attempts.changed):
        attempts.set_value(4)
    assert attempts.value() == 4


def test_the_program_leaves_alone_what_is_being_typed(qtbot: QtBot, attempts: Stepper) -> None:
    count = attempts.findChild(QSpinBox)
    count.selectAll()
    qtbot.keyClicks(count, "2")
    attempts.set_value(5)
    assert count.text() == "2"
    qtbot.keyClick(count, Qt.Key.Key_Return)
    attempts.set_value(5)
    assert (attempts.value(), count.text()) == (5, "5 attempts")


def test_the_words_of_a_stepper_have_room(attempts: Stepper) -> None:
    count = attempts.findChild(QSpinBox)
    line = count.lineEdit()
    assert line.width() > line.fontMetrics().horizontalAdvance(count.text())


@pytest.fixture
def kill(qtbot: QtBot) -> FaultButton:
    button = FaultButton("kill", "Kill consumer", "2")
    shown(qtbot, button)
    return button


def middle(widget: QWidget, x: int, y: int) -> str:
    return widget.grab().toImage().pixelColor(x, y).name()


def test_mouse_and_key_press_a_fault(qtbot: QtBot, kill: FaultButton) -> None:
    pressed: list[str] = []
    kill.clicked.connect(lambda: pressed.append("kill"))
    qtbot.mouseClick(kill, LEFT)
    kill.setFocus()
    qtbot.keyClick(kill, Qt.Key.Key_Space)
    assert len(pressed) == 2


def test_a_fault_in_effect_looks_dangerous(kill: FaultButton) -> None:
    skin = theme.current()
    kill.set_active(True)
    assert middle(kill, 5, 16) == skin.danger_soft.name()
    assert kill.accessibleDescription() == "in effect"
    kill.set_active(False)
    assert middle(kill, 5, 16) in {skin.card.name(), skin.hover.name()}


def test_an_armed_fault_asks_for_its_target(kill: FaultButton) -> None:
    kill.set_armed(True)
    assert kill.armed
    assert middle(kill, 5, 16) == theme.current().accent_soft.name()
    assert "choose its target" in kill.toolTip()


def test_a_fault_that_is_not_possible_says_why(kill: FaultButton) -> None:
    kill.set_reason("A live broker has no such fault")
    assert not kill.isEnabled()
    assert kill.toolTip() == kill.accessibleDescription() == "A live broker has no such fault"
    kill.set_reason("")
    assert kill.isEnabled()
    assert kill.toolTip() == ""


def test_a_compact_fault_keeps_its_words_in_the_tooltip(kill: FaultButton) -> None:
    wide = kill.sizeHint().width()
    kill.set_compact(True)
    assert kill.sizeHint().width() < 0.5 * wide
    assert kill.toolTip() == kill.accessibleName() == "Kill consumer"


def test_an_icon_button_is_named(qtbot: QtBot) -> None:
    button = IconButton("fit", "Fit")
    shown(qtbot, button)
    assert (button.accessibleName(), button.toolTip(), button.text()) == ("Fit", "Fit", "")
    button.set_name("Fit", "Show everything (F)")
    assert (button.accessibleName(), button.toolTip()) == ("Fit", "Show everything (F)")


def test_an_icon_follows_the_theme(qtbot: QtBot, qapp: object) -> None:
    button = IconButton("stop", "Stop")
    shown(qtbot, button)
    light = _ink(button)
    theme.apply(qapp, theme.load("dark"))  # type: ignore[arg-type]
    assert light == theme.load("light").text_second.name()
    assert _ink(button) == theme.load("dark").text_second.name()


def test_an_icon_can_be_replaced(qtbot: QtBot) -> None:
    button = IconButton("stop", "Stop")
    shown(qtbot, button)
    dress(button, "stop", "accent")
    assert _ink(button) == theme.current().accent.name()


def _ink(button: QAbstractButton) -> str:
    image = button.icon().pixmap(QSize(16, 16), 2.0).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=lambda pixel: pixel.alpha()).name()
