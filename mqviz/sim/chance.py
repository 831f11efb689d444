"""The only source of luck: one stream of numbers for each (seed, client, use), so that nobody changes another's luck.

A stream is numpy's PCG64, seeded by SHA-256 of those three. Numbers are drawn in blocks that grow from 64 to 4096 and handed
out as plain floats by an iterator made of C parts only, which costs a third of a call of `random.expovariate`. The blocks are
arrays, not lists: a thousand streams with lists of float objects would not fit into a processor's cache.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import chain, repeat
from math import log, sqrt

import numpy as np
from numpy.random import PCG64, Generator
from numpy.typing import NDArray

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

Draw = Callable[[], float]
"""Gives the next number of a stream."""

Numbers = Iterator[float]
"""A stream of numbers without end; in hot loops `next` of one is cheaper than a call of a `Draw`."""

Block = Callable[[int], NDArray[np.float64]]

_FIRST_BLOCK = 64
_LAST_BLOCK = 4096


class Luck:
    """A stream of luck; its generator is made when somebody asks, since most clients never need most of theirs."""

    __slots__ = ("_name", "_seed", "_use", "generator")

    generator: Generator

    def __init__(self, seed: int, name: str, use: str) -> None:
        self._seed, self._name, self._use = seed, name, use

    def __getattr__(self, name: str) -> Generator:
        if name != "generator":
            raise AttributeError(name)
        digest = sha256(f"{self._seed}\0{self._name}\0{self._use}".encode()).digest()
        self.generator = Generator(PCG64(int.from_bytes(digest[:16], "big")))
        return self.generator


def stream(seed: int, name: str, use: str) -> Luck:
    """The stream of luck of one client for one use ("service", "load.0" ...)."""
    return Luck(seed, name, use)


def block_sizes() -> Iterator[int]:
    """64, 128 ... 4096, 4096: little is drawn in vain for who asks little."""
    size = _FIRST_BLOCK
    while True:
        yield size
        size = min(2 * size, _LAST_BLOCK)


def singly(block: Block) -> Numbers:
    """Turns a maker of arrays of numbers into a giver of single ones."""
    arrays = (array("d", block(size).tobytes()) for size in block_sizes())
    return chain.from_iterable(arrays)


def uniform(luck: Luck) -> Numbers:
    """Numbers from 0 up to 1, without 1."""
    return singly(lambda size: luck.generator.random(size))


def normal(luck: Luck) -> Draw:
    """Numbers of mean 0 and standard deviation 1."""
    return singly(lambda size: luck.generator.standard_normal(size)).__next__


def numbers(distribution: Distribution, luck: Luck) -> Numbers:
    """Numbers of that distribution, never below 0."""
    value = certain(distribution)
    if value is not None:
        return repeat(max(0.0, float(value)))
    return singly(_block(distribution, luck))


def draws(distribution: Distribution, luck: Luck) -> Draw:
    """The same, to be called."""
    return numbers(distribution, luck).__next__


def mean(distribution: Distribution) -> float:
    """The mean of the distribution, for a normal one before it is cut at 0."""
    if isinstance(distribution, Uniform):
        return (distribution.low + distribution.high) / 2
    if isinstance(distribution, Empirical):
        return float(np.average(distribution.values, weights=distribution.weights or None))
    return distribution.mean


def certain(distribution: Distribution) -> float | None:
    """The only value that the distribution can take; None where luck has a say."""
    if isinstance(distribution, Uniform):
        return distribution.low if distribution.low == distribution.high else None
    if isinstance(distribution, Empirical):
        return distribution.values[0] if len(set(distribution.values)) == 1 else None
    if isinstance(distribution, Normal | Lognormal | Gamma):
        return distribution.mean if distribution.sd == 0 or _is_null(distribution) else None
    return distribution.mean if isinstance(distribution, Constant) or distribution.mean == 0 else None


def _is_null(distribution: Normal | Lognormal | Gamma) -> bool:
    """A positive value with mean 0 is always 0; a normal one is not."""
    return distribution.mean <= 0 and not isinstance(distribution, Normal)


def _block(distribution: Distribution, luck: Luck) -> Block:
    match distribution:
        case Exponential(mean=mu):
            return lambda size: luck.generator.exponential(mu, size)
        case Uniform(low=low, high=high):
            return lambda size: np.maximum(luck.generator.uniform(low, high, size), 0.0)
        case Normal(mean=mu, sd=sd):
            return lambda size: np.maximum(luck.generator.normal(mu, sd, size), 0.0)
        case Lognormal(mean=mu, sd=sd):
            variance = log(1.0 + (sd / mu) ** 2)
            return lambda size: luck.generator.lognormal(log(mu) - variance / 2, sqrt(variance), size)
        case Gamma(mean=mu, sd=sd):
            return lambda size: luck.generator.gamma((mu / sd) ** 2, sd * sd / mu, size)
        case Empirical(values=values, weights=weights):
            return _choice(np.maximum(np.asarray(values, dtype=np.float64), 0.0), weights, luck)
        case Constant(mean=mu):
            return lambda size: np.full(size, mu)


def _choice(values: NDArray[np.float64], weights: tuple[float, ...], luck: Luck) -> Block:
    steps = np.cumsum(weights or np.ones(len(values)))
    edges = steps / steps[-1]
    return lambda size: values[np.searchsorted(edges, luck.generator.random(size), side="right")]
