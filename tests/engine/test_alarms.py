"""The memory alarm: who is blocked, when, what becomes of what a blocked client sent, and the way out."""

from math import inf

from mqviz.clock import Scheduler
from mqviz.engine.broker import Broker
from mqviz.engine.connection import ConnectionState
from mqviz.model.scenario import BrokerSpec
from tests.engine.clients import client, consumer, declare, publish, ready


def limited(scheduler: Scheduler, limit: int) -> Broker:
    broker = Broker(scheduler, spec=BrokerSpec(memory_limit=limit))
    declare(broker, "q")
    return broker


def pass_to(scheduler: Scheduler, time: float) -> None:
    scheduler.run_until(time, lambda: False)


def test_a_publisher_is_blocked_when_it_publishes(broker: Broker) -> None:
    declare(broker, "q")
    sender, idle = client(broker), client(broker)
    broker.set_memory_alarm(True)
    assert (sender.connection.state, sender.ear.blocks) == (ConnectionState.BLOCKING, [])
    sender.channel.publish("", "q", b"1")
    assert (sender.connection.state, sender.ear.blocks) == (ConnectionState.BLOCKED, ["low on memory"])
    assert (idle.connection.state, idle.ear.blocks) == (ConnectionState.BLOCKING, [])
    assert ready(broker, "q") == []


def test_what_a_blocked_client_sent_is_read_afterwards(broker: Broker) -> None:
    declare(broker, "q")
    sender = client(broker)
    sender.channel.confirm_select()
    broker.set_memory_alarm(True)
    for body in (b"1", b"2"):
        sender.channel.publish("", "q", body)
    assert (broker.published, len(sender.connection.unread)) == (0, 2)
    broker.set_memory_alarm(False)
    assert ready(broker, "q") == ["1", "2"]
    assert sender.ear.blocks == ["low on memory", ""]
    assert sender.ear.confirms == [(1, True), (2, True)]
    assert sender.connection.state is ConnectionState.RUNNING


def test_a_mistake_in_what_was_left_unread_closes_the_channel_later(broker: Broker) -> None:
    sender = client(broker)
    broker.set_memory_alarm(True)
    sender.channel.publish("missing", "q", b"1")
    assert sender.channel.is_open
    broker.set_memory_alarm(False)
    assert [error.text for error in sender.ear.channel_errors] == ["NOT_FOUND - no exchange 'missing' in vhost '/'"]
    assert not sender.channel.is_open


def test_who_does_not_know_blocked_is_held_back_by_tcp(broker: Broker) -> None:
    declare(broker, "q")
    sender = client(broker, capabilities=frozenset())
    broker.set_memory_alarm(True)
    sender.channel.publish("", "q", b"1")
    broker.set_memory_alarm(False)
    assert (sender.ear.blocks, sender.ear.flows) == ([], [False, True])


def test_memory_is_looked_at_once_a_second(scheduler: Scheduler) -> None:
    """What is published in between passes the watermark; an alarm outlasts what caused it until the next look."""
    broker = limited(scheduler, 250)
    sender, worker = client(broker), client(broker)
    pass_to(scheduler, 0.3)
    for _ in range(4):
        sender.channel.publish("", "q", size=100)
    assert (broker.alarms.memory, broker.memory) == (False, 400)
    pass_to(scheduler, 0.99)
    assert not broker.alarms.memory
    pass_to(scheduler, 1.0)
    assert broker.alarms.memory
    worker.channel.purge("q")
    sender.channel.publish("", "q", size=100)
    pass_to(scheduler, 1.9)
    assert (broker.alarms.memory, broker.memory, sender.connection.state) == (True, 0, ConnectionState.BLOCKED)
    pass_to(scheduler, 2.0)
    assert (broker.alarms.memory, broker.memory, sender.connection.state) == (False, 100, ConnectionState.RUNNING)


def test_who_stays_below_the_watermark_is_never_looked_at(scheduler: Scheduler) -> None:
    broker = limited(scheduler, 250)
    client(broker).channel.publish("", "q", size=250)
    assert scheduler.next_at == inf


