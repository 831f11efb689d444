"""Scenario files: those that ship, in chapters, and any other on disk."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from mqviz.bundle import resource
from mqviz.errors import ScenarioError
from mqviz.model.near import did_you_mean
from mqviz.model.parsing import parse
from mqviz.model.said import say
from mqviz.model.scenario import Scenario, Text

_LARGEST = 64 * 1024 * 1024


class Chapter(NamedTuple):
    """A group of scenarios that ship: its title and their names, in the order in which they are best seen."""

    title: Text
    names: tuple[str, ...]


def chapters() -> tuple[Chapter, ...]:
    """What ships, from resources/scenarios/index.toml."""
    index = tomllib.loads(resource("scenarios/index.toml").read_text("utf-8"))
    return tuple(Chapter(each["title"], tuple(each["scenarios"])) for each in index["chapters"])


def shipped() -> tuple[str, ...]:
    """The names of all scenarios that ship, in order; the first is what the window starts with."""
    return tuple(name for chapter in chapters() for name in chapter.names)


def path_of(name: str) -> Path:
    """Where the scenario of this name ships."""
    return resource(f"scenarios/{name}.toml")


def title_of(name: str) -> tuple[Text, Text]:
    """Name and description of a scenario that ships, without checking the rest of its file (a millisecond each)."""
    raw = tomllib.loads(path_of(name).read_text("utf-8"))
    return raw["name"], raw["description"]


def read_scenario(path: Path) -> Scenario:
    """The scenario in a file, with recorded arrivals from the CSV files beside it; ScenarioError with all mistakes."""
    return parse(read_text(path), source=str(path), read=beside(path))


def beside(path: Path) -> Callable[[str], str]:
    """How to read the files that lie beside a scenario, for `parse`."""
    return lambda name: _decoded((path.parent / name).read_bytes())


def read_text(path: Path) -> str:
    """The text of a scenario file; ScenarioError, in one line, where it is none."""
    try:
        if path.is_file() and path.stat().st_size > _LARGEST:
            raise ScenarioError((say("{0}: too large for a scenario: more than {1} MiB", path, _LARGEST // 2**20),))
        return _decoded(path.read_bytes())
    except OSError as error:
        raise ScenarioError((say("{0}: {1}", path, (error.strerror or str(error)).lower()),)) from None
    except ValueError as error:
        raise ScenarioError((say("{0}: not a text file in UTF-8 ({1})", path, error),)) from None


def _decoded(data: bytes) -> str:
    text = data.decode("utf-8-sig")
    if "\0" in text:
        raise ValueError("it has bytes of zero")
    return text


def find(name_or_file: str, others: Iterable[str] = ()) -> Path:
    """The file that somebody means: of a scenario that ships, by its name, or any other; ScenarioError where there is none.

    `others` are words that may have been meant instead.
    """
    path = Path(name_or_file)
    looks_like_file = path.suffix or path.parent != Path(".")
    if name_or_file in shipped():
        return path_of(name_or_file)
    if looks_like_file or path.exists():
        return path
    guess = did_you_mean(name_or_file, (*others, *shipped()))
    raise ScenarioError((say("there is no scenario {0!r}{1}", name_or_file, guess or say("; mqviz scenarios lists them")),))
