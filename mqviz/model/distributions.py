"""Distributions of service times, sizes and the like, as values. `sim.chance` draws from them."""

from __future__ import annotations

from msgspec import Struct


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
