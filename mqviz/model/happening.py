"""Whether faults and changes make sense: what they hit exists and is of a kind that can be hit so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mqviz.model.arguments import QUEUE_ARGUMENTS, wrong_arguments
from mqviz.model.mistakes import Mistakes
from mqviz.model.naming import CLIENT_TABLES, Client, Names, tables
from mqviz.model.near import did_you_mean, either
from mqviz.model.places import Path
from mqviz.model.said import say

_ANY = CLIENT_TABLES
_WITH_CONNECTION = ("producers", "consumers", "translators")

_HITS: dict[str, tuple[str, ...]] = {
    "spike": ("producers",),
    "kill": _ANY,
    "stop": _ANY,
    "hang": _ANY,
    "slow": _ANY,
    "fail": ("consumers", "services", "translators"),
    "poison": ("producers",),
    "delay": _WITH_CONNECTION,
    "cut": _WITH_CONNECTION,
}
"""Which kinds of clients a fault can hit; a purge hits a queue, the others hit the broker."""

_SETTINGS: dict[str, tuple[str, ...]] = {
    "producers": ("rate", "count", "confirm", "size", "priority", "latency"),
    "consumers": ("count", "prefetch", "workers", "service", "latency"),
    "services": ("workers", "accept", "timeout", "service"),
    "translators": ("service", "latency"),
    "network": ("latency",),
    "queues": ("arguments",),
}
"""What can be set while it runs."""

_CALLER_SETTINGS = ("rate", "count", "latency")
"""What is left of a producer's settings where it calls a service and knows no broker."""

_QUEUE = "queue:"
_EXCHANGE = "exchange:"
_NETWORK = "network"


def check_faults(raw: Mapping[str, Any], names: Names, mistakes: Mistakes) -> None:
    """Note every fault that hits nothing, or what it cannot hit."""
    for path, fault in tables(raw, "faults"):
        target, kind = fault.get("target"), str(fault.get("kind"))
        if not isinstance(target, str):
            continue
        if kind == "purge":
            _check_queue(target, names, (*path, "target"), mistakes)
        elif kind in _HITS:
            _check_client(target, kind, names, (*path, "target"), mistakes)


def _check_queue(target: str, names: Names, path: Path, mistakes: Mistakes) -> None:
    name = target.removeprefix(_QUEUE)
    if name not in names.queues:
        mistakes.add(path, say("{0} {1!r} does not exist{2}", say("queue"), name, did_you_mean(name, names.queues)))


def _check_client(target: str, fault: str, names: Names, path: Path, mistakes: Mistakes) -> None:
    kinds = _HITS[fault]
    if target.startswith((_QUEUE, _EXCHANGE)):
        mistakes.add(path, say("'{0}' hits {1}, not {2!r}", fault, either(kinds), target))
        return
    wrong, client = names.client(target)
    if wrong:
        mistakes.add(path, wrong)
    elif client is not None and client.kind not in kinds:
        mistakes.add(path, say("'{0}' hits {1}; {2!r} is one of the {3}", fault, either(kinds), target, client.kind))


def check_changes(raw: Mapping[str, Any], names: Names, mistakes: Mistakes) -> None:
    """Note every change of what does not exist, or of what its target does not have."""
    for path, change in tables(raw, "changes"):
        values, target = change.get("set"), change.get("target")
        if isinstance(values, dict) and isinstance(target, str):
            _check_setting(target, values, path, names, mistakes)
        deleted = change.get("delete")
        if isinstance(deleted, dict):
            _check_deleted(deleted, (*path, "delete"), names, mistakes)


def _check_setting(target: str, values: dict[str, Any], path: Path, names: Names, mistakes: Mistakes) -> None:
    kind, wrong = _kind_of(target, values, names)
    if wrong:
        mistakes.add((*path, "target"), wrong)
        return
    wrong, client = names.client(target) if kind in CLIENT_TABLES else ("", None)
    settable = _CALLER_SETTINGS if kind == "producers" and client is not None and "call" in client.table else _SETTINGS[kind]
    for key in values:
        if key not in settable:
            mistakes.add((*path, "set", key), say("{0!r} has no '{1}' to set; it has {2}", target, key, ", ".join(settable)))
    if client is not None:
        _check_client_setting(target, client, values, path, names, mistakes)
    arguments = values.get("arguments")
    if kind == "queues" and isinstance(arguments, dict):
        for key, text in wrong_arguments(arguments, QUEUE_ARGUMENTS, none=True):
            mistakes.add((*path, "set", "arguments", key), text)


def _kind_of(target: str, values: dict[str, Any], names: Names) -> tuple[str, str]:
    """The kind of what a change turns, and what is wrong with its target."""
    if target.startswith(_QUEUE) or ("arguments" in values and target not in names.clients):
        name = target.removeprefix(_QUEUE)
        wrong = "" if name in names.queues else say("{0} {1!r} does not exist{2}", say("queue"), name, did_you_mean(name, names.queues))
        return "queues", wrong
    if target == _NETWORK and target not in names.clients:
        return "network", ""
    wrong, client = names.client(target)
    return (client.kind if client else "", wrong)


def _check_client_setting(target: str, client: Client, values: dict[str, Any], path: Path, names: Names, mistakes: Mistakes) -> None:
    if "count" in values and target not in names.clients:
        mistakes.add((*path, "target"), say("'count' is set for all of a client, not for its member {0!r}", target))
    if "service" in values and client.kind == "consumers" and "call" in client.table:
        mistakes.add((*path, "set", "service"), say("the work of {0!r} is done by service {1!r}", target, client.table["call"]))
    if "confirm" in values and "confirm" not in client.table:
        mistakes.add((*path, "set", "confirm"), say("{0!r} publishes without confirms", target))
    if "rate" in values and not client.table.get("load"):
        mistakes.add((*path, "set", "rate"), say("{0!r} has no load whose rate could be set", target))


def _check_deleted(deleted: dict[str, Any], path: Path, names: Names, mistakes: Mistakes) -> None:
    for key, known in (("exchanges", names.exchanges), ("queues", names.queues), ("clients", names.clients)):
        listed = deleted.get(key)
        for i, name in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(name, str) and name not in known:
                mistakes.add((*path, key, i), say("{0} {1!r} does not exist{2}", say(key[:-1]), name, did_you_mean(name, known)))
