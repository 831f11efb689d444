"""A disk that can be full, broken, or without power: what was not made sure of is then gone, or torn."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from mqviz.wire.committing import Batch, Commits, Report
from mqviz.wire.disk import File


@dataclass
class Stored:
    """A file: what is in it, and how much of that is sure."""

    content: bytearray = field(default_factory=bytearray)
    sure: int = 0


@dataclass
class FakeDisk:
    """A `Disk` in memory. `capacity` in bytes; `broken`: nothing can be written or made sure of; `is_gone`: nobody can look at it."""

    capacity: int = 1 << 30
    broken: bool = False
    is_gone: bool = False
    files: dict[str, Stored] = field(default_factory=dict)

    def names(self) -> list[str]:
        return sorted(self.files)

    def read(self, name: str) -> bytes:
        return bytes(self.files[name].content)

    def create(self, name: str) -> File:
        self.check(0)
        assert name not in self.files
        self.files[name] = Stored()
        return FakeFile(self, self.files[name])

    def replace(self, name: str, content: bytes) -> None:
        self.check(len(content))
        self.files[name] = Stored(bytearray(content), len(content))

    def set_aside(self, name: str, content: bytes) -> str:
        kept = f"aside/{len(self.files)}-{name}"
        self.replace(kept, content)
        return kept

    def delete(self, name: str) -> None:
        self.files.pop(name, None)

    def path(self, name: str) -> str:
        return name

    def free(self) -> int:
        if self.is_gone:
            raise FileNotFoundError(2, "No such file or directory")
        return self.capacity - self.used

    @property
    def used(self) -> int:
        return sum(len(each.content) for each in self.files.values())

    def check(self, more: int) -> None:
        """OSError where there is no room for so many bytes more."""
        if self.broken or self.used + more > self.capacity:
            raise OSError(28, "No space left on device")

    def lose_power(self, luck: random.Random) -> FakeDisk:
        """The disk as it is found afterwards: of what was not sure, any beginning is there, and some of it may be rubbish."""
        after = FakeDisk(self.capacity)
        for name, file in self.files.items():
            content = file.content[: luck.randint(file.sure, len(file.content))]
            if len(content) > file.sure and luck.random() < 0.5:
                content[luck.randrange(file.sure, len(content))] ^= 1 + luck.randrange(255)
            after.files[name] = Stored(content, len(content))
        return after


@dataclass
class FakeFile:
    """A `File` of a fake disk."""

    disk: FakeDisk
    stored: Stored

    def append(self, data: bytes) -> None:
        room = len(data) if not self.disk.broken else len(data) // 2
        room = min(room, max(0, self.disk.free()))
        self.stored.content += data[:room]
        if room < len(data):
            raise OSError(28, "No space left on device")

    def sync(self) -> None:
        self.disk.check(0)
        self.stored.sure = len(self.stored.content)

    def cut(self, size: int) -> None:
        if self.disk.broken:
            raise OSError(5, "Input/output error")
        del self.stored.content[size:]
        self.stored.sure = min(self.stored.sure, size)

    def close(self) -> None: ...


class ByHand:
    """A `Committer` that works when it is told to. `slow`: a batch waits for `work`; else it is written at the next look."""

    def __init__(self, disk: FakeDisk, reserve: int = 0, slow: bool = False) -> None:
        self.commits = Commits(disk, reserve)
        self.slow = slow
        self._todo: list[Batch | int] = []
        self._reports: list[Report] = []

    def submit(self, batch: Batch) -> None:
        self._todo.append(batch)

    def delete(self, segment: int) -> None:
        self._todo.append(segment)

    def work(self) -> None:
        """Do what is to be done, or try again."""
        for todo in self._todo or [None]:
            report = self.commits.step(todo)
            if report is not None:
                self._reports.append(report)
        self._todo.clear()

    def reports(self) -> list[Report]:
        if not self.slow:
            self.work()
        found, self._reports = self._reports, []
        return found

    def await_report(self) -> Report:
        while not self._reports:
            self.work()
        return self._reports.pop(0)

    def close(self) -> None:
        self.work()
        self.commits.close()
