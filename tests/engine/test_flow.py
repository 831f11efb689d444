"""Flow control: no faster than the broker's rate over time, many small pauses, in order, nothing lost."""

from mqviz.clock import Scheduler
from mqviz.engine.broker import Broker
from mqviz.engine.connection import ConnectionState
from mqviz.model.scenario import BrokerSpec
from tests.engine.clients import Client, client, declare, ready


def flowing(scheduler: Scheduler, rate: float) -> Broker:
    broker = Broker(scheduler, spec=BrokerSpec(flow=rate))
    declare(broker, "q")
    return broker


def send_for(scheduler: Scheduler, sender: Client, rate: float, seconds: float) -> int:
    """Publish at a steady rate while the connection is read from; how many were sent."""
    sent, steps = 0, int(rate * seconds)
    for step in range(1, steps + 1):
        scheduler.run_until(step / rate, lambda: False)
        if sender.connection.is_read:
            sender.channel.publish("", "q")
            sent += 1
    return sent


def test_a_fast_publisher_is_slowed_to_the_rate(scheduler: Scheduler) -> None:
    broker = flowing(scheduler, 1_000.0)
    sender = client(broker)
    sent = send_for(scheduler, sender, rate=3_000.0, seconds=4.0)
    assert 3_950 <= sent <= 4_060
    assert sender.ear.flows.count(False) > 4 * 10
    assert sender.ear.flows[:4] == [False, True, False, True]


def test_a_slow_publisher_never_notices(scheduler: Scheduler) -> None:
    broker = flowing(scheduler, 1_000.0)
    sender = client(broker)
    assert send_for(scheduler, sender, rate=500.0, seconds=2.0) == 1_000
    assert sender.ear.flows == []


def test_who_sends_on_waits_unread_and_keeps_order(scheduler: Scheduler) -> None:
    broker = flowing(scheduler, 10.0)
    sender = client(broker)
    for number in range(6):
        sender.channel.publish("", "q", b"%d" % number)
    assert (sender.connection.state, ready(broker, "q")) == (ConnectionState.FLOW, ["0"])
    scheduler.run_until(0.35, lambda: False)
    assert ready(broker, "q") == ["0", "1", "2", "3"]
    scheduler.run_until(2.0, lambda: False)
    assert ready(broker, "q") == ["0", "1", "2", "3", "4", "5"]
    assert sender.connection.state is ConnectionState.RUNNING


def test_without_a_rate_everybody_goes_on(scheduler: Scheduler) -> None:
    broker = flowing(scheduler, 1.0)
    sender = client(broker)
    for number in range(3):
        sender.channel.publish("", "q", b"%d" % number)
    broker.set_flow(None)
    assert ready(broker, "q") == ["0", "1", "2"]
    assert (sender.ear.flows, broker.guarded) == ([False, True], False)


def test_an_alarm_blocks_who_is_in_flow(scheduler: Scheduler) -> None:
    broker = flowing(scheduler, 1.0)
    sender = client(broker)
    sender.channel.publish("", "q", b"1")
    broker.set_memory_alarm(True)
    assert (sender.connection.state, sender.ear.blocks) == (ConnectionState.BLOCKED, ["low on memory"])
    scheduler.run_until(5.0, lambda: False)
    sender.channel.publish("", "q", b"2")
    assert ready(broker, "q") == ["1"]
    broker.set_memory_alarm(False)
    assert ready(broker, "q") == ["1", "2"]


def test_a_closed_connection_is_forgotten(scheduler: Scheduler) -> None:
    broker = flowing(scheduler, 1.0)
    sender = client(broker)
    sender.channel.publish("", "q", b"1")
    sender.connection.close()
    scheduler.run_until(5.0, lambda: False)
    assert sender.ear.flows == [False]
