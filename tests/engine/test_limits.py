"""Time to live and length: at the head, by one timer, at once when they change."""

from mqviz.engine.broker import Broker
from mqviz.model.amqp import PolicySpec, Properties
from tests.engine.clients import client, consumer, declare, publish, ready


def never() -> bool:
    return False


def test_messages_expire_at_their_very_time(broker: Broker) -> None:
    declare(broker, "q", x_message_ttl=1_500)
    publish(broker, "q", "1")
    broker.scheduler.run_until(1.0, never)
    publish(broker, "q", "2")
    broker.scheduler.run_until(1.49, never)
    assert ready(broker, "q") == ["1", "2"]
    broker.scheduler.run_until(1.5, never)
    assert ready(broker, "q") == ["2"]
    assert broker.queues["q"].expired == 1


def test_one_timer_for_a_queue(broker: Broker) -> None:
    declare(broker, "q", x_message_ttl=1_000)
    publish(broker, "q", *(str(number) for number in range(50)))
    assert len(broker.scheduler) == 1


def test_a_shorter_life_at_the_head_is_noticed(broker: Broker) -> None:
    """The timer was set for the old head; the new one, requeued, expires before."""
    declare(broker, "q")
    worker = client(broker)
    publish(broker, "q", "1", properties=Properties(expiration="1000"))
    publish(broker, "q", "2", properties=Properties(expiration="5000"))
    worker.channel.get("q")
    broker.scheduler.run_until(0.5, never)
    worker.channel.nack(1)
    broker.scheduler.run_until(1.0, never)
    assert ready(broker, "q") == ["2"]


def test_a_living_head_hides_expired_messages(broker: Broker) -> None:
    declare(broker, "q")
    publish(broker, "q", "1")
    publish(broker, "q", "2", properties=Properties(expiration="100"))
    broker.scheduler.run_until(1.0, never)
    assert ready(broker, "q") == ["1", "2"]
    worker = consumer(broker, "q", prefetch=1)
    assert (worker.ear.bodies, ready(broker, "q")) == (["1"], [])


def test_an_unacknowledged_message_does_not_expire(broker: Broker) -> None:
    declare(broker, "q", x_message_ttl=100)
    worker = consumer(broker, "q")
    publish(broker, "q", "1")
    broker.scheduler.run_until(5.0, never)
    assert broker.queues["q"].unacked == 1
    worker.channel.nack(1)
    assert (ready(broker, "q"), broker.queues["q"].expired) == ([], 1)


def test_zero_is_for_who_waits(broker: Broker) -> None:
    declare(broker, "q", x_message_ttl=0)
    publish(broker, "q", "1")
    worker = consumer(broker, "q")
    publish(broker, "q", "2")
    assert worker.ear.bodies == ["2"]
    assert broker.queues["q"].expired == 1


def test_a_shorter_length_drops_at_once(broker: Broker) -> None:
    declare(broker, "q")
    publish(broker, "q", *"12345")
    broker.set_arguments("q", {"x-max-length": 2})
    assert ready(broker, "q") == ["4", "5"]
    assert broker.queues["q"].dropped == 3
    broker.set_arguments("q", {"x-max-length": None})
    publish(broker, "q", *"678")
    assert ready(broker, "q") == ["4", "5", "6", "7", "8"]


def test_the_knob_goes_before_argument_and_policy(broker: Broker) -> None:
    declare(broker, "q", x_max_length=5)
    broker.set_policy(PolicySpec(name="p", pattern="q", definition={"max-length": 3}))
    assert broker.queues["q"].limits.max_length == 3
    broker.set_arguments("q", {"x-max-length": 10})
    assert broker.queues["q"].limits.max_length == 10


def test_bytes_of_simulated_bodies_count(broker: Broker) -> None:
    declare(broker, "q", x_max_length_bytes=250)
    sender = client(broker).channel
    for _ in range(3):
        sender.publish("", "q", size=100)
    queue = broker.queues["q"]
    assert (len(queue.ready), queue.message_bytes, queue.dropped) == (2, 200, 1)


def test_a_refused_message_is_told_and_counted(broker: Broker) -> None:
    declare(broker, "q", x_max_length=1, x_overflow="reject-publish")
    sender = client(broker)
    sender.channel.confirm_select()
    for _ in range(2):
        sender.channel.publish("", "q")
    assert sender.ear.confirms == [(1, True), (2, False)]
    assert (broker.refused, broker.nacked, broker.queues["q"].refused) == (1, 1, 1)
    assert broker.messages.balances


def test_a_lease_ends_after_the_last_use(broker: Broker) -> None:
    declare(broker, "q", x_expires=1_000)
    worker = client(broker)
    broker.scheduler.run_until(0.9, never)
    worker.channel.get("q")
    broker.scheduler.run_until(1.8, never)
    worker.channel.consume("q", "tag")
    broker.scheduler.run_until(10.0, never)
    worker.channel.cancel("tag")
    broker.scheduler.run_until(10.9, never)
    assert "q" in broker.queues
    broker.scheduler.run_until(11.0, never)
    assert "q" not in broker.queues
