"""How much is too much: the limits of a document, and times that lie outside of its run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from mqviz.model.mistakes import Mistakes
from mqviz.model.naming import CLIENT_TABLES, count_of, documents, tables
from mqviz.model.places import Path
from mqviz.model.said import say
from mqviz.model.scenario import MAX_AT_ONCE, MAX_CLIENTS, MAX_QUEUES

Moment = tuple[float, int, Path]
"""When, how many messages at that instant, and where it is written."""


def check_limits(raw: Mapping[str, Any], mistakes: Mistakes) -> None:
    """Note what exceeds a limit, and what would happen only after the end of the run."""
    _check_numbers(raw, mistakes)
    _check_instants(raw, mistakes)
    duration = raw.get("duration")
    if _is_number(duration):
        _check_times(raw, float(duration), mistakes)


def _check_numbers(raw: Mapping[str, Any], mistakes: Mistakes) -> None:
    clients = queues = 0
    for at, document in documents(raw):
        for kind in CLIENT_TABLES:
            for path, table in tables(document, kind, at):
                clients = _count(clients, count_of(table), MAX_CLIENTS, say("clients"), (*path, "count"), mistakes)
        for path, _ in tables(document, "queues", at):
            queues = _count(queues, 1, MAX_QUEUES, say("queues"), path, mistakes)
    for path, change in tables(raw, "changes"):
        values = change.get("set")
        if isinstance(values, dict) and count_of(values) > MAX_CLIENTS:
            mistakes.add((*path, "set", "count"), say("too many clients: at most {0:,} are allowed", MAX_CLIENTS))


def _count(before: int, more: int, limit: int, noun: str, path: Path, mistakes: Mistakes) -> int:
    """The sum; the mistake is noted once, where the limit is passed."""
    if before <= limit < before + more:
        mistakes.add(path, say("too many {0}: {1:,} with these, at most {2:,} are allowed", noun, before + more, limit))
    return before + more


def _check_instants(raw: Mapping[str, Any], mistakes: Mistakes) -> None:
    together: Counter[float] = Counter()
    for when, messages, path in _moments(raw):
        if together[when] <= MAX_AT_ONCE < together[when] + messages:
            total = together[when] + messages
            mistakes.add(path, say("{0:,} messages at {1:g} s: at most {2:,} are allowed at one instant", total, when, MAX_AT_ONCE))
        together[when] += messages


def _moments(raw: Mapping[str, Any]) -> Iterator[Moment]:
    for at, document in documents(raw):
        for path, producer in tables(document, "producers", at):
            for load_path, load in loads(producer, path):
                messages = load.get("messages")
                if load.get("shape") == "burst" and _is_number(messages):
                    yield _when(load), int(messages) * count_of(producer), (*load_path, "messages")
    for path, fault in tables(raw, "faults"):
        if fault.get("kind") == "spike" and _is_number(fault.get("messages")):
            yield _when(fault), int(fault["messages"]), (*path, "messages")


def loads(producer: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The loads of a producer, written as one table or as a list of them."""
    load = producer.get("load")
    if isinstance(load, dict):
        yield (*path, "load"), load
    for i, each in enumerate(load if isinstance(load, list) else ()):
        if isinstance(each, dict):
            yield (*path, "load", i), each


def _when(table: Mapping[str, Any]) -> float:
    at = table.get("at")
    return float(at) if _is_number(at) else 0.0


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e18


def _check_times(raw: Mapping[str, Any], duration: float, mistakes: Mistakes) -> None:
    for kind in ("faults", "changes"):
        for path, table in tables(raw, kind):
            _check_time(table, "at", path, duration, mistakes)
    for path, producer in tables(raw, "producers"):
        for load_path, load in loads(producer, path):
            _check_time(load, "from", load_path, duration, mistakes)
            _check_time(load, "at", load_path, duration, mistakes)
    run = raw.get("run")
    if isinstance(run, dict):
        _check_time(run, "warm_up", ("run",), duration, mistakes)


def _check_time(table: Mapping[str, Any], key: str, path: Path, duration: float, mistakes: Mistakes) -> None:
    value = table.get(key)
    if _is_number(value) and value > duration:
        mistakes.add((*path, key), say("'{0}' is {1:g}, after the end of the run: duration is {2:g}", key, value, duration))
