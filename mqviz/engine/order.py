"""In which order ready copies leave a queue, and where one that comes back goes: three kinds of line.

All have the part of a deque's interface that the queue's shortest path uses (append, popleft, len, truth),
so that this path does not ask which kind it is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Protocol

from mqviz.engine.message import Copy


class Line(Protocol):
    """Ready copies, the next to be delivered first."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Copy]: ...
    def append(self, copy: Copy, /) -> None:
        """A new copy takes its place."""

    def popleft(self) -> Copy:
        """Take the next one away."""

    def restore(self, copy: Copy) -> None:
        """A copy comes back to its original place."""

    def head(self) -> Copy:
        """The next one, which stays."""

    def clear(self) -> None:
        """All leave."""


class Fifo(deque[Copy]):
    """First in, first out; a copy comes back to the place that its serial number gives."""

    __slots__ = ()

    def head(self) -> Copy:
        """The next one, which stays."""
        return self[0]

    def restore(self, copy: Copy) -> None:
        """A copy comes back to its original place."""
        serial = copy.serial
        if not self or serial < self[0].serial:
            self.appendleft(copy)
        elif serial > self[-1].serial:
            self.append(copy)
        else:
            self.insert(self._place_of(serial), copy)

    def _place_of(self, serial: int) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle].serial < serial:
                low = middle + 1
            else:
                high = middle
        return low


class ByPriority:
    """A line for each priority up to the greatest of the queue (`x-max-priority`), the highest first."""

    __slots__ = ("_length", "_levels", "_lines", "_most")

    def __init__(self, most: int) -> None:
        self._most = most
        self._lines: dict[int, Fifo] = {}
        self._levels: list[int] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Copy]:
        for level in self._levels:
            yield from self._lines[level]

    def _line_of(self, copy: Copy) -> Fifo:
        level = min(copy.message.priority, self._most)
        line = self._lines.get(level)
        if line is None:
            line = self._lines[level] = Fifo()
            self._levels = sorted(self._lines, reverse=True)
        return line

    def append(self, copy: Copy, /) -> None:
        """A new copy takes its place, behind those of its priority."""
        self._line_of(copy).append(copy)
        self._length += 1

    def restore(self, copy: Copy) -> None:
        """A copy comes back to its original place within its priority."""
        self._line_of(copy).restore(copy)
        self._length += 1

    def _first(self) -> Fifo:
        return next(line for level in self._levels if (line := self._lines[level]))

    def popleft(self) -> Copy:
        """Take the next one away."""
        self._length -= 1
        return self._first().popleft()

    def head(self) -> Copy:
        """The next one, which stays."""
        return self._first()[0]

    def clear(self) -> None:
        """All leave."""
        self._lines.clear()
        self._levels.clear()
        self._length = 0


class ReturnsFirst:
    """A quorum queue's line: what came back goes first, in the order in which it came back (rabbit_fifo)."""

    __slots__ = ("_new", "_returned")

    def __init__(self) -> None:
        self._returned: deque[Copy] = deque()
        self._new: deque[Copy] = deque()

    def __len__(self) -> int:
        return len(self._returned) + len(self._new)

    def __iter__(self) -> Iterator[Copy]:
        yield from self._returned
        yield from self._new

    def append(self, copy: Copy, /) -> None:
        """A new copy takes its place."""
        self._new.append(copy)

    def restore(self, copy: Copy) -> None:
        """A copy comes back, behind those that came back before."""
        self._returned.append(copy)

    def popleft(self) -> Copy:
        """Take the next one away."""
        return (self._returned or self._new).popleft()

    def head(self) -> Copy:
        """The next one, which stays."""
        return (self._returned or self._new)[0]

    def clear(self) -> None:
        """All leave."""
        self._returned.clear()
        self._new.clear()
