"""What a method on a channel asks of the engine, and what is answered: one row for each method."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mqviz.engine.channel import Channel
from mqviz.errors import AmqpError
from mqviz.model.amqp import ReplyCode
from mqviz.wire.outlet import Outlet

Fields = dict[str, Any]
Answer = tuple[object, ...]

UNIMPLEMENTED = "COMMAND_INVALID - unimplemented method"
"""What RabbitMQ says to methods that only a server may send, or that have their place on channel 0."""

Ask = Callable[[Channel, Fields], Answer]


def call(name: str, channel: Channel, found: Fields, out: Outlet) -> None:
    """Do what a method says and answer it, unless it says that nobody waits. AmqpError where the engine refuses."""
    if name in _TOLD:
        _TOLD[name](channel, found)
    elif name in _ASKED:
        answer = _ASKED[name](channel, found)
        if not found.get("nowait"):
            out.reply(f"{name}-ok", channel.number, *answer)
    elif name in _ANSWERED_FIRST:
        place = out.place()
        answer = _ANSWERED_FIRST[name](channel, found)
        if not found.get("nowait"):
            out.insert(place, f"{name}-ok", channel.number, *answer)
    elif name == "basic.get":
        _get(channel, found, out)
    elif name == "tx.commit":
        if channel.tx_commit():
            out.reply("tx.commit-ok", channel.number)
    else:
        raise AmqpError(ReplyCode.COMMAND_INVALID, UNIMPLEMENTED)


def _get(channel: Channel, found: Fields, out: Outlet) -> None:
    ok = channel.get(found["queue"], found["no_ack"])
    if ok is None:
        out.reply("basic.get-empty", channel.number, "")
    else:
        out.got(channel.number, ok)


def _declare_exchange(channel: Channel, found: Fields) -> Answer:
    flags = {name: found[name] for name in ("passive", "durable", "auto_delete", "internal", "arguments")}
    channel.declare_exchange(found["exchange"], found["exchange_type"], **flags)
    return ()


def _delete_exchange(channel: Channel, found: Fields) -> Answer:
    channel.delete_exchange(found["exchange"], found["if_unused"])
    return ()


def _bind_exchange(channel: Channel, found: Fields) -> Answer:
    channel.bind_exchange(found["destination"], found["source"], found["routing_key"], found["arguments"])
    return ()


def _unbind_exchange(channel: Channel, found: Fields) -> Answer:
    channel.unbind_exchange(found["destination"], found["source"], found["routing_key"], found["arguments"])
    return ()


def _declare_queue(channel: Channel, found: Fields) -> Answer:
    flags = {name: found[name] for name in ("passive", "durable", "exclusive", "auto_delete", "arguments")}
    return channel.declare_queue(found["queue"], **flags)


def _bind(channel: Channel, found: Fields) -> Answer:
    channel.bind(found["queue"], found["exchange"], found["routing_key"], found["arguments"])
    return ()


def _unbind(channel: Channel, found: Fields) -> Answer:
    channel.unbind(found["queue"], found["exchange"], found["routing_key"], found["arguments"])
    return ()


def _purge(channel: Channel, found: Fields) -> Answer:
    return (channel.purge(found["queue"]),)


def _delete_queue(channel: Channel, found: Fields) -> Answer:
    return (channel.delete_queue(found["queue"], found["if_unused"], found["if_empty"]),)


def _consume(channel: Channel, found: Fields) -> Answer:
    flags = {name: found[name] for name in ("no_local", "no_ack", "exclusive", "arguments")}
    return (channel.consume(found["queue"], found["consumer_tag"], **flags),)


def _cancel(channel: Channel, found: Fields) -> Answer:
    channel.cancel(found["consumer_tag"])
    return (found["consumer_tag"],)


def _qos(channel: Channel, found: Fields) -> Answer:
    channel.qos(found["prefetch_count"], found["global_"], found["prefetch_size"])
    return ()


def _recover(channel: Channel, found: Fields) -> Answer:
    channel.recover(found["requeue"])
    return ()


def _flow(channel: Channel, found: Fields) -> Answer:
    channel.flow(found["active"])
    return (found["active"],)


def _nothing_back(verb: Callable[[Channel], None]) -> Ask:
    def ask(channel: Channel, _: Fields) -> Answer:
        verb(channel)
        return ()

    return ask


def _ack(channel: Channel, found: Fields) -> None:
    channel.ack(found["delivery_tag"], found["multiple"])


def _nack(channel: Channel, found: Fields) -> None:
    channel.nack(found["delivery_tag"], found["multiple"], found["requeue"])


def _reject(channel: Channel, found: Fields) -> None:
    channel.reject(found["delivery_tag"], found["requeue"])


def _recover_async(channel: Channel, found: Fields) -> None:
    channel.recover(found["requeue"])


_TOLD: dict[str, Callable[[Channel, Fields], None]] = {
    "basic.ack": _ack,
    "basic.nack": _nack,
    "basic.reject": _reject,
    "basic.recover-async": _recover_async,
}
"""Nobody waits for an answer."""

_ASKED: dict[str, Ask] = {
    "exchange.declare": _declare_exchange,
    "exchange.delete": _delete_exchange,
    "exchange.bind": _bind_exchange,
    "exchange.unbind": _unbind_exchange,
    "queue.declare": _declare_queue,
    "queue.bind": _bind,
    "queue.unbind": _unbind,
    "queue.purge": _purge,
    "queue.delete": _delete_queue,
    "basic.cancel": _cancel,
    "channel.flow": _flow,
    "confirm.select": _nothing_back(Channel.confirm_select),
    "tx.select": _nothing_back(Channel.tx_select),
    "tx.rollback": _nothing_back(Channel.tx_rollback),
}
"""The answer follows what came of it: returns before tx.commit-ok."""

_ANSWERED_FIRST: dict[str, Ask] = {"basic.consume": _consume, "basic.qos": _qos, "basic.recover": _recover}
"""The answer stands before the deliveries that come of it."""
