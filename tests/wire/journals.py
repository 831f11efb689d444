"""A broker on a journal on a fake disk, for tests."""

from __future__ import annotations

from dataclasses import dataclass

from mqviz.clock import Scheduler
from mqviz.engine.broker import Broker
from mqviz.model.amqp import Properties
from mqviz.wire.journal import SEGMENT, Journal, Times
from mqviz.wire.recovery import Recovered, recover
from tests.engine.clients import Client, client
from tests.wire.fake_disk import ByHand, FakeDisk

PERSISTENT = Properties(delivery_mode=2)


@dataclass
class House:
    """All that belongs to one run of the program."""

    disk: FakeDisk
    committer: ByHand
    recovered: Recovered
    journal: Journal
    broker: Broker

    def turns(self, count: int = 3) -> None:
        """Enough for what was told to be written and answered for."""
        for _ in range(count):
            self.journal.turn()

    def client(self, confirming: bool = True) -> Client:
        """A new client, which asks for confirms."""
        new = client(self.broker)
        if confirming:
            new.channel.confirm_select()
        return new

    @property
    def found(self) -> dict[str, list[tuple[str, bool]]]:
        """What is ready in each queue: bodies, and whether they are redelivered."""
        return {
            name: [(copy.message.body.decode(), copy.redelivered) for copy in queue.ready]
            for name, queue in self.broker.queues.items()
        }


def house(
    disk: FakeDisk, *, segment: int = SEGMENT, reserve: int = 0, slow: bool = False, salvage: bool = False, date: float = 1e9
) -> House:
    """Start the program on a disk, at a Unix time."""
    recovered = recover(disk, salvage)
    committer = ByHand(disk, reserve, slow)
    scheduler = Scheduler()
    times = Times(lambda: scheduler.now, lambda: date + scheduler.now)
    journal = Journal(recovered, committer, times, segment=segment)
    broker = Broker(scheduler, store=journal)
    journal.on_alarm = broker.set_disk_alarm
    return House(disk, committer, recovered, journal, broker)


def publish(of: Client, queue: str, *bodies: str, properties: Properties = PERSISTENT) -> None:
    """By the default exchange."""
    for body in bodies:
        of.channel.publish("", queue, body.encode(), properties)
