"""Order and height of what stands in columns, so that few lines cross and most run nearly level (Sugiyama's method).

Order: each column is sorted by the mean place of its neighbours in the column before, forth and back. Height: each element goes
to the mean height of its neighbours, as near as order and distances let it; that is an isotonic regression, solved exactly
by pooling adjacent violators.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from itertools import pairwise

_SWEEPS = 8
_MANY = 1500
_SETTLINGS = 6

Columns = list[list[str]]
Neighbours = Mapping[str, list[str]]


def ordered(columns: Columns, left: Neighbours, right: Neighbours) -> Columns:
    """The columns with each sorted so that few lines cross; ties keep the given order."""
    best, fewest = columns, crossings(columns, right)
    current = columns
    for sweep in range(_SWEEPS if sum(map(len, columns)) <= _MANY else 2):
        if not fewest:
            break
        current = _swept(current, right if sweep % 2 else left, backwards=bool(sweep % 2))
        count = crossings(current, right)
        if count < fewest:
            best, fewest = current, count
    return best


def _swept(columns: Columns, neighbours: Neighbours, backwards: bool) -> Columns:
    result = [list(column) for column in columns]
    place = {id: float(index) for column in result for index, id in enumerate(column)}
    for index in range(len(result))[:: -1 if backwards else 1]:
        near = {id: _mean([place[other] for other in neighbours.get(id, ())], place[id]) for id in result[index]}
        result[index].sort(key=near.__getitem__)
        place.update((id, float(i)) for i, id in enumerate(result[index]))
    return result


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def crossings(columns: Columns, right: Neighbours) -> int:
    """How many pairs of lines between adjacent columns cross."""
    total = 0
    for here, there in pairwise(columns):
        place = {id: index for index, id in enumerate(there)}
        ends: list[int] = []
        for id in here:
            targets = sorted(place[other] for other in right.get(id, ()) if other in place)
            total += sum(len(ends) - bisect_left(ends, target + 1) for target in targets)
            for target in targets:
                insort(ends, target)
    return total


def heights(columns: Columns, left: Neighbours, right: Neighbours, half: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """The y of each element. `half`: how much room it needs above and below its y, distances included."""
    y = stacked(columns, half)
    both = {id: [*left.get(id, ()), *right.get(id, ())] for id in y}
    for settling in range(_SETTLINGS):
        last = settling >= _SETTLINGS - 2
        backwards = bool(settling % 2)
        neighbours = both if last else right if backwards else left
        for column in columns[:: -1 if backwards else 1]:
            wanted = [_mean([y[other] for other in neighbours.get(id, ())], y[id]) for id in column]
            y.update(zip(column, _apart(wanted, [half[id] for id in column]), strict=True))
    return y


def stacked(columns: Columns, half: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """The y of each element where each column is as low as it can be, its middle at 0."""
    return {id: place for column in columns for id, place in zip(column, _stacked(column, half), strict=True)}


def _stacked(column: Sequence[str], half: Mapping[str, tuple[float, float]]) -> list[float]:
    """One under the other, the middle of all at 0."""
    result, top = [], -sum(sum(half[id]) for id in column) / 2
    for id in column:
        above, below = half[id]
        result.append(top + above)
        top += above + below
    return result


def _apart(wanted: Sequence[float], half: Sequence[tuple[float, float]]) -> list[float]:
    """The places nearest to the wanted ones (least squares) that keep the order and the distances."""
    if not wanted:
        return []
    offsets = [0.0]
    for (_, below), (above, _) in pairwise(half):
        offsets.append(offsets[-1] + below + above)
    level = _rising([want - offset for want, offset in zip(wanted, offsets, strict=True)])
    return [base + offset for base, offset in zip(level, offsets, strict=True)]


def _rising(values: Sequence[float]) -> list[float]:
    """The nearest sequence that never falls."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pool = (value, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, count = pools.pop()
            pool = ((mean * count + pool[0] * pool[1]) / (count + pool[1]), count + pool[1])
        pools.append(pool)
    return [mean for mean, count in pools for _ in range(count)]
