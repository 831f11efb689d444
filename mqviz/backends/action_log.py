"""What was done to a live broker, one JSON line each: when, where, by which account, what became of it. Never a password or a body."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from mqviz.backends.address import address_of
from mqviz.clock import date_and_time
from mqviz.model.feed import LiveBroker

_log = logging.getLogger(__name__)


class ActionLog:
    """Adds to the file; without a path nothing is written. A disk that refuses is told in the program's log and stops nobody."""

    def __init__(self, path: Path | None, broker: LiveBroker) -> None:
        self._path = path
        self._broker = address_of(broker)

    def write(self, action: str, subject: str, virtual_host: str, **figures: Any) -> None:
        """One more line."""
        if self._path is None:
            return
        place = {"time": date_and_time(), "broker": self._broker, "virtual_host": virtual_host}
        line = {**place, "action": action, "subject": subject, **figures}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            _log.warning("%s: what was done is not written down: %s", self._path.name, error.strerror or error)
