"""The chart under a real mouse and keyboard: crosshair, zoom, ranges, flags."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from mqviz.gui.chart_frame import Source
from mqviz.gui.charts import ChartPanel
from mqviz.model.faults import Kill
from mqviz.model.snapshot import ActiveFault
from mqviz.viewmodel.chart_rows import Row
from tests.gui.charted import SECONDS, drag, place, row_of, run, shown, wheel


@pytest.fixture
def panel(qtbot: QtBot) -> ChartPanel:
    return shown(qtbot)


def test_the_crosshair_reads_the_moment_under_the_mouse(panel: ChartPanel, qtbot: QtBot) -> None:
    qtbot.mouseMove(panel.plot, place(panel, 260.0))
    assert panel.plot.cursor_time == pytest.approx(260.0, abs=0.2)
    readings = panel.plot.read_at(260.0)
    assert [reading.text for reading in readings[Row.RATES]] == ["40", "40", "30"]
    assert [reading.text for reading in readings[Row.DEPTH]] == ["520", "30"]
    assert [reading.text for reading in readings[Row.LATENCY]] == ["50 ms"] * 3


def test_the_crosshair_reads_nothing_where_the_run_has_not_been(panel: ChartPanel) -> None:
    panel.set_sources([Source("young", run(3.0))])
    assert panel.plot.read_at(-2.0) == {}


def test_the_crosshair_is_drawn_through_all_rows(panel: ChartPanel, qtbot: QtBot) -> None:
    before = panel.plot.grab().toImage()
    qtbot.mouseMove(panel.plot, place(panel, 240.0))
    after = panel.plot.grab().toImage()
    x = place(panel, 240.0).x()
    for row in Row:
        y = round(row_of(panel, row).rect.center().y())
        assert any(before.pixelColor(x + dx, y) != after.pixelColor(x + dx, y) for dx in (-1, 0, 1)), row


def test_the_wheel_zooms_about_the_mouse(panel: ChartPanel) -> None:
    x = place(panel, 200.0).x()
    wheel(panel, 200.0, 3)
    frame = panel.plot.frame
    assert frame is not None
    assert frame.last - frame.first == pytest.approx(120.0 / 1.25**3)
    assert frame.x(200.0) == pytest.approx(x, abs=1.0)
    assert not frame.relative
    assert panel.now_button.isVisible()


def test_the_wheel_with_shift_moves_along_the_time(panel: ChartPanel) -> None:
    wheel(panel, 240.0, 2, Qt.KeyboardModifier.ShiftModifier)
    assert panel.view.interval == (156.0, 276.0)


def test_a_double_click_goes_back_to_now(panel: ChartPanel, qtbot: QtBot) -> None:
    wheel(panel, 200.0, 3)
    qtbot.mouseDClick(panel.plot, Qt.MouseButton.LeftButton, pos=place(panel, 200.0))
    assert panel.view.follows
    assert not panel.now_button.isVisible()


def test_the_button_goes_back_to_now(panel: ChartPanel, qtbot: QtBot) -> None:
    wheel(panel, 200.0, 3)
    qtbot.mouseClick(panel.now_button, Qt.MouseButton.LeftButton)
    assert panel.view.interval == (180.0, 300.0)


def test_dragging_over_a_range_reads_mean_and_maximum(panel: ChartPanel, qtbot: QtBot) -> None:
    drag(qtbot, panel, 200.0, 220.0)
    chosen = panel.plot.range
    assert chosen is not None
    assert chosen == pytest.approx((200.0, 220.0), abs=0.3)
    readings = panel.plot.read_over(200.0, 220.0)
    assert [reading.text for reading in readings[Row.RATES]] == ["40 / 40", "40 / 40", "30 / 30"]
    assert readings[Row.DEPTH][0].text == "420 / 440"
    assert panel.zoom_button.isVisible()


def test_a_range_can_be_zoomed_to(panel: ChartPanel, qtbot: QtBot) -> None:
    drag(qtbot, panel, 200.0, 220.0)
    qtbot.mouseClick(panel.zoom_button, Qt.MouseButton.LeftButton)
    assert panel.view.interval == pytest.approx((200.0, 220.0), abs=0.3)
    assert panel.plot.range is None
    assert not panel.zoom_button.isVisible()


def test_escape_forgets_the_range(panel: ChartPanel, qtbot: QtBot) -> None:
    drag(qtbot, panel, 200.0, 220.0)
    qtbot.keyClick(panel.plot, Qt.Key.Key_Escape)
    assert panel.plot.range is None
    assert not panel.zoom_button.isVisible()


def test_the_middle_button_pans(panel: ChartPanel, qtbot: QtBot) -> None:
    drag(qtbot, panel, 220.0, 250.0, Qt.MouseButton.MiddleButton)
    assert panel.view.interval == pytest.approx((150.0, 270.0), abs=0.5)
    assert panel.plot.range is None


def test_keys_move_zoom_and_come_back(panel: ChartPanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.plot, Qt.Key.Key_Plus)
    first, last = panel.view.interval
    assert last - first == pytest.approx(96.0)
    qtbot.keyClick(panel.plot, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert panel.view.interval[0] == pytest.approx(first - 9.6)
    qtbot.keyClick(panel.plot, Qt.Key.Key_Left)
    assert panel.plot.cursor_time is not None
    qtbot.keyClick(panel.plot, Qt.Key.Key_Home)
    assert panel.view.interval == (0.0, 300.0)
    wheel(panel, 100.0, 2)
    qtbot.keyClick(panel.plot, Qt.Key.Key_End)
    assert panel.view.follows


def test_a_length_can_be_chosen(panel: ChartPanel, qtbot: QtBot) -> None:
    segments = {button.text(): button for button in panel.lengths.findChildren(type(panel.lengths.children()[-1]))}
    qtbot.mouseClick(segments["30 s"], Qt.MouseButton.LeftButton)
    assert panel.view.interval == (270.0, 300.0)
    qtbot.mouseClick(segments["All"], Qt.MouseButton.LeftButton)
    assert panel.view.interval == (0.0, 300.0)


def test_a_flag_names_its_fault_and_can_be_clicked(panel: ChartPanel, qtbot: QtBot) -> None:
    (flag,) = panel.plot.flags
    assert flag.text == "Kill worker.1"
    with qtbot.waitSignal(panel.fault_clicked, timeout=1000) as clicked:
        qtbot.mouseMove(panel.plot, flag.rect.center().toPoint())
        qtbot.mouseClick(panel.plot, Qt.MouseButton.LeftButton, pos=flag.rect.center().toPoint())
    assert clicked.args == [7]
    assert panel.plot.range is None


def test_a_fault_that_is_out_of_sight_has_no_flag(panel: ChartPanel) -> None:
    panel.view.show_latest(None)
    panel.redraw()
    assert [flag.spans[0].id for flag in panel.plot.flags] == [8, 7]


def test_several_faults_close_together_share_a_flag_and_are_told_apart_by_a_menu(panel: ChartPanel, qtbot: QtBot) -> None:
    faults = [ActiveFault(id=k, fault=Kill(target=f"worker.{k}"), since=280.0 + k / 2) for k in range(1, 6)]
    panel.set_sources([Source("run", run(SECONDS, *faults))])
    (flag,) = panel.plot.flags
    assert flag.text == "5 faults"
    qtbot.mouseMove(panel.plot, flag.rect.center().toPoint())
    qtbot.mouseClick(panel.plot, Qt.MouseButton.LeftButton, pos=flag.rect.center().toPoint())
    menu = panel.plot.findChild(QMenu)
    assert menu is not None and len(menu.actions()) == 5
    with qtbot.waitSignal(panel.fault_clicked, timeout=1000) as clicked:
        menu.actions()[2].trigger()
    assert clicked.args == [3]
    menu.close()
