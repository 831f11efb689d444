"""Which curves belong to a selection, and bars and means over a stretch of time."""

from __future__ import annotations

import numpy as np
import pytest

from mqviz.model.snapshot import ServiceStats, Snapshot
from mqviz.viewmodel.chart_rows import Curve, Row, bar_width, bars, lines, plan_of, rate_over, spread, stacked
from mqviz.viewmodel.recorder import Recorder
from tests.viewmodel.observed import queue, recorded, update

CALLS_ONLY = Snapshot(time=0.0, services=(ServiceStats(name="shop", workers=1),))


def codes(node: str, row: Row, snapshot: Snapshot | None = None) -> list[str]:
    return [curve.code for curve in plan_of(node, snapshot).curves(row)]


@pytest.mark.parametrize(
    ("node", "rates", "depth", "failures"),
    [
        ("", ["in", "deliver", "ack"], ["ready", "unacked"], ["redelivered", "dead_lettered", "dropped"]),
        ("queue:a", ["in", "deliver", "ack"], ["ready", "unacked"], ["redelivered", "dead_lettered", "dropped"]),
        ("exchange:a", ["in", "out"], ["ready", "unacked"], ["unroutable"]),
        ("producer:a.1", ["publish", "confirm"], ["waiting", "unconfirmed"], ["returned", "nacked", "timed_out"]),
        ("consumer:a", ["deliver", "ack", "completed"], ["unacked"], ["redelivered"]),
        ("service:a", ["in", "completed"], ["waiting", "in_service"], ["refused", "timed_out", "failed"]),
        ("translator:a", ["in", "out"], ["ready", "unacked"], ["invalid"]),
    ],
)
def test_each_kind_has_its_own_curves(node: str, rates: list[str], depth: list[str], failures: list[str]) -> None:
    assert codes(node, Row.RATES) == rates
    assert codes(node, Row.DEPTH) == depth
    assert codes(node, Row.FAILURES) == failures
    assert codes(node, Row.LATENCY) == ["p50", "p95", "p99"]


@pytest.mark.parametrize("node", ["", "queue:a.b", "exchange:", "producer:a.1", "consumer:a", "service:a", "translator:a"])
def test_the_recorder_knows_every_curve(node: str) -> None:
    recorder = Recorder()
    plan = plan_of(node, CALLS_ONLY)
    for row in Row:
        for curve in plan.curves(row):
            assert recorder.series(curve.name).times.size == 0
    assert plan.limit is None or recorder.series(plan.limit).times.size == 0


def test_without_queues_the_calls_are_shown() -> None:
    assert codes("", Row.RATES, CALLS_ONLY) == ["in", "completed"]
    assert codes("", Row.FAILURES, CALLS_ONLY) == ["failed_calls"]
    assert plan_of("", CALLS_ONLY).calls


def test_a_service_beside_queues_adds_its_failures() -> None:
    both = Snapshot(time=0.0, queues=(queue(),), services=CALLS_ONLY.services)
    assert codes("", Row.FAILURES, both) == ["redelivered", "dead_lettered", "dropped", "failed_calls"]
    assert not plan_of("", both).calls


def test_unacked_lies_on_ready() -> None:
    recorder = recorded(update(i / 10, queue(ready=10 + i, unacked=5)) for i in range(50))
    layers = stacked(recorder, plan_of("queue:work", None).curves(Row.DEPTH), 0.0, 5.0)
    assert layers["ready"].values[-1] == 59.0
    assert layers["unacked"].values[-1] == 64.0


def test_no_more_points_than_can_be_seen() -> None:
    recorder = recorded(update(i / 10, queue(ready=i % 31, unacked=i % 17, delivered=i * 3)) for i in range(5000))
    plan = plan_of("queue:work", None)
    for series in (
        *lines(recorder, plan.curves(Row.RATES), 0.0, 500.0).values(),
        *stacked(recorder, plan.curves(Row.DEPTH), 0.0, 500.0).values(),
    ):
        assert 100 < series.times.size <= 600


def test_a_bar_counts_what_was_seen_in_its_time() -> None:
    redelivered = [0, 0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 7, 7]
    recorder = recorded(update(i / 10, queue(redelivered=total)) for i, total in enumerate(redelivered))
    seen = bars(recorder, (Curve("redelivered", "redeliver"),), 0.0, 62.0)
    assert seen.width == 1.0
    assert seen.heights["redelivered"][:3].tolist() == [3.0, 4.0, 0.0]
    assert seen.at("redelivered", 0.95) == 3.0
    assert seen.at("redelivered", -5.0) is None
    assert seen.greatest == 4.0


def test_bars_of_rows_far_apart_are_spread_evenly() -> None:
    recorder = recorded(update(time, queue(redelivered=int(time))) for time in (0.0, 10.0, 20.0))
    heights = bars(recorder, (Curve("redelivered", "redeliver"),), 0.0, 20.0).heights["redelivered"]
    assert heights[:-1] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("span", "width"), [(5.0, 0.1), (30.0, 0.5), (62.0, 1.0), (120.0, 2.0), (600.0, 10.0), (3600.0, 60.0), (40_000.0, 1200.0)]
)
def test_bars_have_round_widths(span: float, width: float) -> None:
    assert bar_width(span) == pytest.approx(width)
    assert span / bar_width(span) <= 62


def test_rates_are_averaged_over_more_where_less_can_be_seen() -> None:
    assert rate_over(0.0, 120.0) == 1.0
    assert rate_over(0.0, 2000.0) == 10.0


def test_the_mean_of_a_rate_is_what_was_counted_over_the_time() -> None:
    recorder = recorded(update(i / 10, queue(delivered=10 * i if i < 50 else 500)) for i in range(101))
    found = spread(recorder, Curve("deliver", "deliver"), 2.0, 8.0, is_total=True)
    assert found.mean == pytest.approx(300 / 6.0)
    assert found.greatest == pytest.approx(100.0)


def test_the_mean_of_a_gauge_is_that_of_its_rows() -> None:
    recorder = recorded(update(i / 10, queue(ready=i)) for i in range(101))
    found = spread(recorder, Curve("ready", "ready"), 2.0, 4.0, is_total=False)
    assert (found.mean, found.greatest) == (30.0, 40.0)
    nothing = spread(recorder, Curve("p50", "p50"), 2.0, 4.0, is_total=False)
    assert (nothing.mean, nothing.greatest) == (None, None)


def test_a_gap_stays_a_gap() -> None:
    recorder = recorded(update(time, queue(ready=1), live=True) for time in (0.0, 5.0, 10.0, 60.0, 65.0))
    assert np.isnan(lines(recorder, (Curve("ready", "ready"),), 0.0, 65.0)["ready"].values).sum() == 1
