"""Updates as a broker would give them, for tests of what looks at them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mqviz.model.backend import Update
from mqviz.model.histogram import Histogram
from mqviz.model.snapshot import LogEntry, QueueStats, Snapshot
from mqviz.viewmodel.recorder import Recorder


def update(time: float, *queues: QueueStats, log: tuple[LogEntry, ...] = (), **fields: Any) -> Update:
    """An update at virtual second `time`; `fields` are those of the snapshot."""
    return Update(snapshot=Snapshot(time=time, queues=queues, **fields), log=log)


def queue(name: str = "work", ready: int = 0, unacked: int = 0, **fields: Any) -> QueueStats:
    """A queue with so many messages."""
    return QueueStats(name=name, messages_ready=ready, messages_unacknowledged=unacked, **fields)


def recorded(updates: Iterable[Update], **limits: int) -> Recorder:
    """A recorder that was given these."""
    recorder = Recorder(**limits)
    for each in updates:
        recorder.append(each)
    return recorder


class Latencies:
    """A histogram that grows."""

    def __init__(self) -> None:
        self._histogram = Histogram()

    def __call__(self, *seconds: float) -> dict[str, Any]:
        """The field `latency` of a snapshot after so many more durations."""
        self._histogram.extend(seconds)
        return {"latency": self._histogram.counts()}
