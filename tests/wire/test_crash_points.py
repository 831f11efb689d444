"""Whatever is done, and wherever the power goes: nothing confirmed is lost, nothing whose ack is on disk comes back, order is kept."""

import random
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from mqviz.engine.connection import ConnectionState
from tests.engine.clients import Client, Heard, consumer
from tests.wire.fake_disk import FakeDisk
from tests.wire.journals import PERSISTENT, House, house

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), st.integers(1, 6)),
        st.tuples(st.just("ack"), st.integers(0, 9)),
        st.tuples(st.just("multiple"), st.integers(0, 9)),
        st.tuples(st.just("requeue"), st.integers(0, 9)),
        st.tuples(st.sampled_from(["turn", "work", "full", "room", "power", "close"]), st.just(0)),
    ),
    max_size=60,
)


@dataclass
class Story:
    """What the clients of a broker know of queue `q`; `sure`: acks that are on disk for certain; `doubtful`: those that may be."""

    house: House
    luck: random.Random
    sent: int = 0
    confirmed: set[int] = field(default_factory=set)
    sure: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)

    def begin(self) -> None:
        """Clients connect, as they do after each start."""
        if "q" not in self.house.broker.queues:
            self.house.client().channel.declare_queue("q", durable=True)
            self.house.turns(1)
        self.sender: Client = self.house.client()
        self.worker: Client = consumer(self.house.broker, "q", prefetch=5)
        self.first = self.sent + 1
        self.held: list[Heard] = []

    def listen(self) -> None:
        """What has been heard since."""
        for number, ack in self.sender.ear.confirms:
            if ack:
                self.confirmed.add(self.first + number - 1)
        self.sender.ear.confirms.clear()
        self.held += self.worker.ear.take()

    def publish(self, count: int) -> None:
        for _ in range(count):
            if self.sender.connection.state in (ConnectionState.BLOCKED, ConnectionState.BLOCKING):
                return
            self.sent += 1
            body = b"%d " % self.sent + bytes(self.luck.choice((0, 10, 300)))
            self.sender.channel.publish("", "q", body, PERSISTENT)

    def settle(self, how: str, place: int) -> None:
        if not self.held:
            return
        place %= len(self.held)
        taken = self.held[: place + 1] if how == "multiple" else [self.held[place]]
        self.held = [each for each in self.held if each not in taken]
        if how == "requeue":
            self.worker.channel.nack(taken[0].tag)
            return
        self.worker.channel.ack(taken[-1].tag, how == "multiple")
        self.doubtful |= {int(each.body.split()[0]) for each in taken}

    def write(self) -> None:
        """Until everything is on disk, which has room."""
        for _ in range(8):
            self.house.committer.work()
            self.house.journal.turn()
            self.listen()
        assert not self.house.broker.alarms.disk
        self.sure |= self.doubtful
        self.doubtful.clear()

    def restart(self, disk: FakeDisk) -> None:
        """The same program again, and what it must find."""
        self.listen()
        self.house = house(disk, segment=700, slow=True)
        ready = self.house.broker.queues["q"].ready if "q" in self.house.broker.queues else ()
        found = [int(copy.message.body.split()[0]) for copy in ready]
        assert found == sorted(set(found))
        assert self.confirmed - self.sure - self.doubtful <= set(found)
        assert not self.sure & set(found)
        # What did not come back was not confirmed, or is gone for good by an ack.
        self.sure |= self.doubtful - set(found)
        self.doubtful.clear()
        self.begin()


def do(story: Story, what: str, number: int) -> None:
    """One step."""
    disk = story.house.disk
    if what == "publish":
        story.publish(number)
    elif what in ("ack", "multiple", "requeue"):
        story.settle(what, number)
    elif what == "turn":
        story.house.journal.turn()
    elif what == "work":
        story.house.committer.work()
    elif what in ("full", "room"):
        disk.capacity = disk.used + 100 if what == "full" else 1 << 30
    elif what == "close" and not story.house.broker.alarms.disk:
        story.listen()
        story.house.broker.stop()
        disk.capacity = 1 << 30
        assert story.house.journal.close()
        story.sure |= story.doubtful
        story.doubtful.clear()
        story.restart(disk)
    elif what == "power":
        disk.capacity = 1 << 30
        story.restart(disk.lose_power(story.luck))
    story.listen()


@given(STEPS, st.integers(0, 1 << 30))
def test_no_crash_loses_what_was_confirmed(steps: list[tuple[str, int]], seed: int) -> None:
    story = Story(house(FakeDisk(), segment=700, slow=True), random.Random(seed))
    story.begin()
    for what, number in steps:
        do(story, what, number)
    story.house.disk.capacity = 1 << 30
    story.write()
    story.restart(story.house.disk.lose_power(story.luck))
