"""What is wrong now, with figures; nothing where all is well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from mqviz.model.backend import Update
from mqviz.model.result import CopyLedger, Ledger, MessageLedger, WorkLedger
from mqviz.model.snapshot import (
    BindingStats,
    BrokerStats,
    ClientState,
    ConsumerStats,
    ProducerStats,
    QueueStats,
    ServiceStats,
    TranslatorStats,
)
from mqviz.viewmodel.findings import Finding, Severity, findings
from tests.viewmodel.observed import queue, recorded, update

At = Callable[[float], Update]


def found(at: At, seconds: float = 6.0) -> dict[str, Finding]:
    recorder = recorded(at(i / 10) for i in range(round(seconds * 10) + 1))
    assert recorder.snapshot is not None
    return {each.code: each for each in findings(recorder.snapshot, recorder)}


def worker(time: float, share: float, **fields: Any) -> ConsumerStats:
    return ConsumerStats(name="server.1", client="server", queue="work", busy_time=share * time, **fields)


def ledger(**messages: int) -> Ledger:
    return Ledger(messages=MessageLedger(**messages), copies=CopyLedger(), work=WorkLedger(), balanced=True, nothing_lost=True)


def at_work(ready: Callable[[float], int], share: float = 0.5, **fields: Any) -> At:
    def at(time: float) -> Update:
        return update(time, queue(ready=ready(time), consumers=1, **fields), consumers=(worker(time, share, prefetch_count=5),))

    return at


def test_nothing_is_wrong_with_a_queue_that_is_kept_empty() -> None:
    assert found(at_work(lambda time: 3)) == {}


def test_a_queue_without_consumer() -> None:
    only = found(lambda time: update(time, queue(ready=40)))["queue_without_consumer"]
    assert (only.severity, only.subject, only.figure("ready")) == (Severity.DANGER, "queue:work", 40)


def test_a_queue_of_dead_letters_needs_no_consumer() -> None:
    dead = QueueStats(name="graveyard", messages_ready=9)
    source = queue(dead_letter_exchange="dlx", consumers=1)
    binding = BindingStats(source="dlx", destination="graveyard", destination_type="queue", routing_key="")
    assert "queue_without_consumer" not in found(lambda time: update(time, source, dead, bindings=(binding,)))
    direct = queue(dead_letter_exchange="", dead_letter_routing_key="graveyard", consumers=1)
    assert "queue_without_consumer" not in found(lambda time: update(time, direct, dead))


def test_a_queue_of_what_could_not_be_translated_needs_no_consumer() -> None:
    translator = TranslatorStats(name="t", queue="work", exchange="", routing_key="", invalid_queue="invalid")
    invalid = QueueStats(name="invalid", messages_ready=9)
    assert "queue_without_consumer" not in found(lambda time: update(time, queue(consumers=1), invalid, translators=(translator,)))


def test_a_growing_backlog_says_when_it_is_full() -> None:
    growing = found(at_work(lambda time: 100 + round(time * 20), max_length=400))["backlog_grows"]
    assert growing.figure("slope") == pytest.approx(20.0)
    assert growing.figure("full_in") == pytest.approx((400 - 220) / 20.0)


def test_near_its_limit() -> None:
    assert found(at_work(lambda time: 85, max_length=100))["near_limit"].figure("share") == 0.85
    assert "near_limit" not in found(at_work(lambda time: 79, max_length=100))


def test_saturated_consumers() -> None:
    busy = found(at_work(lambda time: 50, share=1.0))["consumers_saturated"]
    assert (busy.figure("utilisation"), busy.figure("count")) == (pytest.approx(1.0), 1.0)
    assert "consumers_saturated" not in found(at_work(lambda time: 50, share=0.8))


def test_a_killed_consumer_does_not_count_as_one_that_could_work() -> None:
    def at(time: float) -> Update:
        dead = ConsumerStats(name="server.2", client="server", queue="work", state=ClientState.KILLED)
        return update(time, queue(ready=50, consumers=1), consumers=(worker(time, 1.0), dead))

    assert found(at)["consumers_saturated"].figure("utilisation") == pytest.approx(1.0)


def test_full_hands() -> None:
    def at(time: float) -> Update:
        held = worker(time, 0.3, prefetch_count=2, messages_unacknowledged=2)
        return update(time, queue(ready=50, consumers=1), consumers=(held,))

    assert found(at)["prefetch_limits"].figure("prefetch") == 2


def test_refused_publishes_while_they_are_refused() -> None:
    assert found(lambda time: update(time, queue(consumers=1, refused=round(10 * time))))["publishes_refused"].figure(
        "rate"
    ) == pytest.approx(10.0)
    assert "publishes_refused" not in found(lambda time: update(time, queue(consumers=1, refused=7)))


def test_dead_letters() -> None:
    assert found(lambda time: update(time, queue(consumers=1, dead_lettered=4)))["dead_letters"].figure("count") == 4


def test_a_message_that_comes_again_and_again() -> None:
    loop = found(lambda time: update(time, queue(consumers=1, delivered=round(10 * time), redelivered=round(8 * time))))
    assert loop["redelivery_loop"].figure("share") == pytest.approx(0.8, abs=0.05)


def test_blocked_publishers_and_the_memory_alarm() -> None:
    def at(time: float) -> Update:
        states = (ClientState.BLOCKED, ClientState.FLOW, ClientState.RUNNING)
        producers = tuple(
            ProducerStats(name=f"p.{k}", client="p", exchange="", routing_key="", state=state) for k, state in enumerate(states, 1)
        )
        return update(time, producers=producers, broker=BrokerStats(memory_alarm=True, memory=9, memory_limit=8))

    both = found(at)
    assert both["publishers_blocked"].figure("count") == 2
    assert both["memory_alarm"].figure("limit") == 8


def test_a_broker_that_is_down() -> None:
    assert found(lambda time: update(time, broker=BrokerStats(state="down")))["broker_down"].severity is Severity.DANGER


def test_a_service_that_turns_requests_away() -> None:
    def at(time: float) -> Update:
        shop = ServiceStats(name="shop", workers=2, refused=round(20 * time), busy_time=2 * time)
        return update(time, services=(shop,))

    overload = found(at)["service_overloaded"]
    assert (overload.subject, overload.figure("refused"), overload.figure("utilisation")) == ("service:shop", pytest.approx(20.0), 1.0)


def test_lost_and_unroutable_messages() -> None:
    wrong = found(lambda time: update(time, ledger=ledger(published=10, lost_in_transit=3, unroutable=2)))
    assert (wrong["messages_lost"].figure("transit"), wrong["unroutable"].figure("count")) == (3, 2)


def test_the_worst_comes_first() -> None:
    recorder = recorded([update(0.0, queue(ready=40, dead_lettered=3, max_length=41))])
    assert recorder.snapshot is not None
    severities: Sequence[Severity] = [each.severity for each in findings(recorder.snapshot, recorder)]
    assert list(severities) == sorted(severities) and len(severities) == 3
