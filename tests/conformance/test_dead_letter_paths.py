"""Dead-lettering: where dead letters go on to, and what they carry along."""

from mqviz.model.amqp import Properties
from tests.conformance.client import Peer, connect_channel, drain, publish_each, refused
from tests.conformance.nouns import error, success
from tests.conformance.test_dead_letters import SHORT, deaths, reject_first, with_dead_letters


@success("x-dead-letter-exchange", "user-id", "persistence")
def test_dead_letter_keeps_persistence_and_user(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan)
    properties = Properties(delivery_mode=2, user_id="guest", priority=3, correlation_id="c", reply_to="r")
    publish_each(chan, "q", "1", properties)
    reject_first(chan)
    found = chan.take("d").properties
    assert (found.delivery_mode, found.user_id, found.priority) == (2, "guest", 3)
    assert (found.correlation_id, found.reply_to) == ("c", "r")


@error("x-dead-letter-exchange", "equivalence", "reply code")
def test_a_key_needs_the_exchange(peer: Peer) -> None:
    chan = connect_channel(peer)
    text = "PRECONDITION_FAILED - invalid arg 'x-dead-letter-routing-key' for queue 'q' in vhost '/': routing_key_but_no_dlx_defined"
    with refused(chan, "channel", 406, text):
        chan.declare_queue("q", arguments={"x-dead-letter-routing-key": "k", "x-max-length": 5})


@success("x-dead-letter-exchange")
def test_a_rejected_message_may_come_back_to_its_own_queue(peer: Peer) -> None:
    """A circle with a rejection in it is never cut."""
    chan = connect_channel(peer)
    chan.declare_queue("q", arguments={"x-dead-letter-exchange": "", "x-dead-letter-routing-key": "q"})
    publish_each(chan, "q", "1 2")
    reject_first(chan)
    chan.await_ready("q", 2)
    reject_first(chan)
    chan.await_ready("q", 2)
    assert [(got.body, got.redelivered) for got in (chan.take("q"), chan.take("q"))] == [(b"1", False), (b"2", False)]


@error("x-dead-letter-exchange", "x-max-length")
def test_an_overflow_into_the_own_queue_is_cut(peer: Peer) -> None:
    chan = connect_channel(peer)
    arguments = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": "q", "x-max-length": 1}
    chan.declare_queue("q", arguments=arguments)
    publish_each(chan, "q", "1 2")
    chan.await_ready("q", 1)
    peer.let_pass(0.02)
    assert drain(chan, "q") == ["2"]


@error("x-death", "x-dead-letter-exchange")
def test_a_circle_of_expiry_over_two_queues_is_cut(peer: Peer) -> None:
    chan = connect_channel(peer)
    for here, there in (("a", "b"), ("b", "a")):
        arguments = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": there, "x-message-ttl": 20}
        chan.declare_queue(here, arguments=arguments)
    publish_each(chan, "a", "1")
    peer.let_pass(0.1)
    chan.await_ready("a", 0)
    chan.await_ready("b", 0)


@success("x-death")
def test_a_message_published_again_with_its_headers_goes_on_counting(peer: Peer) -> None:
    """As a client does that sends dead letters back; another reason in the same queue is another row."""
    chan = connect_channel(peer)
    with_dead_letters(chan)
    publish_each(chan, "q", "1")
    reject_first(chan)
    for _ in range(2):
        headers = chan.take("d").properties.headers
        publish_each(chan, "q", "1", Properties(headers=headers, expiration="30"))
        peer.let_pass(SHORT)
    found = [(row["reason"], row["queue"], row["count"]) for row in deaths(chan.take("d"))]
    assert found == [("expired", "q", 2), ("rejected", "q", 1)]


