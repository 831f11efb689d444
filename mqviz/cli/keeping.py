"""What `mqviz serve --data` says of its folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mqviz.backends.data_folder import Data, DataFolder
from mqviz.errors import MqvizError
from mqviz.wire.disk import JournalError
from mqviz.wire.recovery import Recovered

Tell = Callable[[str], None]


@contextmanager
def kept(data: Data | None, tell: Tell) -> Iterator[DataFolder | None]:
    """Within, the folder is in use, if there is one. MqvizError where it cannot be used."""
    if data is None:
        yield None
        return
    try:
        folder = DataFolder(data)
    except JournalError as error:
        if error.is_damage:
            raise MqvizError(f"{error}; --salvage goes on with what can be read, and keeps the rest aside") from None
        raise
    try:
        _tell_of(folder.recovered, data, tell)
        yield folder
    finally:
        if not folder.close():
            tell(f"{data.path}: the disk is full or broken; what was not confirmed may be lost, what was acknowledged last may come again")


def _tell_of(recovered: Recovered, data: Data, tell: Tell) -> None:
    for unread in recovered.unread:
        where = f"{unread.file}: {unread.size} bytes from byte {unread.offset} on"
        why = "were written when the program was killed, and nobody was told they were safe" if unread.is_tail else "are damaged"
        tell(f"{where} {why}; kept as {unread.aside}")
    if not recovered.segments:
        tell(f"{data.path}: a new folder")
        return
    replay = recovered.replay
    messages = sum(len(line.entries) for line in replay.lines.values())
    end = "" if replay.closed else ", after a crash: messages come back redelivered"
    tell(f"{data.path}: {messages} messages in {len(replay.lines)} durable queues{end}")
    if replay.strays:
        tell(f"{data.path}: {replay.strays} messages belong to queues that nothing is known of; they are left out")
