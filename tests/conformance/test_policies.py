"""Policies: limits and dead-lettering given from outside, by pattern."""

from typing import Any

import pytest

from mqviz.model.amqp import PolicySpec
from tests.conformance.client import Chan, Confirm, Peer, bodies, connect_channel, drain, publish_each, refused
from tests.conformance.nouns import error, success


def policy(name: str = "p", pattern: str = "^q", apply_to: str = "all", priority: int = 0, **definition: Any) -> PolicySpec:
    """A policy; `max_length` in the definition is max-length."""
    keys = {key.replace("_", "-"): value for key, value in definition.items()}
    return PolicySpec(name=name, pattern=pattern, definition=keys, apply_to=apply_to, priority=priority)


def lengths(chan: Chan, *queues: str) -> list[int]:
    """How many of three messages stay in each queue."""
    for queue in queues:
        chan.declare_queue(queue)
        publish_each(chan, queue, "1 2 3")
    return [len(drain(chan, queue)) for queue in queues]


@success("policy", "x-max-length")
def test_policy_limits_what_its_pattern_matches(peer: Peer) -> None:
    peer.set_policy(policy(max_length=1))
    assert lengths(connect_channel(peer), "q", "quick", "other", "a.q") == [1, 1, 3, 3]


@success("policy")
def test_the_pattern_need_not_match_from_the_start(peer: Peer) -> None:
    peer.set_policy(policy(pattern="q$", max_length=1))
    assert lengths(connect_channel(peer), "a.q", "q.a") == [1, 3]


@success("policy", "x-max-length")
def test_a_policy_acts_on_a_queue_that_is_there(peer: Peer) -> None:
    """What is too much goes at once."""
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2 3")
    peer.set_policy(policy(max_length=2))
    chan.await_ready("q", 2)
    assert drain(chan, "q") == ["2", "3"]


