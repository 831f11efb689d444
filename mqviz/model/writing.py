"""Writes a scenario as a file that a person likes to read, and tells scenarios apart by their digest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

import msgspec
from msgspec import NODEFAULT, UNSET, Struct, inspect
from msgspec.structs import replace

from mqviz.errors import ScenarioError
from mqviz.model.load import TraceLoad
from mqviz.model.parsing import parse
from mqviz.model.places import find_places
from mqviz.model.reading import NEVER, described
from mqviz.model.scenario import Scenario
from mqviz.model.traces import ReadFile

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LONGEST = 100
_LAYOUT = re.compile(r"^[ \t]*\[[ \t]*layout[ \t]*\]")


def dump(scenario: Scenario) -> str:
    """TOML that parses to an equal value; what is as by default is left out. Times of a trace stay in its CSV file."""
    blocks = ["\n".join(_lines(scenario, top=True))]
    for field in described(Scenario).fields:
        value = getattr(scenario, field.name)
        if isinstance(value, dict) and _is_own_table(field.name, value):
            blocks.append(f"[{field.name}]\n{_pairs(value)}")
        elif isinstance(value, Struct) and value != field.default:
            blocks.append("\n".join([f"[{field.encode_name}]", *_lines(value)]))
        elif isinstance(value, tuple):
            blocks += ["\n".join([f"[[{field.encode_name}]]", *_lines(each)]) for each in value]
    return "\n\n".join(blocks) + "\n"


def _lines(table: Struct, *, top: bool = False) -> Iterator[str]:
    """`key = value` for each field that differs from its default; of the document itself only the plain ones."""
    for key, value in _entries(table):
        if top and (isinstance(value, tuple | Struct) or _is_own_table(key, value)):
            continue
        yield _pair(key, value)


def _pair(key: str, value: Any) -> str:
    if key == "load" and len(value) == 1:
        value = value[0]
    text = _text(value)
    if isinstance(value, tuple) and value and isinstance(value[0], Struct) and len(text) > _LONGEST:
        text = "[\n" + "".join(f"    {_text(each)},\n" for each in value) + "]"
    return f"{_key(key)} = {text}"


def _is_own_table(key: str, value: Any) -> bool:
    """Whether the document gives it a table with a header: positions, and texts in several languages that are long."""
    if key == "layout":
        return bool(value)
    return isinstance(value, dict) and len(_inline(value)) > _LONGEST


def _entries(table: Struct) -> Iterator[tuple[str, Any]]:
    kind = described(type(table))
    if isinstance(table, Scenario):
        yield "format", table.format
    if kind.tag_field is not None:
        yield kind.tag_field, kind.tag
    for field in kind.fields:
        value = getattr(table, field.name)
        if value == _default(field) or value is UNSET or (isinstance(table, TraceLoad) and field.name == "times"):
            continue
        yield field.encode_name, NEVER if value is None else value


def _default(field: inspect.Field) -> Any:
    return field.default if field.default_factory is NODEFAULT else field.default_factory()


def _text(value: Any) -> str:
    if isinstance(value, Struct):
        return _inline(dict(_entries(value)))
    if isinstance(value, Mapping):
        return _inline(value)
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_text, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value.value if isinstance(value, Enum) else value)
    if isinstance(value, int | float):
        return repr(value)
    raise ValueError(f"TOML cannot hold {value!r}")


def _inline(table: Mapping[str, Any]) -> str:
    inside = ", ".join(f"{_key(key)} = {_text(value)}" for key, value in table.items())
    return f"{{ {inside} }}" if inside else "{}"


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _SHORT_ESCAPES.get(character) or f"\\u{ord(character):04x}"


def _pairs(table: Mapping[str, Any]) -> str:
    return "\n".join(f"{_key(key)} = {_text(value)}" for key, value in table.items())


def as_document(raw: Mapping[str, Any]) -> str:
    """TOML for tables as `tomllib` gives them; a line for each key, for machines to read."""
    return "".join(f"{_key(key)} = {_text(value)}\n" for key, value in raw.items())


def revised(text: str, scenario: Scenario, *, read: ReadFile) -> str:
    """A file's text changed into one of `scenario`: where only positions moved, its comments and layout stay.

    Everything else is written anew by `dump`, without the comments. `read` as for `parse`.
    """
    candidate = _with_layout(text, scenario.layout)
    try:
        same = candidate is not None and parse(candidate, read=read) == scenario
    except ScenarioError:
        same = False
    return candidate if same and candidate is not None else dump(scenario)


def _with_layout(text: str, layout: Mapping[str, tuple[float, float]]) -> str | None:
    """The text with another [layout] table; None where positions are written in some other way."""
    try:
        places = find_places(text)
    except (ValueError, IndexError):
        return None
    lines = text.replace("\r\n", "\n").split("\n")
    if ("layout",) in places:
        start = places[("layout",)] - 1
        if not _LAYOUT.match(lines[start]):
            return None
        del lines[start : max(line for path, line in places.items() if path[0] == "layout")]
    table = f"\n\n[layout]\n{_pairs(layout)}" if layout else ""
    return "\n".join(lines).rstrip("\n") + table + "\n"


def digest(scenario: Scenario) -> str:
    """SHA-256 over everything that can influence a run, however the file is written.

    Left out are names, description and positions, and what a result says itself: the seed, how long it ran, how often.
    """
    plain = replace(scenario, name="", description="", layout={}, seed=0, duration=None, run=replace(scenario.run, repeat=1))
    value = msgspec.convert(msgspec.to_builtins(plain), Scenario)
    return hashlib.sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()
