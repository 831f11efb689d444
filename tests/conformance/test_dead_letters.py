"""Dead-lettering: why, where to, and what the headers say."""

from typing import Any

import pytest

from mqviz.model.amqp import Properties
from tests.conformance.client import Chan, Confirm, Got, Peer, Verbs, bodies, connect_channel, drain, publish_each
from tests.conformance.nouns import error, success

SHORT = 0.06


def with_dead_letters(chan: Chan, **arguments: Any) -> None:
    """Queue q with dead-letter exchange dlx (fanout), to which queue d is bound."""
    chan.declare_exchange("dlx", "fanout")
    chan.declare_queue("d")
    chan.bind("d", "dlx")
    more = {key.replace("_", "-"): value for key, value in arguments.items()}
    chan.declare_queue("q", arguments={"x-dead-letter-exchange": "dlx"} | more)


def deaths(got: Got) -> list[dict[str, Any]]:
    """The x-death header without the times, which must be there."""
    assert got.properties.headers is not None
    rows = [dict(row) for row in got.properties.headers["x-death"]]
    for row in rows:
        assert row.pop("time")
    return rows


def reject_first(chan: Chan, queue: str = "q") -> None:
    """Gets the first message and rejects it for good."""
    got = chan.get(queue)
    assert got is not None
    chan.reject(got.delivery_tag, requeue=False)


def make_die(peer: Peer, chan: Chan, reason: str) -> None:
    """One message 1 dies in q of this reason, key q."""
    arguments: dict[str, dict[str, Any]] = {
        "rejected": {},
        "expired": {"x_message_ttl": 30},
        "maxlen": {"x_max_length": 0},
    }
    with_dead_letters(chan, **arguments[reason])
    publish_each(chan, "q", "1", Properties(headers={"n": 1}, message_id="m"))
    if reason == "rejected":
        reject_first(chan)
    if reason == "expired":
        peer.let_pass(SHORT)


@success("x-dead-letter-exchange", "x-death")
@pytest.mark.parametrize("reason", ["rejected", "expired", "maxlen"])
def test_death_is_written_into_the_headers(peer: Peer, reason: str) -> None:
    chan = connect_channel(peer)
    make_die(peer, chan, reason)
    got = chan.take("d")
    death = {"count": 1, "reason": reason, "queue": "q", "exchange": "", "routing-keys": ["q"]}
    assert deaths(got) == [death]
    assert got.properties.headers is not None
    assert {key: value for key, value in got.properties.headers.items() if key != "x-death"} == {
        "n": 1,
        "x-first-death-exchange": "",
        "x-first-death-queue": "q",
        "x-first-death-reason": reason,
    }
    assert (got.exchange, got.routing_key, got.properties.message_id, got.redelivered) == ("dlx", "q", "m", False)


@success("x-dead-letter-exchange", "nack")
@pytest.mark.parametrize("verb", ["reject", "nack", "nack multiple"])
def test_every_refusal_without_requeue_is_a_death(peer: Peer, verb: str) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan)
    publish_each(chan, "q", "1")
    got = chan.get("q")
    assert got is not None
    verbs: Verbs = {
        "reject": lambda: chan.reject(got.delivery_tag, requeue=False),
        "nack": lambda: chan.nack(got.delivery_tag, requeue=False),
        "nack multiple": lambda: chan.nack(got.delivery_tag, multiple=True, requeue=False),
    }
    verbs[verb]()
    assert chan.take("d").body == b"1"


@error("x-dead-letter-exchange")
@pytest.mark.parametrize("way", ["requeue", "purge", "delete", "ack"])
def test_what_is_no_death(peer: Peer, way: str) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan)
    publish_each(chan, "q", "1 2")
    got = chan.get("q")
    assert got is not None
    ways: Verbs = {
        "requeue": lambda: chan.reject(got.delivery_tag, requeue=True),
        "purge": lambda: chan.purge("q"),
        "delete": lambda: chan.delete_queue("q"),
        "ack": lambda: chan.ack(got.delivery_tag),
    }
    ways[way]()
    assert drain(chan, "d") == []


