"""When messages arrive: exact for deterministic loads, Poisson for random ones, scaled without losing the thread."""

from __future__ import annotations

from math import inf, pi, sin
from typing import Any

import msgspec
import pytest

from mqviz.model.load import (
    BurstLoad,
    ConstantLoad,
    Load,
    OnOffLoad,
    PoissonLoad,
    RampLoad,
    ScheduleLoad,
    SineLoad,
    StepLoad,
    TraceLoad,
)
from mqviz.sim.arrivals import Arrivals

EVERY_SHAPE: list[Load] = [
    ConstantLoad(rate=20.0),
    PoissonLoad(rate=20.0),
    BurstLoad(messages=50, at=3.0, every=2.5),
    StepLoad(rate=5.0, to=40.0, at=10.0),
    RampLoad(rate=5.0, to=40.0, at=4.0, over=20.0),
    SineLoad(rate=20.0, amplitude=15.0, period=7.0, phase=1.0),
    SineLoad(rate=10.0, amplitude=30.0, period=7.0),
    OnOffLoad(rate=40.0, on=2.0, off=3.0),
    ScheduleLoad(steps=((10.0, 3.0), (0.0, 2.0), (50.0, 1.0)), cyclic=True),
    ScheduleLoad(steps=((10.0, 3.0), (60.0, 2.0))),
    TraceLoad(file="times.csv", times=(0.5, 0.5, 1.0, 4.0, 4.25, 9.0)),
]


def take(arrivals: Arrivals, until: float = inf, most: int = 100_000) -> list[float]:
    """The next arrivals before that time."""
    times: list[float] = []
    while len(times) < most and (arrivals.upcoming or arrivals.refill()):
        if arrivals.upcoming[-1] >= until:
            break
        times.append(arrivals.upcoming.pop())
    return times


def times_of(*loads: Load, until: float = inf, most: int = 100_000, since: float = 0.0) -> list[float]:
    return take(Arrivals(loads, 1, "shop", since), until, most)


def test_constant_begins_at_from_and_does_not_drift() -> None:
    times = times_of(ConstantLoad(rate=3.0, start=2.0), most=3_000_001)
    assert times[:3] == [2.0, 2.0 + 1.0 / 3.0, 2.0 + 2.0 / 3.0]
    assert times[3_000_000] == 2.0 + 1_000_000.0


def test_burst_is_at_one_instant_and_comes_again() -> None:
    assert times_of(BurstLoad(messages=3, at=1.5)) == [1.5] * 3
    assert times_of(BurstLoad(messages=2, at=1.0, every=2.0, until=5.5)) == [1.0, 1.0, 3.0, 3.0, 5.0, 5.0]


def test_step_changes_its_rate() -> None:
    times = times_of(StepLoad(rate=2.0, to=10.0, at=5.0), until=6.0)
    assert times[:10] == [i / 2 for i in range(10)]
    assert times[10:] == pytest.approx([5.0 + i / 10 for i in range(10)])


def test_a_load_that_begins_with_nothing_begins_late() -> None:
    assert times_of(StepLoad(rate=0.0, to=1.0, at=5.0), most=2) == [5.0, 6.0]


def test_ramp_rises_evenly() -> None:
    times = times_of(RampLoad(rate=0.0, to=10.0, over=10.0), until=10.0)
    assert times == pytest.approx([(k / 0.5) ** 0.5 for k in range(50)])


def test_a_ramp_that_began_before_the_load_is_entered_on_the_way() -> None:
    times = times_of(RampLoad(start=5.0, rate=0.0, to=10.0, over=10.0), until=10.0)
    assert len(times) == 38
    assert times[0] == 5.0
    assert times[1] == pytest.approx((25.0 + 2.0) ** 0.5)


def test_a_ramp_down_to_nothing_ends() -> None:
    assert len(times_of(RampLoad(rate=10.0, to=0.0, over=10.0))) == 50


def test_on_off_pauses() -> None:
    times = times_of(OnOffLoad(rate=2.0, on=1.0, off=3.0), until=9.0)
    assert times == pytest.approx([0.0, 0.5, 4.0, 4.5, 8.0, 8.5])


def test_schedule_goes_through_its_steps() -> None:
    steps = ((1.0, 2.0), (0.0, 3.0), (2.0, 1.0))
    assert times_of(ScheduleLoad(steps=steps)) == pytest.approx([0.0, 1.0, 5.0, 5.5])
    assert times_of(ScheduleLoad(steps=steps, cyclic=True), until=8.5) == pytest.approx([0.0, 1.0, 5.0, 5.5, 6.0, 7.0])


def test_trace_is_repeated_as_it_was() -> None:
    assert times_of(TraceLoad(file="x", times=(0.25, 1.0, 1.0, 7.5))) == [0.25, 1.0, 1.0, 7.5]
    assert times_of(TraceLoad(file="x", times=(0.25, 1.0, 1.0, 7.5), start=0.5, until=2.0)) == [1.0, 1.0]


@pytest.mark.parametrize("amplitude", [15.0, 20.0, 50.0])
def test_sine_follows_its_rate_and_is_cut_at_0(amplitude: float) -> None:
    load = SineLoad(rate=20.0, amplitude=amplitude, period=8.0, phase=1.0)
    times = times_of(load, until=40.0)
    grain = 1000
    for second in range(0, 40, 4):
        grid = (second + i / grain for i in range(4 * grain))
        expected = sum(max(0.0, 20.0 + amplitude * sin(2 * pi * (t + 1.0) / 8.0)) for t in grid) / grain
        assert sum(second <= t < second + 4 for t in times) == pytest.approx(expected, abs=1.1)


