"""The log on disk behind `engine.store`: what is durable outlives the program, whatever ends it.

The engine's thread gathers records; `turn`, called once in a while, hands them on to be written in one piece, and answers for those
that are on disk by now. Segments are deleted from the oldest on, when nothing in them is needed any more. A few long-lived
messages must not keep them: when there is twice as much on disk as is needed, those in the oldest segment are
written once more at the end. As in RabbitMQ every message comes back redelivered after a crash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import takewhile
from sys import maxsize
from typing import Any

from mqviz.engine.message import Message
from mqviz.engine.store import Definition, Kept
from mqviz.model.amqp import Properties, QueueSpec
from mqviz.wire import records
from mqviz.wire.committing import Batch, Committer, Report
from mqviz.wire.lines import OVERHEAD, Entry, Line, Segment
from mqviz.wire.recovery import Recovered
from mqviz.wire.replay import is_quorum

SEGMENT = 16 << 20
"""Bytes after which another segment begins."""

_KEEP, _SAME, _ENTRY = records.KEEP_HEAD.pack, records.SAME_HEAD.pack, records.ENTRY.pack
_SLICE = 256 << 10
_MOST_REMEMBERED = 1024

Waiter = tuple[Callable[[Any, bool], None], Any]


@dataclass(frozen=True, slots=True)
class Times:
    """Virtual seconds, and Unix time, which goes on while the program is not there."""

    now: Callable[[], float]
    date: Callable[[], float]


class Journal:
    """A `Store`. `needed`: bytes on disk that are, about. `on_alarm` is told when there is no room on the disk, and when there is."""

    def __init__(
        self,
        recovered: Recovered,
        committer: Committer,
        times: Times,
        *,
        segment: int = SEGMENT,
        on_alarm: Callable[[bool], None] = lambda on: None,
    ) -> None:
        replay = recovered.replay
        self._committer = committer
        self._times = times
        self._limit = segment
        self.on_alarm = on_alarm
        self._definitions = {raw: (each, replay.queue_number(raw)) for raw, each in replay.definitions.items()}
        self._lines = {line.name: line for line in replay.lines.values()}
        self._last_number = replay.last_number
        self.needed = replay.needed
        self._segments = recovered.segments
        self._pieces: list[bytes] = []
        self._add = self._pieces.append
        self._waiters: list[Waiter] = []
        self._answering: list[Waiter] = []
        self._abouts: dict[tuple[str, str], tuple[Properties, bytes]] = {}
        self._last: Message | None = None
        self._number = self._written = self._sent_to = self._sure = 0
        self._report = Report(0, False, False)
        self._defined = False
        if recovered.segments and not replay.closed:
            self._suspect_all()
        self._begin_segment()

    def _suspect_all(self) -> None:
        """After a crash nobody knows what had gone out."""
        for line in self._lines.values():
            if not line.is_quorum:
                line.out = dict.fromkeys(line.entries, 1)

    # -- what comes back ------------------------------------------------------------------------

    def definitions(self) -> Iterable[Definition]:
        """What was declared and not deleted, in that order."""
        return [each for each, _ in self._definitions.values()]

    def messages(self) -> Iterable[Kept]:
        """What was kept and not forgotten, in the order of serials for each queue."""
        for line in self._lines.values():
            for serial, (_, message, expires) in sorted(line.entries.items(), key=lambda entry: entry[0]):
                yield self._kept(line, serial, message, expires)

    def _kept(self, line: Line, serial: int, message: Message, expires: float) -> Kept:
        until = self._times.now() + expires - self._times.date() if expires else None
        count = line.out.get(serial, 0)
        return Kept(line.name, serial, message, count > 0, until, count if line.is_quorum else 0)

    # -- what is told ---------------------------------------------------------------------------

    def declared(self, what: Definition) -> None:
        """Something durable is there now."""
        number, raw = 0, records.written(what)
        if isinstance(what, QueueSpec):
            self._last_number = number = self._last_number + 1
            self._lines[what.name] = Line(number, what.name, is_quorum(what))
        self._definitions[raw] = what, number
        self._define(records.DECLARE, raw, number)

    def deleted(self, what: Definition) -> None:
        """It is gone."""
        raw = records.written(what)
        _, number = self._definitions.pop(raw)
        if isinstance(what, QueueSpec):
            self.needed -= self._lines.pop(what.name).clear()
        self._define(records.DELETE, raw, number)

    def _define(self, kind: int, raw: bytes, number: int) -> None:
        self._defined = True
        self._add(records.DEFINITION_HEAD.pack(kind, number, len(raw)) + raw)

    def keep(self, queue: str, serial: int, message: Message, expires: float | None) -> None:
        """A message entered a queue."""
        line = self._lines[queue]
        moment = 0.0 if expires is None else self._times.date() + expires - self._times.now()
        # As `Line.enter` does it, of a serial that was not there before.
        segment = self._active
        line.entries[serial] = segment, message, moment
        segment.live += 1
        self.needed += len(message.body) + OVERHEAD
        self._write_message(line.number, serial, message, moment)

    def delivered(self, queue: str, serial: int) -> None:
        """It went out. Of a classic queue that is written at a good end only: after a crash all come back redelivered."""
        line = self._lines[queue]
        line.go_out(serial)
        if line.is_quorum:
            self._add(_ENTRY(records.OUT, line.number, serial))

    def forget(self, queue: str, serial: int) -> None:
        """It is settled or gone."""
        line = self._lines[queue]
        self.needed -= line.leave(serial)
        self._add(_ENTRY(records.FORGET, line.number, serial))

    def when_safe(self, action: Callable[[Any, bool], None], argument: Any) -> None:
        """Call back, in a `turn`, when everything told so far is on disk; at once where there is nothing to be written, or no room."""
        if self._report.failing or not self._pieces:
            action(argument, not self._report.failing)
        else:
            self._waiters.append((action, argument))

    def _write_message(self, number: int, serial: int, message: Message, moment: float) -> None:
        if message is self._last:
            self._add(_SAME(records.SAME, number, serial, moment))
            return
        self._last = message
        about, body = self._about(message), message.body
        self._pieces += (_KEEP(records.KEEP, number, serial, moment, len(about), len(body)), about, body)

    def _about(self, message: Message) -> bytes:
        """Most publishers send the same properties to the same place again."""
        place = message.exchange, message.routing_key
        known = self._abouts.get(place)
        if known is not None and known[0] is message.properties and message.size == len(message.body) and not message.also:
            return known[1]
        if message.also or message.size != len(message.body):
            return records.about(message)
        if len(self._abouts) >= _MOST_REMEMBERED:
            self._abouts.clear()
        raw = records.about(message)
        self._abouts[place] = message.properties, raw
        return raw

    # -- to disk --------------------------------------------------------------------------------

    def turn(self) -> None:
        """Answer for what is on disk, and have written what has gathered. Definitions are waited for, as they are in RabbitMQ."""
        for report in self._committer.reports():
            self._hear(report)
        self._free()
        self._compact()
        self._submit()
        if self._defined:
            self._finish()

    def _finish(self) -> None:
        """Wait until everything is on disk, or cannot be."""
        while (self._pieces or self._number > self._written) and not self._report.failing:
            self._submit()
            self._hear(self._committer.await_report())
        self._defined = False

    def _submit(self) -> None:
        if not self._pieces or self._number > self._written:
            return
        segment = self._active
        segment.size += sum(map(len, self._pieces))
        self._number += 1
        self._sent_to = segment.number
        self._committer.submit(Batch(self._number, segment.number, self._pieces))
        self._answering, self._waiters = self._waiters, []
        self._pieces, self._last = [], None
        self._add = self._pieces.append
        if segment.size >= self._full_at:
            self._begin_segment()

    def _begin_segment(self) -> None:
        """The next segment, with what a reader must know who never saw the others."""
        number = self._segments[-1].number + 1 if self._segments else 1
        self._active = Segment(number, records.HEADER_SIZE)
        self._segments.append(self._active)
        self._add(bytes([records.RESET]))
        self._full_at = self._limit
        for raw, (_, queue) in self._definitions.items():
            self._add(records.DEFINITION_HEAD.pack(records.DECLARE, queue, len(raw)) + raw)
            self._full_at += len(raw)

    def _hear(self, report: Report) -> None:
        before, self._report = self._report, report
        self._written = report.written
        if report.written == self._number:
            self._sure = self._sent_to
            self._answer(True)
        if report.failing:
            self._answer(False)
            self._waiters, self._answering = [], self._waiters
            self._answer(False)
        alarm = report.failing or report.low
        if alarm != (before.failing or before.low):
            self.on_alarm(alarm)

    def _answer(self, accepted: bool) -> None:
        answering, self._answering = self._answering, []
        for action, argument in answering:
            action(argument, accepted)

    # -- room -----------------------------------------------------------------------------------

    def _free(self) -> None:
        """Delete the oldest segments, as far as nothing in them is needed and a later one is on disk."""
        while self._segments[0].number < self._sure:
            head = self._segments[0]
            if head.live or head.freed_by > self._written:
                return
            self._committer.delete(head.number)
            del self._segments[0]

    def _compact(self) -> None:
        """Take a part of what the oldest segment holds along, where that is worth it and nothing else is to be written."""
        total = sum([each.size for each in self._segments])
        head = self._segments[0]
        if self._number > self._written or head is self._active or total < 2 * self.needed + 4 * self._limit:
            return
        room = _SLICE
        for line in self._lines.values():
            for serial, entry in list(takewhile(lambda item: item[1][0] is head, line.entries.items())):
                self._move(line, serial, entry)
                room -= len(entry[1].body)
                if room < 0:
                    return

    def _move(self, line: Line, serial: int, entry: Entry) -> None:
        head, message, moment = entry
        line.enter(serial, (self._active, message, moment))
        self._write_message(line.number, serial, message, moment)
        if line.is_quorum:
            self._add(_ENTRY(records.OUT, line.number, serial) * line.out.get(serial, 0))
        head.freed_by = self._number + 1

    # -- the end --------------------------------------------------------------------------------

    def close(self) -> bool:
        """Write everything and end; whether it is all on disk."""
        self._full_at = maxsize
        for line in self._lines.values():
            if not line.is_quorum:
                for serial in line.out:
                    self._add(_ENTRY(records.OUT, line.number, serial))
        self._finish()
        self._add(bytes([records.CLOSED]))
        self._finish()
        self._committer.close()
        return not self._report.failing
