"""Queues at which messages may lie: nobody is expected to consume there."""

from __future__ import annotations

from mqviz.model.snapshot import Snapshot


def ends_of(snapshot: Snapshot) -> frozenset[str]:
    """The queues without consumers that only collect dead letters, or what could not be translated."""
    exchanges = {each.dead_letter_exchange for each in snapshot.queues if each.dead_letter_exchange is not None}
    fed = {each.destination for each in snapshot.bindings if each.destination_type == "queue" and each.source in exchanges}
    direct = {each.dead_letter_routing_key for each in snapshot.queues if each.dead_letter_exchange == ""}
    invalid = {each.invalid_queue for each in snapshot.translators}
    wanted = fed | direct | invalid
    return frozenset(each.name for each in snapshot.queues if each.consumers == 0 and each.name in wanted)
