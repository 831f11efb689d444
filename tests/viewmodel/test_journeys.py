"""From events to dots."""

from __future__ import annotations

import math

import pytest
from msgspec.structs import replace

from mqviz.model.amqp import MessageKind
from mqviz.model.snapshot import Event, EventKind, ExchangeStats, Snapshot
from mqviz.viewmodel.graph import EdgeKind, graph_of
from mqviz.viewmodel.journeys import AT_MOST, KINDS, PRIORITIES, Journeys, Shape, Weight, fall_of, travel
from mqviz.viewmodel.layout import arrange
from mqviz.viewmodel.particles import Dot
from mqviz.viewmodel.routes import routes
from tests.viewmodel.pictures import called, consumer, shop, translated


def journeys(snapshot: Snapshot, replies: list[tuple[str, str]] | None = None) -> Journeys:
    graph = graph_of(snapshot, replies or ())
    result = Journeys()
    result.set_graph(graph, routes(graph, arrange(graph, {})))
    return result


def event(kind: EventKind, source: str, target: str = "", **more: object) -> Event:
    return Event(time=1.0, kind=kind, source=source, target=target, **{"message": 5, **more})  # type: ignore[arg-type]


def only(dots: list[Dot]) -> Dot:
    (dot,) = dots
    return dot


