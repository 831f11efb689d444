"""Group commit: what has gathered while the disk was busy is written and made sure of in one piece.

`Commits` does one step after the other; `CommitThread` does them on a thread of its own, the only one that touches the disk.
A batch that cannot be written is told to have failed, and tried again until there is room: nothing that was told
to the journal is left out, since later batches build on it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NamedTuple, Protocol

from mqviz.wire import records
from mqviz.wire.disk import Disk, File

RETRY = 0.5
"""Seconds between two attempts to write, or two looks at a disk that is nearly full."""


class Batch(NamedTuple):
    """Records for a segment, in pieces. Numbers of batches go up by one."""

    number: int
    segment: int
    pieces: list[bytes]


class Report(NamedTuple):
    """How it stands: the last batch that is on disk; whether the next cannot be written now; whether there is little room."""

    written: int
    failing: bool
    low: bool


class Committer(Protocol):
    """What the journal needs of the one who writes."""

    def submit(self, batch: Batch) -> None:
        """Write a batch; the one before has been written."""

    def delete(self, segment: int) -> None:
        """Delete a segment, after those that were to be deleted before."""

    def reports(self) -> list[Report]:
        """What has been reported since the last call."""

    def await_report(self) -> Report:
        """The next report, waited for: there is a batch to be written."""

    def close(self) -> None:
        """Write and delete what is still to be, if that can be done, and end."""


class Commits:
    """The steps themselves. `reserve`: bytes of the disk that are to be left."""

    def __init__(self, disk: Disk, reserve: int) -> None:
        self._disk = disk
        self._reserve = reserve
        self._file: File | None = None
        self._segment = 0
        self._size = 0
        self._is_torn = False
        self._pending: Batch | None = None
        self._doomed: deque[int] = deque()
        self._report = Report(0, False, False)

    @property
    def is_waiting(self) -> bool:
        """Whether it has to be tried again after a while."""
        return self._pending is not None or self._report.low or bool(self._doomed)

    def step(self, todo: Batch | int | None) -> Report | None:
        """Write a batch, delete a segment, or try again; a report if there is news."""
        if isinstance(todo, Batch):
            self._pending = todo
        elif todo is not None:
            self._doomed.append(todo)
        self._delete()
        written, failing = self._report.written, False
        if self._pending is not None:
            failing = not self._write(self._pending)
            if not failing:
                written, self._pending = self._pending.number, None
        before, self._report = self._report, Report(written, failing, self._is_low())
        return None if before == self._report else self._report

    def _is_low(self) -> bool:
        try:
            return bool(self._reserve) and self._disk.free() < self._reserve
        except OSError:
            # A folder that nobody can look at has no room.
            return True

    def _delete(self) -> None:
        """In their order, since a gap would be damage."""
        with suppress(OSError):
            while self._doomed:
                self._disk.delete(records.segment_name(self._doomed[0]))
                self._doomed.popleft()

    def _write(self, batch: Batch) -> bool:
        """Write a batch and make sure of it; whether that could be done."""
        body = b"".join(batch.pieces)
        try:
            if batch.segment == self._segment:
                self._append(body)
            else:
                self._begin(batch.segment, body)
        except OSError:
            return False
        return True

    def _append(self, body: bytes) -> None:
        assert self._file is not None
        if self._is_torn:
            self._file.cut(self._size)
        data = records.batch(self._segment, self._size, body)
        self._is_torn = True
        try:
            self._file.append(data)
            self._file.sync()
        except OSError:
            with suppress(OSError):
                self._file.cut(self._size)
            raise
        self._is_torn = False
        self._size += len(data)

    def _begin(self, segment: int, body: bytes) -> None:
        head = records.header(segment)
        data = head + records.batch(segment, len(head), body)
        name = records.segment_name(segment)
        self._disk.delete(name)
        file = self._disk.create(name)
        try:
            file.append(data)
            file.sync()
        except OSError:
            file.close()
            with suppress(OSError):
                self._disk.delete(name)
            raise
        self.close()
        self._file, self._segment, self._size, self._is_torn = file, segment, len(data), False

    def close(self) -> None:
        """Write nothing more."""
        if self._file is not None:
            self._file.close()


class CommitThread:
    """A `Committer` on a thread. `wake` is rung, from that thread, when there is a report."""

    def __init__(self, disk: Disk, reserve: int, wake: Callable[[], None]) -> None:
        self._commits = Commits(disk, reserve)
        self._wake = wake
        self._todo: SimpleQueue[Batch | int | None] = SimpleQueue()
        self._reports: SimpleQueue[Report] = SimpleQueue()
        self._thread = Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def submit(self, batch: Batch) -> None:
        """Write a batch."""
        self._todo.put(batch)

    def delete(self, segment: int) -> None:
        """Delete a segment."""
        self._todo.put(segment)

    def reports(self) -> list[Report]:
        """What has been reported since the last call."""
        found = []
        with suppress(Empty):
            while True:
                found.append(self._reports.get_nowait())
        return found

    def await_report(self) -> Report:
        """The next report."""
        return self._reports.get()

    def close(self) -> None:
        """Do what is asked for so far, and end the thread."""
        self._todo.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                todo = self._todo.get(timeout=RETRY if self._commits.is_waiting else None)
                if todo is None:
                    break
            except Empty:
                todo = None
            report = self._commits.step(todo)
            if report is not None:
                self._reports.put(report)
                self._wake()
        self._commits.close()
