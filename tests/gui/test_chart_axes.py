"""Round numbers, decades, moments, and flags that do not cover one another."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from mqviz.gui.chart_axes import Linear, Logarithmic, clock, compact, duration, figure, moments, time_step
from mqviz.gui.chart_flags import lay_out
from mqviz.gui.chart_words import ChartWords
from mqviz.viewmodel.fault_spans import FaultSpan


@pytest.mark.parametrize(
    ("peak", "top"), [(0.0, 1.0), (0.3, 0.4), (1.0, 1.2), (390.0, 500.0), (400.0, 500.0), (1_900.0, 2_000.0), (9_700.0, 12_000.0)]
)
def test_a_linear_scale_ends_at_a_round_number_above_the_peak(peak: float, top: float) -> None:
    scale = Linear.reaching(peak)
    assert scale.top == pytest.approx(top)
    assert scale.places(np.array([peak]))[0] < 1.0


def test_a_scale_without_values_is_one() -> None:
    assert Linear.reaching(float("nan")).ticks == ((0.0, "0"), (0.5, "0.5"), (1.0, "1"))


@pytest.mark.parametrize(
    ("least", "greatest", "labels"),
    [
        (0.02, 0.5, ["10 ms", "100 ms"]),
        (0.012, 12.0, ["10 ms", "1 s"]),
        (0.0, 0.0, ["1 ms", "10 ms", "100 ms", "1 s"][::2]),
        (2e-5, 1e-4, ["10 µs", "100 µs"]),
    ],
)
def test_a_logarithmic_scale_has_whole_decades(least: float, greatest: float, labels: list[str]) -> None:
    scale = Logarithmic.over(least, greatest)
    shown = [text for _, text in scale.ticks]
    assert shown[:2] == labels[:2]
    assert all(0.0 <= share <= 1.0 for share, _ in scale.ticks)
    places = scale.places(np.array([max(least, 1e-6), max(greatest, 1e-6)]))
    assert places[0] >= -1e-9 and places[1] <= 1.0 + 1e-9


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "–"), (0.0, "0"), (0.4, "0.4"), (3.0, "3"), (9.97, "10"), (265.4, "265"), (1284.0, "1,284"), (2_500_000.0, "2.5M")],
)
def test_figures(value: float | None, text: str) -> None:
    assert figure(value) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "–"), (0.0, "0 ms"), (25e-6, "25 µs"), (0.0481, "48 ms"), (0.312, "312 ms"), (1.94, "1.9 s"), (119.7, "120 s")],
)
def test_durations(seconds: float | None, text: str) -> None:
    assert duration(seconds) == text


def test_compact_numbers() -> None:
    assert [compact(value) for value in (0.25, 400.0, 1500.0, 20_000.0, 3e6)] == ["0.25", "400", "1.5k", "20k", "3M"]


@pytest.mark.parametrize(
    ("seconds", "step", "text"),
    [(0.0, 1.0, "00:00"), (161.38, 0.1, "02:41.4"), (59.96, 0.1, "01:00.0"), (3671.0, 1.0, "1:01:11"), (-5.0, 1.0, "−00:05")],
)
def test_moments_as_a_clock(seconds: float, step: float, text: str) -> None:
    assert clock(seconds, step) == text


def test_moments_lie_whole_steps_from_now_or_from_the_beginning() -> None:
    assert moments(97.3, 127.3, 10.0, 127.3) == pytest.approx([97.3, 107.3, 117.3, 127.3])
    assert moments(97.3, 127.3, 10.0) == pytest.approx([100.0, 110.0, 120.0])
    assert (time_step(120.0, 11), time_step(120.0, 5), time_step(3600.0, 8)) == (20, 30, 600)


LANE = QRectF(0, 0, 900, 28)


def spans(*places: float) -> list[tuple[float, FaultSpan]]:
    return [(x, FaultSpan(number, "kill", f"worker.{number}", x)) for number, x in enumerate(places, 1)]


@pytest.mark.parametrize(
    "places",
    [
        (100.0,),
        (0.0, 899.0),
        (100.0, 150.0, 420.0),
        (100.0, 110.0, 120.0),
        tuple(float(x) for x in range(0, 900, 7)),
        (880.0, 890.0, 899.0),
        (5.0, 895.0),
    ],
)
def test_no_flag_covers_another_and_none_is_forgotten(qtbot: QtBot, places: tuple[float, ...]) -> None:
    flags = lay_out(spans(*places), LANE, ChartWords())
    for left, right in pairwise(flags):
        assert left.rect.right() < right.rect.left()
    assert [span.id for flag in flags for span in flag.spans] == list(range(1, len(places) + 1))
    assert len(flags) >= 1


def test_flags_with_room_say_everything_with_little_room_only_their_sign(qtbot: QtBot) -> None:
    whole, sign, last = lay_out(spans(100.0, 400.0, 440.0), LANE, ChartWords())
    assert (whole.text, sign.text, last.text) == ("Kill worker.1", "", "Kill worker.3")
    assert sign.rect.width() < 30.0


def test_the_last_flag_stays_inside(qtbot: QtBot) -> None:
    (flag,) = lay_out(spans(895.0), LANE, ChartWords())
    assert flag.text == "Kill worker.1" and flag.rect.right() <= 900.0


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (FaultSpan(1, "spike", "shop", 1.0, 9.0, figures=(("factor", 2.6),)), "Spike ×2.6 · 8 s"),
        (FaultSpan(1, "spike", "shop", 1.0, 1.0, figures=(("messages", 1000),)), "Spike +1,000"),
        (FaultSpan(1, "spike", "shop", 1.0), "Spike"),
        (FaultSpan(1, "cut", "", 1.0, figures=(("side", "both"),)), "Network cut"),
        (FaultSpan(1, "cut", "server.1", 1.0), "Cut server.1"),
        (FaultSpan(1, "delay", "", 1.0, figures=(("seconds", 0.2),)), "Delay +200 ms"),
        (FaultSpan(1, "purge", "queue:work", 1.0, 1.0), "Purge work"),
        (FaultSpan(1, "memory_alarm", "", 1.0), "Memory alarm"),
        (FaultSpan(1, "down", "", 1.0, 4.0), "Broker down · 3 s"),
        (FaultSpan(1, "hang", "server", 1.0), "server hangs"),
    ],
)
def test_every_fault_has_words(qtbot: QtBot, span: FaultSpan, text: str) -> None:
    assert ChartWords().fault(span) == text