@success("x-dead-letter-exchange", "internal exchange")
def test_an_internal_exchange_takes_dead_letters(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("morgue", "topic", internal=True)
    chan.declare_queue("d")
    chan.bind("d", "morgue", "#")
    chan.declare_queue("q", arguments={"x-dead-letter-exchange": "morgue"})
    publish_each(chan, "q", "1")
    reject_first(chan)
    assert chan.take("d").exchange == "morgue"


@success("x-dead-letter-exchange")
def test_the_exchange_may_come_later_than_the_queue(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", arguments={"x-dead-letter-exchange": "late"})
    publish_each(chan, "q", "1 2")
    reject_first(chan)
    chan.declare_queue("d")
    chan.declare_exchange("late", "fanout")
    chan.bind("d", "late")
    reject_first(chan)
    assert chan.take("d").body == b"2"
    assert drain(chan, "d") == []


@success("x-dead-letter-exchange", "fanout exchange")
def test_a_dead_letter_is_multiplied_by_its_exchange(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan)
    chan.declare_queue("e")
    chan.bind("e", "dlx")
    publish_each(chan, "q", "1")
    reject_first(chan)
    assert (chan.take("d").body, chan.take("e").body) == (b"1", b"1")


@success("x-dead-letter-exchange", "alternate exchange")
def test_a_dead_letter_takes_the_alternate_way(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("x", "direct", arguments={"alternate-exchange": "amq.fanout"})
    chan.declare_queue("d")
    chan.bind("d", "amq.fanout")
    chan.declare_queue("q", arguments={"x-dead-letter-exchange": "x"})
    publish_each(chan, "q", "1")
    reject_first(chan)
    assert chan.take("d").exchange == "x"


@success("x-death")
def test_the_key_and_exchange_of_the_latest_publish_are_written_down(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan)
    chan.bind("q", "amq.topic", "a.*")
    chan.publish("amq.topic", "a.b", b"1")
    reject_first(chan)
    got = chan.take("d")
    [row] = deaths(got)
    assert (row["exchange"], row["routing-keys"]) == ("amq.topic", ["a.b"])
    assert (got.exchange, got.routing_key) == ("dlx", "a.b")


@error("x-death")
def test_a_message_that_did_not_die_has_no_such_header(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan)
    publish_each(chan, "q", "1")
    got = chan.get("q")
    assert got is not None
    chan.nack(got.delivery_tag)
    assert chan.take("q").properties.headers is None


@error("x-dead-letter-exchange", "transactions")
def test_a_rejection_in_a_transaction_waits_for_the_commit(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan)
    publish_each(chan, "q", "1")
    chan.tx_select()
    reject_first(chan)
    assert drain(chan, "d") == []
    chan.tx_commit()
    assert chan.take("d").body == b"1"


@success("x-death")
def test_the_order_of_older_deaths(peer: Peer) -> None:
    """The latest stands first; 3.10.8 turns the others round each time."""
    chan = connect_channel(peer)
    for here, there in ("ab", "bc", "cd", "de"):
        chan.declare_queue(here, arguments={"x-dead-letter-exchange": "", "x-dead-letter-routing-key": there})
    chan.declare_queue("e")
    publish_each(chan, "a", "1")
    seen = []
    for here, there in ("ab", "bc", "cd", "de"):
        chan.await_ready(here, 1)
        reject_first(chan, here)
        chan.await_ready(there, 1)
        got = chan.get(there)
        assert got is not None
        seen.append("".join(row["queue"] for row in deaths(got)))
        chan.nack(got.delivery_tag)
    assert seen == ["a", "ba", "cab", "dbac"]


@success("x-dead-letter-exchange", "fanout exchange")
def test_copies_of_a_publish_come_before_what_dies_of_it(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("a", arguments={"x-max-length": 0, "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "z"})
    chan.declare_queue("z")
    for queue in "az":
        chan.bind(queue, "amq.fanout")
    chan.publish("amq.fanout", "", b"1")
    chan.await_ready("z", 2)
    assert [got.exchange for got in (chan.take("z"), chan.take("z"))] == ["amq.fanout", ""]
