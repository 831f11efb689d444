"""Confirms of one channel, put together: one ack with `multiple` for all that were confirmed in a turn.

A `multiple` must not cover a publish that has not been answered: one that a store still has to make safe, or one
that is about to be refused. So acks go out before a nack, and in one piece only as far as there is no gap.
"""

from __future__ import annotations

from mqviz.wire import frames


class Confirms:
    """`_answered`: every publish up to this number has its answer, or has it in `_waiting`. `is_due`: it stands on the outlet's list."""

    __slots__ = ("_ahead", "_answered", "_channel", "_waiting", "is_due")

    def __init__(self, channel: int) -> None:
        self._channel = channel
        self._answered = 0
        self._waiting = 0
        self.is_due = False
        self._ahead: set[int] = set()

    def ack(self, number: int) -> bytes | None:
        """A publish is confirmed; a frame to be written now where it is out of turn."""
        if number == self._answered + 1:
            self._waiting += 1
            self._answer(number)
            return None
        self._ahead.add(number)
        return frames.ack(self._channel, number, False)

    def nack(self, number: int) -> bytes:
        """A publish is refused; frames to be written now."""
        before = self.flush()
        if number == self._answered + 1:
            self._answer(number)
        else:
            self._ahead.add(number)
        return before + frames.nack(self._channel, number)

    def _answer(self, number: int) -> None:
        self._answered = number
        if self._ahead and number + 1 in self._ahead:
            self._catch_up()

    def _catch_up(self) -> None:
        """What was answered out of turn closes up; what waits becomes a `multiple`, which may cover it once more."""
        while self._answered + 1 in self._ahead:
            self._answered += 1
            self._ahead.discard(self._answered)
            self._waiting += self._waiting > 0

    def flush(self) -> bytes:
        """All that waits, as one frame; nothing where nothing does."""
        count, self._waiting = self._waiting, 0
        return frames.ack(self._channel, self._answered, count > 1) if count else b""
