"""What becomes of a delivered message: ack, nack, reject, requeue, recover, get; and of a channel that is told nonsense."""

import pytest

from tests.conformance.client import Chan, Delivery, Got, Peer, QueueOk, Verbs, bodies, connect_channel, drain, publish_each, refused
from tests.conformance.nouns import error, success


def delivered(chan: Chan, texts: str) -> list[Delivery]:
    """Queue q with these messages, all delivered to consumer a and then a cancelled: unacked, and nobody waits."""
    chan.declare_queue("q")
    publish_each(chan, "q", texts)
    chan.consume("q", "a")
    deliveries = chan.deliveries(len(texts.split()))
    chan.cancel("a")
    return deliveries


def flags(chan: Chan) -> list[tuple[str, bool]]:
    """Gets all that is ready: body and redelivered."""
    found: list[Got] = []
    while (got := chan.get("q", no_ack=True)) is not None:
        found.append(got)
    return [(got.body.decode(), got.redelivered) for got in found]


@success("automatic ack")
def test_automatic_ack_leaves_nothing_behind(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2")
    chan.consume("q", "a", no_ack=True)
    chan.deliveries(2)
    chan.conn.close()
    assert drain(connect_channel(peer), "q") == []


@error("automatic ack", "reply code")
@pytest.mark.parametrize("verb", ["ack", "nack", "reject"])
def test_acknowledging_what_is_acknowledged_already(peer: Peer, verb: str) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1")
    chan.consume("q", "a", no_ack=True)
    [delivery] = chan.deliveries(1)
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - unknown delivery tag 1"):
        getattr(chan, verb)(delivery.delivery_tag)


@success("manual ack")
def test_acked_messages_do_not_come_back(peer: Peer) -> None:
    chan = connect_channel(peer)
    first, second, third = delivered(chan, "1 2 3")
    chan.ack(second.delivery_tag)
    chan.ack(first.delivery_tag)
    chan.close()
    assert flags(connect_channel(peer)) == [("3", True)]
    assert third.redelivered is False


@success("manual ack", "channel")
def test_tags_count_from_one_in_each_channel(peer: Peer) -> None:
    chan = connect_channel(peer)
    other = chan.conn.channel()
    assert [each.delivery_tag for each in delivered(chan, "1 2")] == [1, 2]
    publish_each(chan, "q", "3")
    got = other.get("q")
    assert got is not None
    assert got.delivery_tag == 1


@error("manual ack", "reply code")
@pytest.mark.parametrize("verb", ["ack", "nack", "reject"])
@pytest.mark.parametrize("tag", [0, 2, 99])
def test_an_unknown_tag(peer: Peer, verb: str, tag: int) -> None:
    chan = connect_channel(peer)
    delivered(chan, "1")
    with refused(chan, "channel", 406, f"PRECONDITION_FAILED - unknown delivery tag {tag}"):
        getattr(chan, verb)(tag)


@error("manual ack", "reply code")
def test_the_second_ack_of_a_tag(peer: Peer) -> None:
    """What was unacked in the channel that closes comes back."""
    chan = connect_channel(peer)
    first, _ = delivered(chan, "1 2")
    chan.ack(first.delivery_tag)
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - unknown delivery tag 1"):
        chan.ack(first.delivery_tag)
    assert flags(chan.conn.channel()) == [("2", True)]


@error("manual ack", "channel")
def test_a_tag_of_another_channel(peer: Peer) -> None:
    chan = connect_channel(peer)
    delivered(chan, "1 2")
    other = chan.conn.channel()
    with refused(other, "channel", 406, "PRECONDITION_FAILED - unknown delivery tag 2"):
        other.ack(2)


@success("multiple")
def test_multiple_ack_takes_all_up_to_it(peer: Peer) -> None:
    chan = connect_channel(peer)
    deliveries = delivered(chan, "1 2 3 4")
    chan.ack(deliveries[2].delivery_tag, multiple=True)
    chan.close()
    assert drain(connect_channel(peer), "q") == ["4"]


@success("multiple")
@pytest.mark.parametrize("verb", ["ack", "nack"])
def test_multiple_of_tag_zero_is_all(peer: Peer, verb: str) -> None:
    chan = connect_channel(peer)
    delivered(chan, "1 2 3")
    getattr(chan, verb)(0, multiple=True)
    assert flags(chan) == ([] if verb == "ack" else [("1", True), ("2", True), ("3", True)])


@success("multiple")
def test_multiple_passes_over_what_was_acked_singly(peer: Peer) -> None:
    chan = connect_channel(peer)
    deliveries = delivered(chan, "1 2 3")
    chan.ack(deliveries[1].delivery_tag)
    chan.nack(deliveries[2].delivery_tag, multiple=True)
    assert flags(chan) == [("1", True), ("3", True)]


@success("multiple")
def test_multiple_of_tag_zero_with_nothing_unacked_is_no_mistake(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.ack(0, multiple=True)
    chan.nack(0, multiple=True)
    assert chan.declare_queue("q") == QueueOk("q", 0, 0)


@success("multiple")
def test_multiple_spans_queues_and_consumers(peer: Peer) -> None:
    chan = connect_channel(peer)
    for queue in "qr":
        chan.declare_queue(queue)
        publish_each(chan, queue, queue)
        chan.consume(queue, queue)
        chan.deliveries(1)
    chan.ack(2, multiple=True)
    chan.close()
    other = connect_channel(peer)
    assert (drain(other, "q"), drain(other, "r")) == ([], [])


@error("multiple", "reply code")
@pytest.mark.parametrize("verb", ["ack", "nack"])
def test_multiple_of_an_unknown_tag(peer: Peer, verb: str) -> None:
    chan = connect_channel(peer)
    delivered(chan, "1")
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - unknown delivery tag 5"):
        getattr(chan, verb)(5, multiple=True)


@error("multiple", "reply code")
def test_multiple_of_a_tag_that_is_settled_with_older_ones_left(peer: Peer) -> None:
    chan = connect_channel(peer)
    deliveries = delivered(chan, "1 2 3")
    chan.ack(deliveries[1].delivery_tag)
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - unknown delivery tag 2"):
        chan.ack(deliveries[1].delivery_tag, multiple=True)


@success("nack", "reject", "requeue order")
@pytest.mark.parametrize("verb", ["nack", "reject"])
def test_requeue_puts_it_back_at_its_place(peer: Peer, verb: str) -> None:
    chan = connect_channel(peer)
    deliveries = delivered(chan, "1 2 3")
    publish_each(chan, "q", "4")
    for each in (deliveries[2], deliveries[0], deliveries[1]):
        getattr(chan, verb)(each.delivery_tag)
    assert flags(chan) == [("1", True), ("2", True), ("3", True), ("4", False)]


@success("requeue order")
def test_requeue_among_messages_that_stayed(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2 3 4 5")
    gots = [chan.get("q") for _ in range(4)]
    tags = [got.delivery_tag for got in gots if got]
    chan.nack(tags[1])
    chan.nack(tags[3])
    assert flags(chan) == [("2", True), ("4", True), ("5", False)]


@success("requeue order", "nack", "multiple")
def test_multiple_nack_keeps_the_order(peer: Peer) -> None:
    chan = connect_channel(peer)
    deliveries = delivered(chan, "1 2 3")
    publish_each(chan, "q", "4")
    chan.nack(deliveries[-1].delivery_tag, multiple=True)
    assert flags(chan) == [("1", True), ("2", True), ("3", True), ("4", False)]


@success("requeue order", "connection")
@pytest.mark.parametrize("end", ["close channel", "close connection", "cut"])
def test_a_lost_consumer_gives_back_in_order(peer: Peer, end: str) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    delivered(chan, "1 2 3")
    publish_each(chan, "q", "4")
    ends: Verbs = {"close channel": chan.close, "close connection": chan.conn.close, "cut": chan.conn.cut}
    ends[end]()
    other.await_ready("q", 4)
    assert flags(other) == [("1", True), ("2", True), ("3", True), ("4", False)]


@success("nack", "reject")
@pytest.mark.parametrize("verb", ["nack", "reject"])
def test_refused_for_good_is_gone(peer: Peer, verb: str) -> None:
    chan = connect_channel(peer)
    first, second = delivered(chan, "1 2")
    getattr(chan, verb)(first.delivery_tag, requeue=False)
    chan.nack(second.delivery_tag)
    assert flags(chan) == [("2", True)]


@success("nack", "requeue order")
def test_requeued_message_comes_again_to_the_only_consumer(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(1)
    publish_each(chan, "q", "1 2")
    chan.consume("q", "a")
    [first] = chan.deliveries(1)
    chan.nack(first.delivery_tag)
    [again] = chan.deliveries(1)
    assert (again.body, again.redelivered, again.delivery_tag) == (b"1", True, 2)


@success("reject", "requeue order")
def test_requeued_message_goes_to_the_next_consumer_with_room(peer: Peer) -> None:
    first, second = connect_channel(peer), connect_channel(peer)
    first.declare_queue("q")
    first.qos(1)
    second.qos(1)
    first.consume("q", "a")
    second.consume("q", "b")
    publish_each(first, "q", "1")
    [delivery] = first.deliveries(1)
    first.reject(delivery.delivery_tag)
    assert bodies(second.deliveries(1)) == ["1"]


@error("nack", "reply code")
def test_nack_of_a_tag_already_nacked(peer: Peer) -> None:
    chan = connect_channel(peer)
    [first] = delivered(chan, "1")
    chan.nack(first.delivery_tag)
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - unknown delivery tag 1"):
        chan.nack(first.delivery_tag)
