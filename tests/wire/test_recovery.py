"""What a journal says of torn tails, damage and other versions; nothing is thrown away in silence."""

import random
from struct import Struct
from zlib import crc32

import pytest

from mqviz.wire import records
from mqviz.wire.disk import JournalError
from mqviz.wire.recovery import Unread
from tests.wire.fake_disk import FakeDisk
from tests.wire.journals import House, house, publish


def used(count: int = 3, segment: int = 1 << 20) -> House:
    """A journal with a message in each of so many batches, that ended in a crash."""
    new = house(FakeDisk(), segment=segment)
    new.client().channel.declare_queue("q", durable=True)
    new.turns()
    sender = new.client()
    for number in range(count):
        publish(sender, "q", str(number))
        new.turns()
    return new


def first(disk: FakeDisk) -> bytearray:
    return disk.files[min(disk.files)].content


def bodies(of: House) -> list[str]:
    return [body for body, _ in of.found["q"]]


def test_a_torn_tail_is_cut_off_kept_aside_and_told() -> None:
    disk = used().disk
    whole = len(first(disk))
    del first(disk)[-5:]
    again = house(disk)
    assert bodies(again) == ["0", "1"]
    (unread,) = again.recovered.unread
    assert unread.is_tail
    assert unread.offset + unread.size == whole - 5
    assert len(disk.read(unread.aside)) == unread.size
    again.turns()
    final = house(disk)
    assert (bodies(final), final.recovered.unread) == (["0", "1"], ())


@pytest.mark.parametrize("offset", [0, 5, records.HEADER_SIZE + 3, records.HEADER_SIZE + 40])
def test_damage_in_the_middle_stops_with_file_and_place(offset: int) -> None:
    disk = used().disk
    first(disk)[offset] ^= 1
    place = 0 if offset < records.HEADER_SIZE else records.HEADER_SIZE
    before = {name: bytes(file.content) for name, file in disk.files.items()}
    with pytest.raises(JournalError, match=f"^0000000001.journal: damaged at byte {place}$") as caught:
        house(disk)
    assert (caught.value.file, caught.value.offset) == ("0000000001.journal", place)
    assert {name: bytes(file.content) for name, file in disk.files.items()} == before


def test_what_can_be_read_beside_damage_is_salvaged_and_the_rest_kept_aside() -> None:
    disk = used(5).disk
    at = first(disk).index(b"2", first(disk).index(b"1", 100) + 1)
    broken = next(place for place in range(at, 0, -1) if records.batch_at(bytes(first(disk)), 1, place) is not None)
    first(disk)[broken + 8] ^= 1
    again = house(disk, salvage=True)
    assert len(bodies(again)) == 4
    (unread,) = again.recovered.unread
    assert (unread.is_tail, unread.offset) == (False, broken)
    assert len(disk.read(unread.aside)) == unread.size
    again.turns()
    assert bodies(house(disk)) == bodies(again)


def test_damage_at_the_end_of_a_segment_that_is_not_the_last_is_no_torn_tail() -> None:
    disk = used(9, segment=100).disk
    assert len(disk.files) > 2
    del first(disk)[-1:]
    with pytest.raises(JournalError, match="damaged at byte"):
        house(disk)


def test_a_missing_segment_is_named() -> None:
    disk = used(9, segment=100).disk
    second = sorted(disk.files)[1]
    del disk.files[second]
    with pytest.raises(JournalError, match=f"^{second}: this file is missing$"):
        house(disk)
    assert bodies(house(disk, salvage=True))


def test_another_version_is_refused_by_its_number() -> None:
    disk = used().disk
    seed = Struct(">QQI").pack(1, 2, 0)
    first(disk)[: records.HEADER_SIZE] = Struct(">14sHQI").pack(b"mqviz journal\n", 2, 1, crc32(seed))
    with pytest.raises(JournalError, match=r"^0000000001.journal: written in version 2 .* knows version 1$"):
        house(disk)


def test_a_crash_before_the_first_batch_leaves_a_journal_that_works() -> None:
    for size in (0, 10, records.HEADER_SIZE, records.HEADER_SIZE + 7):
        disk = used(0).disk
        del first(disk)[size:]
        again = house(disk)
        again.client().channel.declare_queue("q", durable=True)
        publish(again.client(), "q", "1")
        again.turns()
        assert bodies(house(disk.lose_power(random.Random(2)))) == ["1"]


def test_nothing_unread_is_nothing_to_tell() -> None:
    unread: tuple[Unread, ...] = house(used().disk).recovered.unread
    assert unread == ()
