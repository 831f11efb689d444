"""What RabbitMQ's Prometheus endpoint tells is shown where the broker keeps no statistics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pika.exceptions import UnroutableError

from mqviz.backends import prometheus
from mqviz.backends.address import parse_amqp
from mqviz.backends.troubles import TroubleError
from mqviz.errors import BackendError
from mqviz.model.feed import Feed, Trouble, changed
from mqviz.model.snapshot import MessageStats, QueueStats
from tests.backends.live import Live, broker_of, channel
from tests.rabbitmq_node import HOST, Node, Vhost, fast_statistics, free_ports, is_installed

STRANGE = ('a "quoted" one', "back\\slash", "한국/%2F {a} 5", 'two",x')


@pytest.fixture(scope="module")
def measured() -> Iterator[tuple[Node, str]]:
    """A node that keeps no statistics and has the plugin, and the plugin's address."""
    if not is_installed():
        pytest.skip("RabbitMQ is not installed")
    (port,) = free_ports(1)
    settings = {"management_agent__disable_metrics_collector": "true", "prometheus__tcp__ip": HOST, "prometheus__tcp__port": str(port)}
    with Node("rabbitmq_prometheus", **settings, **fast_statistics()) as node:
        yield node, f"http://{HOST}:{port}"


@pytest.fixture
def vhost(measured: tuple[Node, str]) -> Iterator[Vhost]:
    """A virtual host of its own on that node."""
    with measured[0].vhost() as vhost:
        yield vhost


def told(feed: Feed | None) -> dict[str, Trouble]:
    """What is missing, and why."""
    assert feed is not None
    return {each.what: each.trouble for each in feed.missing}


def totals(live: Live) -> MessageStats:
    """The totals as they were seen last."""
    found = live.update.snapshot.broker.message_stats
    return found if found is not None else MessageStats()


@pytest.mark.rabbitmq
def test_the_thirteen_totals_count_what_clients_do(measured: tuple[Node, str], vhost: Vhost) -> None:
    with Live(broker_of(vhost, metrics=measured[1])) as live, channel(vhost) as amqp:
        live.until(lambda _: totals(live).publish is not None)
        before = totals(live)
        act(amqp)

        def gains(_: object = None) -> dict[str, int]:
            return {name: getattr(totals(live), name) - getattr(before, name) for name in MessageStats.__struct_fields__}

        wanted = {"publish": 8, "publish_in": 8, "publish_out": 9, "confirm": 8, "return_unroutable": 1, "drop_unroutable": 1}
        wanted |= {"deliver": 2, "deliver_no_ack": 3, "ack": 1, "redeliver": 1, "get": 2, "get_no_ack": 1, "get_empty": 3}
        live.until(lambda _: gains() == wanted)


def act(amqp: Any) -> None:
    """Eight messages, three of them to two queues each and two to nobody, and every way to take some of them."""
    amqp.exchange_declare("both", "fanout")
    for name in ("one", "two", "none"):
        amqp.queue_declare(name)
    for name in ("one", "two"):
        amqp.queue_bind(name, "both")
    amqp.confirm_delivery()
    for exchange, key in (("both", ""), ("", "one")) * 3:
        amqp.basic_publish(exchange, key, b"")
    amqp.basic_publish("", "nowhere", b"")
    with pytest.raises(UnroutableError):
        amqp.basic_publish("", "nowhere", b"", mandatory=True)
    for _ in range(3):
        amqp.basic_get("none")
    amqp.basic_nack(amqp.basic_get("one")[0].delivery_tag)
    amqp.basic_ack(amqp.basic_get("one")[0].delivery_tag)
    amqp.basic_get("one", auto_ack=True)
    amqp.basic_qos(prefetch_count=2)
    amqp.basic_consume("one", lambda *_: None)
    amqp.basic_consume("two", lambda *_: None, auto_ack=True)


@pytest.mark.rabbitmq
def test_consumers_of_any_queue_are_told(measured: tuple[Node, str], vhost: Vhost) -> None:
    with channel(vhost) as amqp:
        for name in STRANGE:
            amqp.queue_declare(name)
            amqp.basic_publish("", name, b"")
            amqp.basic_consume(name, lambda *_: None)
        amqp.queue_declare("idle")
        with Live(broker_of(vhost, metrics=measured[1])) as live:
            wanted = {**dict.fromkeys(STRANGE, (0, 1, 1)), "idle": (0, 0, 0)}
            live.until(
                lambda update: (
                    {each.name: (each.messages_ready, each.messages_unacknowledged, each.consumers) for each in update.snapshot.queues}
                    == wanted
                )
            )


