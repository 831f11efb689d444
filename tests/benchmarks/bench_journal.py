"""The journal against its peer: messages kept durably, over sqlite in WAL mode with synchronous=FULL.

    python -m tests.benchmarks.bench_journal [FOLDER]

Both write messages of 100 and of 1,000 bytes in batches of 100, and go on when a batch is on disk (fsync). The peer has its
fastest form: a table by serial alone, executemany, and what describes a message is bytes already. In the second kind each
batch forgets the messages of the batch before, too, as acknowledgements do. "Gathered": the journal as a broker uses it,
where up to 1,000 messages wait for their confirm, and what comes while the disk is busy makes the next batch. What is
compared is wall time, since waiting for the disk is a part of it. Runs are interleaved; ratios are medians, with the
smallest and the greatest, and that of the best runs, which other programs disturbed least.
"""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

from mqviz.clock import unix_time
from mqviz.engine.message import Message
from mqviz.model.amqp import Properties, QueueSpec
from mqviz.wire.committing import CommitThread
from mqviz.wire.disk import Folder
from mqviz.wire.journal import Journal, Times
from mqviz.wire.records import about
from mqviz.wire.recovery import recover

ROUNDS = 9
BATCH, BATCHES = 100, 200
REACH = 3.0
"""What the design wants at least, of batches of 100 that are only kept."""

PERSISTENT = Properties(delivery_mode=2)


class Safe:
    """Whether the last batch is on disk."""

    def __init__(self) -> None:
        self.count = 0
        self.bell = Event()

    def one_more(self, _: object, kept: bool) -> None:
        assert kept
        self.count += 1


@contextmanager
def journal_in(folder: Path, safe: Safe) -> Iterator[Journal]:
    disk = Folder(folder / "journal")
    journal = Journal(recover(disk), CommitThread(disk, 0, safe.bell.set), Times(lambda: 0.0, unix_time))
    journal.declared(QueueSpec(name="q", durable=True))
    journal.turn()
    try:
        yield journal
        assert journal.close()
    finally:
        disk.close()


def message(body: bytes, number: int) -> Message:
    return Message("", "q", PERSISTENT, body, len(body), number, 0.0, None)


def journal(folder: Path, body: bytes, forgets: bool, behind: int = 0) -> float:
    """Seconds for all batches; `behind`: how many batches may wait for the disk while the next gathers."""
    safe = Safe()
    messages = [message(body, serial) for serial in range(BATCHES * BATCH)]
    with journal_in(folder, safe) as log:
        began = time.perf_counter()
        for batch in range(BATCHES):
            for serial in range(batch * BATCH, batch * BATCH + BATCH):
                log.keep("q", serial, messages[serial], None)
                if forgets and batch:
                    log.forget("q", serial - BATCH)
            log.when_safe(safe.one_more, None)
            wait_for(log, safe, batch + 1 - behind)
        wait_for(log, safe, BATCHES)
        return time.perf_counter() - began


def wait_for(log: Journal, safe: Safe, count: int) -> None:
    """Until so many batches are on disk."""
    log.turn()
    while safe.count < count:
        safe.bell.wait()
        safe.bell.clear()
        log.turn()


def sqlite(folder: Path, body: bytes, forgets: bool) -> float:
    """Seconds for all batches."""
    with closing(sqlite3.connect(folder / "log.sqlite", isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=FULL")
        base.execute("CREATE TABLE log (serial INTEGER PRIMARY KEY, about BLOB, body BLOB)")
        described = about(message(body, 0))
        began = time.perf_counter()
        for batch in range(BATCHES):
            serials = range(batch * BATCH, batch * BATCH + BATCH)
            base.execute("BEGIN")
            base.executemany("INSERT INTO log VALUES (?, ?, ?)", [(each, described, body) for each in serials])
            if forgets and batch:
                base.executemany("DELETE FROM log WHERE serial = ?", [(each - BATCH,) for each in serials])
            base.execute("COMMIT")
        return time.perf_counter() - began


def timed(work: Callable[[Path], float], place: str | None) -> float:
    """Microseconds of one message, in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="mqviz-bench-", dir=place))
    try:
        return work(folder) / (BATCH * BATCHES) * 1e6
    finally:
        shutil.rmtree(folder)


def compare(size: int, forgets: bool, place: str | None) -> None:
    body = b"x" * size
    ours, gathered, theirs = [], [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda folder: journal(folder, body, forgets), place))
        theirs.append(timed(lambda folder: sqlite(folder, body, forgets), place))
        gathered.append(timed(lambda folder: journal(folder, body, forgets, behind=9), place))
    print(f"{size} bytes, {'kept and forgotten' if forgets else 'kept'}: {ROUNDS} runs of {BATCH * BATCHES} messages")
    print(f"  sqlite              {statistics.median(theirs):7.2f} us a message")
    for name, mine in (("journal, in turns", ours), ("journal, gathered", gathered)):
        ratios = sorted(peer / each for peer, each in zip(theirs, mine, strict=True))
        best = f"best runs {min(theirs):.2f} and {min(mine):.2f} us, {min(theirs) / min(mine):.1f}x"
        spread = f"from {ratios[0]:.1f}x to {ratios[-1]:.1f}x; {best}"
        print(f"  {name}   {statistics.median(mine):7.2f} us a message, {statistics.median(ratios):.1f}x, {spread}")


def main() -> None:
    """Prints times, ratios and their spread."""
    place = sys.argv[1] if len(sys.argv) > 1 else None
    for forgets in (False, True):
        for size in (100, 1000):
            compare(size, forgets, place)
    print(f"to reach: {REACH:.0f}x (kept)")


if __name__ == "__main__":
    main()
