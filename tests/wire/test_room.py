"""Segments go when nothing in them is needed; a full disk refuses publishes and loses nothing."""

import random

import pytest

from mqviz.engine.connection import ConnectionState
from tests.engine.clients import Client, consumer
from tests.wire.fake_disk import FakeDisk
from tests.wire.journals import PERSISTENT, House, house, publish

SEGMENT = 2000


def started(disk: FakeDisk | None = None, **others: object) -> House:
    new = house(disk or FakeDisk(), segment=SEGMENT, **others)  # type: ignore[arg-type]
    new.client().channel.declare_queue("q", durable=True)
    new.turns()
    return new


def send(of: House, sender: Client, count: int, queue: str = "q") -> None:
    for number in range(count):
        publish(sender, queue, f"{number:0100}")
        of.turns()


def numbers(disk: FakeDisk) -> list[int]:
    return [int(name.split(".")[0]) for name in sorted(disk.files)]


def test_segments_are_freed_when_all_their_messages_are_acked() -> None:
    new = started()
    send(new, new.client(), 100)
    assert len(new.disk.files) > 5
    worker = consumer(new.broker, "q")
    worker.channel.ack(0, multiple=True)
    new.turns()
    assert len(new.disk.files) <= 2
    assert house(new.disk.lose_power(random.Random(1))).found["q"] == []


def test_segments_are_freed_from_the_oldest_on() -> None:
    """Else a record that forgets a message could go before the message itself, which would come back."""
    new = started()
    send(new, new.client(), 100)
    worker = consumer(new.broker, "q")
    for tag in range(2, 101):
        worker.channel.ack(tag)
        new.turns()
    files = numbers(new.disk)
    assert files == list(range(files[0], files[-1] + 1))
    assert [body for body, _ in house(new.disk.lose_power(random.Random(1))).found["q"]] == [f"{0:0100}"]


def test_a_long_lived_message_moves_out_of_the_way() -> None:
    new = started()
    new.client().channel.declare_queue("old", durable=True)
    publish(new.client(), "old", "stays")
    consumer(new.broker, "q", no_ack=True)
    sender = new.client()
    send(new, sender, 500)
    assert new.disk.used < 8 * SEGMENT
    assert numbers(new.disk)[0] > 5
    again = house(new.disk.lose_power(random.Random(1)))
    assert again.found == {"q": [], "old": [("stays", True)]}


def test_what_moved_and_was_acked_does_not_come_back() -> None:
    new = started()
    new.client().channel.declare_queue("old", durable=True)
    publish(new.client(), "old", "stays", "goes")
    worker = consumer(new.broker, "old")
    consumer(new.broker, "q", no_ack=True)
    sender = new.client()
    send(new, sender, 300)
    worker.channel.ack(2)
    send(new, sender, 300)
    assert house(new.disk.lose_power(random.Random(1))).found["old"] == [("stays", True)]


# -- a full disk --------------------------------------------------------------------------------


def test_a_write_that_fails_nacks_and_blocks_and_nothing_confirmed_is_lost() -> None:
    new = started(FakeDisk(capacity=10_000))
    sender = new.client()
    sent = 0
    while sender.connection.state != ConnectionState.BLOCKED:
        send(new, sender, 1)
        sent += 1
    assert sender.ear.blocks == ["low on disk"]
    accepted = [number for number, ack in sender.ear.confirms if ack]
    refused = [number for number, ack in sender.ear.confirms if not ack]
    assert len(refused) == 1
    after = house(new.disk.lose_power(random.Random(3)))
    assert len(after.found["q"]) == len(accepted)


def test_it_goes_on_when_there_is_room_again() -> None:
    new = started(FakeDisk(capacity=10_000))
    sender = new.client()
    while not sender.ear.blocks:
        send(new, sender, 1)
    worker = consumer(new.broker, "q")
    worker.channel.ack(0, multiple=True)
    new.turns(6)
    assert sender.ear.blocks == ["low on disk", ""]
    send(new, sender, 3)
    assert [ack for _, ack in sender.ear.confirms[-3:]] == [True] * 3
    left = len(worker.ear.take())
    assert left
    found = house(new.disk.lose_power(random.Random(3)), segment=SEGMENT).found["q"]
    assert [body for body, _ in found][-3:] == [f"{number:0100}" for number in range(3)]


def test_what_was_refused_is_kept_all_the_same_when_there_is_room() -> None:
    """It stands in its queue, so it must not get lost while what comes after it is kept."""
    new = started(FakeDisk())
    new.disk.broken = True
    sender = new.client()
    publish(sender, "q", "1")
    new.turns()
    assert sender.ear.confirms == [(1, False)]
    new.disk.broken = False
    new.turns()
    assert house(new.disk.lose_power(random.Random(3))).found["q"] == [("1", True)]


def test_publishers_are_blocked_before_the_disk_is_full() -> None:
    new = started(FakeDisk(capacity=20_000), reserve=10_000)
    sender = new.client()
    while not sender.ear.blocks:
        send(new, sender, 1)
    assert all(ack for _, ack in sender.ear.confirms)
    assert 9_000 < new.disk.free() < 10_000
    new.disk.capacity = 40_000
    new.turns()
    assert sender.ear.blocks == ["low on disk", ""]


def test_consumers_go_on_while_the_disk_is_full() -> None:
    new = started(FakeDisk(capacity=10_000))
    sender = new.client()
    while not sender.ear.blocks:
        send(new, sender, 1)
    assert consumer(new.broker, "q").ear.deliveries


def test_a_good_end_on_a_full_disk_says_so_and_keeps_what_was_confirmed() -> None:
    new = started()
    sender = new.client()
    publish(sender, "q", "1")
    new.turns()
    new.disk.broken = True
    sender.channel.publish("", "q", b"2", PERSISTENT)
    assert not new.journal.close()
    new.disk.broken = False
    assert house(new.disk).found["q"] == [("1", True)]


def test_a_folder_that_nobody_can_look_at_blocks_publishers_until_it_is_back() -> None:
    new = started(reserve=1000)
    new.disk.is_gone = True
    sender = new.client()
    send(new, sender, 2)
    assert sender.ear.blocks == ["low on disk"]
    new.disk.is_gone = False
    new.turns()
    assert sender.ear.blocks == ["low on disk", ""]


@pytest.mark.parametrize("staying", [[], ["stays"]])
def test_nothing_is_deleted_before_what_replaces_it_is_on_disk(staying: list[str]) -> None:
    """Neither what moves out of an old segment nor the definitions at the beginning of a new one, which cannot be written now."""
    new = started(slow=True)
    new.client().channel.declare_queue("old", durable=True)
    publish(new.client(), "old", *staying)
    consumer(new.broker, "q", no_ack=True)
    sender = new.client()
    for number in range(300):
        publish(sender, "q", f"{number:0100}")
        new.journal.turn()
        new.disk.broken = True
        new.committer.work()
        new.journal.turn()
        new.committer.work()
        assert house(new.disk.lose_power(random.Random(number))).found["old"] == [(body, True) for body in staying]
        new.disk.broken = False
        new.committer.work()
        new.turns()
        sender = new.client()
    assert numbers(new.disk)[0] > 5
