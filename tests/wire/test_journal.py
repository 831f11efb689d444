"""What was told to the journal is there after a good end and after a crash."""

import random
from datetime import UTC, datetime
from decimal import Decimal

from mqviz.model.amqp import PolicySpec, Properties
from tests.engine.clients import consumer
from tests.wire.fake_disk import FakeDisk
from tests.wire.journals import PERSISTENT, House, house, publish

RICH = Properties(
    content_type="text/plain",
    headers={"d": Decimal("1.50"), "t": datetime(2026, 1, 2, tzinfo=UTC), "n": [1, -2.5, None, b"\xff", True], "in": {"x": "y"}},
    delivery_mode=2,
    priority=3,
    timestamp=17,
    app_id="é",
)


def crashed(old: House, **others: object) -> House:
    """The program is started again after a crash in which nothing was lost that had been made sure of."""
    return house(old.disk.lose_power(random.Random(1)), **others)  # type: ignore[arg-type]


def furnished(**others: object) -> House:
    """Durable and other things of all kinds."""
    new = house(FakeDisk(), **others)  # type: ignore[arg-type]
    channel = new.client().channel
    channel.declare_exchange("x", "topic", durable=True)
    channel.declare_exchange("gone", "fanout", durable=True)
    channel.declare_queue("d", durable=True, arguments={"x-max-length": 90})
    channel.declare_queue("other", durable=True, auto_delete=True)
    channel.declare_queue("mine", durable=True, exclusive=True)
    channel.declare_queue("transient")
    for queue in ("d", "mine", "transient"):
        channel.bind(queue, "x", "a.#", {"k": 1})
    channel.bind_exchange("amq.topic", "x", "b")
    channel.bind("d", "gone")
    channel.delete_exchange("gone")
    new.broker.set_policy(PolicySpec(name="p", pattern="d", definition={"message-ttl": 60_000}))
    return new


def test_definitions_come_back_after_a_crash_once_a_turn_is_over() -> None:
    old = furnished()
    old.journal.turn()
    again = crashed(old).broker
    assert list(again.queues) == ["d", "other"]
    assert (again.queues["d"].limits.max_length, again.queues["d"].limits.ttl) == (90, 60.0)
    assert again.queues["other"].auto_delete
    assert ("x" in again.exchanges, "gone" in again.exchanges) == (True, False)
    assert [(each.source.name, each.destination.name, each.routing_key, each.arguments) for each in again.bindings] == [
        ("x", "d", "a.#", {"k": 1}),
        ("x", "amq.topic", "b", {}),
    ]


def test_messages_come_back_as_they_were() -> None:
    old = furnished()
    sender = old.client()
    sender.channel.publish("x", "a.b", b"\x00body", RICH)
    sender.channel.publish("", "d", b"", PERSISTENT, size=5000)
    sender.channel.publish("", "d", b"transient")
    old.turns()
    first, second = crashed(old).broker.queues["d"].ready
    message = first.message
    assert (message.exchange, message.routing_key, message.body, message.size) == ("x", "a.b", b"\x00body", 5)
    assert message.properties == RICH
    assert (second.message.body, second.message.size) == (b"", 5000)
    assert first.message.number != second.message.number


def test_a_confirm_of_a_persistent_message_waits_for_the_disk() -> None:
    old = furnished(slow=True)
    old.turns()
    sender = old.client()
    publish(sender, "d", "1", "2")
    publish(sender, "transient", "3")
    publish(sender, "d", "4", properties=Properties())
    old.turns()
    assert sender.ear.confirms == [(3, True), (4, True)]
    old.committer.work()
    assert sender.ear.confirms == [(3, True), (4, True)]
    old.turns()
    assert sender.ear.confirms == [(3, True), (4, True), (1, True), (2, True)]


def test_what_gathers_while_the_disk_is_busy_is_written_in_one_piece() -> None:
    old = furnished(slow=True)
    old.turns()
    sender = old.client()
    publish(sender, "d", "1")
    old.journal.turn()
    publish(sender, "d", "2", "3")
    old.journal.turn()
    old.committer.work()
    old.journal.turn()
    assert sender.ear.confirms == [(1, True)]
    old.committer.work()
    old.journal.turn()
    assert sender.ear.confirms == [(1, True), (2, True), (3, True)]


