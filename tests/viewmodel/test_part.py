"""Of a large broker the worst is drawn with its neighbours, and what is drawn does not jump."""

from __future__ import annotations

from msgspec.structs import replace

from mqviz.model.backend import Update
from mqviz.model.snapshot import BindingStats, ExchangeStats, QueueStats, Snapshot
from mqviz.viewmodel.ends import ends_of
from mqviz.viewmodel.part import MOST_CLIENTS, Choice, around, worst_first
from mqviz.viewmodel.recorder import Recorder
from tests.viewmodel.pictures import binding, consumer, producer, shop


def large(count: int = 100, **ready: int) -> Snapshot:
    """Queues of one exchange, all consumed, with so many messages as is said by name."""
    queues = tuple(QueueStats(name=f"q{n:03d}", consumers=1, messages_ready=ready.get(f"q{n:03d}", 0)) for n in range(count))
    return Snapshot(
        time=1.0,
        live=True,
        exchanges=(ExchangeStats(name="all", type="topic"), ExchangeStats(name="other", type="topic")),
        queues=queues,
        bindings=tuple(binding("all", each.name, each.name) for each in queues),
        consumers=tuple(consumer(f"c-{each.name}.1", each.name) for each in queues),
    )


def drawn(choice: Choice, snapshot: Snapshot) -> set[str]:
    return {each.name for each in choice.of(snapshot, Recorder()).snapshot.queues}


def test_a_small_broker_is_drawn_whole() -> None:
    part = Choice().of(shop(), Recorder())
    assert part.is_whole and part.snapshot.queues == shop().queues


def test_the_worst_come_first() -> None:
    now = large(6, q002=5, q004=90)
    orphan = replace(now.queues[3], consumers=0, messages_ready=1)
    full = replace(now.queues[5], max_length=100, messages_ready=85)
    now = replace(now, queues=(*now.queues[:3], orphan, now.queues[4], full))
    assert [each.name for each in worst_first(now, Recorder())][:4] == ["q003", "q005", "q004", "q002"]


def test_a_growing_queue_is_worse_than_a_large_one() -> None:
    recorder = Recorder()
    for second in range(0, 11, 5):
        now = replace(large(3, q000=4000, q001=100 * second), time=float(second))
        recorder.append(Update(snapshot=now))
    assert [each.name for each in worst_first(now, recorder)][:2] == ["q001", "q000"]


def test_of_a_large_one_the_worst_are_drawn_with_what_stands_around_them() -> None:
    part = Choice(most=2, whole=10).of(large(q007=50, q042=60), Recorder())
    assert (part.shown, part.matching, part.queues) == (2, 100, 100)
    assert {each.name for each in part.snapshot.queues} == {"q007", "q042"}
    assert {each.name for each in part.snapshot.exchanges} == {"all"}
    assert {each.destination for each in part.snapshot.bindings} == {"q007", "q042"}
    assert {each.queue for each in part.snapshot.consumers} == {"q007", "q042"}


def test_what_is_drawn_stays_while_it_is_not_far_from_the_worst() -> None:
    choice = Choice(most=4, whole=10)
    assert drawn(choice, large(q001=40, q002=30, q003=20, q004=10)) == {"q001", "q002", "q003", "q004"}
    assert drawn(choice, large(q001=40, q002=30, q003=20, q004=10, q005=15)) == {"q001", "q002", "q003", "q004"}
    assert drawn(choice, large(q001=40, q002=30, q003=20, q004=10, q005=900)) == {"q001", "q002", "q003", "q005"}


def test_a_search_finds_queues_by_their_own_name_their_exchange_and_their_clients() -> None:
    choice = Choice()
    choice.search = "Q09"
    assert drawn(choice, large()) == {f"q09{n}" for n in range(10)}
    choice.search = "c-q001"
    assert drawn(choice, large()) == {"q001"}
    choice.search = "events"
    assert drawn(choice, shop()) == {"email.send", "audit.log"}
    choice.search = "nothing like that"
    assert drawn(choice, shop()) == set()


def test_a_pinned_queue_is_drawn_though_it_is_well() -> None:
    choice = Choice(most=1, whole=10)
    choice.pinned = frozenset({"q077"})
    assert drawn(choice, large(q001=9)) == {"q001", "q077"}


def test_the_same_picture_of_a_live_broker_is_chosen_once() -> None:
    choice, now = Choice(most=1, whole=10), large(q001=9)
    assert choice.of(now, Recorder()) is choice.of(replace(now, time=3.0, age=2.0), Recorder())


def test_feeding_exchanges_alternates_and_dead_letters_are_drawn_too() -> None:
    now = Snapshot(
        time=0.0,
        exchanges=tuple(ExchangeStats(name=name, type="topic") for name in ("web", "inner", "dlx", "elsewhere")),
        queues=(QueueStats(name="work", dead_letter_exchange="dlx"), QueueStats(name="far")),
        bindings=(
            BindingStats(source="web", destination="inner", destination_type="exchange", routing_key="#"),
            binding("inner", "work"),
            binding("elsewhere", "far"),
        ),
        producers=(producer("shop.1", "web"), producer("stranger.1", "elsewhere"), producer("direct.1", "", "work")),
    )
    part = around(now, {"work"})
    assert [each.name for each in part.exchanges] == ["web", "inner", "dlx"]
    assert [each.name for each in part.producers] == ["shop.1", "direct.1"]


def test_of_a_thousand_clients_of_one_queue_a_few_are_drawn() -> None:
    crowd = tuple(consumer(f"client{n}.1", "q001") for n in range(1000))
    part = around(replace(large(), consumers=crowd), {"q001"})
    assert len(part.consumers) == MOST_CLIENTS


def test_nobody_is_expected_to_consume_dead_letters() -> None:
    now = shop()
    assert ends_of(now) == {"orders.dlq"}
    assert ends_of(replace(now, queues=tuple(replace(each, consumers=1) for each in now.queues))) == set()
