"""Who is who in a document: the names of its entities and clients, and what a target means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from mqviz.model.near import did_you_mean
from mqviz.model.places import Path
from mqviz.model.said import say

_NUMBER = re.compile(r"[0-9]{1,9}")
CLIENT_TABLES = ("producers", "consumers", "services", "translators")
PREDECLARED = {
    "": "direct",
    "amq.direct": "direct",
    "amq.fanout": "fanout",
    "amq.topic": "topic",
    "amq.headers": "headers",
    "amq.match": "headers",
}
"""Exchanges that every virtual host has (AMQP 0-9-1, 3.1.3), with their types."""


class Client(NamedTuple):
    """A client as written: the table it stands in ("producers" ...), how many alike, and the table itself."""

    kind: str
    members: int
    table: Mapping[str, Any]


def tables(raw: Mapping[str, Any], key: str, at: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each readable table of an array of tables, with its path."""
    found = raw.get(key)
    for i, table in enumerate(found if isinstance(found, list) else ()):
        if isinstance(table, dict):
            yield (*at, key, i), table


def documents(raw: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The document itself, and what each of its changes declares: both hold the same kinds of tables."""
    yield (), raw
    for path, change in tables(raw, "changes"):
        declared = change.get("declare")
        if isinstance(declared, dict):
            yield (*path, "declare"), declared


def count_of(table: Mapping[str, Any]) -> int:
    """The count as written, 1 where there is none (or none that can be read)."""
    count = table.get("count", 1)
    return count if isinstance(count, int) and not isinstance(count, bool) and count > 0 else 1


class Names:
    """All names that a document declares, at its beginning or by a change."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.exchanges: dict[str, str] = dict(PREDECLARED)
        self.queues: dict[str, Mapping[str, Any]] = {}
        self.clients: dict[str, Client] = {}
        for _, document in documents(raw):
            self._add(document)
        for _, change in tables(raw, "changes"):
            self._scale(change)
        self.services = [name for name, client in self.clients.items() if client.kind == "services"]

    def _add(self, document: Mapping[str, Any]) -> None:
        for _, table in tables(document, "exchanges"):
            self.exchanges.setdefault(str(table.get("name")), str(table.get("type", "direct")))
        for _, table in tables(document, "queues"):
            self.queues.setdefault(str(table.get("name")), table)
        for kind in CLIENT_TABLES:
            for _, table in tables(document, kind):
                self.clients.setdefault(str(table.get("name")), Client(kind, count_of(table), table))

    def _scale(self, change: Mapping[str, Any]) -> None:
        """A change of count makes room for more members."""
        name, values = change.get("target"), change.get("set")
        if isinstance(name, str) and name in self.clients and isinstance(values, dict):
            client = self.clients[name]
            self.clients[name] = client._replace(members=max(client.members, count_of(values)))

    def client(self, target: str) -> tuple[str, Client | None]:
        """The client that a target means, itself or one of its members; and what is wrong with the target, if anything."""
        if target in self.clients:
            return "", self.clients[target]
        name, dot, number = target.rpartition(".")
        client = self.clients.get(name)
        if not dot or client is None or not _NUMBER.fullmatch(number):
            return say("{0} {1!r} does not exist{2}", say("client"), target, did_you_mean(target, self.clients)), None
        return self._member(name, int(number), client)

    def _member(self, name: str, number: int, client: Client) -> tuple[str, Client | None]:
        if client.kind not in ("producers", "consumers"):
            return say("{0!r} has no members; the target is '{0}'", name), None
        if not 1 <= number <= client.members:
            return say("{0!r} has members {0}.1 to {0}.{1}, not {0}.{2}", name, client.members, number), None
        return "", client
