"""The folder of `mqviz serve --data`: locked, read, and written to by a journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mqviz.clock import Scheduler, unix_time
from mqviz.wire.committing import CommitThread
from mqviz.wire.disk import Folder
from mqviz.wire.journal import SEGMENT, Journal, Times
from mqviz.wire.recovery import Recovered, recover

DISK_FREE_LIMIT = 50_000_000
"""Bytes of the disk that are left free: RabbitMQ's disk_free_limit."""

_SMALLEST_SEGMENT = 64 << 10
_PARTS = 64


@dataclass(frozen=True, slots=True)
class Data:
    """Where what is durable is kept. `salvage`: go on beside damage; `free`: bytes of the disk that are left free."""

    path: Path
    salvage: bool = False
    free: int = DISK_FREE_LIMIT


class DataFolder:
    """A folder in use, until it is closed. JournalError where it cannot be used."""

    def __init__(self, data: Data) -> None:
        self._folder = Folder(data.path)
        self._free = data.free
        try:
            self.recovered: Recovered = recover(self._folder, data.salvage)
        except BaseException:
            self._folder.close()
            raise
        self.journal: Journal | None = None

    def open(self, scheduler: Scheduler, wake: Callable[[], None]) -> Journal:
        """The journal, for a broker of this time; `wake` is rung when something was written."""
        committer = CommitThread(self._folder, self._free, wake)
        # On a small disk small segments, so that acks make room soon.
        segment = max(_SMALLEST_SEGMENT, min(SEGMENT, self._folder.free() // _PARTS))
        self.journal = Journal(self.recovered, committer, Times(lambda: scheduler.now, unix_time), segment=segment)
        return self.journal

    def close(self) -> bool:
        """Write what is still to be written, and let others have the folder; whether all is on disk."""
        complete = self.journal is None or self.journal.close()
        self._folder.close()
        return complete