@pytest.mark.rabbitmq
def test_memory_disk_and_alarms_are_told_and_what_still_is_not(measured: tuple[Node, str], vhost: Vhost) -> None:
    node, address = measured
    with channel(vhost), Live(broker_of(vhost, metrics=address)) as live:
        live.seeing()
        feed, broker = live.update.feed, live.update.snapshot.broker
        assert broker.memory_limit == int(node.evaluate("vm_memory_monitor:get_memory_limit()"))
        (seen,) = broker.nodes
        assert seen.name == node.name and seen.disk_free_limit == 1_000_000 and (seen.disk_free or 0) > 0 and (broker.memory or 0) > 0
        assert not broker.memory_alarm
        with node.memory_alarm():
            live.until(lambda update: update.snapshot.broker.memory_alarm)
    assert feed is not None and feed.sources == ("management", "prometheus") and feed.requests > 0
    left = {"statistics", "limits", "blocked", "queue_rates", "vhost_totals", "channels", "consumers"}
    assert told(feed) == {**dict.fromkeys(left, Trouble.STATISTICS), "oldest": Trouble.UNTOLD}


@pytest.mark.rabbitmq
def test_an_account_of_few_rights_is_told_of_memory_too(measured: tuple[Node, str], vhost: Vhost) -> None:
    vhost.api("PUT", "/api/users/few", {"password": "pw", "tags": "management"})
    vhost.api("PUT", "/api/permissions/{vhost}/few", {"configure": "", "write": "", "read": ".*"})
    with Live(broker_of(vhost, user="few", metrics=measured[1]), "pw") as live:
        broker = live.seeing().snapshot.broker
        assert (broker.memory or 0) > 0 and "nodes" not in told(live.update.feed)


# -- its text ---------------------------------------------------------------------------------------------------

TEXT = b"""# TYPE rabbitmq_identity_info untyped
rabbitmq_identity_info{rabbitmq_node="rabbit@a",rabbitmq_cluster="c"} 1
rabbitmq_connections 3 1700000000000
rabbitmq_global_messages_delivered_consume_manual_ack_total{queue_type="rabbit_classic_queue"} 2
rabbitmq_global_messages_delivered_consume_manual_ack_total{queue_type="rabbit_quorum_queue"} 1e3
rabbitmq_resident_memory_limit_bytes NaN
rabbitmq_alarms_free_disk_space_watermark 1
rabbitmq_disk_space_available_bytes
erlang_vm_memory 1
"""


def test_the_totals_of_all_types_of_queues_are_added() -> None:
    found = prometheus.measured(TEXT)
    assert found.message_stats == MessageStats(deliver=1002)
    assert (found.node.name, found.connections, found.node.disk_alarm) == ("rabbit@a", 3, True)
    assert (found.node.memory_limit, found.node.disk_free) == (None, None)


def test_a_release_without_these_totals_is_not_taken_for_one_that_counts_none() -> None:
    assert prometheus.measured(b'rabbitmq_identity_info{rabbitmq_node="a"} 1\n').message_stats is None


@pytest.mark.parametrize("content", [b"", b"<html>", b"node_cpu_seconds 1\n", b"\xff\x00{}"])
def test_the_answer_of_somebody_else_is_told(content: bytes) -> None:
    with pytest.raises(TroubleError) as caught:
        prometheus.measured(content)
    assert caught.value.trouble is Trouble.PROTOCOL


@pytest.mark.parametrize("name", [*STRANGE, "plain", "a,b", 'ends with "'])
@pytest.mark.parametrize("escapes", [False, True])
def test_a_name_is_found_however_it_is_written(name: str, escapes: bool) -> None:
    written = name.replace("\\", "\\\\").replace('"', '\\"') if escapes else name
    lines = f'rabbitmq_detailed_queue_consumers{{vhost="/",queue="{written}"}} 4\n'
    lines += lines.replace('vhost="/"', 'vhost="other"').replace("} 4", "} 5")
    (queue,) = prometheus.with_counts([QueueStats(name=name, consumers=None)], prometheus.queue_counts(lines.encode(), "/"))
    assert queue.consumers == 4


def test_the_address_follows_from_the_management_or_is_chosen() -> None:
    assert prometheus.address_for(parse_amqp("amqp://h")[0]) == "http://h:15692"
    assert prometheus.address_for(parse_amqp("amqps://[::1]")[0]) == "https://[::1]:15691"
    assert prometheus.address_for(changed(parse_amqp("amqp://h")[0], management="")) == "http://h:15692"
    assert prometheus.address_for(parse_amqp("amqp://h?metrics=http%3A%2F%2Fm%3A9%2Fmetrics")[0]) == "http://m:9"
    with pytest.raises(BackendError, match="metrics address must begin"):
        parse_amqp("amqp://h?metrics=m:9")
