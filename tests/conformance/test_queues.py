"""Queues as such: declare, delete, purge, durable, exclusive, auto-delete, server-named, kinds and modes."""

import pytest

from mqviz.model.amqp import Properties
from tests.conformance.client import Peer, QueueOk, Verbs, bodies, connect_channel, drain, has_queue, publish_each, refused
from tests.conformance.nouns import error, success

LOCKED = (
    "RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'q' in vhost '/'. It could be originally "
    "declared on another connection or the exclusive property value does not match that of the original declaration."
)
NO_QUEUE = "NOT_FOUND - no queue 'q' in vhost '/'"


@success("classic queue")
def test_declare_answers_with_messages_and_consumers(peer: Peer) -> None:
    """Messages are the ready ones only; unacknowledged ones do not count."""
    chan = connect_channel(peer)
    assert chan.declare_queue("q") == QueueOk("q", 0, 0)
    publish_each(chan, "q", "1 2 3")
    chan.get("q")
    chan.qos(1)
    chan.consume("q", "c")
    chan.deliveries(1)
    assert chan.declare_queue("q", passive=True) == QueueOk("q", 1, 1)
    assert chan.declare_queue("q") == QueueOk("q", 1, 1)


@success("classic queue")
def test_queue_is_first_in_first_out(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2 3 4")
    assert drain(chan, "q") == ["1", "2", "3", "4"]


@success("classic queue")
def test_delete_answers_with_the_number_of_ready_messages(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2 3")
    chan.get("q")
    assert chan.delete_queue("q") == 2
    assert not has_queue(chan, "q")


@success("classic queue")
def test_deleting_a_missing_queue_is_no_mistake(peer: Peer) -> None:
    assert connect_channel(peer).delete_queue("q") == 0


@success("classic queue")
def test_deleting_a_queue_takes_its_bindings(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.bind("q", "amq.fanout")
    chan.delete_queue("q")
    chan.declare_queue("q")
    chan.publish("amq.fanout", "", b"1")
    assert drain(chan, "q") == []


@success("classic queue")
def test_purge_takes_ready_messages_and_leaves_unacked(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2 3")
    got = chan.get("q")
    assert got is not None
    assert chan.purge("q") == 2
    chan.nack(got.delivery_tag)
    assert drain(chan, "q") == ["1"]


@error("classic queue", "reply code")
@pytest.mark.parametrize("verb", ["purge", "get", "consume", "passive declare"])
def test_a_missing_queue_is_not_found(peer: Peer, verb: str) -> None:
    chan = connect_channel(peer)
    verbs: Verbs = {
        "purge": lambda: chan.purge("q"),
        "get": lambda: chan.get("q"),
        "consume": lambda: chan.consume("q"),
        "passive declare": lambda: chan.declare_queue("q", passive=True),
    }
    with refused(chan, "channel", 404, NO_QUEUE):
        verbs[verb]()


@error("classic queue", "reply code")
def test_if_unused_keeps_a_queue_with_a_consumer(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.conn.channel().consume("q")
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - queue 'q' in vhost '/' in use"):
        chan.delete_queue("q", if_unused=True)


@error("classic queue", "reply code")
def test_if_empty_keeps_a_queue_with_a_message(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1")
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - queue 'q' in vhost '/' not empty"):
        chan.delete_queue("q", if_empty=True)


@success("classic queue")
def test_if_empty_looks_at_ready_messages_only(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1")
    chan.get("q")
    assert chan.delete_queue("q", if_empty=True, if_unused=True) == 0


@error("classic queue", "reply code")
def test_names_with_the_reserved_prefix_are_refused(peer: Peer) -> None:
    chan = connect_channel(peer)
    text = "ACCESS_REFUSED - queue name 'amq.mine' contains reserved prefix 'amq.*'"
    with refused(chan, "channel", 403, text):
        chan.declare_queue("amq.mine")


@success("server-named queue")
def test_server_names_queues_differently(peer: Peer) -> None:
    chan = connect_channel(peer)
    names = [chan.declare_queue(exclusive=True).name for _ in range(2)]
    assert all(name.startswith("amq.gen-") for name in names)
    assert len(set(names)) == 2
    publish_each(chan, names[0], "1")
    assert drain(chan, names[0]) == ["1"]


@error("server-named queue")
def test_not_even_its_owner_may_declare_it_again_by_name(peer: Peer) -> None:
    """Passively one may; else the name counts as one with the reserved prefix."""
    chan = connect_channel(peer)
    name = chan.declare_queue(exclusive=True).name
    assert chan.declare_queue(name, passive=True).name == name
    text = f"ACCESS_REFUSED - queue name '{name}' contains reserved prefix 'amq.*'"
    with refused(chan, "channel", 403, text):
        chan.declare_queue(name, exclusive=True)


@success("server-named queue", "channel")
def test_the_empty_name_is_the_channels_last_declared_queue(peer: Peer) -> None:
    """An empty routing key of queue.bind then is its name too."""
    chan = connect_channel(peer)
    chan.declare_queue("first")
    name = chan.declare_queue().name
    chan.bind("", "amq.direct", "")
    publish_each(chan, name, "1")
    chan.publish("amq.direct", name, b"2")
    assert drain(chan, "") == ["1", "2"]
    chan.consume("", "c")
    assert chan.declare_queue(name, passive=True) == QueueOk(name, 0, 1)
    assert chan.purge("") == 0
    chan.delete_queue("")
    assert not has_queue(chan, name)


@error("server-named queue", "channel", "reply code")
@pytest.mark.parametrize("verb", ["get", "consume", "bind", "purge", "delete"])
def test_the_empty_name_before_any_declaration(peer: Peer, verb: str) -> None:
    chan = connect_channel(peer)
    verbs: Verbs = {
        "get": lambda: chan.get(""),
        "consume": lambda: chan.consume(""),
        "bind": lambda: chan.bind("", "amq.direct", "k"),
        "purge": lambda: chan.purge(""),
        "delete": lambda: chan.delete_queue(""),
    }
    with refused(chan, "channel", 404, "NOT_FOUND - no previously declared queue"):
        verbs[verb]()


@success("exclusive queue")
def test_exclusive_queue_is_used_by_all_channels_of_its_connection(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", exclusive=True)
    other = chan.conn.channel()
    assert other.declare_queue("q", exclusive=True) == QueueOk("q", 0, 0)
    publish_each(other, "q", "1")
    assert drain(other, "q") == ["1"]


@success("exclusive queue")
@pytest.mark.parametrize("durable", [False, True])
@pytest.mark.parametrize("end", ["close", "cut"])
def test_exclusive_queue_goes_with_its_connection(peer: Peer, durable: bool, end: str) -> None:
    chan, watcher = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q", exclusive=True, durable=durable)
    getattr(chan.conn, end)()
    watcher.await_gone("q")


@success("exclusive queue")
def test_exclusive_queue_stays_when_a_channel_closes(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", exclusive=True)
    other = chan.conn.channel()
    chan.close()
    assert has_queue(other, "q")


@success("exclusive queue")
def test_anybody_may_publish_to_an_exclusive_queue(peer: Peer) -> None:
    chan, stranger = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q", exclusive=True)
    stranger.publish("", "q", b"1")
    assert chan.take("q").body == b"1"


@error("exclusive queue", "reply code")
@pytest.mark.parametrize("verb", ["declare", "passive declare", "get", "consume", "purge", "delete", "bind"])
def test_exclusive_queue_is_locked_to_others(peer: Peer, verb: str) -> None:
    owner, chan = connect_channel(peer), connect_channel(peer)
    owner.declare_queue("q", exclusive=True)
    verbs: Verbs = {
        "declare": lambda: chan.declare_queue("q", exclusive=True),
        "passive declare": lambda: chan.declare_queue("q", passive=True),
        "get": lambda: chan.get("q"),
        "consume": lambda: chan.consume("q"),
        "purge": lambda: chan.purge("q"),
        "delete": lambda: chan.delete_queue("q"),
        "bind": lambda: chan.bind("q", "amq.direct", "k"),
    }
    with refused(chan, "channel", 405, LOCKED):
        verbs[verb]()


@error("exclusive queue", "equivalence")
def test_owner_may_not_declare_it_otherwise(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", exclusive=True)
    with refused(chan, "channel", 405, LOCKED):
        chan.declare_queue("q")


@error("exclusive queue", "equivalence")
def test_a_shared_queue_cannot_be_declared_exclusive(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    with refused(chan, "channel", 405, LOCKED):
        chan.declare_queue("q", exclusive=True)


@success("auto-delete queue")
@pytest.mark.parametrize("end", ["cancel", "close channel", "close connection", "cut"])
def test_auto_delete_queue_goes_with_its_last_consumer(peer: Peer, end: str) -> None:
    chan, watcher = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q", auto_delete=True)
    chan.consume("q", "c")
    watcher.consume("q", "w")
    watcher.cancel("w")
    assert has_queue(watcher, "q")
    ends: Verbs = {
        "cancel": lambda: chan.cancel("c"),
        "close channel": lambda: chan.close(),
        "close connection": lambda: chan.conn.close(),
        "cut": lambda: chan.conn.cut(),
    }
    ends[end]()
    watcher.await_gone("q")


@success("auto-delete queue")
def test_auto_delete_queue_stays_while_nobody_consumed(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", auto_delete=True)
    publish_each(chan, "q", "1")
    assert drain(chan, "q") == ["1"]
    chan.close()
    assert has_queue(connect_channel(peer), "q")


@error("auto-delete queue")
def test_auto_delete_queue_goes_with_its_messages(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", auto_delete=True)
    chan.qos(1)
    chan.consume("q", "c")
    publish_each(chan, "q", "1 2")
    chan.deliveries(1)
    chan.cancel("c")
    chan.await_gone("q")
    chan.declare_queue("q", auto_delete=True)
    assert drain(chan, "q") == []


@success("manual ack", "classic queue")
def test_ack_after_the_queue_is_gone_is_no_mistake(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2")
    chan.consume("q", "c")
    first, second = chan.deliveries(2)
    chan.delete_queue("q")
    chan.ack(first.delivery_tag)
    chan.nack(second.delivery_tag)
    assert chan.declare_queue("q") == QueueOk("q", 0, 0)


@success("x-queue-mode")
@pytest.mark.parametrize("mode", ["default", "lazy"])
def test_queue_mode_changes_nothing_one_can_see(peer: Peer, mode: str) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", arguments={"x-queue-mode": mode})
    publish_each(chan, "q", "1 2")
    assert drain(chan, "q") == ["1", "2"]


@success("x-queue-type")
@pytest.mark.parametrize("kind", ["classic", "quorum"])
def test_queue_of_each_type(peer: Peer, kind: str) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", durable=True, arguments={"x-queue-type": kind})
    publish_each(chan, "q", "1 2", Properties(delivery_mode=2))
    chan.consume("q", "c")
    assert bodies(chan.deliveries(2)) == ["1", "2"]
