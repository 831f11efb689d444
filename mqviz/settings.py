"""What the user prefers, as one frozen value, read and written as TOML.

A file may come from a newer mqviz or from an editor: keys that are unknown here stay in it, and a value
that is of no use counts as absent. Each of those is logged; none of them keeps the window from opening.
"""

from __future__ import annotations

import logging
import os
import tempfile
import tomllib
from math import isnan
from pathlib import Path
from typing import Any, Literal

import msgspec
import tomli_w
from msgspec import Struct
from msgspec.structs import FieldInfo, asdict, fields, replace

_log = logging.getLogger(__name__)


class Settings(Struct, frozen=True, kw_only=True):
    """The user's preferences; every field has a default. Passwords never come here."""

    language: Literal["system", "en", "ko"] = "system"
    theme: Literal["system", "light", "dark"] = "system"
    reduced_motion: bool = False
    colour_by: Literal["state", "kind", "priority"] = "state"
    speed: float = 1.0
    """Virtual seconds for each wall second, as last chosen; infinity for as fast as it goes."""
    hint_closed: bool = False
    """The hint of the first window was closed by hand: it does not come again."""
    recent_files: tuple[str, ...] = ()
    """Newest first."""
    window_geometry: str = ""
    """Qt's own bytes in base64, as is `window_state`; empty before the first close."""
    window_state: str = ""


def changed(settings: Settings, **changes: Any) -> Settings:
    """The same preferences but for these."""
    return replace(settings, **changes)


def load(path: Path) -> Settings:
    """The settings in `path`, with defaults for what is absent or bad; what is bad is logged."""
    table = _read(path)
    good: dict[str, Any] = {}
    for field in fields(Settings):
        if field.name not in table:
            continue
        try:
            good[field.name] = _checked(field, table[field.name])
        except ValueError as error:
            _log.warning("%s: %s is not used: %s", path.name, field.name, error)
    return Settings(**good)


def save(path: Path, settings: Settings) -> None:
    """Write `settings` to `path`, all at once or not at all, keeping unknown keys that stand there.

    A file that is no TOML is kept beside it with `.broken` at its end. Raises OSError.
    """
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    text = tomli_w.dumps(_read(path, aside=True) | asdict(settings))
    write_whole(path, text.encode())


def _checked(field: FieldInfo, value: object) -> Any:
    """`value` as the field's type. Raises ValueError with the reason."""
    good = msgspec.convert(value, field.type)
    if field.name == "speed" and (isnan(good) or good <= 0.0):
        raise ValueError(f"Expected a positive number, got {good}")
    return good


def _read(path: Path, aside: bool = False) -> dict[str, Any]:
    """The whole table; empty where there is no file or no TOML in it, which is moved aside if asked."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        _log.warning("%s is not used: %s", path.name, error)
    if aside and path.is_file():
        os.replace(path, path.with_name(path.name + ".broken"))
    return {}


def write_whole(path: Path, content: bytes) -> None:
    """A reader, or a loss of power, meets the old file or the new one, never half of it. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
