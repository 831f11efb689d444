"""To which exchange somebody publishes: told where RabbitMQ counts in detail, concluded where there is no other, else named as missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from mqviz.model.snapshot import ProducerStats
from tests.backends.live import Live, broker_of, channel
from tests.rabbitmq_node import Node, Vhost

pytestmark = pytest.mark.rabbitmq


@pytest.fixture(scope="module")
def counting_node() -> Iterator[Node]:
    """A node whose management counts by channel and exchange."""
    with Node(management__rates_mode="detailed") as node:
        yield node


def publish(amqp: Any, **counts: int) -> None:
    for exchange, count in counts.items():
        amqp.exchange_declare(exchange, "fanout")
        for _ in range(count):
            amqp.basic_publish(exchange, "", b"")


def producers_of(live: Live, count: int) -> dict[str, ProducerStats]:
    update = live.until(lambda update: sum(each.published for each in update.snapshot.producers) == count)
    return {each.name: each for each in update.snapshot.producers}


def test_where_messages_are_counted_in_detail_each_publisher_has_the_exchange_it_means_most(counting_node: Node) -> None:
    with counting_node.vhost() as vhost, channel(vhost, "shop") as shop, channel(vhost, "till") as till:
        publish(shop, orders=7, events=2)
        publish(till, events=5)
        with Live(broker_of(vhost)) as live:
            found = producers_of(live, 14)
            live.until(lambda update: all(each.exchange for each in update.snapshot.producers))
            found = {each.name: each for each in live.update.snapshot.producers}
            assert live.update.feed is not None
            assert "targets" not in {each.what for each in live.update.feed.missing}
    assert {name: each.exchange for name, each in found.items()} == {"shop": "orders", "till": "events"}


def test_the_only_exchange_that_was_published_to_is_the_one_that_is_meant(rabbitmq_vhost: Vhost) -> None:
    with channel(rabbitmq_vhost, "shop") as shop, Live(broker_of(rabbitmq_vhost)) as live:
        publish(shop, orders=3)
        live.until(lambda update: [each.exchange for each in update.snapshot.producers] == ["orders"])


def test_with_several_exchanges_it_cannot_be_told_and_that_is_said(rabbitmq_vhost: Vhost) -> None:
    with channel(rabbitmq_vhost, "shop") as shop, Live(broker_of(rabbitmq_vhost)) as live:
        publish(shop, orders=3, events=3)
        live.until(lambda update: sum(each.publish_in or 0 for each in update.snapshot.exchanges) == 6)
        live.until(lambda update: [each.exchange for each in update.snapshot.producers] == [None])
        assert live.update.feed is not None
        assert ("targets", "rates_mode") in {(each.what, each.detail) for each in live.update.feed.missing}
