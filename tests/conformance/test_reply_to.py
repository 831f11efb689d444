"""Direct reply-to."""

from mqviz.model.amqp import Properties
from tests.conformance.client import Chan, Confirm, Peer, QueueOk, Returned, bodies, connect_channel, publish_each, refused
from tests.conformance.nouns import error, success

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


@error("direct reply-to", "get", "reply code")
def test_the_name_is_no_queue_to_get_from(peer: Peer) -> None:
    chan = connect_channel(peer)
    with refused(chan, "channel", 404, "NOT_FOUND - no queue 'amq.rabbitmq.reply-to' in vhost '/'"):
        chan.get(REPLY_TO)


@success("direct reply-to")
def test_the_name_itself_can_be_looked_up(peer: Peer) -> None:
    assert connect_channel(peer).declare_queue(REPLY_TO, passive=True) == QueueOk(REPLY_TO, 0, 1)


@error("direct reply-to", "reply code")
def test_an_address_of_nobody(peer: Peer) -> None:
    requester, server, reply_to = asked(peer)
    requester.conn.close()
    with refused(server, "channel", 404, f"NOT_FOUND - no queue '{reply_to}' in vhost '/'"):
        server.declare_queue(reply_to, passive=True)


@success("direct reply-to")
def test_listening_anew_after_cancel(peer: Peer) -> None:
    requester, server, before = asked(peer)
    requester.cancel("replies")
    requester.consume(REPLY_TO, "again", no_ack=True)
    publish_each(requester, "server", "question", Properties(reply_to=REPLY_TO))
    reply_to = server.take("server").properties.reply_to
    assert reply_to is not None
    assert reply_to != before
    server.publish("", reply_to, b"answer")
    assert [(each.consumer_tag, each.body) for each in requester.deliveries(1)] == [("again", b"answer")]


@success("direct reply-to")
def test_another_reply_to_is_left_alone(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("server")
    publish_each(chan, "server", "question", Properties(reply_to="my.own.queue"))
    assert chan.take("server").properties.reply_to == "my.own.queue"