def shape(dot: Dot) -> Shape:
    return Shape(dot.look // (len(KINDS) * PRIORITIES))


@pytest.mark.parametrize(
    ("happened", "path", "expected", "is_back"),
    [
        (
            event(EventKind.PUBLISH, "producer:checkout.1", "exchange:orders"),
            ("producer:checkout.1", "exchange:orders", EdgeKind.PUBLISH),
            Shape.READY,
            False,
        ),
        (
            event(EventKind.ROUTE, "exchange:orders", "queue:orders.new"),
            ("exchange:orders", "queue:orders.new", EdgeKind.BINDING),
            Shape.READY,
            False,
        ),
        (
            event(EventKind.DELIVER, "queue:orders.new", "consumer:worker.1"),
            ("queue:orders.new", "consumer:worker.1", EdgeKind.DELIVER),
            Shape.UNACKED,
            False,
        ),
        (
            event(EventKind.DELIVER, "queue:orders.new", "consumer:worker.1", redelivered=True),
            ("queue:orders.new", "consumer:worker.1", EdgeKind.DELIVER),
            Shape.REDELIVERED,
            False,
        ),
        (
            event(EventKind.REQUEUE, "consumer:worker.1", "queue:orders.new"),
            ("queue:orders.new", "consumer:worker.1", EdgeKind.DELIVER),
            Shape.REDELIVERED,
            True,
        ),
        (
            event(EventKind.DEAD_LETTER, "queue:orders.new", "exchange:dlx"),
            ("queue:orders.new", "exchange:dlx", EdgeKind.DEAD_LETTER),
            Shape.DEAD_LETTERED,
            False,
        ),
        (
            event(EventKind.ROUTE, "exchange:dlx", "queue:orders.dlq"),
            ("exchange:dlx", "queue:orders.dlq", EdgeKind.BINDING),
            Shape.DEAD_LETTERED,
            False,
        ),
        (
            event(EventKind.RETURN, "exchange:orders", "producer:checkout.1"),
            ("producer:checkout.1", "exchange:orders", EdgeKind.PUBLISH),
            Shape.DROPPED,
            True,
        ),
        (event(EventKind.UNROUTABLE, "exchange:orders"), fall_of("exchange:orders"), Shape.DROPPED, False),
        (event(EventKind.EXPIRE, "queue:email.send"), fall_of("queue:email.send"), Shape.DROPPED, False),
        (event(EventKind.REFUSE, "exchange:orders", "queue:orders.new"), fall_of("queue:orders.new"), Shape.DROPPED, False),
    ],
)
def test_each_step_has_its_line_and_shape(happened: Event, path: object, expected: Shape, is_back: bool) -> None:
    dot = only(journeys(shop()).dots([happened], 0.0, 1.0))
    assert (dot.path, shape(dot), dot.is_back) == (path, expected, is_back)


def test_an_ack_is_no_dot_and_what_is_not_in_the_picture_neither() -> None:
    happened = [
        event(EventKind.ACK, "consumer:worker.1", "queue:orders.new"),
        event(EventKind.PUBLISH, "producer:nobody.1", "exchange:orders"),
        event(EventKind.PUBLISH, "producer:checkout.1", "exchange:events"),
    ]
    assert journeys(shop()).dots(happened, 0.0, 1.0) == []


def test_behind_the_default_exchange_stands_the_queue_of_the_routing_key() -> None:
    steps = [
        event(EventKind.PUBLISH, "producer:web.1", "exchange:", via="json"),
        event(EventKind.ROUTE, "exchange:", "queue:json", via="json"),
    ]
    dot = only(journeys(translated()).dots(steps, 0.0, 1.0))
    assert dot.path == ("producer:web.1", "queue:json", EdgeKind.PUBLISH)


def test_what_could_not_be_translated_goes_to_its_queue_as_a_dead_letter() -> None:
    dot = only(journeys(translated()).dots([event(EventKind.PUBLISH, "translator:to-xml", "exchange:", via="invalid")], 0.0, 1.0))
    assert dot.path == ("translator:to-xml", "queue:invalid", EdgeKind.INVALID) and shape(dot) is Shape.DEAD_LETTERED


def test_a_member_of_a_group_goes_to_the_group() -> None:
    crowd = replace(shop(), consumers=tuple(consumer(f"worker.{i}", "orders.new") for i in range(1, 20)))
    dot = only(journeys(crowd).dots([event(EventKind.DELIVER, "queue:orders.new", "consumer:worker.17")], 0.0, 1.0))
    assert dot.path == ("queue:orders.new", "consumer:worker", EdgeKind.DELIVER)


def test_a_message_is_seen_at_one_place_at_a_time() -> None:
    steps = [
        event(EventKind.PUBLISH, "producer:checkout.1", "exchange:orders"),
        event(EventKind.ROUTE, "exchange:orders", "queue:orders.new"),
        event(EventKind.DELIVER, "queue:orders.new", "consumer:worker.1"),
    ]
    first, second, third = journeys(shop()).dots(steps, 10.0, 1.0)
    assert first.begins == 10.0
    assert second.begins == pytest.approx(first.begins + first.lasts)
    assert third.begins == pytest.approx(second.begins + second.lasts)


def test_a_burst_is_spread_so_that_its_dots_can_be_told_apart() -> None:
    burst = [event(EventKind.PUBLISH, "producer:checkout.1", "exchange:orders", message=i) for i in range(100)]
    dots = journeys(shop()).dots(burst, 0.0, 1.0)
    assert len({round(dot.begins, 3) for dot in dots}) > 50
    assert max(dot.begins for dot in dots) < 1.0
    assert len({round(dot.aside, 2) for dot in dots}) > 50


def test_many_messages_share_a_dot_and_whoever_is_seen_entering_is_seen_leaving() -> None:
    many = journeys(shop())
    published, routed = [], []
    for frame in range(60):
        numbers = range(frame * 50, frame * 50 + 50)
        steps = [event(EventKind.PUBLISH, "producer:checkout.1", "exchange:orders", message=number) for number in numbers]
        steps += [event(EventKind.ROUTE, "exchange:orders", "queue:orders.new", message=number) for number in numbers]
        dots = many.dots(steps, frame / 60, 1.0)
        published.append(sum(dot.path[2] is EdgeKind.PUBLISH for dot in dots))  # type: ignore[index]
        routed.append(len(dots) - published[-1])
    assert many.stands_for.least == many.stands_for.most > 3
    assert sum(published[30:]) < 50 * 30 / 3
    assert published == routed


def test_below_the_limit_every_message_is_a_dot() -> None:
    few = journeys(shop())
    rate = round(AT_MOST / 60) - 1
    for frame in range(120):
        steps = [event(EventKind.PUBLISH, "producer:checkout.1", "exchange:orders", message=frame * rate + i) for i in range(rate)]
        assert len(few.dots(steps, frame / 60, 1.0)) == rate
    assert few.stands_for == Weight(1, 1)


def test_the_weight_of_a_sample_is_told_while_its_dots_are_there() -> None:
    sampled = journeys(shop())
    sampled.dots([event(EventKind.PUBLISH, "producer:checkout.1", "exchange:orders", weight=62)], 5.0, 1.0)
    sampled.dots([event(EventKind.PUBLISH, "producer:checkout.1", "exchange:orders", weight=1)], 5.1, 1.0)
    assert sampled.stands_for == Weight(1, 62)
    sampled.dots([], 8.0, 1.0)
    assert sampled.stands_for == Weight(1, 1)


def test_an_error_goes_back_and_falls_off_the_service() -> None:
    answer = event(EventKind.ANSWER, "service:server", "producer:web.1", kind_of_message=MessageKind.ERROR)
    fall, back = journeys(called()).dots([answer], 0.0, 1.0)
    assert fall.path == fall_of("service:server")
    assert back.path == ("producer:web.1", "service:server", EdgeKind.CALL) and back.is_back


def test_calls_have_no_number_so_one_does_not_wait_for_another() -> None:
    both = journeys(called())
    one = only(both.dots([event(EventKind.CALL, "producer:web.1", "service:server", message=1)], 0.0, 1.0))
    both.dots([event(EventKind.ANSWER, "service:server", "producer:web.1", message=1)], 0.0, 1.0)
    other = only(both.dots([event(EventKind.CALL, "producer:web.1", "service:server", message=1)], 0.1, 1.0))
    assert (one.begins, other.begins) == (0.0, 0.1)
    assert one.aside != other.aside


def test_replies_are_remembered_until_another_run_begins() -> None:
    seen = journeys(shop())
    reply = event(EventKind.REPLY, "consumer:worker.1", "producer:checkout.1")
    assert seen.dots([reply], 0.0, 1.0) == []
    assert seen.replies == {("consumer:worker.1", "producer:checkout.1")}
    line = only(journeys(shop(), list(seen.replies)).dots([reply], 0.0, 1.0))
    assert line.path == ("consumer:worker.1", "producer:checkout.1", EdgeKind.REPLY)
    seen.forget()
    assert seen.replies == set()


def test_an_alternate_exchange_takes_what_was_not_routed() -> None:
    exchanges = (ExchangeStats(name="a", type="direct", alternate="b"), ExchangeStats(name="b", type="fanout"))
    dot = only(journeys(Snapshot(time=0.0, exchanges=exchanges)).dots([event(EventKind.ROUTE, "exchange:a", "exchange:b")], 0.0, 1.0))
    assert dot.path == ("exchange:a", "exchange:b", EdgeKind.ALTERNATE)


def test_travel_is_shorter_at_high_speed_and_longer_in_slow_motion() -> None:
    assert 0.6 <= travel(100.0, 1.0) < travel(900.0, 1.0) <= 1.0
    assert travel(300.0, 100.0) < travel(300.0, 1.0) < travel(300.0, 0.1)
    assert travel(300.0, math.inf) == pytest.approx(travel(300.0, 100.0), rel=0.01)
