"""What is wrong with a document, gathered: each mistake with its line and the table that it is in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mqviz.errors import ScenarioError
from mqviz.model.places import Path
from mqviz.model.said import say

_LONGEST = 60


class Mistakes:
    """Collects mistakes of one document: `source:LINE: table[i] 'name': what is wrong`. Tables are counted from 1."""

    def __init__(self, source: str, raw: Mapping[str, Any], places: Mapping[Path, int]) -> None:
        self._source = source
        self._raw = raw
        self._places = places
        self._found: list[tuple[int, int, str]] = []
        self.texts: list[str] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, path: Path, what: str) -> None:
        """Note what is wrong at `path`, a table or a key. `texts` keeps it without its place."""
        self.texts.append(what)
        line = self.line(path)
        label = self._label(path)
        text = say("{0}:{1}: {2}: {3}", self._source, line, label, what) if label else say("{0}:{1}: {2}", self._source, line, what)
        self._found.append((line, len(self._found), text))

    def line(self, path: Path) -> int:
        """The line of `path`, or of the nearest thing around it."""
        while path and path not in self._places:
            path = path[:-1]
        return self._places.get(path, 1)

    def error(self) -> ScenarioError:
        """All of them, in the order of lines."""
        return ScenarioError(tuple(dict.fromkeys(text for _, _, text in sorted(self._found))))

    def _label(self, path: Path) -> str:
        """The table around `path`: `consumers[2] 'server'`, `network`, `changes[1].declare.queues[1] 'late'`."""
        label, value = "", self._raw
        for step in path:
            if isinstance(step, int) and isinstance(value, dict):
                continue  # one load, written without a list
            value = _inside(value, step)
            if isinstance(step, int):
                label += f"[{step + 1}]"
            elif isinstance(value, dict | list):
                label += f".{step}" if label else step
            if isinstance(step, int) and isinstance(value, dict) and isinstance(value.get("name"), str):
                label += f" {shown(value['name'])}"
        return label


def _inside(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def shown(value: Any) -> str:
    """A value as a person wrote it, cut when it is long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return say("a table")
    if isinstance(value, list):
        return say("a list")
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
