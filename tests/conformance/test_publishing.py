"""A publisher's side: properties, mandatory and returns, confirms, user-id, flow."""

import pytest

from mqviz.model.amqp import Properties
from tests.conformance.client import Confirm, Peer, Returned, bodies, connect_channel, drain, publish_each, refused
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


@success("mandatory", "returns", "reply code")
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


@error("persistence", "reply code")
def test_a_delivery_mode_that_does_not_exist(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - invalid message: {delivery_mode_unknown,3}"):
        publish_each(chan, "q", "1", Properties(delivery_mode=3))


@error("confirms", "reply code")
def test_a_refused_publish_is_not_confirmed(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.confirm_select()
    with refused(chan, "channel", 404, "NOT_FOUND - no exchange 'missing' in vhost '/'"):
        chan.publish("missing", "k", b"1")


@error("reply code")
def test_a_text_is_cut_to_a_short_string(peer: Peer) -> None:
    """255 bytes are all that there is room for in channel.close."""
    chan = connect_channel(peer)
    name = "n" * 250
    text = f"NOT_FOUND - no queue '{name}' in vhost '/'"
    with refused(chan, "channel", 404, f"{text[:252]}..."):
        chan.declare_queue(name, passive=True)


@success("direct exchange")
def test_line_breaks_are_taken_out_of_names(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("x\r\ny", "direct")
    chan.declare_exchange("xy", passive=True)
    assert chan.declare_queue("a\nb").name == "ab"


@success("mandatory", "x-overflow")
def test_a_message_that_a_full_queue_refuses_is_not_returned(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", arguments={"x-max-length": 0, "x-overflow": "reject-publish"})
    chan.confirm_select()
    chan.publish("", "q", b"1", mandatory=True)
    assert chan.answers(1) == [Confirm(1, False)]


@success("returns", "confirms")
def test_returns_and_confirms_of_many(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.confirm_select()
    for number in range(6):
        chan.publish("", "q" if number % 2 else "nowhere", b"1", mandatory=True)
    answers = chan.answers(9)
    assert sorted(each for each in answers if isinstance(each, Confirm)) == [Confirm(tag, True) for tag in range(1, 7)]
    assert len([each for each in answers if isinstance(each, Returned)]) == 3