@error("x-dead-letter-exchange")
def test_without_the_exchange_they_are_dropped(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", arguments={"x-dead-letter-exchange": "missing"})
    publish_each(chan, "q", "1 2")
    reject_first(chan)
    assert drain(chan, "q") == ["2"]


@error("x-dead-letter-exchange")
def test_without_a_dead_letter_exchange_rejected_messages_are_gone(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2")
    reject_first(chan)
    assert drain(chan, "q") == ["2"]


@success("x-dead-letter-exchange")
def test_dead_letters_keep_their_order(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan)
    publish_each(chan, "q", "1 2 3")
    chan.consume("q", "c")
    last = chan.deliveries(3)[-1]
    chan.nack(last.delivery_tag, multiple=True, requeue=False)
    chan.await_ready("d", 3)
    assert drain(chan, "d") == ["1", "2", "3"]


@success("x-dead-letter-exchange")
def test_the_default_exchange_may_be_the_one(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("d")
    chan.declare_queue("q", arguments={"x-dead-letter-exchange": "", "x-dead-letter-routing-key": "d"})
    publish_each(chan, "q", "1")
    reject_first(chan)
    got = chan.take("d")
    assert (got.exchange, got.routing_key) == ("", "d")


@success("x-dead-letter-routing-key")
def test_the_key_is_replaced(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan, x_dead_letter_routing_key="dead")
    publish_each(chan, "q", "1")
    reject_first(chan)
    got = chan.take("d")
    assert (got.routing_key, deaths(got)[0]["routing-keys"]) == ("dead", ["q"])


@error("x-dead-letter-routing-key")
def test_a_key_that_leads_nowhere_loses_them(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", arguments={"x-dead-letter-exchange": "", "x-dead-letter-routing-key": "nowhere"})
    publish_each(chan, "q", "1")
    reject_first(chan)
    assert drain(chan, "q") == []


@success("x-death", "expiration")
def test_expiration_is_taken_away_and_written_down(peer: Peer) -> None:
    """Else it would expire again in the next queue."""
    chan = connect_channel(peer)
    with_dead_letters(chan)
    publish_each(chan, "q", "1", Properties(expiration="30"))
    peer.let_pass(SHORT)
    got = chan.take("d")
    assert (got.properties.expiration, deaths(got)[0]["original-expiration"]) == (None, "30")


@success("x-death", "expiration")
def test_expiration_is_taken_away_from_a_rejected_message_too(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan)
    publish_each(chan, "q", "1", Properties(expiration="60000"))
    reject_first(chan)
    got = chan.take("d")
    assert (got.properties.expiration, deaths(got)[0]["original-expiration"]) == (None, "60000")


@success("x-death", "CC and BCC")
def test_cc_keys_are_written_down_and_go_with_a_new_key(peer: Peer) -> None:
    """With x-dead-letter-routing-key the CC header is taken out, so that it is routed by the new key alone."""
    chan = connect_channel(peer)
    with_dead_letters(chan, x_dead_letter_routing_key="dead")
    chan.publish("", "q", b"1", Properties(headers={"CC": ["elsewhere"], "BCC": ["secret"]}))
    reject_first(chan)
    got = chan.take("d")
    assert got.properties.headers is not None
    assert "CC" not in got.properties.headers
    assert deaths(got)[0]["routing-keys"] == ["q", "elsewhere"]


@success("x-death", "CC and BCC")
def test_cc_stays_without_a_new_key(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan)
    chan.publish("", "q", b"1", Properties(headers={"CC": ["elsewhere"]}))
    reject_first(chan)
    got = chan.take("d")
    assert got.properties.headers is not None
    assert got.properties.headers["CC"] == ["elsewhere"]
    assert deaths(got)[0]["routing-keys"] == ["q", "elsewhere"]


def forth_and_back(chan: Chan) -> None:
    """Queues a and b are each other's dead-letter queue."""
    for here, there in (("a", "b"), ("b", "a")):
        arguments = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": there}
        chan.declare_queue(here, arguments=arguments)


@success("x-death")
def test_the_latest_death_stands_first(peer: Peer) -> None:
    chan = connect_channel(peer)
    forth_and_back(chan)
    publish_each(chan, "a", "1")
    reject_first(chan, "a")
    chan.await_ready("b", 1)
    reject_first(chan, "b")
    got = chan.take("a")
    assert [(row["queue"], row["count"]) for row in deaths(got)] == [("b", 1), ("a", 1)]
    assert got.properties.headers is not None
    assert got.properties.headers["x-first-death-queue"] == "a"


@success("x-death")
def test_another_death_of_the_same_kind_is_counted(peer: Peer) -> None:
    chan = connect_channel(peer)
    forth_and_back(chan)
    publish_each(chan, "a", "1")
    for queue in "aba":
        chan.await_ready(queue, 1)
        reject_first(chan, queue)
    got = chan.take("b")
    assert [(row["queue"], row["count"]) for row in deaths(got)] == [("a", 2), ("b", 1)]


@error("x-death", "x-dead-letter-exchange")
def test_a_circle_of_expiry_alone_drops_the_message(peer: Peer) -> None:
    """It would go round for ever; a rejection anywhere in the circle would let it go on."""
    chan = connect_channel(peer)
    arguments = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": "q", "x-message-ttl": 30}
    chan.declare_queue("q", arguments=arguments)
    publish_each(chan, "q", "1")
    peer.let_pass(SHORT)
    chan.await_ready("q", 0)
    peer.let_pass(SHORT)
    assert drain(chan, "q") == []


@success("x-dead-letter-exchange")
def test_a_circle_with_a_rejection_goes_on(peer: Peer) -> None:
    """The usual retry: reject to a waiting queue, whose TTL brings it back."""
    chan = connect_channel(peer)
    chan.declare_queue("q", arguments={"x-dead-letter-exchange": "", "x-dead-letter-routing-key": "wait"})
    back = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": "q", "x-message-ttl": 20}
    chan.declare_queue("wait", arguments=back)
    publish_each(chan, "q", "1")
    for _ in range(2):
        reject_first(chan)
        peer.let_pass(0.04)
        chan.await_ready("q", 1)
    got = chan.take("q")
    found = [(row["queue"], row["reason"], row["count"]) for row in deaths(got)]
    assert found == [("wait", "expired", 2), ("q", "rejected", 2)]


@success("x-dead-letter-exchange", "x-max-length")
def test_overflow_dead_letters_the_head(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan, x_max_length=1)
    publish_each(chan, "q", "1 2 3")
    chan.await_ready("d", 2)
    assert (drain(chan, "d"), drain(chan, "q")) == (["1", "2"], ["3"])


@error("x-dead-letter-exchange", "x-overflow")
def test_reject_publish_dead_letters_nothing(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan, x_max_length=1, x_overflow="reject-publish")
    chan.confirm_select()
    publish_each(chan, "q", "1 2")
    assert sorted(chan.answers(2)) == [Confirm(1, True), Confirm(2, False)]
    assert drain(chan, "d") == []


@success("x-dead-letter-exchange", "x-overflow")
def test_reject_publish_dlx_dead_letters_what_is_refused(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan, x_max_length=1, x_overflow="reject-publish-dlx")
    chan.confirm_select()
    publish_each(chan, "q", "1 2")
    assert sorted(chan.answers(2)) == [Confirm(1, True), Confirm(2, False)]
    got = chan.take("d")
    assert (got.body, deaths(got)[0]["reason"]) == (b"2", "maxlen")


@success("x-dead-letter-exchange", "x-message-ttl")
def test_a_message_that_comes_back_too_late_dies(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan, x_message_ttl=150)
    publish_each(chan, "q", "1")
    got = chan.get("q")
    assert got is not None
    peer.let_pass(0.2)
    chan.nack(got.delivery_tag)
    assert deaths(chan.take("d"))[0]["reason"] == "expired"


@success("x-dead-letter-exchange")
def test_dead_letters_are_delivered_to_who_waits(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_dead_letters(chan)
    chan.consume("d", "undertaker", no_ack=True)
    publish_each(chan, "q", "1")
    reject_first(chan)
    assert bodies(chan.deliveries(1)) == ["1"]
