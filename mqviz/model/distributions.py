"""Distributions of service times, sizes and the like, as values. `sim.chance` draws from them."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace


class _Distribution(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="distribution"):
    pass


class Constant(_Distribution, frozen=True, kw_only=True, tag="constant"):
    """Always the mean."""

    mean: float


class Exponential(_Distribution, frozen=True, kw_only=True, tag="exponential"):
    """Memoryless."""

    mean: float


class Uniform(_Distribution, frozen=True, kw_only=True, tag="uniform"):
    """Every value between low and high alike."""

    low: float
    high: float


class Normal(_Distribution, frozen=True, kw_only=True, tag="normal"):
    """Mean and standard deviation of the value itself before it is cut at 0."""

    mean: float
    sd: float


class Lognormal(_Distribution, frozen=True, kw_only=True, tag="lognormal"):
    """Mean and standard deviation of the value itself (not of its logarithm)."""

    mean: float
    sd: float


class Gamma(_Distribution, frozen=True, kw_only=True, tag="gamma"):
    """Mean and standard deviation of the value itself."""

    mean: float
    sd: float


class Empirical(_Distribution, frozen=True, kw_only=True, tag="empirical"):
    """One of `values`, with these weights (all alike where there are none)."""

    values: tuple[float, ...]
    weights: tuple[float, ...] = ()


Distribution = Constant | Exponential | Uniform | Normal | Lognormal | Gamma | Empirical


def mean_of(distribution: Distribution) -> float:
    """The mean as written (a normal's before it is cut at 0)."""
    if isinstance(distribution, Uniform):
        return (distribution.low + distribution.high) / 2
    if isinstance(distribution, Empirical):
        weights = distribution.weights or (1.0,) * len(distribution.values)
        return sum(v * w for v, w in zip(distribution.values, weights, strict=True)) / sum(weights)
    return distribution.mean


def with_mean(distribution: Distribution, mean: float) -> Distribution:
    """The same shape with another mean: everything is scaled. What has mean 0 becomes exponential."""
    present = mean_of(distribution)
    if present <= 0.0:
        return Exponential(mean=mean)
    factor = mean / present
    if isinstance(distribution, Uniform):
        return Uniform(low=distribution.low * factor, high=distribution.high * factor)
    if isinstance(distribution, Empirical):
        return Empirical(values=tuple(v * factor for v in distribution.values), weights=distribution.weights)
    if isinstance(distribution, Constant | Exponential):
        return replace(distribution, mean=mean)
    return replace(distribution, mean=mean, sd=distribution.sd * factor)
