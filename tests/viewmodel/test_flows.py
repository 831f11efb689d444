"""Rates along lines, and the width they ask for."""

from __future__ import annotations

import pytest

from mqviz.viewmodel.flows import Flows, width_step
from mqviz.viewmodel.graph import graph_of
from tests.viewmodel.pictures import called, shop, translated
from tests.viewmodel.told import Told


@pytest.mark.parametrize(("rate", "step"), [(0.0, 0), (0.5, 1), (1.0, 1), (5.0, 2), (50.0, 3), (500.0, 4), (5000.0, 5), (1e6, 5)])
def test_a_line_grows_with_the_logarithm_of_its_rate(rate: float, step: int) -> None:
    assert width_step(rate) == step


def test_a_falling_rate_keeps_its_width_a_little_longer() -> None:
    assert width_step(9.0, before=3) == 3
    assert width_step(7.0, before=3) == 2
    assert width_step(9.0, before=1) == 2


def test_what_cannot_be_told_changes_nothing() -> None:
    assert width_step(None, before=4) == 4


@pytest.mark.parametrize(
    ("snapshot", "ends", "rates", "expected"),
    [
        (shop(), ("producer:checkout.1", "exchange:orders"), {("producer:checkout.1", "published"): 7.0}, 7.0),
        (shop(), ("exchange:orders", "queue:orders.new"), {("binding:orders>queue:orders.new:order.#", "messages"): 5.0}, 5.0),
        (shop(), ("queue:orders.new", "consumer:worker.1"), {("consumer:worker.1", "delivered"): 3.0}, 3.0),
        (shop(), ("queue:orders.new", "exchange:dlx"), {("queue:orders.new", "dead_lettered"): 2.0}, 2.0),
        (shop(), ("queue:orders.new", "exchange:dlx"), {}, None),
        (translated(), ("translator:to-xml", "queue:invalid"), {("translator:to-xml", "invalid"): 1.5}, 1.5),
        (translated(), ("queue:json", "translator:to-xml"), {("translator:to-xml", "taken"): 6.0}, 6.0),
        (called(), ("producer:web.1", "service:server"), {("producer:web.1", "published"): 9.0}, 9.0),
    ],
)
def test_each_kind_of_line_has_its_own_counter(snapshot, ends, rates, expected) -> None:  # type: ignore[no-untyped-def]
    graph = graph_of(snapshot)
    edge = next(edge for edge in graph.edges if (edge.source, edge.target) == ends)
    assert Flows(graph, snapshot.bindings).rate(edge, Told(rates)) == expected
