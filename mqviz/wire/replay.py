"""What is in the segments, one record after the other, becomes what was true when the last of them was written."""

from __future__ import annotations

from collections.abc import Callable

from mqviz.engine.message import Message
from mqviz.engine.store import Definition
from mqviz.model.amqp import QueueSpec
from mqviz.wire import records
from mqviz.wire.lines import Line, Segment
from mqviz.wire.records import About

_MOST_REMEMBERED = 4096


class Replay:
    """Definitions by what is written of them, and lines by number. `closed`: the journal ended in good order.

    `strays`: messages of queues that nothing is known of.
    """

    def __init__(self) -> None:
        self.definitions: dict[bytes, Definition] = {}
        self.lines: dict[int, Line] = {}
        self.needed = 0
        self.closed = False
        self.strays = 0
        self._named: dict[bytes, int] = {}
        self._abouts: dict[bytes, About] = {}
        self._last: Message | None = None
        self._count = 0

    def batch(self, segment: Segment, body: bytes) -> None:
        """Go through a batch of a segment."""
        place, self._last, self.closed = 0, None, False
        while place < len(body):
            place = _READ[body[place]](self, segment, body, place)

    def end(self) -> None:
        """All is read: what belongs to queues that are not there any more goes."""
        living = set(self._named.values())
        for line in [each for each in self.lines.values() if each.number not in living]:
            self.strays += len(line.entries)
            self.needed -= line.clear()
            del self.lines[line.number]

    @property
    def last_number(self) -> int:
        """The highest number of a queue so far."""
        return max(self.lines, default=0)

    def queue_number(self, raw: bytes) -> int:
        """The number of a queue by what is written of it; 0 for what is none."""
        return self._named.get(raw, 0)

    # -- records --------------------------------------------------------------------------------

    def _keep(self, segment: Segment, body: bytes, place: int) -> int:
        _, number, serial, expires, length, size = records.KEEP_HEAD.unpack_from(body, place)
        begin = place + records.KEEP_HEAD.size
        end = begin + length
        exchange, key, properties, simulated, also = self._about(body[begin:end])
        self._count += 1
        content = body[end : end + size]
        # Its number must differ from those of what is published from now on.
        message = Message(exchange, key, properties, content, simulated or size, -self._count, 0.0, None, also)
        self._last = message
        self._enter(number, serial, (segment, message, expires))
        return int(end + size)

    def _same(self, segment: Segment, body: bytes, place: int) -> int:
        _, number, serial, expires = records.SAME_HEAD.unpack_from(body, place)
        assert self._last is not None
        self._enter(number, serial, (segment, self._last, expires))
        return place + records.SAME_HEAD.size

    def _enter(self, number: int, serial: int, entry: tuple[Segment, Message, float]) -> None:
        line = self.lines.get(number)
        if line is None:
            line = self.lines[number] = Line(number, "", False)
        # Written once more, it tells anew how often it went out.
        line.out.pop(serial, None)
        self.needed += line.enter(serial, entry)

    def _forget(self, _: Segment, body: bytes, place: int) -> int:
        _, number, serial = records.ENTRY.unpack_from(body, place)
        if number in self.lines:
            self.needed -= self.lines[number].leave(serial)
        return place + records.ENTRY.size

    def _out(self, _: Segment, body: bytes, place: int) -> int:
        _, number, serial = records.ENTRY.unpack_from(body, place)
        if number in self.lines:
            self.lines[number].go_out(serial)
        return place + records.ENTRY.size

    def _declare(self, _: Segment, body: bytes, place: int) -> int:
        number, raw, end = _definition(body, place)
        found = self.definitions[raw] = records.definition(raw)
        if isinstance(found, QueueSpec):
            self._named[raw] = number
            line = self.lines.setdefault(number, Line(number, found.name, False))
            line.name, line.is_quorum = found.name, is_quorum(found)
        return end

    def _delete(self, _: Segment, body: bytes, place: int) -> int:
        number, raw, end = _definition(body, place)
        self.definitions.pop(raw, None)
        self._named.pop(raw, None)
        if number in self.lines:
            self.needed -= self.lines.pop(number).clear()
        return end

    def _reset(self, _segment: Segment, _body: bytes, place: int) -> int:
        self.definitions, self._named = {}, {}
        return place + 1

    def _closed(self, _segment: Segment, _body: bytes, place: int) -> int:
        self.closed = True
        return place + 1

    def _about(self, raw: bytes) -> About:
        """Messages are often about the same: then they share it."""
        found = self._abouts.get(raw)
        if found is None:
            if len(self._abouts) >= _MOST_REMEMBERED:
                self._abouts.clear()
            found = self._abouts[raw] = records.read_about(raw)
        return found


def is_quorum(queue: QueueSpec) -> bool:
    """Whether it keeps all its messages, and how often each went out."""
    return queue.arguments.get("x-queue-type") == "quorum"


def _definition(body: bytes, place: int) -> tuple[int, bytes, int]:
    _, number, length = records.DEFINITION_HEAD.unpack_from(body, place)
    begin = place + records.DEFINITION_HEAD.size
    return number, body[begin : begin + length], begin + length


_READ: dict[int, Callable[[Replay, Segment, bytes, int], int]] = {
    records.KEEP: Replay._keep,
    records.SAME: Replay._same,
    records.FORGET: Replay._forget,
    records.OUT: Replay._out,
    records.DECLARE: Replay._declare,
    records.DELETE: Replay._delete,
    records.RESET: Replay._reset,
    records.CLOSED: Replay._closed,
}
