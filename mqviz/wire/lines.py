"""What the journal knows of each queue: which messages are in it, and in which segment each of them is written."""

from __future__ import annotations

from mqviz.engine.message import Message


class Segment:
    """One file of the journal. `size` in bytes; `live`: entries in it that are still needed.

    `freed_by`: number of the batch that took the last of its entries along, without which it must not be deleted.
    """

    __slots__ = ("freed_by", "live", "number", "size")

    def __init__(self, number: int, size: int = 0) -> None:
        self.number = number
        self.size = size
        self.live = 0
        self.freed_by = 0


Entry = tuple[Segment, Message, float]
"""Where a message is written, the message, and the Unix time from which it is expired (0: never)."""

OVERHEAD = 64
"""Bytes that a message takes in the journal beside its body, about."""


class Line:
    """A durable queue under the number it has in the journal. Entries by serial, in the order they are written in;
    `out`: how often each that went out did so, and has not been settled."""

    __slots__ = ("entries", "is_quorum", "name", "number", "out")

    def __init__(self, number: int, name: str, is_quorum: bool) -> None:
        self.number = number
        self.name = name
        self.is_quorum = is_quorum
        self.entries: dict[int, Entry] = {}
        self.out: dict[int, int] = {}

    def enter(self, serial: int, entry: Entry) -> int:
        """A message is written, perhaps once more in a later segment; by how many bytes more is needed now."""
        before = self.entries.pop(serial, None)
        self.entries[serial] = entry
        entry[0].live += 1
        if before is None:
            return len(entry[1].body) + OVERHEAD
        before[0].live -= 1
        return 0

    def leave(self, serial: int) -> int:
        """A message is needed no more; by how many bytes less is needed now."""
        entry = self.entries.pop(serial, None)
        if entry is None:
            return 0
        if self.out:
            self.out.pop(serial, None)
        entry[0].live -= 1
        return len(entry[1].body) + OVERHEAD

    def go_out(self, serial: int) -> None:
        """A message was delivered."""
        if serial in self.entries:
            self.out[serial] = self.out.get(serial, 0) + 1

    def clear(self) -> int:
        """The queue is gone with all that was in it; by how many bytes less is needed now."""
        return sum([self.leave(serial) for serial in list(self.entries)])
