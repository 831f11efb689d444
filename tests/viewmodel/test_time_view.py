"""Which stretch of time is shown: following, zoomed, in the past."""

from __future__ import annotations

import pytest

from mqviz.viewmodel.time_view import SHORTEST, TimeView


def view(now: float, length: float | None = 120.0, start: float = 0.0) -> TimeView:
    result = TimeView(length)
    result.advance(start, now)
    return result


def test_it_follows_the_newest_moment() -> None:
    at = view(500.0)
    assert at.interval == (380.0, 500.0)
    at.advance(0.0, 510.0)
    assert at.interval == (390.0, 510.0)


@pytest.mark.parametrize(
    ("age", "span"), [(0.0, 10.0), (9.0, 10.0), (11.0, 15.0), (31.0, 45.0), (70.0, 90.0), (91.0, 120.0), (1000.0, 120.0)]
)
def test_a_young_run_is_shown_larger(age: float, span: float) -> None:
    first, last = view(age).interval
    assert last - first == span


def test_all_is_from_the_first_row_to_the_newest() -> None:
    assert view(700.0, None, start=20.0).interval == (20.0, 700.0)


def test_zooming_leaves_the_moment_under_the_mouse_where_it_is() -> None:
    at = view(500.0)
    at.zoom(0.5, 420.0)
    first, last = at.interval
    assert last - first == pytest.approx(60.0)
    assert (420.0 - first) / (last - first) == pytest.approx((420.0 - 380.0) / 120.0)
    assert not at.follows


def test_zooming_at_the_newest_moment_goes_on_following() -> None:
    at = view(500.0)
    at.zoom(0.5, 500.0)
    assert at.follows
    at.advance(0.0, 501.0)
    assert at.interval == pytest.approx((441.0, 501.0))


def test_zooming_has_an_end_on_both_sides() -> None:
    at = view(500.0)
    for _ in range(50):
        at.zoom(0.5, 400.0)
    assert at.interval[1] - at.interval[0] == pytest.approx(SHORTEST)
    for _ in range(50):
        at.zoom(2.0, 400.0)
    assert at.interval[1] - at.interval[0] <= 500.0 + 1e-6
    assert at.follows


def test_the_past_stands_still() -> None:
    at = view(500.0)
    at.show(100.0, 140.0)
    at.advance(0.0, 520.0)
    assert at.interval == (100.0, 140.0)
    assert not at.follows


def test_moving_back_to_the_newest_moment_follows_again() -> None:
    at = view(500.0)
    at.show(300.0, 400.0)
    at.pan(60.0)
    assert at.interval == (360.0, 460.0)
    at.pan(1000.0)
    assert at.follows
    assert at.interval == (400.0, 500.0)


def test_moving_stops_before_the_beginning() -> None:
    at = view(500.0)
    at.pan(-10_000.0)
    first, last = at.interval
    assert first == -60.0 and last == 60.0


def test_back_to_now_keeps_the_length() -> None:
    at = view(500.0, 30.0)
    at.show(100.0, 200.0)
    at.follow()
    assert at.interval == (470.0, 500.0)


def test_choosing_a_length_follows() -> None:
    at = view(500.0)
    at.show(100.0, 200.0)
    at.show_latest(30.0)
    assert at.follows and at.interval == (470.0, 500.0)


def test_a_run_that_begins_anew_is_followed() -> None:
    at = view(500.0)
    at.show(100.0, 200.0)
    at.advance(0.0, 0.4)
    assert at.follows
    assert at.interval[1] == 0.4


def test_a_stretch_may_be_given_backwards() -> None:
    at = view(500.0)
    at.show(140.0, 100.0)
    assert at.interval == (100.0, 140.0)
