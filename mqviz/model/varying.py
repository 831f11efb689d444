"""A scenario with one setting changed: `server.count`, `consumers.server.service.mean`, `network.latency`."""

from __future__ import annotations

import tomllib
from typing import Any

from mqviz.errors import ScenarioError
from mqviz.model.naming import CLIENT_TABLES
from mqviz.model.near import did_you_mean
from mqviz.model.parsing import parse
from mqviz.model.scenario import Scenario
from mqviz.model.traces import trace_files
from mqviz.model.writing import as_document, dump

_NAMED = (*CLIENT_TABLES, "queues", "exchanges", "policies")


def values_of(text: str) -> tuple[str, ...]:
    """The values of `1, 2, "a"` as texts, separated at the commas that stand outside of brackets and quotes."""
    parts, depth, quoted = [""], 0, False
    for character in text:
        quoted ^= character == '"'
        depth += 0 if quoted else (character in "[{") - (character in "]}")
        if character == "," and not depth and not quoted:
            parts.append("")
        else:
            parts[-1] += character
    return tuple(part.strip() for part in parts)


def varied(scenario: Scenario, path: str, value: str) -> Scenario:
    """The scenario with the value (in TOML; a bare word is a text) at the path; ScenarioError where there is no such setting."""
    source = f"{path}={value}"
    raw = tomllib.loads(dump(scenario))
    way = _full_way(raw, _keys(path, source), source)
    _put(_table(raw, way[:-1], source), way[-1], _read(value), source)
    files = trace_files(scenario)
    try:
        return parse(as_document(raw), source=source, read=files.__getitem__)
    except ScenarioError as error:
        raise ScenarioError(tuple(_without_line(mistake, source) for mistake in error.mistakes)) from None


def _without_line(mistake: str, source: str) -> str:
    """The document was written by us, so its lines say nothing."""
    return f"{source}: {mistake.removeprefix(source + ':').partition(': ')[2]}"


def _keys(path: str, source: str) -> list[str]:
    """The parts of a path; a name with a dot is quoted as in TOML."""
    try:
        table: Any = tomllib.loads(f"{path} = 0")
    except ValueError:
        raise ScenarioError((f"{source}: {path!r} is not a path like server.count",)) from None
    way = []
    while isinstance(table, dict) and len(table) == 1:
        ((key, table),) = table.items()
        way.append(key)
    return way


def _read(value: str) -> Any:
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except ValueError:
        return value


def _table(raw: dict[str, Any], way: list[str], source: str) -> Any:
    here: Any = raw
    for key in way:
        here = _step(here, key, source)
    return here


def _full_way(raw: dict[str, Any], way: list[str], source: str) -> list[str]:
    """The way from the document on, where it began with the name of a client or queue."""
    if way[0] in Scenario.__struct_fields__:
        return way
    kind = _kind_of(raw, way[0])
    if kind is not None and len(way) > 1:
        return [kind, *way]
    known = [*(name for kind in _NAMED for name in _names(raw.get(kind))), *Scenario.__struct_fields__]
    raise ScenarioError((f"{source}: there is no {way[0]!r}{did_you_mean(way[0], known)}",))


def _kind_of(raw: dict[str, Any], name: str) -> str | None:
    """The kind of table in which something of this name stands, if only one has it."""
    kinds = [kind for kind in _NAMED if name in _names(raw.get(kind))]
    return kinds[0] if len(kinds) == 1 else None


def _names(listed: Any) -> list[str]:
    return [str(each["name"]) for each in listed or () if isinstance(each, dict) and "name" in each]


def _step(here: Any, key: str, source: str) -> Any:
    if isinstance(here, dict):
        return here.setdefault(key, {})
    if not isinstance(here, list):
        raise ScenarioError((f"{source}: there is nothing inside of what comes before {key!r}",))
    if key.isascii() and key.isdigit() and 1 <= int(key) <= len(here):
        return here[int(key) - 1]
    found = next((each for each in here if isinstance(each, dict) and each.get("name") == key), None)
    if found is None:
        raise ScenarioError((f"{source}: there is no {key!r}{did_you_mean(key, _names(here))}",))
    return found


def _put(table: Any, key: str, value: Any, source: str) -> None:
    if isinstance(table, list) and len(table) == 1:
        table = table[0]
    if not isinstance(table, dict):
        raise ScenarioError((f"{source}: {key!r} cannot be set there",))
    table[key] = value
