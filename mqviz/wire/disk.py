"""A folder on disk as the journal needs it: files that only grow, made sure of, and one program at a time.

What systems do differently stands here alone: locks, and what it takes to be sure that something is on disk.
"""

from __future__ import annotations

import os
import shutil
import sys
from io import FileIO
from pathlib import Path
from typing import Protocol

from mqviz.errors import MqvizError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = "lock"
"""The file that says whose folder it is."""

_ASIDE = "aside"
_BEYOND = 1 << 20


class JournalError(MqvizError):
    """A folder that cannot be used: which file, where in it (in bytes), and why. `is_damage`: something in it is not as it was written."""

    def __init__(self, file: str, why: str, offset: int | None = None, *, is_damage: bool = False) -> None:
        place = "" if offset is None else f" at byte {offset}"
        super().__init__(f"{file}: {why}{place}")
        self.file = file
        self.offset = offset
        self.is_damage = is_damage


class File(Protocol):
    """A file that is being written. OSError where the disk is full or broken."""

    def append(self, data: bytes) -> None:
        """Write at the end; perhaps only in part where it fails."""

    def sync(self) -> None:
        """Return when all that was written would outlive a power cut."""

    def cut(self, size: int) -> None:
        """Make it this short again."""

    def close(self) -> None:
        """Write nothing more."""


class Disk(Protocol):
    """A folder of files. OSError where the disk is full or broken."""

    def names(self) -> list[str]:
        """Of all files in it."""

    def read(self, name: str) -> bytes:
        """All of a file."""

    def create(self, name: str) -> File:
        """A new, empty file."""

    def replace(self, name: str, content: bytes) -> None:
        """Give a file another content, or a new file its content: wholly or not at all, for good."""

    def set_aside(self, name: str, content: bytes) -> str:
        """Keep what cannot be used; under which name."""

    def delete(self, name: str) -> None:
        """Delete a file, if it is there, for good."""

    def path(self, name: str) -> str:
        """How a user is told of a file."""

    def free(self) -> int:
        """Bytes that are left on the disk."""


class Folder:
    """A `Disk` that is a folder, locked while it is open. JournalError where another program has it.

    A folder that is not there is made; one that holds something else is refused.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.mkdir(parents=True, exist_ok=True)
        if any(path.iterdir()) and not (path / LOCK).exists():
            raise JournalError(str(path), "this folder holds something else; an empty or a new one is needed")
        self._lock = _held(path / LOCK)

    def close(self) -> None:
        """Let other programs have it."""
        os.close(self._lock)

    def names(self) -> list[str]:
        """Of all files in it."""
        return sorted(each.name for each in self._path.iterdir() if each.is_file())

    def read(self, name: str) -> bytes:
        """All of a file."""
        return (self._path / name).read_bytes()

    def create(self, name: str) -> File:
        """A new, empty file, with its name on disk."""
        file = GrowingFile(self._path / name)
        _sync_folder(self._path)
        return file

    def replace(self, name: str, content: bytes) -> None:
        """By way of another file, which takes the name when it is on disk."""
        other = self._path / f"{name}.new"
        other.unlink(missing_ok=True)
        file = GrowingFile(other)
        try:
            file.append(content)
            file.sync()
        finally:
            file.close()
        other.replace(self._path / name)
        _sync_folder(self._path)

    def set_aside(self, name: str, content: bytes) -> str:
        """Into a folder inside, under a name that was not there before."""
        aside = self._path / _ASIDE
        aside.mkdir(exist_ok=True)
        number = sum(1 for _ in aside.iterdir()) + 1
        kept = f"{_ASIDE}/{number}-{name}"
        self.replace(kept, content)
        _sync_folder(aside)
        return self.path(kept)

    def delete(self, name: str) -> None:
        """Delete a file, so that it does not come back while others stay away."""
        if (self._path / name).exists():
            (self._path / name).unlink()
            _sync_folder(self._path)

    def path(self, name: str) -> str:
        """With the folder."""
        return str(self._path / name)

    def free(self) -> int:
        """Bytes that are left for us."""
        return shutil.disk_usage(self._path).free


class GrowingFile:
    """A `File` in a folder."""

    def __init__(self, path: Path) -> None:
        # Messages are nobody else's business.
        self._file = FileIO(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))

    def append(self, data: bytes) -> None:
        """All of it, in as many pieces as the system takes."""
        left = memoryview(data)
        while left:
            left = left[self._file.write(left) :]

    def sync(self) -> None:
        """As sure as the system can be."""
        _sync(self._file.fileno())

    def cut(self, size: int) -> None:
        """Make it this short again."""
        self._file.truncate(size)
        self._file.seek(size)

    def close(self) -> None:
        """Write nothing more."""
        self._file.close()


if sys.platform == "win32":

    def _lock(handle: int) -> None:
        # Behind the text, which others may read.
        os.lseek(handle, _BEYOND, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)

    def _sync(handle: int) -> None:
        os.fsync(handle)

    def _sync_folder(path: Path) -> None:
        """Names are safe with their files."""

else:

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _sync(handle: int) -> None:
        # On macOS fsync leaves it to the drive when to write.
        full = getattr(fcntl, "F_FULLFSYNC", None)
        if full is None:
            os.fdatasync(handle)
        else:
            fcntl.fcntl(handle, full)

    def _sync_folder(path: Path) -> None:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _held(path: Path) -> int:
    """The lock, which the system takes back when the program ends in whatever way."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle)
    except OSError:
        os.close(handle)
        owner = path.read_text("ascii", "replace").strip()
        raise JournalError(str(path.parent), f"process {owner or '?'} works with this folder") from None
    os.truncate(handle, 0)
    os.write(handle, f"{os.getpid()}\n".encode())
    return handle