def test_after_a_crash_all_come_back_redelivered() -> None:
    """As RabbitMQ does: nobody knows what had gone out. (See test_crash_like_rabbitmq.)"""
    old = furnished()
    publish(old.client(), "d", "1", "2")
    old.turns()
    assert crashed(old).found["d"] == [("1", True), ("2", True)]


def test_after_a_good_end_only_what_went_out_is_redelivered() -> None:
    old = furnished()
    publish(old.client(), "d", "1", "2", "3", "4")
    worker = consumer(old.broker, "d", prefetch=2)
    worker.channel.ack(1)
    old.broker.stop()
    assert old.journal.close()
    again = house(old.disk)
    assert again.found["d"] == [("2", True), ("3", True), ("4", False)]
    again.journal.close()
    assert house(old.disk).found["d"] == [("2", True), ("3", True), ("4", False)]


def test_what_came_back_from_a_crash_stays_redelivered_after_a_good_end() -> None:
    old = furnished()
    publish(old.client(), "d", "1")
    old.turns()
    again = crashed(old)
    again.turns()
    publish(again.client(), "d", "2")
    assert again.journal.close()
    assert house(again.disk).found["d"] == [("1", True), ("2", False)]


def test_what_was_acked_does_not_come_back() -> None:
    old = furnished()
    publish(old.client(), "d", *"12345")
    worker = consumer(old.broker, "d")
    worker.channel.ack(2, multiple=True)
    worker.channel.reject(4, requeue=False)
    old.turns()
    assert crashed(old).found["d"] == [("3", True), ("5", True)]


def test_a_deleted_queue_takes_its_messages_along_and_its_name_is_free() -> None:
    old = furnished()
    publish(old.client(), "other", "1")
    channel = old.client().channel
    channel.delete_queue("other")
    channel.declare_queue("other", durable=True)
    publish(old.client(), "other", "2")
    old.turns()
    assert crashed(old).found["other"] == [("2", True)]


def test_one_body_serves_all_queues_of_a_message() -> None:
    old = house(FakeDisk())
    channel = old.client().channel
    for name in "abc":
        channel.declare_queue(name, durable=True)
        channel.bind(name, "amq.fanout")
    old.turns()
    before = old.disk.used
    channel.publish("amq.fanout", "", b"x" * 10_000, PERSISTENT)
    old.turns()
    assert 10_000 < old.disk.used - before < 11_000
    again = crashed(old)
    assert [len(again.broker.queues[name].ready) for name in "abc"] == [1, 1, 1]


def test_time_to_live_goes_on_while_the_program_is_not_there() -> None:
    old = house(FakeDisk(), date=1e9)
    channel = old.client().channel
    channel.declare_queue("dead", durable=True)
    channel.declare_queue("q", durable=True, arguments={"x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dead"})
    for number, seconds in enumerate((10, 100)):
        publish(old.client(), "q", str(number), properties=Properties(delivery_mode=2, expiration=f"{seconds}000"))
    old.turns()
    again = crashed(old, date=1e9 + 50)
    assert again.found == {"dead": [("0", False)], "q": [("1", True)]}
    again.broker.scheduler.run_until(51.0, lambda: False)
    assert again.found["q"] == []


def test_a_hundred_that_expired_meanwhile_are_all_dead_lettered() -> None:
    old = house(FakeDisk())
    channel = old.client().channel
    channel.declare_queue("dead", durable=True)
    arguments = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dead", "x-message-ttl": 1000}
    channel.declare_queue("q", durable=True, arguments=arguments)
    publish(old.client(), "q", *map(str, range(150)))
    old.turns()
    again = crashed(old, date=1e9 + 50)
    assert (len(again.found["dead"]), again.found["q"]) == (150, [])


def test_a_quorum_queue_keeps_all_messages_and_how_often_they_went_out() -> None:
    old = house(FakeDisk())
    old.client().channel.declare_queue("q", durable=True, arguments={"x-queue-type": "quorum"})
    sender = old.client()
    publish(sender, "q", "1", "2", "3", properties=Properties())
    worker = old.client().channel
    worker.get("q")
    old.turns()
    assert sender.ear.confirms == [(1, True), (2, True), (3, True)]
    ready = crashed(old).broker.queues["q"].ready
    assert [(copy.message.body, copy.redelivered, copy.delivery_count) for copy in ready] == [
        (b"1", True, 1),
        (b"2", False, 0),
        (b"3", False, 0),
    ]
