"""What must outlive a crash goes to the store, is forgotten when it is settled, and comes back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from mqviz.clock import Scheduler
from mqviz.engine.broker import Broker
from mqviz.engine.message import Message
from mqviz.engine.store import Definition, Kept
from mqviz.model.amqp import PolicySpec, Properties
from tests.engine.clients import client, publish, ready

PERSISTENT = Properties(delivery_mode=2)


@dataclass
class Shelf:
    """A store that is safe when the test says so."""

    defined: list[Definition] = field(default_factory=list)
    kept: dict[tuple[str, int], Message] = field(default_factory=dict)
    went: set[tuple[str, int]] = field(default_factory=set)
    waiting: list[tuple[Callable[[Any, bool], None], Any]] = field(default_factory=list)

    def definitions(self) -> Iterable[Definition]:
        return list(self.defined)

    def messages(self) -> Iterable[Kept]:
        entries = sorted(self.kept.items(), key=lambda entry: entry[0])
        return [Kept(queue, serial, message, (queue, serial) in self.went) for (queue, serial), message in entries]

    def declared(self, what: Definition) -> None:
        self.defined.append(what)

    def deleted(self, what: Definition) -> None:
        self.defined.remove(what)

    def keep(self, queue: str, serial: int, message: Message, expires: float | None) -> None:
        self.kept[queue, serial] = message

    def delivered(self, queue: str, serial: int) -> None:
        self.went.add((queue, serial))

    def forget(self, queue: str, serial: int) -> None:
        del self.kept[queue, serial]

    def when_safe(self, action: Callable[[Any, bool], None], argument: Any) -> None:
        self.waiting.append((action, argument))

    def make_safe(self) -> None:
        """Everything so far is on disk."""
        waiting, self.waiting = self.waiting, []
        for action, argument in waiting:
            action(argument, True)


def shelved(shelf: Shelf) -> Broker:
    return Broker(Scheduler(), store=shelf)


def furnished(shelf: Shelf) -> Broker:
    """A broker with something durable and something transient of everything."""
    broker = shelved(shelf)
    channel = client(broker).channel
    for durable in (True, False):
        name = "d" if durable else "t"
        channel.declare_exchange(name, "fanout", durable=durable)
        channel.declare_queue(name, durable=durable, arguments={"x-max-length": 9})
    channel.bind("d", "d", "key")
    channel.bind("t", "d")
    channel.bind("d", "t")
    channel.bind_exchange("amq.topic", "d")
    broker.set_policy(PolicySpec(name="p", pattern="d", definition={"message-ttl": 60_000}))
    return broker


def test_durable_definitions_come_back(broker: Broker) -> None:
    shelf = Shelf()
    furnished(shelf)
    again = shelved(shelf)
    assert list(again.queues) == ["d"]
    assert (again.exchanges["d"].type, "t" in again.exchanges) == ("fanout", False)
    assert [(each.source.name, each.destination.name, each.routing_key) for each in again.bindings] == [
        ("d", "d", "key"),
        ("d", "amq.topic", ""),
    ]
    assert (again.queues["d"].limits.max_length, again.queues["d"].limits.ttl) == (9, 60.0)


def test_what_is_deleted_does_not_come_back() -> None:
    shelf = Shelf()
    broker = furnished(shelf)
    channel = client(broker).channel
    channel.delete_queue("d")
    channel.delete_exchange("d")
    broker.delete_policy("p")
    assert shelf.defined == []


def test_a_policy_that_is_replaced_comes_back_once() -> None:
    shelf = Shelf()
    broker = furnished(shelf)
    publish(broker, "d", *"123", properties=PERSISTENT)
    broker.set_policy(PolicySpec(name="low", pattern="d", definition={"max-length": 1}, priority=-1))
    broker.set_policy(PolicySpec(name="p", pattern="d", definition={"max-length": 5}))
    assert ready(broker, "d") == ["1", "2", "3"]
    assert [each.definition for each in shelved(shelf).policies.values()] == [{"max-length": 1}, {"max-length": 5}]


def test_persistent_messages_come_back_in_order_unsettled_ones_redelivered() -> None:
    shelf = Shelf()
    broker = furnished(shelf)
    publish(broker, "d", *"123", properties=PERSISTENT)
    publish(broker, "d", "transient")
    publish(broker, "t", "4", properties=PERSISTENT)
    worker = client(broker).channel
    worker.get("d", no_ack=True)
    worker.get("d")
    again = shelved(shelf)
    assert [(copy.message.body, copy.redelivered) for copy in again.queues["d"].ready] == [(b"2", True), (b"3", False)]
    assert again.copies.balances
    publish(again, "d", "4", properties=PERSISTENT)
    assert ready(again, "d") == ["2", "3", "4"]
    assert ready(shelved(shelf), "d") == ["2", "3", "4"]


def test_all_ways_out_are_forgotten() -> None:
    shelf = Shelf()
    broker = furnished(shelf)
    publish(broker, "d", *"1234567", properties=PERSISTENT)
    worker = client(broker).channel
    for _ in range(3):
        worker.get("d")
    worker.ack(1)
    worker.reject(2, requeue=False)
    broker.set_arguments("d", {"x-max-length": 3})
    assert sorted(serial for _, serial in shelf.kept) == [3, 5, 6, 7]
    broker.purge("d")
    assert sorted(serial for _, serial in shelf.kept) == [3]
    worker.ack(3)
    assert shelf.kept == {}


def test_a_restart_in_good_order_forgets_nothing_that_is_kept() -> None:
    shelf = Shelf()
    broker = furnished(shelf)
    publish(broker, "d", "1", properties=PERSISTENT)
    publish(broker, "d", "2")
    broker.restart()
    assert [message.body for message in shelf.kept.values()] == [b"1"]
    assert ready(broker, "d") == ["1"]


def test_a_confirm_waits_until_it_is_true() -> None:
    shelf = Shelf()
    broker = furnished(shelf)
    sender = client(broker)
    sender.channel.confirm_select()
    sender.channel.publish("", "d", b"1", PERSISTENT)
    sender.channel.publish("", "d", b"2")
    assert sender.ear.confirms == [(2, True)]
    shelf.make_safe()
    assert sender.ear.confirms == [(2, True), (1, True)]


def test_nobody_hears_a_confirm_after_the_channel_is_gone() -> None:
    shelf = Shelf()
    broker = furnished(shelf)
    sender = client(broker)
    sender.channel.confirm_select()
    sender.channel.publish("", "d", b"1", PERSISTENT)
    sender.channel.close()
    shelf.make_safe()
    assert sender.ear.confirms == []
