"""The conversation of one client with the broker, as far as it was heard: bounded, and what of it somebody wants to see."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from mqviz.model.frames import BODY, HEADER, HEARTBEAT, Frame, Frames

MOST_FRAMES = 5_000
"""So many are kept, the newest."""


class Gap(Struct, frozen=True):
    """More was said here than anybody reads: so many frames are left out, about this moment."""

    time: float
    left_out: int


Line = Frame | Gap


class Wanted(Struct, frozen=True, kw_only=True):
    """What is to be seen: one channel or all, one class of methods or all (empty), heartbeats or not."""

    channel: int | None = None
    family: str = ""
    heartbeats: bool = False


class Conversation:
    """What was heard of `client`; empty as long as nobody is listened to.

    `beginning`: another number whenever what was there before is gone, because another client is listened to or the run began again.
    """

    def __init__(self, most: int = MOST_FRAMES) -> None:
        self.client = ""
        self.beginning = 0
        self.channels: set[int] = set()
        self.families: set[str] = set()
        self._lines: deque[Line] = deque(maxlen=most)
        self._count = 0

    def append(self, frames: Frames | None) -> None:
        """What was heard since the last update; None: nobody is listened to."""
        if frames is None:
            self.client = ""
            return
        if frames.anew or frames.client != self.client:
            self._begin(frames.client)
        self._add(frames.frames)
        if frames.left_out:
            latest = next((line.time for line in reversed(self._lines)), 0.0)
            self._add((Gap(latest, frames.left_out),))

    def _begin(self, client: str) -> None:
        self.client = client
        self.beginning += 1
        self._count = 0
        for kept in (self._lines, self.channels, self.families):
            kept.clear()

    def _add(self, lines: tuple[Line, ...]) -> None:
        self._lines.extend(lines)
        self._count += len(lines)
        for line in lines:
            if isinstance(line, Frame):
                self.channels.add(line.channel)
                self.families.add(line.family)

    @property
    def count(self) -> int:
        """How many lines there were since the beginning, kept or not."""
        return self._count

    def since(self, place: int) -> Iterator[Line]:
        """The lines from this place on (counted from the beginning), as far as they are kept."""
        dropped = self._count - len(self._lines)
        return islice(self._lines, max(0, place - dropped), None)


def fits(line: Line, wanted: Wanted) -> bool:
    """Whether a line is to be seen."""
    if isinstance(line, Gap):
        return True
    if line.method == HEARTBEAT:
        return wanted.heartbeats and wanted.channel in (None, 0) and not wanted.family
    return wanted.channel in (None, line.channel) and wanted.family in ("", line.family)


def is_content(line: Line) -> bool:
    """Whether it is a part of the message that the method before it carries."""
    return isinstance(line, Frame) and line.method in (HEADER, BODY)
