"""What may be done to a live broker, as requests: publish, close the connection of a consumer, purge."""

from __future__ import annotations

from typing import NamedTuple

from mqviz.backends import management
from mqviz.backends.answers import Routed
from mqviz.backends.management import Ask
from mqviz.backends.troubles import TroubleError
from mqviz.model.backend import Inject, Outcome, Publish
from mqviz.model.faults import Kill, Purge
from mqviz.model.feed import Trouble
from mqviz.model.snapshot import ConsumerStats, ProducerStats, Snapshot

REASON = "Closed by mqviz"


class Deed(NamedTuple):
    """Something to be done: the requests in their order, what it is called in the log, what it is about, what to tell of it."""

    number: int
    action: str
    subject: str
    asks: tuple[Ask, ...]
    detail: str = ""


def deed_of(command: Inject | Publish, snapshot: Snapshot, vhost: str) -> Deed | Outcome:
    """The requests that a command comes to; or why it cannot be done."""
    if isinstance(command, Publish):
        return _publish(command, snapshot, vhost)
    if isinstance(command.fault, Kill):
        return _kill(command.number, command.fault.target, snapshot)
    if isinstance(command.fault, Purge):
        return _purge(command.number, command.fault.target, snapshot, vhost)
    return _refused(command.number, "live_broker", command.fault.__struct_config__.tag)


def _refused(number: int, reason: str, detail: object) -> Outcome:
    return Outcome(number=number, done=False, reason=reason, detail=str(detail))


def _publish(command: Publish, snapshot: Snapshot, vhost: str) -> Deed | Outcome:
    if command.exchange not in {"", *(each.name for each in snapshot.exchanges)}:
        return _refused(command.number, "no_such_exchange", command.exchange)
    ask = management.publish(vhost, command.exchange, command.routing_key, command.body, command.properties)
    return Deed(command.number, "publish", f"exchange:{command.exchange}", (ask,))


def _kill(number: int, target: str, snapshot: Snapshot) -> Deed | Outcome:
    """Everything that shares the connection goes, too; the detail names it all."""
    kind, _, rest = target.partition(":")
    name = rest if kind in ("consumer", "producer") else target
    clients: tuple[ConsumerStats | ProducerStats, ...] = (*snapshot.consumers, *snapshot.producers)
    wanted = {each.connection: None for each in clients if name in (each.name, each.client) and each.connection}
    if not wanted:
        return _refused(number, "no_such_target", target)
    gone = dict.fromkeys(each.name for each in clients if each.connection in wanted)
    asks = tuple(management.close_connection(connection, REASON) for connection in wanted)
    return Deed(number, "close_connection", name, asks, ", ".join(gone))


def _purge(number: int, target: str, snapshot: Snapshot, vhost: str) -> Deed | Outcome:
    name = target.removeprefix("queue:")
    queue = next((each for each in snapshot.queues if each.name == name), None)
    if queue is None:
        return _refused(number, "no_such_queue", name)
    return Deed(number, "purge", f"queue:{name}", (management.purge(vhost, name),), str(queue.messages_ready))


_REASONS = {
    **dict.fromkeys((Trouble.RIGHTS, Trouble.LOGIN, Trouble.VHOST), "no_rights"),
    **dict.fromkeys((Trouble.TIMEOUT, Trouble.LOST, Trouble.PORT, Trouble.NAME), "no_answer"),
}


def failed(deed: Deed, trouble: TroubleError) -> Outcome:
    """What to tell of a deed that the broker did not do, or of which nobody knows whether it did."""
    return _refused(deed.number, _REASONS.get(trouble.trouble, "refused_by_broker"), trouble.detail)


def succeeded(deed: Deed, answer: object) -> Outcome:
    """What to tell of a deed that was done; of a publish, whether the message was routed."""
    return Outcome(number=deed.number, detail=deed.detail, answer=answer.routed if isinstance(answer, Routed) else None)
