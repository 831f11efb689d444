"""Dots from counts: at the measured rate, along the ways of messages, never more than can be looked at."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from mqviz.backends.sampling import MOST_A_SECOND, Flow, Sampler, Step, flows_between, rate_between
from mqviz.model.snapshot import BindingStats, ConsumerStats, EventKind, ExchangeStats, QueueStats, Snapshot

STEP = Step(EventKind.DELIVER, "queue:a", "consumer:c")


def counted(sampler: Sampler, seconds: float) -> float:
    """For how many messages the dots of so many seconds stand, looked at thirty times a second."""
    return sum(event.weight for frame in range(1, int(seconds * 30) + 1) for event in sampler.events(frame / 30))


@pytest.mark.parametrize("rate", [0.2, 7.0, 1000.0, 123_456.0])
def test_dots_stand_for_as_many_messages_as_were_measured(rate: float) -> None:
    sampler = Sampler()
    sampler.follow([Flow((STEP,), rate)])
    assert counted(sampler, 100.0) == pytest.approx(rate * 100, rel=0.06)


def test_there_are_never_more_dots_than_can_be_looked_at() -> None:
    sampler = Sampler()
    sampler.follow([Flow((Step(EventKind.DELIVER, f"queue:{n}", "consumer:c"),), 500.0) for n in range(1000)])
    dots = sum(len(sampler.events(frame / 30)) for frame in range(1, 301))
    assert 0 < dots <= MOST_A_SECOND * 10 * 1.1


def test_a_slow_flow_shows_dots_although_it_is_followed_anew_each_second() -> None:
    sampler = Sampler()
    dots = 0
    for second in range(1, 21):
        sampler.follow([Flow((STEP,), 0.5)])
        dots += len(sampler.events(float(second)))
    assert dots == pytest.approx(10, abs=1)


def test_a_redelivered_share_is_told() -> None:
    sampler = Sampler()
    sampler.follow([Flow((STEP,), 100.0, 0.25)])
    sampler.events(0.0)
    flags = Counter(event.redelivered for frame in range(1, 101) for event in sampler.events(frame / 10))
    assert flags[True] / flags.total() == pytest.approx(0.25, abs=0.03)


def test_after_a_rest_nothing_moves() -> None:
    sampler = Sampler()
    sampler.follow([Flow((STEP,), 100.0)])
    sampler.rest()
    assert counted(sampler, 2.0) == 0


def test_counts_that_begin_anew_or_cannot_be_told_are_no_rate() -> None:
    assert [rate_between(*pair, 2.0) for pair in ((4, 8), (8, 4), (None, 4), (4, None), (None, None))] == [2.0, 0.0, 2.0, 0.0, 0.0]


def picture(time: int, **others: Any) -> Snapshot:
    """One of two pictures, at 0 and at 1: ten messages came through the inner exchange, twenty by the default exchange."""
    return Snapshot(
        time=0.0,
        exchanges=(
            ExchangeStats(name="", type="direct", publish_out=20 * time),
            ExchangeStats(name="outer", type="topic", publish_out=10 * time, alternate="rest"),
            ExchangeStats(name="inner", type="fanout", publish_out=None),
            ExchangeStats(name="rest", type="fanout", publish_out=None),
        ),
        bindings=(
            BindingStats(source="outer", destination="inner", destination_type="exchange", routing_key=""),
            BindingStats(source="inner", destination="work", destination_type="queue", routing_key=""),
        ),
        queues=(QueueStats(name="work", enqueued=10 * time, delivered=6 * time, redelivered=3 * time),),
        consumers=(
            ConsumerStats(name="a", client="a", queue="work", delivered=None),
            ConsumerStats(name="b", client="b", queue="work", delivered=None),
            ConsumerStats(name="waits", client="waits", queue="work", delivered=None, active=False),
        ),
        **others,
    )


def test_messages_go_from_where_they_were_published_through_inner_exchanges() -> None:
    flows = {flow.steps: flow for flow in flows_between(picture(0), picture(1), 2.0)}
    hops = (Step(EventKind.ROUTE, "exchange:outer", "exchange:inner"), Step(EventKind.ROUTE, "exchange:inner", "queue:work"))
    assert hops in flows and 0 < flows[hops].rate <= 5.0


def test_consumers_whose_channel_counts_for_several_share_what_the_queue_gave() -> None:
    flows = {flow.steps[0].target: flow for flow in flows_between(picture(0), picture(1), 2.0) if flow.steps[0].kind is EventKind.DELIVER}
    assert {target: (flow.rate, flow.redelivered) for target, flow in flows.items()} == {
        "consumer:a": (1.5, 0.5),
        "consumer:b": (1.5, 0.5),
    }
