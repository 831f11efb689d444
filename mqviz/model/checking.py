"""What must hold between the tables of a document: unique names, references that lead somewhere, arguments, limits.

It looks at the tables as written, not at values made from them, so that a broken table hides no other mistake.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from mqviz.model.arguments import (
    EXCHANGE_ARGUMENTS,
    POLICY_KEYS,
    QUEUE_ARGUMENTS,
    wrong_arguments,
    wrong_binding,
    wrong_queue,
)
from mqviz.model.happening import check_changes, check_faults
from mqviz.model.limits import check_limits
from mqviz.model.mistakes import Mistakes
from mqviz.model.naming import CLIENT_TABLES, Names, documents, tables
from mqviz.model.near import did_you_mean
from mqviz.model.places import Path
from mqviz.model.said import say


def check_document(raw: Mapping[str, Any], mistakes: Mistakes) -> None:
    """Note every mistake between the tables of a document."""
    names = Names(raw)
    _check_unique(raw, mistakes)
    for at, document in documents(raw):
        _check_references(document, at, names, mistakes)
        _check_arguments(document, at, names, mistakes)
    _check_policies(raw, names, mistakes)
    check_faults(raw, names, mistakes)
    check_changes(raw, names, mistakes)
    check_limits(raw, mistakes)


def _check_unique(raw: Mapping[str, Any], mistakes: Mistakes) -> None:
    deleted = set(_deleted(raw))
    for kinds in (("exchanges",), ("queues",), CLIENT_TABLES, ("policies",)):
        first: dict[str, Path] = {}
        for path, table in _of_kinds(raw, kinds):
            name = table.get("name")
            if not isinstance(name, str) or (name in deleted and path[0] == "changes"):
                continue
            earlier = first.setdefault(name, path)
            if earlier != path:
                where, line = _short(earlier), mistakes.line(earlier)
                mistakes.add((*path, "name"), say("the name {0!r} is taken by {1} on line {2}", name, where, line))


def _of_kinds(raw: Mapping[str, Any], kinds: Iterable[str]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for at, document in documents(raw):
        for kind in kinds:
            yield from tables(document, kind, at)


def _deleted(raw: Mapping[str, Any]) -> Iterator[str]:
    for _, change in tables(raw, "changes"):
        names = change.get("delete")
        for listed in names.values() if isinstance(names, dict) else ():
            yield from (name for name in listed if isinstance(name, str)) if isinstance(listed, list) else ()


def _short(path: Path) -> str:
    *_, table, position = path
    assert isinstance(position, int)
    return f"{table}[{position + 1}]"


_REFERENCES = (
    ("bindings", "source", "exchange"),
    ("producers", "exchange", "exchange"),
    ("translators", "exchange", "exchange"),
    ("consumers", "queue", "queue"),
    ("translators", "queue", "queue"),
    ("translators", "invalid_queue", "queue"),
    ("producers", "call", "service"),
    ("consumers", "call", "service"),
)
"""Table, key, and what the key names."""


def _check_references(document: Mapping[str, Any], at: Path, names: Names, mistakes: Mistakes) -> None:
    for kind, key, noun in _REFERENCES:
        for path, table in tables(document, kind, at):
            _check_name(table.get(key), noun, names, (*path, key), mistakes)
    if not at:
        _check_present(document, names, mistakes)
    for path, binding in tables(document, "bindings", at):
        noun = "exchange" if binding.get("destination_type") == "exchange" else "queue"
        _check_name(binding.get("destination"), noun, names, (*path, "destination"), mistakes)


def _check_present(document: Mapping[str, Any], names: Names, mistakes: Mistakes) -> None:
    """Who is there from the beginning cannot call a service that a change declares later."""
    present = {str(service.get("name")) for _, service in tables(document, "services")}
    for kind in ("producers", "consumers"):
        for path, client in tables(document, kind):
            if client.get("call") in set(names.services) - present:
                wrong = say("service {0!r} is declared by a change only, after who calls it has begun", client["call"])
                mistakes.add((*path, "call"), wrong)


def _check_name(name: Any, noun: str, names: Names, path: Path, mistakes: Mistakes) -> None:
    if not isinstance(name, str):
        return
    of_noun: dict[str, Collection[str]] = {"exchange": names.exchanges, "queue": names.queues, "service": names.services}
    known = of_noun[noun]
    if name not in known:
        mistakes.add(path, say("{0} {1!r} does not exist{2}", say(noun), name, did_you_mean(name, known) or _none(noun, known)))


def _none(noun: str, known: Iterable[str]) -> str:
    listed = [name for name in known if name and not name.startswith("amq.")]
    if not listed:
        return say("; there is no {0}", say(noun))
    return say("; there is {0}", ", ".join(repr(name) for name in listed[:8]) + (" ..." if len(listed) > 8 else ""))


def _check_arguments(document: Mapping[str, Any], at: Path, names: Names, mistakes: Mistakes) -> None:
    for path, queue in tables(document, "queues", at):
        given = _arguments(queue)
        for key, text in (*wrong_arguments(given, QUEUE_ARGUMENTS), *wrong_queue(given, queue)):
            mistakes.add((*path, "arguments", key), text)
        _check_exchange(given, "x-dead-letter-exchange", (*path, "arguments"), names, mistakes)
    for path, exchange in tables(document, "exchanges", at):
        given = _arguments(exchange)
        for key, text in wrong_arguments(given, EXCHANGE_ARGUMENTS):
            mistakes.add((*path, "arguments", key), text)
        _check_exchange(given, "alternate-exchange", (*path, "arguments"), names, mistakes)
    for path, binding in tables(document, "bindings", at):
        if names.exchanges.get(str(binding.get("source"))) == "headers":
            for key, text in wrong_binding(_arguments(binding)):
                mistakes.add((*path, "arguments", key), text)


def _arguments(table: Mapping[str, Any], key: str = "arguments") -> Mapping[str, Any]:
    found = table.get(key)
    return found if isinstance(found, dict) else {}


def _check_exchange(given: Mapping[str, Any], key: str, at: Path, names: Names, mistakes: Mistakes) -> None:
    _check_name(given.get(key), "exchange", names, (*at, key), mistakes)


def _check_policies(raw: Mapping[str, Any], names: Names, mistakes: Mistakes) -> None:
    for path, policy in tables(raw, "policies"):
        given = _arguments(policy, "definition")
        for key, text in wrong_arguments(given, POLICY_KEYS):
            mistakes.add((*path, "definition", key), text)
        for key in ("dead-letter-exchange", "alternate-exchange"):
            _check_exchange(given, key, (*path, "definition"), names, mistakes)
