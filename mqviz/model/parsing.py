"""Reads a scenario file: TOML to a `Scenario`, or all its mistakes, each with its line."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from msgspec.structs import replace

from mqviz.errors import ScenarioError
from mqviz.model.checking import check_document
from mqviz.model.load import Load, TraceLoad
from mqviz.model.mistakes import Mistakes
from mqviz.model.places import Path, find_places
from mqviz.model.reading import Bad, read_table
from mqviz.model.said import say
from mqviz.model.scenario import FORMAT, Scenario
from mqviz.model.traces import ReadFile, TraceMistake, filled

_AT_LINE = re.compile(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)


def _no_file(name: str) -> str:
    raise FileNotFoundError(f"{name} is not there")


def parse(text: str, *, source: str = "scenario.toml", read: ReadFile = _no_file) -> Scenario:
    """The scenario that a TOML text describes; ScenarioError names every mistake as `source:LINE: table[i] 'name': ...`.

    `read` gives the text of a CSV file beside the scenario, for recorded arrivals.
    """
    raw = _tables(text, source)
    mistakes = Mistakes(source, raw, find_places(text))
    if isinstance(raw.get("format", FORMAT), int) and raw.get("format", FORMAT) > FORMAT:
        mistakes.add(("format",), say("format {0} is newer than this mqviz, which reads format {1}", raw["format"], FORMAT))
        raise mistakes.error()
    scenario = read_table(Scenario, raw, (), mistakes)
    check_document(raw, mistakes)
    if not isinstance(scenario, Bad):
        scenario = _with_traces(scenario, read, mistakes)
    if mistakes:
        raise mistakes.error()
    assert isinstance(scenario, Scenario)
    return scenario


def _tables(text: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ScenarioError((say("{0}:1: the lists or tables are nested too deeply", source),)) from None
    except ValueError as error:
        raise ScenarioError((_syntax_mistake(str(error), text, source),)) from None


def _syntax_mistake(message: str, text: str, source: str) -> str:
    found = _AT_LINE.match(message)
    if found is None:
        return say("{0}:{1}: not TOML: {2}", source, 1, message)
    what, line, column = found.groups()
    if line is None:
        return say("{0}:{1}: not TOML: {2} (at the end of the file)", source, text.count(chr(10)) + 1, what)
    return say("{0}:{1}: not TOML: {2} (at column {3})", source, line, what, column)


def _with_traces(scenario: Scenario, read: ReadFile, mistakes: Mistakes) -> Scenario:
    """The scenario with the times of its traces, which are in files of their own."""
    if not any(isinstance(load, TraceLoad) for producer in scenario.producers for load in producer.load):
        return scenario
    producers = list(scenario.producers)
    for i, producer in enumerate(producers):
        loads = [_filled(load, ("producers", i, "load", j, "file"), read, mistakes) for j, load in enumerate(producer.load)]
        producers[i] = replace(producer, load=tuple(loads))
    return replace(scenario, producers=tuple(producers))


def _filled(load: Load, path: Path, read: ReadFile, mistakes: Mistakes) -> Load:
    if not isinstance(load, TraceLoad):
        return load
    try:
        return filled(load, read)
    except TraceMistake as mistake:
        mistakes.add(path, mistake.args[0])
        return load