@success("policy")
def test_a_policy_that_is_deleted_acts_no_more(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    peer.set_policy(policy(max_length=1))
    peer.delete_policy("p")
    publish_each(chan, "q", "1 2 3")
    assert drain(chan, "q") == ["1", "2", "3"]


@success("policy")
def test_a_policy_may_be_replaced(peer: Peer) -> None:
    chan = connect_channel(peer)
    peer.set_policy(policy(max_length=1))
    peer.set_policy(policy(max_length=2))
    assert lengths(chan, "q") == [2]


@success("policy", "x-max-length")
@pytest.mark.parametrize(("argument", "limit"), [(1, 2), (2, 1)])
def test_the_lower_of_argument_and_policy_counts(peer: Peer, argument: int, limit: int) -> None:
    chan = connect_channel(peer)
    peer.set_policy(policy(max_length=limit))
    chan.declare_queue("q", arguments={"x-max-length": argument})
    publish_each(chan, "q", "1 2 3")
    assert drain(chan, "q") == ["3"]


@success("policy", "x-dead-letter-exchange", "x-dead-letter-routing-key")
def test_an_argument_beats_the_policy_where_there_is_no_lower(peer: Peer) -> None:
    chan = connect_channel(peer)
    for queue in ("mine", "theirs"):
        chan.declare_queue(queue)
    peer.set_policy(policy(dead_letter_exchange="", dead_letter_routing_key="theirs"))
    chan.declare_queue("q", arguments={"x-dead-letter-exchange": "", "x-dead-letter-routing-key": "mine"})
    publish_each(chan, "q", "1")
    got = chan.get("q")
    assert got is not None
    chan.reject(got.delivery_tag, requeue=False)
    assert chan.take("mine").body == b"1"


@success("policy")
def test_the_highest_priority_applies_alone(peer: Peer) -> None:
    """Definitions are not merged."""
    chan = connect_channel(peer)
    peer.set_policy(policy("low", priority=1, max_length=1))
    peer.set_policy(policy("high", priority=2, message_ttl=60_000))
    assert lengths(chan, "q") == [3]
    peer.delete_policy("high")
    assert lengths(chan, "q") == [1]


@success("policy", "x-message-ttl")
def test_time_to_live_by_policy(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    peer.set_policy(policy(message_ttl=30))
    publish_each(chan, "q", "1")
    peer.let_pass(0.06)
    chan.await_ready("q", 0)


@error("policy", "x-message-ttl")
def test_time_to_live_by_policy_leaves_older_messages(peer: Peer) -> None:
    """It is stamped on a message when it comes."""
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1")
    peer.set_policy(policy(message_ttl=30))
    peer.let_pass(0.06)
    chan.await_ready("q", 1)


@success("policy", "x-expires")
def test_expiry_of_a_queue_by_policy(peer: Peer) -> None:
    chan = connect_channel(peer)
    peer.set_policy(policy(expires=30))
    chan.declare_queue("q")
    peer.let_pass(0.06)
    chan.await_gone("q")


@success("policy", "x-overflow")
def test_overflow_by_policy(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    peer.set_policy(policy(max_length=1, overflow="reject-publish"))
    chan.confirm_select()
    publish_each(chan, "q", "1 2")
    assert sorted(chan.answers(2)) == [Confirm(1, True), Confirm(2, False)]


@success("policy", "x-max-length-bytes")
def test_bytes_by_policy(peer: Peer) -> None:
    peer.set_policy(policy(max_length_bytes=2))
    assert lengths(connect_channel(peer), "q") == [2]


@success("policy", "x-dead-letter-exchange", "x-death")
def test_dead_letters_by_policy(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("dead")
    chan.declare_queue("q")
    peer.set_policy(policy(dead_letter_exchange="", dead_letter_routing_key="dead", max_length=1))
    publish_each(chan, "q", "1 2")
    got = chan.take("dead")
    assert (got.body, got.routing_key) == (b"1", "dead")


@success("policy", "alternate exchange")
def test_alternate_exchange_by_policy(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("rest")
    chan.bind("rest", "amq.fanout")
    chan.declare_exchange("quotes", "topic")
    peer.set_policy(policy(alternate_exchange="amq.fanout"))
    chan.publish("quotes", "k", b"1")
    assert drain(chan, "rest") == ["1"]


@success("policy", "x-delivery-limit")
def test_delivery_limit_by_policy(peer: Peer) -> None:
    chan = connect_channel(peer)
    peer.set_policy(policy(delivery_limit=1))
    chan.declare_queue("q", durable=True, arguments={"x-queue-type": "quorum"})
    chan.qos(1)
    publish_each(chan, "q", "1 2")
    chan.consume("q", "a")
    for expected in ("1", "1", "2"):
        [delivery] = chan.deliveries(1)
        assert bodies([delivery]) == [expected]
        chan.nack(delivery.delivery_tag)


@error("policy")
@pytest.mark.parametrize(("apply_to", "kept"), [("queues", 1), ("exchanges", 3)])
def test_apply_to_chooses_the_kind(peer: Peer, apply_to: str, kept: int) -> None:
    peer.set_policy(policy(apply_to=apply_to, max_length=1))
    assert lengths(connect_channel(peer), "q") == [kept]


@error("policy", "equivalence", "reply code")
def test_a_policy_is_no_argument(peer: Peer) -> None:
    """Redeclaring compares arguments only, also where the policy says the same."""
    chan = connect_channel(peer)
    peer.set_policy(policy(max_length=1))
    chan.declare_queue("q")
    chan.declare_queue("q")
    text = (
        "PRECONDITION_FAILED - inequivalent arg 'x-max-length' for queue 'q' in vhost '/': "
        "received the value '1' of type 'signedint' but current is none"
    )
    with refused(chan, "channel", 406, text):
        chan.declare_queue("q", arguments={"x-max-length": 1})


@success("policy", "exclusive queue", "server-named queue")
def test_server_named_and_exclusive_queues_obey_too(peer: Peer) -> None:
    peer.set_policy(policy(pattern="^amq\\.gen", max_length=1))
    chan = connect_channel(peer)
    name = chan.declare_queue(exclusive=True).name
    publish_each(chan, name, "1 2")
    assert drain(chan, name) == ["2"]


@success("policy", "durable")
def test_a_policy_is_still_there_after_a_restart(peer: Peer) -> None:
    peer.set_policy(policy(max_length=1))
    peer.restart()
    assert lengths(connect_channel(peer), "q") == [1]


@success("policy", "predeclared exchange", "alternate exchange")
def test_a_policy_for_a_predeclared_exchange(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("rest")
    chan.bind("rest", "amq.fanout")
    peer.set_policy(policy(pattern="^amq.direct$", apply_to="exchanges", alternate_exchange="amq.fanout"))
    chan.publish("amq.direct", "k", b"1")
    assert drain(chan, "rest") == ["1"]


@success("policy", "x-message-ttl")
@pytest.mark.parametrize(("argument", "by_policy"), [(30, 60_000), (60_000, 30)])
def test_the_shorter_time_of_argument_and_policy_counts(peer: Peer, argument: int, by_policy: int) -> None:
    chan = connect_channel(peer)
    peer.set_policy(policy(message_ttl=by_policy))
    chan.declare_queue("q", arguments={"x-message-ttl": argument})
    publish_each(chan, "q", "1")
    peer.let_pass(0.06)
    chan.await_ready("q", 0)


@success("policy", "x-max-length", "quorum queue")
def test_a_policy_for_a_quorum_queue(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", durable=True, arguments={"x-queue-type": "quorum"})
    peer.set_policy(policy(max_length=1))
    chan.confirm_select()
    publish_each(chan, "q", "1 2")
    assert len(chan.answers(2)) == 2
    chan.await_ready("q", 1)
    assert drain(chan, "q") == ["2"]


@success("policy", "x-overflow")
@pytest.mark.parametrize(("argument", "by_policy", "kept"), [("drop-head", "reject-publish", "2"), ("reject-publish", "drop-head", "1")])
def test_the_overflow_of_the_argument_counts(peer: Peer, argument: str, by_policy: str, kept: str) -> None:
    chan = connect_channel(peer)
    peer.set_policy(policy(overflow=by_policy))
    chan.declare_queue("q", arguments={"x-max-length": 1, "x-overflow": argument})
    publish_each(chan, "q", "1 2")
    assert drain(chan, "q") == [kept]


@error("policy", "x-dead-letter-exchange")
def test_dead_letters_by_policy_end_with_it(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("dead")
    chan.declare_queue("q")
    peer.set_policy(policy(dead_letter_exchange="", dead_letter_routing_key="dead"))
    publish_each(chan, "q", "1 2")
    for delete_first in (False, True):
        if delete_first:
            peer.delete_policy("p")
        got = chan.get("q")
        assert got is not None
        chan.reject(got.delivery_tag, requeue=False)
    assert chan.take("dead").body == b"1"
    assert drain(chan, "dead") == []


@success("policy")
def test_deleting_a_queue_and_its_policy_stays(peer: Peer) -> None:
    chan = connect_channel(peer)
    peer.set_policy(policy(max_length=1))
    assert lengths(chan, "q") == [1]
    chan.delete_queue("q")
    assert lengths(chan, "q") == [1]


@error("policy", "x-overflow")
def test_a_policy_that_comes_with_another_overflow_still_drops_by_the_old_one(peer: Peer) -> None:
    """RabbitMQ puts the new length in force before the new overflow."""
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2 3")
    peer.set_policy(policy(max_length=2, overflow="reject-publish"))
    chan.await_ready("q", 2)
    peer.set_policy(policy(max_length=1, overflow="reject-publish"))
    peer.let_pass(0.05)
    chan.await_ready("q", 2)
    publish_each(chan, "q", "4")
    assert drain(chan, "q") == ["2", "3"]


@success("policy", "x-overflow")
@pytest.mark.parametrize("overflow", [{}, {"overflow": "drop-head"}])
def test_a_policy_that_goes_back_to_dropping_drops_at_once(peer: Peer, overflow: dict[str, Any]) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    peer.set_policy(policy(max_length=3, overflow="reject-publish"))
    publish_each(chan, "q", "1 2 3")
    peer.set_policy(policy(max_length=1, **overflow))
    chan.await_ready("q", 1)
    assert drain(chan, "q") == ["3"]
