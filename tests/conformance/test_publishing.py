"""A publisher's side: properties, mandatory and returns, confirms, transactions, user-id, direct reply-to, flow."""

import pytest

from mqviz.model.amqp import Properties
from tests.conformance.client import (
    Chan,
    Confirm,
    Peer,
    QueueOk,
    Returned,
    bodies,
    connect_channel,
    drain,
    publish_each,
    refused,
)
from tests.conformance.nouns import error, success

ALL = Properties(
    content_type="text/plain",
    content_encoding="utf-8",
    headers={"a": 1, "b": "two", "c": [1, "x", {"d": True}], "e": None, "f": -(1 << 40)},
    delivery_mode=1,
    priority=4,
    correlation_id="c",
    reply_to="r",
    message_id="m",
    type="t",
    user_id="guest",
    app_id="app",
    cluster_id="old",
)


@success("get", "direct exchange")
def test_properties_and_body_arrive_as_they_were(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    body = bytes(range(256)) * 1000
    chan.publish("", "q", body, ALL)
    got = chan.take("q")
    assert (got.properties, got.body) == (ALL, body)


@success("mandatory", "returns")
def test_a_routable_mandatory_message_is_not_returned(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.publish("", "q", b"1", mandatory=True)
    assert chan.answers(0) == []
    assert drain(chan, "q") == ["1"]


@success("mandatory", "returns")
def test_an_unroutable_mandatory_message_comes_back_whole(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.publish("amq.direct", "nowhere", b"body", ALL, mandatory=True)
    assert chan.answers(1) == [Returned(312, "NO_ROUTE", "amq.direct", "nowhere", ALL, b"body")]


@error("mandatory", "returns")
def test_without_the_flag_nothing_comes_back(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.publish("", "nowhere", b"1")
    assert chan.answers(0) == []


@success("mandatory", "returns")
def test_a_bcc_of_a_returned_message_is_gone(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.publish("", "nowhere", b"1", Properties(headers={"BCC": ["no"], "CC": ["none"]}), mandatory=True)
    [returned] = chan.answers(1)
    assert isinstance(returned, Returned)
    assert returned.properties.headers == {"CC": ["none"]}


@error("returns", "reply code")
def test_immediate_is_not_implemented(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    with refused(chan, "connection", 540, "NOT_IMPLEMENTED - immediate=true"):
        chan.publish("", "q", b"1", immediate=True)


@success("confirms", "returns", "mandatory")
def test_an_unroutable_message_is_returned_first_and_then_confirmed(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.confirm_select()
    chan.publish("", "nowhere", b"1", mandatory=True)
    returned, confirm = chan.answers(2)
    assert isinstance(returned, Returned)
    assert confirm == Confirm(1, True)


@success("confirms")
def test_every_publish_is_confirmed(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.confirm_select()
    publish_each(chan, "q", "1 2")
    publish_each(chan, "nowhere", "3")
    publish_each(chan, "q", "4", Properties(delivery_mode=2))
    assert sorted(chan.answers(4)) == [Confirm(tag, True) for tag in (1, 2, 3, 4)]


@success("confirms", "persistence")
def test_persistent_messages_in_a_durable_queue_are_confirmed(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", durable=True)
    chan.confirm_select()
    publish_each(chan, "q", "1 2 3", Properties(delivery_mode=2))
    assert sorted(chan.answers(3)) == [Confirm(tag, True) for tag in (1, 2, 3)]


@success("confirms")
def test_tags_count_from_the_select(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2")
    chan.confirm_select()
    chan.confirm_select()
    publish_each(chan, "q", "3")
    assert chan.answers(1) == [Confirm(1, True)]


@success("confirms")
def test_a_message_that_is_thrown_away_is_confirmed(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", arguments={"x-message-ttl": 0})
    chan.confirm_select()
    publish_each(chan, "q", "1")
    assert chan.answers(1) == [Confirm(1, True)]


@error("confirms")
def test_without_select_nothing_is_confirmed(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1")
    assert chan.answers(0) == []


@error("confirms", "transactions", "reply code")
@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("confirm_select", "tx_select", "cannot switch from confirm to tx mode"),
        ("tx_select", "confirm_select", "cannot switch from tx to confirm mode"),
    ],
)
def test_confirms_and_transactions_do_not_go_together(peer: Peer, first: str, second: str, text: str) -> None:
    chan = connect_channel(peer)
    getattr(chan, first)()
    with refused(chan, "channel", 406, f"PRECONDITION_FAILED - {text}"):
        getattr(chan, second)()


@success("transactions")
def test_a_commit_publishes_all(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.tx_select()
    publish_each(chan, "q", "1 2")
    assert chan.declare_queue("q") == QueueOk("q", 0, 0)
    chan.tx_commit()
    chan.await_ready("q", 2)
    assert drain(connect_channel(peer), "q") == ["1", "2"]


@success("transactions")
def test_a_rollback_forgets_the_publishes(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.tx_select()
    publish_each(chan, "q", "1")
    chan.tx_rollback()
    publish_each(chan, "q", "2")
    chan.tx_commit()
    assert drain(connect_channel(peer), "q") == ["2"]


@success("transactions", "manual ack")
def test_acks_wait_for_the_commit(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    publish_each(other, "q", "1 2 3")
    chan.tx_select()
    chan.qos(1)
    chan.consume("q", "a")
    [first] = chan.deliveries(1)
    chan.ack(first.delivery_tag)
    assert chan.deliveries(0) == []
    chan.tx_commit()
    assert bodies(chan.deliveries(1)) == ["2"]


@success("transactions", "manual ack")
def test_a_rollback_forgets_the_acks(peer: Peer) -> None:
    """The message is unacked again, not requeued, and may be acked once more."""
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    publish_each(other, "q", "1")
    chan.tx_select()
    got = chan.get("q")
    assert got is not None
    chan.ack(got.delivery_tag)
    chan.tx_rollback()
    assert other.declare_queue("q", passive=True) == QueueOk("q", 0, 0)
    chan.ack(got.delivery_tag)
    chan.tx_commit()
    chan.close()
    assert drain(other, "q") == []


@success("transactions", "nack")
def test_nacks_wait_for_the_commit(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    publish_each(other, "q", "1")
    chan.tx_select()
    got = chan.get("q")
    assert got is not None
    chan.nack(got.delivery_tag)
    assert other.get("q") is None
    chan.tx_commit()
    assert other.take("q").redelivered


@success("transactions", "returns")
def test_returns_come_at_the_commit(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.tx_select()
    chan.publish("", "nowhere", b"1", mandatory=True)
    assert chan.answers(0) == []
    chan.tx_commit()
    assert [type(each) for each in chan.answers(1)] == [Returned]


@error("transactions", "channel")
def test_a_channel_that_closes_rolls_back(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    publish_each(other, "q", "1")
    chan.tx_select()
    got = chan.get("q")
    assert got is not None
    chan.ack(got.delivery_tag)
    publish_each(chan, "q", "2")
    chan.close()
    assert drain(other, "q") == ["1"]


@error("transactions", "reply code")
@pytest.mark.parametrize("verb", ["tx_commit", "tx_rollback"])
def test_no_transaction_was_begun(peer: Peer, verb: str) -> None:
    chan = connect_channel(peer)
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - channel is not transactional"):
        getattr(chan, verb)()


@error("transactions", "reply code")
def test_mistakes_in_a_transaction_are_told_at_once(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.tx_select()
    with refused(chan, "channel", 404, "NOT_FOUND - no exchange 'x' in vhost '/'"):
        chan.publish("x", "k", b"1")


@error("transactions", "manual ack", "reply code")
def test_an_unknown_tag_in_a_transaction_is_told_at_once(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.tx_select()
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - unknown delivery tag 7"):
        chan.ack(7)


@success("user-id")
@pytest.mark.parametrize("user", ["guest", None])
def test_the_own_name_or_none(peer: Peer, user: str | None) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1", Properties(user_id=user))
    assert chan.take("q").properties.user_id == user


@error("user-id", "reply code")
def test_a_false_name(peer: Peer) -> None:
    chan = connect_channel(peer)
    text = "PRECONDITION_FAILED - user_id property set to 'eve' but authenticated user was 'guest'"
    with refused(chan, "channel", 406, text):
        publish_each(chan, "q", "1", Properties(user_id="eve"))


REPLY_TO = "amq.rabbitmq.reply-to"


def asked(peer: Peer) -> tuple[Chan, Chan, str]:
    """A requester that asked by queue `server`, a server, and the name the server is to reply to."""
    requester, server = connect_channel(peer), connect_channel(peer)
    server.declare_queue("server")
    requester.consume(REPLY_TO, "replies", no_ack=True)
    publish_each(requester, "server", "question", Properties(reply_to=REPLY_TO, correlation_id="7"))
    reply_to = server.take("server").properties.reply_to
    assert reply_to is not None
    return requester, server, reply_to


@success("direct reply-to")
def test_a_reply_comes_without_a_queue(peer: Peer) -> None:
    requester, server, reply_to = asked(peer)
    assert reply_to.startswith(f"{REPLY_TO}.")
    server.publish("", reply_to, b"answer", Properties(correlation_id="7"))
    [reply] = requester.deliveries(1)
    assert (reply.consumer_tag, reply.body, reply.exchange, reply.routing_key) == ("replies", b"answer", "", reply_to)
    assert (reply.redelivered, reply.properties.correlation_id) == (False, "7")


@success("direct reply-to", "confirms")
def test_replies_may_be_several_and_are_confirmed(peer: Peer) -> None:
    requester, server, reply_to = asked(peer)
    server.confirm_select()
    for body in (b"1", b"2"):
        server.publish("", reply_to, body)
    assert sorted(server.answers(2)) == [Confirm(1, True), Confirm(2, True)]
    assert bodies(requester.deliveries(2)) == ["1", "2"]


@error("direct reply-to", "mandatory")
def test_a_mandatory_reply_is_returned_although_it_arrives(peer: Peer) -> None:
    """Documented as working; 3.10.8 does not know the address as a route."""
    requester, server, reply_to = asked(peer)
    server.publish("", reply_to, b"1", mandatory=True)
    assert [type(each) for each in server.answers(1)] == [Returned]
    assert bodies(requester.deliveries(1)) == ["1"]


@success("direct reply-to")
def test_the_address_can_be_looked_up(peer: Peer) -> None:
    _, server, reply_to = asked(peer)
    assert server.declare_queue(reply_to, passive=True) == QueueOk(reply_to, 0, 1)


@error("direct reply-to", "returns")
def test_the_requester_is_gone(peer: Peer) -> None:
    requester, server, reply_to = asked(peer)
    requester.conn.close()
    server.publish("", reply_to, b"answer", mandatory=True)
    [returned] = server.answers(1)
    assert isinstance(returned, Returned)
    assert (returned.code, returned.routing_key) == (312, reply_to)


@error("direct reply-to", "returns")
def test_the_requester_no_longer_listens(peer: Peer) -> None:
    requester, server, reply_to = asked(peer)
    requester.cancel("replies")
    server.publish("", reply_to, b"answer", mandatory=True)
    assert [type(each) for each in server.answers(1)] == [Returned]


@error("direct reply-to", "reply code")
def test_replies_cannot_be_acknowledged(peer: Peer) -> None:
    chan = connect_channel(peer)
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - reply consumer cannot acknowledge"):
        chan.consume(REPLY_TO)


@error("direct reply-to", "reply code")
def test_one_reply_consumer_in_a_channel(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.consume(REPLY_TO, no_ack=True)
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - reply consumer already set"):
        chan.consume(REPLY_TO, no_ack=True)


@error("direct reply-to", "reply code")
def test_asking_without_listening(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("server")
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - fast reply consumer does not exist"):
        publish_each(chan, "server", "question", Properties(reply_to=REPLY_TO))


@success("flow")
def test_an_active_flow_is_granted(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.flow(True)
    publish_each(chan, "q", "1")
    assert drain(chan, "q") == ["1"]


@success("flow")
def test_a_flood_comes_through_whole_and_in_order(peer: Peer) -> None:
    """Enough for RabbitMQ's credit flow between its processes to hold the publisher back again and again."""
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    other.consume("q", "a", no_ack=True)
    texts = [str(number) for number in range(2000)]
    publish_each(chan, "q", " ".join(texts))
    assert bodies(other.deliveries(2000)) == texts


@error("flow", "reply code")
def test_stopping_deliveries_by_flow_is_not_implemented(peer: Peer) -> None:
    chan = connect_channel(peer)
    with refused(chan, "connection", 540, "NOT_IMPLEMENTED - active=false"):
        chan.flow(False)