@pytest.mark.parametrize("shape", EVERY_SHAPE, ids=lambda shape: type(shape).__name__)
def test_every_shape_takes_from_until_and_messages(shape: Any) -> None:
    until = msgspec.structs.replace(shape, start=3.0, until=12.0)
    times = times_of(until)
    assert times == sorted(times)
    assert times
    assert min(times) >= 3.0
    assert max(times) < 12.0
    if not isinstance(shape, BurstLoad):
        assert times_of(msgspec.structs.replace(until, messages=2)) == times[:2]


@pytest.mark.parametrize("shape", EVERY_SHAPE, ids=lambda shape: type(shape).__name__)
def test_random_arrivals_have_the_same_mean_and_the_variance_of_a_poisson_process(shape: Any) -> None:
    even = len(times_of(shape, until=30.0))
    counts = []
    for seed in range(60):
        arrivals = Arrivals((msgspec.structs.replace(shape, random=True),), seed, "shop")
        counts.append(len(take(arrivals, until=30.0)))
    mean = sum(counts) / len(counts)
    variance = sum((count - mean) ** 2 for count in counts) / (len(counts) - 1)
    if isinstance(shape, TraceLoad | BurstLoad):
        assert mean == pytest.approx(even, rel=0.35)
        return
    if isinstance(shape, PoissonLoad):
        even = 600
    assert mean == pytest.approx(even, abs=4 * (even / 60) ** 0.5 + 1)
    assert 0.5 < variance / mean < 1.8


def test_several_loads_are_merged_in_order() -> None:
    loads = (ConstantLoad(rate=2.0), BurstLoad(messages=3, at=1.0), PoissonLoad(rate=5.0))
    alone = [times_of(load, until=50.0) for load in loads[:2]]
    poisson = Arrivals((*loads[:2], loads[2]), 1, "shop")
    merged = take(poisson, until=50.0)
    assert merged == sorted(merged)
    for times in alone:
        assert not set(times) - set(merged)
    assert len(merged) == pytest.approx(100 + 3 + 250, abs=60)


def test_a_load_more_does_not_change_the_luck_of_the_others() -> None:
    one = times_of(PoissonLoad(rate=5.0), until=20.0)
    two = times_of(PoissonLoad(rate=5.0), ConstantLoad(rate=1.0, start=0.5), until=20.0)
    assert [time for time in two if time % 1.0 != 0.5] == one


def test_arrivals_before_the_beginning_are_left_out() -> None:
    assert times_of(ConstantLoad(rate=1.0), since=2.5, most=2) == [3.0, 4.0]


def test_twice_the_rate_halves_what_is_left_of_the_way() -> None:
    arrivals = Arrivals((ConstantLoad(rate=1.0),), 1, "shop")
    assert take(arrivals, most=3) == [0.0, 1.0, 2.0]
    arrivals.scale(2.5, 2.0)
    assert take(arrivals, most=3) == [2.75, 3.25, 3.75]
    arrivals.scale(4.0, 1.0)
    assert take(arrivals, most=2) == [4.5, 5.5]


def test_what_was_taken_but_not_used_is_scaled_too() -> None:
    arrivals = Arrivals((ConstantLoad(rate=1.0),), 1, "shop")
    times = take(arrivals, most=4)
    arrivals.give_back(times.pop())
    arrivals.scale(2.0, 4.0)
    assert take(arrivals, most=2) == [2.25, 2.5]


def test_a_rate_of_0_stops_and_starts_again() -> None:
    arrivals = Arrivals((PoissonLoad(rate=10.0),), 1, "shop")
    used = take(arrivals, until=5.0)
    arrivals.scale(5.0, 0.0)
    assert take(arrivals) == []
    arrivals.scale(7.0, 1.0)
    whole = times_of(PoissonLoad(rate=10.0), until=10.0)
    assert used + [time - 2.0 for time in take(arrivals, until=12.0)] == pytest.approx(whole)


def test_scaling_of_merged_loads_leaves_none_out() -> None:
    arrivals = Arrivals((ConstantLoad(rate=2.0), ConstantLoad(rate=2.0, start=0.25)), 1, "shop")
    first = take(arrivals, until=10.0)
    arrivals.scale(10.0, 3.0)
    then = take(arrivals, until=20.0)
    assert len(first) == 40
    assert len(then) == pytest.approx(120, abs=1)


def test_a_burst_in_a_spike_is_larger() -> None:
    arrivals = Arrivals((BurstLoad(messages=10, at=1.0, every=1.0),), 1, "shop")
    assert len(take(arrivals, until=1.5)) == 10
    arrivals.scale(1.5, 3.0)
    assert len(take(arrivals, until=2.5)) == 30


def test_rates_are_told_as_scaled_and_as_written() -> None:
    arrivals = Arrivals((OnOffLoad(rate=8.0, on=1.0, off=1.0), ConstantLoad(rate=2.0)), 1, "shop")
    arrivals.scale(0.0, 2.0)
    assert arrivals.rate(0.5) == 20.0
    assert arrivals.rate(1.5) == 4.0
    assert arrivals.written_rate(1.5) == 10.0


def test_an_even_load_can_be_added_to_one_that_has_no_rate() -> None:
    arrivals = Arrivals((BurstLoad(messages=2, at=1.0),), 1, "shop")
    assert take(arrivals) == [1.0, 1.0]
    arrivals.add_constant(4.0, 2.0)
    arrivals.scale(4.0, 1.0)
    assert take(arrivals, most=3) == [4.0, 4.5, 5.0]
