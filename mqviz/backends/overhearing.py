"""The bytes of an external client's connection, parted into frames for whoever listens."""

from __future__ import annotations

from mqviz.model.frames import BODY, Frame
from mqviz.wire.anatomy import dissect, masked

MOST_HEARD = 120
"""Frames that are kept between two updates: more passes than anybody reads."""

MOST_BYTES = 1024
"""Of a body so many are shown."""

_HEAD = 7


class Overhearing:
    """Hears both directions from a frame's beginning on; `begun`: bytes of a frame that have come from the client before."""

    def __init__(self, begun: bytes) -> None:
        self._left = {True: begun, False: b""}
        self._kept: list[Frame] = []
        self._left_out = 0
        self._number = 0

    def hear(self, to_broker: bool, data: bytes, now: float) -> None:
        """More bytes in this direction."""
        data, place = self._left[to_broker] + data, 0
        while (size := _frame_size(data, place)) and place + size <= len(data):
            self._keep(to_broker, data[place : place + size], now)
            place += size
        self._left[to_broker] = data[place:]

    def _keep(self, to_broker: bool, raw: bytes, now: float) -> None:
        self._number += 1
        if len(self._kept) >= MOST_HEARD:
            self._left_out += 1
            return
        size, raw = len(raw), masked(raw)
        shown = raw[:MOST_BYTES] if len(raw) > MOST_BYTES and raw[0] == 3 else raw
        channel, method, parts = dissect(shown)
        self._kept.append(
            Frame(
                number=self._number,
                time=now,
                to_broker=to_broker,
                channel=channel,
                method=method,
                parts=parts,
                raw=shown[: MOST_BYTES if method == BODY else None],
                size=size,
            )
        )

    def drain(self) -> tuple[tuple[Frame, ...], int]:
        """What was heard since the last call, and how many frames more there were."""
        kept, self._kept = tuple(self._kept), []
        left_out, self._left_out = self._left_out, 0
        return kept, left_out


def _frame_size(data: bytes, place: int) -> int:
    """How long the frame is that begins here; 0 where that is not known yet."""
    if data[place : place + 4] == b"AMQP":
        return 8
    if len(data) - place < _HEAD:
        return 0
    return _HEAD + int.from_bytes(data[place + 3 : place + 7]) + 1
