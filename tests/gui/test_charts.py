"""What the chart draws: rows, scales, theory, legend, two runs, every size; and what can be taken along."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mqviz.gui import theme
from mqviz.gui.chart_frame import Source
from mqviz.gui.chart_menu import ChartMenu
from mqviz.gui.charts import ChartPanel
from mqviz.viewmodel.chart_rows import Row
from mqviz.viewmodel.recorder import Recorder
from tests.gui.charted import finished, item, row_of, run, shown
from tests.viewmodel.observed import queue, recorded, update


@pytest.fixture
def panel(qtbot: QtBot) -> ChartPanel:
    return shown(qtbot)


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


def test_it_follows_two_minutes(panel: ChartPanel) -> None:
    frame = panel.plot.frame
    assert frame is not None
    assert (frame.first, frame.last) == (180.0, 300.0)
    assert frame.relative
    assert frame.ticks[-1] == 300.0


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


def test_the_names_of_two_runs_have_a_strip_of_their_own(panel: ChartPanel) -> None:
    alone = panel.plot.layout_now
    panel.set_sources([Source("one", run(100.0)), Source("other", finished())])
    both = panel.plot.layout_now
    assert alone.names.height() == 0.0 < both.names.height()
    assert both.lane.bottom() - 2.0 <= both.names.top() and both.names.bottom() <= both.row(Row.RATES).top()
    header = panel.headers[Row.RATES].geometry()
    panel.set_sources([Source("one", run(100.0))])
    assert panel.plot.layout_now == alone
    assert panel.headers[Row.RATES].geometry().top() < header.top()
