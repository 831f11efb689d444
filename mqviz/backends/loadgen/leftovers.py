"""What a run declares on a broker is noted here before it is declared, so that it can be removed even if this program dies.

One small JSON file a run, in the user's state folder; it goes when all is removed. A run that is alive holds a port of the
loopback interface, which the system frees when it dies: so a later start knows what was left over.
"""

from __future__ import annotations

import socket
from pathlib import Path

import msgspec
from msgspec import Struct

from mqviz.model.feed import LiveBroker

_HOST = "127.0.0.1"


class Note(Struct, frozen=True, kw_only=True):
    """What one run declares. `own`: the virtual host itself is the run's. `alive`: the port that it holds while it lives.

    `queues`, `exchanges` and `policies` are names as the broker knows them. No password.
    """

    run: str
    broker: LiveBroker
    own: bool
    alive: int
    queues: tuple[str, ...] = ()
    exchanges: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()

    @property
    def is_left_over(self) -> bool:
        """Whether the run that made it has died."""
        try:
            with socket.create_connection((_HOST, self.alive), timeout=1.0):
                return False
        except OSError:
            return True


class Notes:
    """The notes in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, note: Note) -> None:
        """Keep it: written beside, then moved, so that a crash leaves the old one or the new one."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(note)
        fresh = path.with_suffix(".new")
        fresh.write_bytes(msgspec.json.encode(note))
        fresh.replace(path)

    def forget(self, note: Note) -> None:
        """All of it is removed."""
        self._path(note).unlink(missing_ok=True)

    def left_over(self, broker: LiveBroker) -> list[Note]:
        """What runs that have died left on this broker; a file that cannot be read is not ours to judge."""
        found = []
        for path in sorted(self._folder.glob("*.json")):
            try:
                note = msgspec.json.decode(path.read_bytes(), type=Note)
            except (OSError, msgspec.MsgspecError):
                continue
            if (note.broker.host, note.broker.port) == (broker.host, broker.port) and note.is_left_over:
                found.append(note)
        return found

    def _path(self, note: Note) -> Path:
        return self._folder / f"{note.run}.json"


def hold_port() -> socket.socket:
    """A port that says that this run is alive."""
    return socket.create_server((_HOST, 0))
