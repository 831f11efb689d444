"""The log of a live broker: what has come, gone or changed between two looks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from mqviz.model.snapshot import ClientState, LogEntry, Snapshot

MOST_OF_A_KIND = 50
"""Entries of one code for one look; a broker may lose a thousand connections at once."""


def told_between(before: Snapshot, after: Snapshot, time: float) -> Iterator[LogEntry]:
    """What to write down at second `time`."""
    queues = [{each.name for each in snapshot.queues} for snapshot in (before, after)]
    clients = [_clients(snapshot) for snapshot in (before, after)]
    blocked = [_blocked(snapshot) for snapshot in (before, after)]
    alarms = [_alarms(snapshot) for snapshot in (before, after)]
    yield from _changes(queues, "queue_deleted", "queue_declared", time, "queue:")
    yield from _changes(clients, "connection_closed", "connection_opened", time)
    yield from _changes(blocked, "connection_unblocked", "connection_blocked", time)
    yield from _changes(alarms, "memory_alarm_cleared", "memory_alarm_set", time)


def _changes(sets: list[set[str]], gone: str, come: str, time: float, prefix: str = "") -> Iterator[LogEntry]:
    before, after = sets
    yield from _entries(gone, sorted(before - after), time, prefix)
    yield from _entries(come, sorted(after - before), time, prefix)


def _entries(code: str, names: Collection[str], time: float, prefix: str) -> Iterator[LogEntry]:
    for name in islice(names, MOST_OF_A_KIND):
        yield LogEntry(time=time, code=code, subject=f"{prefix}{name}")


def _clients(snapshot: Snapshot) -> set[str]:
    return {*(f"consumer:{each.name}" for each in snapshot.consumers), *(f"producer:{each.name}" for each in snapshot.producers)}


def _blocked(snapshot: Snapshot) -> set[str]:
    every: Iterable[tuple[str, ClientState]] = (
        *((f"consumer:{each.name}", each.state) for each in snapshot.consumers),
        *((f"producer:{each.name}", each.state) for each in snapshot.producers),
    )
    return {name for name, state in every if state is ClientState.BLOCKED}


def _alarms(snapshot: Snapshot) -> set[str]:
    return {each.name for each in snapshot.broker.nodes if each.memory_alarm}
