"""Luck: its distributions are those asked for, its streams do not touch each other."""

from __future__ import annotations

from statistics import fmean, pstdev

import pytest

from mqviz.model.distributions import (
    Constant,
    Distribution,
    Empirical,
    Exponential,
    Gamma,
    Lognormal,
    Normal,
    Uniform,
)
from mqviz.sim.chance import certain, draws, mean, stream

MANY = 200_000

EVERY: list[tuple[Distribution, float, float]] = [
    (Constant(mean=0.3), 0.3, 0.0),
    (Exponential(mean=0.5), 0.5, 0.5),
    (Uniform(low=1.0, high=4.0), 2.5, 3.0 / 12**0.5),
    (Normal(mean=10.0, sd=2.0), 10.0, 2.0),
    (Lognormal(mean=2.0, sd=3.0), 2.0, 3.0),
    (Gamma(mean=2.0, sd=3.0), 2.0, 3.0),
    (Empirical(values=(1.0, 2.0, 6.0), weights=(2.0, 1.0, 1.0)), 2.5, 4.25**0.5),
]


@pytest.mark.parametrize(("distribution", "expected", "sd"), EVERY, ids=lambda value: type(value).__name__)
def test_mean_and_standard_deviation_are_those_of_the_value_itself(distribution: Distribution, expected: float, sd: float) -> None:
    draw = draws(distribution, stream(1, "client", "use"))
    values = [draw() for _ in range(MANY)]
    assert fmean(values) == pytest.approx(expected, abs=6 * sd / MANY**0.5)
    assert pstdev(values) == pytest.approx(sd, rel=0.05)
    assert mean(distribution) == pytest.approx(expected)


def test_a_normal_value_is_cut_at_0() -> None:
    draw = draws(Normal(mean=0.1, sd=1.0), stream(1, "client", "use"))
    values = [draw() for _ in range(1000)]
    assert min(values) == 0.0
    assert max(values) > 1.0


@pytest.mark.parametrize(
    "distribution",
    [Normal(mean=2.0, sd=0.0), Gamma(mean=2.0, sd=0.0), Uniform(low=2.0, high=2.0), Empirical(values=(2.0, 2.0))],
)
def test_without_spread_every_value_is_the_mean(distribution: Distribution) -> None:
    assert certain(distribution) == 2.0
    draw = draws(distribution, stream(1, "client", "use"))
    assert [draw() for _ in range(3)] == [2.0, 2.0, 2.0]


def test_values_are_plain_floats() -> None:
    for distribution, _, _ in EVERY:
        assert type(draws(distribution, stream(1, "client", "use"))()) is float


def test_a_stream_depends_on_seed_name_and_use_alone() -> None:
    def first(seed: int, name: str, use: str) -> float:
        return float(stream(seed, name, use).generator.random())

    assert first(1, "a", "service") == first(1, "a", "service")
    assert len({first(1, "a", "service"), first(2, "a", "service"), first(1, "b", "service"), first(1, "a", "load.0")}) == 4


def test_blocks_of_any_size_hand_out_the_same_numbers() -> None:
    draw = draws(Exponential(mean=1.0), stream(5, "a", "b"))
    whole = stream(5, "a", "b").generator.exponential(1.0, 300).tolist()
    assert [draw() for _ in range(300)] == whole
