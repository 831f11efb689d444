"""Dead letters: what is written on them, what is counted, and queues that kill each other's messages."""

from mqviz.engine.broker import Broker
from mqviz.model.amqp import DeadReason, Properties
from tests.engine.clients import client, consumer, declare, publish, ready


def with_dead_letters(broker: Broker, **arguments: object) -> None:
    declare(broker, "dead")
    declare(broker, "q", x_dead_letter_exchange="", x_dead_letter_routing_key="dead", **arguments)


def test_a_rejected_message_keeps_number_and_arrival(broker: Broker) -> None:
    with_dead_letters(broker)
    worker, origin = consumer(broker, "q"), object()
    client(broker).channel.publish("", "q", b"1", arrival=-3.0, origin=origin)
    worker.channel.reject(1, requeue=False)
    [letter] = broker.peek("dead", 1)
    assert (letter.message.number, letter.message.arrival, letter.message.origin) == (1, -3.0, origin)
    headers = letter.message.properties.headers or {}
    assert headers["x-first-death-reason"] == "rejected"
    assert [(each["queue"], each["count"]) for each in headers["x-death"]] == [("q", 1)]


def test_dead_letters_are_counted_by_reason(broker: Broker) -> None:
    with_dead_letters(broker, x_max_length=1)
    worker = client(broker).channel
    publish(broker, "q", *"12")
    worker.get("q")
    worker.reject(1, requeue=False)
    publish(broker, "q", "3", properties=Properties(expiration="0"))
    reasons = broker.queues["q"].dead_letters
    assert reasons == {
        DeadReason.MAXLEN: 1,
        DeadReason.REJECTED: 1,
        DeadReason.EXPIRED: 1,
        DeadReason.DELIVERY_LIMIT: 0,
    }
    assert broker.copies.reasons.expired == 1
    assert broker.copies.balances
    assert ready(broker, "dead") == ["1", "2", "3"]


def test_without_an_exchange_a_copy_counts_under_its_cause(broker: Broker) -> None:
    declare(broker, "q", x_dead_letter_exchange="missing", x_max_length=1)
    publish(broker, "q", *"12")
    assert (broker.queues["q"].dropped, broker.queues["q"].dead_lettered) == (1, 0)


def test_a_queue_may_be_its_own_dead_letter_queue(broker: Broker) -> None:
    """A thousand messages that push each other out; the second death here is a circle."""
    declare(broker, "q", x_dead_letter_exchange="", x_dead_letter_routing_key="q")
    publish(broker, "q", *(str(number) for number in range(2_000)))
    broker.set_arguments("q", {"x-max-length": 1_000})
    ledger = broker.copies
    assert ledger.balances
    assert (ledger.ready, ledger.reasons.maxlen) == (1_000, ledger.dead_lettered)


def test_full_queues_that_feed_each_other_come_to_an_end(broker: Broker) -> None:
    """Rejected once, the message is in no circle that RabbitMQ would see."""
    declare(broker, "a", x_max_length=1, x_dead_letter_exchange="amq.fanout")
    declare(broker, "b", x_max_length=0, x_dead_letter_exchange="amq.fanout")
    worker = client(broker).channel
    for name in "ab":
        worker.bind(name, "amq.fanout")
    publish(broker, "a", "1")
    worker.get("a")
    broker.set_arguments("a", {"x-max-length": 0})
    worker.reject(1, requeue=False)
    assert broker.copies.ready == 0
    assert broker.copies.balances
    publish(broker, "a", "2")
    assert broker.copies.balances


def test_a_message_that_expires_round_and_round_is_dropped(broker: Broker) -> None:
    declare(broker, "a", x_message_ttl=100, x_dead_letter_exchange="", x_dead_letter_routing_key="b")
    declare(broker, "b", x_message_ttl=100, x_dead_letter_exchange="", x_dead_letter_routing_key="a")
    publish(broker, "a", "1")
    broker.scheduler.run_until(5.0, lambda: False)
    assert (broker.copies.enqueued, broker.copies.dead_lettered, broker.copies.ready) == (2, 2, 0)


def test_deaths_are_counted_where_the_reason_repeats(broker: Broker) -> None:
    with_dead_letters(broker)
    worker = client(broker).channel
    worker.bind("q", "amq.fanout")
    publish(broker, "q", "1")
    for _ in range(3):
        got = worker.get("q")
        assert got is not None
        worker.reject(got.delivery_tag, requeue=False)
        letter = worker.get("dead", no_ack=True)
        assert letter is not None
        worker.publish("", "q", b"1", letter.copy.message.properties)
    [copy] = broker.peek("q", 1)
    deaths = (copy.message.properties.headers or {})["x-death"]
    assert [(each["queue"], each["count"]) for each in deaths] == [("q", 3)]


def test_a_quorum_queue_gives_up_after_its_delivery_limit(broker: Broker) -> None:
    declare(broker, "dead")
    limit = {"x_queue_type": "quorum", "x_delivery_limit": 2}
    declare(broker, "q", True, x_dead_letter_exchange="", x_dead_letter_routing_key="dead", **limit)
    worker = consumer(broker, "q")
    publish(broker, "q", "1")
    for tag in (1, 2, 3):
        worker.channel.nack(tag)
    counts = [(each.copy.message.properties.headers or {}).get("x-delivery-count") for each in worker.ear.deliveries]
    assert counts == [None, None, None]
    assert ready(broker, "dead") == ["1"]
    assert broker.queues["q"].dead_letters[DeadReason.DELIVERY_LIMIT] == 1
