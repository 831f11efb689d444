"""The curves with a real mouse: legend, crosshair, zoom, ranges, flags, and what is drawn where."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from mqviz.gui import theme
from mqviz.gui.chart_frame import RowFrame, Source
from mqviz.gui.chart_legend import LegendItem
from mqviz.gui.chart_menu import ChartMenu
from mqviz.gui.charts import ChartPanel
from mqviz.model.faults import Kill, Slow
from mqviz.model.snapshot import ActiveFault
from mqviz.viewmodel.chart_rows import Row
from mqviz.viewmodel.recorder import Recorder
from tests.viewmodel.observed import Latencies, queue, recorded, update

SECONDS = 300
KILL = ActiveFault(id=7, fault=Kill(target="worker.1"), since=250.0)
SLOW = ActiveFault(id=8, fault=Slow(target="worker.2"), since=150.0)


def run(seconds: float = SECONDS, *faults: ActiveFault) -> Recorder:
    """40 messages a second come, ready grows by 2 a second, one in ten seconds is redelivered."""
    ended = Latencies()

    def at(place: int) -> object:
        time = place / 10
        work = queue(
            ready=round(2 * time), unacked=30, enqueued=4 * place, delivered=4 * place, acknowledged=3 * place, redelivered=place // 100
        )
        active = tuple(fault for fault in faults if fault.since <= time)
        return update(time, work, faults=active, **ended(0.05))

    return recorded(at(place) for place in range(round(seconds * 10) + 1))  # type: ignore[misc]


@cache
def finished() -> Recorder:
    """The run of most tests, made once; nobody appends to it."""
    return run(SECONDS, KILL, SLOW)


@pytest.fixture
def panel(qtbot: QtBot) -> ChartPanel:
    result = ChartPanel()
    qtbot.addWidget(result)
    result.resize(1150, 264)
    result.set_sources([Source("run", finished())])
    result.select("queue:work")
    with qtbot.waitExposed(result):
        result.show()
    return result


def row_of(panel: ChartPanel, row: Row) -> RowFrame:
    frame = panel.plot.frame
    assert frame is not None
    return next(each for each in frame.rows if each.row is row)


def item(panel: ChartPanel, code: str) -> LegendItem:
    return next(each for header in panel.headers.values() for each in header.items if each.curve.code == code)


def place(panel: ChartPanel, time: float, row: Row = Row.DEPTH) -> QPoint:
    frame = panel.plot.frame
    assert frame is not None
    return QPointF(frame.x(time), row_of(panel, row).rect.center().y()).toPoint()


def wheel(panel: ChartPanel, time: float, notches: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    where = QPointF(place(panel, time))
    turn = QPoint(0, 120 * notches)
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(where, panel.plot.mapToGlobal(where), QPoint(), turn, buttons, modifiers, phase, False)
    QApplication.sendEvent(panel.plot, event)


def drag(qtbot: QtBot, panel: ChartPanel, start: float, end: float, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    begin, finish = place(panel, start), place(panel, end)
    qtbot.mousePress(panel.plot, button, pos=begin)
    qtbot.mouseMove(panel.plot, begin + (finish - begin) / 2)
    qtbot.mouseMove(panel.plot, finish)
    qtbot.mouseRelease(panel.plot, button, pos=finish)


def test_the_legend_shows_the_present_figures(panel: ChartPanel) -> None:
    shown = {code: item(panel, code).figure for code in ("in", "deliver", "ack", "ready", "unacked", "p50", "redelivered")}
    assert shown == {"in": "40", "deliver": "40", "ack": "30", "ready": "600", "unacked": "30", "p50": "50 ms", "redelivered": "1"}


def test_a_click_in_the_legend_hides_a_curve_and_another_shows_it(panel: ChartPanel, qtbot: QtBot) -> None:
    assert "deliver" in row_of(panel, Row.RATES).layers[0]
    qtbot.mouseClick(item(panel, "deliver"), Qt.MouseButton.LeftButton)
    assert "deliver" not in row_of(panel, Row.RATES).layers[0]
    assert not item(panel, "deliver").isChecked()
    qtbot.mouseClick(item(panel, "deliver"), Qt.MouseButton.LeftButton)
    assert "deliver" in row_of(panel, Row.RATES).layers[0]


def test_the_legend_obeys_the_keyboard(panel: ChartPanel, qtbot: QtBot) -> None:
    qtbot.keyClick(item(panel, "p95"), Qt.Key.Key_Space)
    assert set(row_of(panel, Row.LATENCY).layers[0]) == {"p50", "p99"}
    assert item(panel, "p95").accessibleName() == "p95: 50 ms"


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


def test_it_follows_two_minutes(panel: ChartPanel) -> None:
    frame = panel.plot.frame
    assert frame is not None
    assert (frame.first, frame.last) == (180.0, 300.0)
    assert frame.relative
    assert frame.ticks[-1] == 300.0


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


def test_another_selection_has_other_curves(panel: ChartPanel) -> None:
    panel.select("exchange:orders")
    assert [each.curve.code for each in panel.headers[Row.RATES].items] == ["in", "out"]
    panel.select("")
    assert [each.curve.code for each in panel.headers[Row.RATES].items] == ["in", "deliver", "ack"]


def test_the_limit_of_a_queue_is_on_the_scale_when_it_is_near(qtbot: QtBot) -> None:
    panel = ChartPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 264)
    for limit, top in ((400, 500.0), (100_000, 400.0)):
        panel.set_sources([Source("run", recorded(update(i / 10, queue(ready=min(i, 370), max_length=limit)) for i in range(600)))])
        panel.select("queue:work")
        frame = row_of(panel, Row.DEPTH)
        assert frame.limit is not None and frame.limit.values[-1] == limit
        assert frame.scale.ticks[-1][1] == str(round(top))


def test_a_short_burst_does_not_flatten_the_other_curves(qtbot: QtBot) -> None:
    def total(place: int) -> int:
        return 10 * place + (10_000 if place > 20 else 0)

    panel = ChartPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 264)
    panel.set_sources([Source("run", recorded(update(i / 10, queue(enqueued=total(i), delivered=10 * i)) for i in range(1000)))])
    panel.select("queue:work")
    rates = row_of(panel, Row.RATES)
    assert rates.beyond is not None and rates.beyond[1] == pytest.approx(10_100.0)
    assert rates.scale.places(np.array([100.0]))[0] > 0.3


def test_theory_is_a_line_or_a_reason(panel: ChartPanel) -> None:
    before = panel.plot.grab().toImage()
    panel.set_theory(Row.DEPTH, 300.0)
    frame = row_of(panel, Row.DEPTH)
    assert frame.theory == 300.0
    y = round(float(frame.heights(np.array([300.0]))[0]))
    after = panel.plot.grab().toImage()
    columns = range(200, 600)
    assert sum(before.pixelColor(x, y) != after.pixelColor(x, y) for x in columns) > 200
    panel.set_theory(Row.DEPTH, None, "No steady state")
    assert row_of(panel, Row.DEPTH).theory is None
    assert "No steady state" in panel.headers[Row.DEPTH].toolTip()


def test_nothing_moves_while_nothing_happens(panel: ChartPanel) -> None:
    before = panel.plot.grab().toImage()
    panel.redraw()
    assert panel.plot.grab().toImage() == before


def test_it_draws_at_once_and_then_not_before_a_tenth_of_a_second(panel: ChartPanel, qtbot: QtBot) -> None:
    growing = run(10.0)
    panel.set_sources([Source("run", growing)])

    def shown() -> float:
        frame = panel.plot.frame
        assert frame is not None
        return frame.now

    for time in (11.0, 12.0):
        growing.append(update(time, queue()))
        panel.refresh()
    assert shown() == 11.0
    qtbot.waitUntil(lambda: shown() == 12.0, timeout=2000)


def test_a_hidden_panel_draws_when_it_is_seen_again(panel: ChartPanel) -> None:
    growing = run(10.0)
    panel.set_sources([Source("run", growing)])
    panel.hide()
    growing.append(update(20.0, queue()))
    panel.refresh()
    assert panel.plot.frame is not None and panel.plot.frame.now == 10.0
    panel.show()
    assert panel.plot.frame.now == 20.0


def test_before_the_first_data_it_says_so(qtbot: QtBot) -> None:
    panel = ChartPanel()
    qtbot.addWidget(panel)
    panel.show()
    assert panel.plot.frame is None
    assert panel.grab().toImage().width() > 0
    panel.set_sources([Source("run", Recorder())])
    assert panel.plot.frame is None
    panel.set_sources([Source("run", run(2.0))])
    assert panel.plot.frame is not None


def test_two_runs_share_scale_and_axis(panel: ChartPanel) -> None:
    panel.set_sources([Source("one", run(100.0)), Source("other", finished())])
    frame = panel.plot.frame
    assert frame is not None
    assert frame.names == ("one", "other")
    assert frame.last == 300.0
    assert len(row_of(panel, Row.RATES).layers) == 2 and len(row_of(panel, Row.FAILURES).bars) == 2
    assert item(panel, "ready").figure == "200"


def test_it_changes_its_theme_at_once(panel: ChartPanel, qapp: QApplication) -> None:
    light = panel.grab().toImage().pixelColor(3, 3)
    theme.apply(qapp, theme.load("dark"))
    dark = panel.grab().toImage().pixelColor(3, 3)
    assert light == QColor(theme.load("light").panel) and dark == QColor(theme.load("dark").panel)


@pytest.mark.parametrize(("width", "height"), [(520, 240), (700, 240), (2400, 600)])
def test_every_size_has_room_for_every_row(panel: ChartPanel, width: int, height: int) -> None:
    panel.resize(width, height)
    for row in Row:
        rect = row_of(panel, row).rect
        assert rect.height() >= 38 and rect.width() >= 200
        header = panel.headers[row].geometry()
        assert header.height() >= 44 and header.right() < panel.plot.x()
    assert panel.plot.frame is not None and len(panel.plot.frame.ticks) >= 2


def test_the_axis_may_be_virtual_time(panel: ChartPanel) -> None:
    menu = ChartMenu(panel, panel)
    menu.actions()[1].trigger()
    assert panel.plot.frame is not None and not panel.plot.frame.relative
    menu.actions()[0].trigger()
    assert panel.plot.frame.relative


def test_pictures_and_tables_can_be_taken_along(panel: ChartPanel, tmp_path: Path) -> None:
    menu = ChartMenu(panel, panel)
    menu.save_picture(tmp_path / "curves.png")
    picture = QImage(str(tmp_path / "curves.png"))
    assert (picture.width(), picture.height()) == (2300, 528)
    assert len({picture.pixelColor(x, 200).name() for x in range(0, 2300, 3)}) > 5
    menu.save_csv(tmp_path / "curves.csv")
    rows = list(csv.DictReader((tmp_path / "curves.csv").read_text().splitlines()))
    assert len(rows) == 3001
    assert rows[-1]["queue:work.ready"] == "600"
    menu.copy_picture()
    assert QApplication.clipboard().image().width() == 2300
