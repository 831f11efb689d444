"""Ctrl-C that lets a run come to a clean stop: the first asks, the second insists."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType


@contextmanager
def stop_on_interrupt() -> Iterator[Event]:
    """Within, Ctrl-C sets the event, so that nothing is cut off in its middle; once more raises KeyboardInterrupt."""
    asked = Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
