"""The few figures of a finished run, and what limited it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from mqviz.model.backend import Update
from mqviz.model.faults import Kill
from mqviz.model.result import (
    ConsumerResult,
    CopyLedger,
    Ledger,
    MessageLedger,
    ProducerResult,
    QueueResult,
    Result,
    ScenarioId,
    ServiceResult,
    Summary,
    WorkLedger,
)
from mqviz.model.snapshot import ActiveFault, ConsumerStats, ServiceStats
from mqviz.viewmodel.accounts import accounts_of, losses, thrown_away
from mqviz.viewmodel.recorder import Recorder
from mqviz.viewmodel.summary import summarise
from tests.viewmodel.observed import queue, recorded, update


def result(
    *,
    messages: MessageLedger | None = None,
    copies: CopyLedger | None = None,
    completed: int = 100,
    abandoned: int = 0,
    **fields: Any,
) -> Result:
    messages = messages or MessageLedger(published=100, routed=100)
    copies = copies or CopyLedger(enqueued=100, acknowledged=100)
    ledger = Ledger(
        messages=messages, copies=copies, work=WorkLedger(completed=completed, abandoned=abandoned), balanced=True, nothing_lost=True
    )
    parts: dict[str, Any] = {"queues": {}, "producers": {}, "consumers": {}, "services": {}, "translators": {}, **fields}
    return Result(
        mqviz="0",
        scenario=ScenarioId(name="Test", digest=""),
        seed=1,
        virtual_time=60.0,
        engine="embedded",
        replayable=True,
        interrupted=False,
        ledger=ledger,
        latency=Summary(count=100, p95=1.5),
        series=(),
        **parts,
    )


def busy(share: float, prefetch: int = 0, unacked: int = 0) -> Callable[[float], ConsumerStats]:
    def at(time: float) -> ConsumerStats:
        return ConsumerStats(
            name="server.1", client="server", queue="work", busy_time=share * time, prefetch_count=prefetch, messages_unacknowledged=unacked
        )

    return at


def burst(
    worker: Callable[[float], ConsumerStats], *, seconds: int = 60, left: int = 0, unacked: int = 0, killed: bool = False
) -> Recorder:
    """Empty until 5 s, 400 messages at once, worked off by 10 a second until `left`."""

    def at(time: float) -> Update:
        ready = 0 if time < 5.0 else max(left, 400 - round(10 * (time - 5.0)))
        faults = (ActiveFault(id=1, fault=Kill(target="server.1"), since=4.0),) if killed else ()
        return update(time, queue(ready=ready, unacked=unacked, consumers=1), consumers=(worker(time),), faults=faults)

    return recorded(at(i / 10) for i in range(seconds * 10))


WORK = {"work": QueueResult(enqueued=100, delivered=100, acknowledged=100)}


def test_how_long_the_backlog_lasted() -> None:
    told = summarise(result(queues=WORK), burst(busy(1.0)))
    assert told.drained_in == pytest.approx(40.0, abs=0.2)
    assert (told.most_waiting, told.left, told.p95, told.asked, told.completed) == (400, 0, 1.5, 100, 100)


def test_a_backlog_that_stays_was_not_drained() -> None:
    copies = CopyLedger(enqueued=100, acknowledged=75, ready=25)
    told = summarise(result(queues=WORK, copies=copies), burst(busy(1.0), left=25))
    assert (told.drained_in, told.left) == (None, 25)


def test_a_trickle_after_the_burst_does_not_count() -> None:
    def at(time: float) -> Update:
        return update(time, queue(ready=max(0, 100 - round(10 * time)) if time < 20.0 else round(time * 10) % 2))

    assert summarise(result(queues=WORK), recorded(at(i / 10) for i in range(600))).drained_in == pytest.approx(10.0, abs=0.2)


def test_busy_consumers_limited_it() -> None:
    limit = summarise(result(queues=WORK), burst(busy(1.0))).limited_by
    assert (limit.code, limit.subject, limit.figure("utilisation")) == ("consumers_saturated", "queue:work", pytest.approx(1.0))


def test_full_hands_limited_it() -> None:
    limit = summarise(result(queues=WORK), burst(busy(0.3, prefetch=5, unacked=5), unacked=5)).limited_by
    assert (limit.code, limit.figure("prefetch")) == ("prefetch_limits", 5)


def test_a_fault_limited_it() -> None:
    limit = summarise(result(queues=WORK), burst(busy(0.3), killed=True)).limited_by
    assert limit.code == "fault"
    assert limit.span is not None and limit.span.kind == "kill"


def test_nobody_consumed() -> None:
    limit = summarise(result(queues={"work": QueueResult(enqueued=400, ready=400)}), burst(busy(0.0), left=400)).limited_by
    assert (limit.code, limit.figure("ready")) == ("queue_without_consumer", 400)


def test_a_queue_that_only_collects_dead_letters_limits_nothing() -> None:
    def at(time: float) -> Update:
        return update(time, queue(dead_letter_exchange="", dead_letter_routing_key="graveyard"), queue("graveyard", ready=round(time * 5)))

    queues = {"work": QueueResult(enqueued=300, delivered=300, dead_lettered=299), "graveyard": QueueResult(enqueued=299, ready=299)}
    told = summarise(result(queues=queues), recorded(at(i / 10) for i in range(600)))
    assert told.limited_by.code == "kept_up"
    assert told.most_waiting == 0


def test_a_short_queue_held_nothing_back() -> None:
    def at(time: float) -> Update:
        return update(time, queue(ready=round(time * 10) % 7), consumers=(busy(0.8)(time),))

    consumers = {"server": ConsumerResult(utilisation=0.8)}
    limit = summarise(result(queues=WORK, consumers=consumers), recorded(at(i / 10) for i in range(600))).limited_by
    assert (limit.code, limit.figure("utilisation")) == ("kept_up", 0.8)


def test_refusing_and_blocking_brokers() -> None:
    quiet = recorded(update(i / 10, queue()) for i in range(100))
    refused = MessageLedger(published=100, routed=60, refused=40)
    assert summarise(result(queues=WORK, messages=refused), quiet).limited_by.figure("count") == 40
    blocked = summarise(result(queues=WORK, producers={"shop": ProducerResult(blocked_time=12.5)}), quiet).limited_by
    assert (blocked.code, blocked.subject, blocked.figure("seconds")) == ("publishers_blocked", "producer:shop", 12.5)


def test_calls_without_a_broker() -> None:
    def at(time: float) -> Update:
        waiting = max(0, 50 - round(time * 10))
        return update(time, services=(ServiceStats(name="shop", workers=2, waiting=waiting),))

    shop = ServiceResult(requests=1000, completed=400, refused=580, timed_out=20, utilisation=0.9)
    told = summarise(result(services={"shop": shop}, completed=0), recorded(at(i / 10) for i in range(100)))
    assert told.calls
    assert (told.asked, told.completed, told.lost_count, told.thrown_count) == (1000, 400, 0, 600)
    assert told.drained_in == pytest.approx(5.0, abs=0.1)
    assert (told.limited_by.code, told.limited_by.figure("refused")) == ("service_overloaded", 580)


def test_what_was_lost_and_what_was_thrown_away() -> None:
    messages = MessageLedger(published=100, routed=90, lost_in_transit=3, refused=7)
    copies = CopyLedger(enqueued=90, acknowledged=60, lost=20, expired=4, dead_lettered=6)
    told = summarise(result(queues=WORK, messages=messages, copies=copies, abandoned=2), recorded([update(0.0)]))
    assert dict(told.lost) == {"lost": 20, "lost_in_transit": 3, "abandoned": 2}
    assert dict(told.thrown_away) == {"refused": 7, "expired": 4, "dead_lettered": 6}
    assert (told.lost_count, told.thrown_count) == (25, 17)


def test_the_accounts_name_only_what_there_is() -> None:
    ledger = result(
        messages=MessageLedger(published=120, routed=118, refused=2), copies=CopyLedger(enqueued=118, acknowledged=100, ready=18)
    ).ledger
    published, enqueued = accounts_of(ledger)
    assert (published.code, published.total, published.terms) == ("published", 120, (("routed", 118), ("refused", 2)))
    assert enqueued.terms == (("acknowledged", 100), ("ready", 18))
    assert published.balances and enqueued.balances
    assert losses(ledger) == () and thrown_away(ledger) == (("refused", 2),)


def test_an_account_that_does_not_balance_says_so() -> None:
    ledger = result(copies=CopyLedger(enqueued=5, acknowledged=3)).ledger
    assert [account.balances for account in accounts_of(ledger)] == [True, False]


def test_nothing_published_has_no_accounts() -> None:
    assert accounts_of(result(messages=MessageLedger(), copies=CopyLedger()).ledger) == ()


def test_direct_calls_beside_a_queue_that_came_to_nothing_are_told() -> None:
    told = result(queues=WORK, services={"shop": ServiceResult(requests=10, completed=7, refused=3)})
    lost = msgspec.structs.replace(told, ledger=msgspec.structs.replace(told.ledger, nothing_lost=False))
    assert summarise(lost, recorded([update(0.0)])).lost == (("calls", 3),)
    assert summarise(told, recorded([update(0.0)])).lost == ()
