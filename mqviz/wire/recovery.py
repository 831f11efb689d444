"""Reads a journal after whatever has happened to it: a good end, a crash, a power cut in the middle of a write, damage.

Each batch was made sure of before the next one was written. So rubbish at the very end is a batch that was never
answered for (a torn tail) and is cut off; rubbish with something sound behind it is damage, and nothing goes on
unless the user wants it to. In both cases the rubbish is kept aside and told.
"""

from __future__ import annotations

from dataclasses import dataclass

from mqviz.wire import records
from mqviz.wire.disk import Disk, JournalError
from mqviz.wire.lines import Segment
from mqviz.wire.replay import Replay


@dataclass(frozen=True, slots=True)
class Unread:
    """Bytes that could not be read. `is_tail`: torn off in the middle of a write; else damage. `aside`: where they are now."""

    file: str
    offset: int
    size: int
    is_tail: bool
    aside: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was found: the state at the end, the segments it is written in, and what could not be read."""

    replay: Replay
    segments: list[Segment]
    unread: tuple[Unread, ...]


def recover(disk: Disk, salvage: bool = False) -> Recovered:
    """Read a journal. JournalError names what is damaged, unless `salvage` says to go on with what can be read."""
    for name in disk.names():
        if name.endswith(".new"):
            disk.delete(name)
    numbers = sorted(number for each in disk.names() if (number := records.segment_number(each)) is not None)
    replay, segments, unread = Replay(), list[Segment](), list[Unread]()
    for number in numbers:
        if segments and segments[-1].number != number - 1 and not salvage:
            missing = records.segment_name(segments[-1].number + 1)
            raise JournalError(disk.path(missing), "this file is missing", is_damage=True)
        reading = _Reading(disk, number, number == numbers[-1], salvage)
        unread += reading.into(replay)
        if reading.segment is not None:
            segments.append(reading.segment)
    replay.end()
    return Recovered(replay, segments, tuple(unread))


class _Reading:
    """Reads one segment; `segment` is None where nothing of it is left."""

    def __init__(self, disk: Disk, number: int, is_last: bool, salvage: bool) -> None:
        self._disk = disk
        self._number = number
        self._is_last = is_last
        self._salvage = salvage
        self._name = records.segment_name(number)
        self._raw = disk.read(self._name)
        self._sound: list[bytes] = []
        self.segment: Segment | None = Segment(number, len(self._raw))

    def into(self, replay: Replay) -> list[Unread]:
        """Go through its batches; what could not be read."""
        assert self.segment is not None
        gaps = self._gaps()
        for body in self._sound:
            replay.batch(self.segment, body)
        if not gaps and self._sound:
            return []
        replay.closed = False
        unread = [self._set_aside(begin, end) for begin, end in gaps if end > begin]
        self._rewrite()
        return unread

    def _gaps(self) -> list[tuple[int, int]]:
        """Where there is rubbish, from and to; on the way the sound batches are collected."""
        raw, place = self._raw, records.HEADER_SIZE
        gaps = list[tuple[int, int]]()
        if not records.check_header(raw, self._number, self._disk.path(self._name)):
            place = self._resume(0, gaps)
        while place < len(raw):
            body = records.batch_at(raw, self._number, place)
            if body is None:
                place = self._resume(place, gaps)
            else:
                self._sound.append(body)
                place += records.BATCH_SIZE + len(body)
        if not self._sound and not self._is_last:
            self._refuse(len(raw))
        return gaps

    def _resume(self, place: int, gaps: list[tuple[int, int]]) -> int:
        """Where it goes on behind rubbish; JournalError where that is damage."""
        behind = records.next_batch(self._raw, self._number, place)
        if behind is not None or not self._is_last:
            self._refuse(place)
        end = len(self._raw) if behind is None else behind
        gaps.append((place, end))
        return end

    def _refuse(self, place: int) -> None:
        if not self._salvage:
            raise JournalError(self._disk.path(self._name), "damaged", place, is_damage=True)

    def _set_aside(self, begin: int, end: int) -> Unread:
        is_tail = self._is_last and end == len(self._raw)
        aside = self._disk.set_aside(f"{self._name}-{begin}", self._raw[begin:end])
        return Unread(self._disk.path(self._name), begin, end - begin, is_tail, aside)

    def _rewrite(self) -> None:
        """Leave in the file what is sound, alone."""
        if not self._sound:
            self._disk.delete(self._name)
            self.segment = None
            return
        content = bytearray(records.header(self._number))
        for body in self._sound:
            content += records.batch(self._number, len(content), body)
        self._disk.replace(self._name, bytes(content))
        assert self.segment is not None
        self.segment.size = len(content)