def test_the_watermark_raises_the_alarm_and_consumers_end_it(scheduler: Scheduler) -> None:
    broker, told = limited(scheduler, 250), []
    broker.alarms.told = told.append
    sender = client(broker)
    for _ in range(4):
        sender.channel.publish("", "q", size=100)
    pass_to(scheduler, 1.0)
    assert (broker.alarms.memory, broker.memory, sender.connection.state) == (True, 400, ConnectionState.BLOCKING)
    worker = consumer(broker, "q", prefetch=1)
    worker.channel.ack(1)
    pass_to(scheduler, 2.0)
    assert (broker.alarms.memory, broker.memory) == (True, 300)
    worker.channel.ack(2)
    pass_to(scheduler, 3.0)
    assert (broker.alarms.memory, broker.memory) == (False, 200)
    assert told == [True, False]


def test_a_purge_and_a_deletion_end_the_alarm(scheduler: Scheduler) -> None:
    broker = limited(scheduler, 50)
    sender = client(broker)
    sender.channel.publish("", "q", size=100)
    pass_to(scheduler, 1.0)
    assert broker.alarms.memory
    broker.purge("q")
    pass_to(scheduler, 2.0)
    assert not broker.alarms.memory
    sender.channel.publish("", "q", size=100)
    pass_to(scheduler, 3.0)
    assert broker.alarms.memory
    sender.channel.delete_queue("q")
    pass_to(scheduler, 4.0)
    assert not broker.alarms.memory


def test_another_watermark_counts_at_once(broker: Broker) -> None:
    declare(broker, "q")
    client(broker).channel.publish("", "q", size=100)
    broker.set_memory_limit(50)
    assert broker.alarms.memory
    broker.set_memory_limit(500)
    assert not broker.alarms.memory
    broker.set_memory_limit(50)
    broker.set_memory_limit(None)
    assert not broker.alarms.memory


def test_the_raised_alarm_outlasts_the_watermark(scheduler: Scheduler) -> None:
    broker = limited(scheduler, 50)
    sender = client(broker)
    sender.channel.publish("", "q", size=100)
    pass_to(scheduler, 1.0)
    broker.set_memory_alarm(True)
    broker.purge("q")
    pass_to(scheduler, 2.0)
    assert broker.alarms.memory
    broker.set_memory_alarm(False)
    assert not broker.alarms.memory


def test_consumers_go_on_in_an_alarm(broker: Broker) -> None:
    declare(broker, "q")
    client(broker).channel.publish("", "q", b"1")
    broker.set_memory_alarm(True)
    worker = consumer(broker, "q")
    worker.channel.ack(1)
    assert broker.queues["q"].acknowledged == 1


def test_a_lost_connection_loses_what_was_unread(broker: Broker) -> None:
    declare(broker, "q")
    sender = client(broker)
    broker.set_memory_alarm(True)
    sender.channel.publish("", "q", b"1")
    sender.connection.close()
    broker.set_memory_alarm(False)
    assert (ready(broker, "q"), broker.published) == ([], 0)


def test_a_full_disk_blocks_with_its_own_reason_until_both_alarms_are_over(broker: Broker) -> None:
    """The words are RabbitMQ's: see tests/wire/test_crash_like_rabbitmq.py."""
    declare(broker, "q")
    broker.set_disk_alarm(True)
    first = publish(broker, "q", "1")
    assert first.ear.blocks == ["low on disk"]
    broker.set_memory_alarm(True)
    second = publish(broker, "q", "2")
    assert second.ear.blocks == ["low on disk & memory"]
    broker.set_disk_alarm(False)
    assert (first.ear.blocks, second.ear.blocks) == (["low on disk"], ["low on disk & memory"])
    broker.set_memory_alarm(False)
    assert (first.ear.blocks, second.ear.blocks) == (["low on disk", ""], ["low on disk & memory", ""])
