"""The live backend against a private node: what it shows is what is there, and what it is asked to do is done."""

from __future__ import annotations

import json
from pathlib import Path

from mqviz.model.amqp import Properties
from mqviz.model.backend import Can, Inject, Peek, Publish, Refresh, Restart, Route, SetInterval, SetReadOnly, SetVirtualHost
from mqviz.model.faults import Kill, Purge, Slow
from mqviz.model.feed import FeedState
from mqviz.model.snapshot import BindingStats, ClientState, EventKind
from tests.backends.live import Live, Worker, broker_of, channel
from tests.rabbitmq_node import Node, Vhost

STRANGE = ("a/b", "a b", "100 %", "%2F", "한국 큐", "ü" * 127, "?q=1&x#y", "a+b")


def test_the_topology_is_shown_with_the_limits_in_force(rabbitmq_vhost: Vhost) -> None:
    with channel(rabbitmq_vhost) as amqp:
        amqp.exchange_declare("lost", "fanout")
        amqp.exchange_declare("orders", "topic", arguments={"alternate-exchange": "lost"})
        amqp.exchange_declare("by-policy", "direct")
        amqp.exchange_bind("by-policy", "orders", "#")
        amqp.queue_declare("work", durable=True, arguments={"x-max-length": 10, "x-dead-letter-exchange": "lost"})
        amqp.queue_bind("work", "orders", "order.*")
        limit = {"pattern": "^work$", "definition": {"max-length": 5, "message-ttl": 2000}, "apply-to": "queues"}
        rabbitmq_vhost.api("PUT", "/api/policies/{vhost}/short", limit)
        other = {"pattern": "^by", "definition": {"alternate-exchange": "lost"}, "apply-to": "exchanges"}
        rabbitmq_vhost.api("PUT", "/api/policies/{vhost}/other", other)
        with Live(broker_of(rabbitmq_vhost)) as live:
            live.until(lambda _: (queue := live.queue("work")) is not None and queue.max_length == 5)
            snapshot = live.until(lambda update: _alternate(update.snapshot.exchanges, "by-policy") == "lost").snapshot
    work = live.queue("work")
    assert work is not None
    assert (work.message_ttl, work.policy, work.durable, work.dead_letter_exchange) == (2.0, "short", True, "lost")
    assert _alternate(snapshot.exchanges, "orders") == "lost"
    assert BindingStats(source="orders", destination="work", destination_type="queue", routing_key="order.*") in snapshot.bindings
    assert any(each.destination_type == "exchange" and each.destination == "by-policy" for each in snapshot.bindings)


def _alternate(exchanges: tuple[object, ...], name: str) -> object:
    return next((each.alternate for each in exchanges if each.name == name), None)  # type: ignore[attr-defined]


def test_shown_numbers_are_those_of_rabbitmqctl(rabbitmq_vhost: Vhost) -> None:
    with channel(rabbitmq_vhost) as amqp:
        for name, messages in (("one", 3), ("two", 7)):
            amqp.queue_declare(name)
            for _ in range(messages):
                amqp.basic_publish("", name, b"12345")
        for _ in range(2):
            amqp.basic_get("two")
        with Live(broker_of(rabbitmq_vhost)) as live:
            live.until(lambda _: (live.depth("one"), live.depth("two")) == ((3, 0), (5, 2)))
            told = rabbitmq_vhost.node.ctl(
                "list_queues", "-p", rabbitmq_vhost.name, "name", "messages_ready", "messages_unacknowledged", "message_bytes"
            )
    shown = {(each.name, each.messages_ready, each.messages_unacknowledged, each.message_bytes) for each in live.update.snapshot.queues}
    lines = [line.split() for line in told.splitlines()[1:]]
    assert shown == {(name, int(ready), int(unacked), int(size)) for name, ready, unacked, size in lines}


def test_a_new_queue_and_a_broker_without_statistics_are_shown_too(rabbitmq_vhost: Vhost) -> None:
    with Live(broker_of(rabbitmq_vhost)) as live:
        assert live.seeing().snapshot.queues == ()
        rabbitmq_vhost.api("PUT", "/api/queues/{vhost}/jobs", {})
        live.until(lambda _: live.depth("jobs") == (0, 0))
        queue = live.queue("jobs")
    assert queue is not None
    assert (queue.enqueued, queue.delivered) == (None, None)
    assert "queue_declared" in [entry.code for entry in live.log]


def test_any_name_is_seen_published_to_and_purged(rabbitmq_vhost: Vhost) -> None:
    with channel(rabbitmq_vhost) as amqp, Live(broker_of(rabbitmq_vhost), read_only=False) as live:
        for name in STRANGE:
            amqp.exchange_declare(name, "direct")
            amqp.queue_declare(name)
            amqp.queue_bind(name, name, name)
        live.until(lambda update: {each.destination for each in update.snapshot.bindings} == set(STRANGE))
        for name in STRANGE:
            assert live.ask(Route(exchange=name, routing_key=name)).answer == (name,)
            assert live.ask(Publish(exchange=name, routing_key=name, body=b"\xff\x00")).answer is True
        live.until(lambda _: {live.depth(name) for name in STRANGE} == {(1, 0)})
        assert {live.ask(Inject(fault=Purge(target=f"queue:{name}"))).detail for name in STRANGE} == {"1"}
        live.until(lambda _: {live.depth(name) for name in STRANGE} == {(0, 0)})


def test_a_virtual_host_of_any_name_can_be_chosen(rabbitmq: Node) -> None:
    name = "a/b 한국 %"
    with rabbitmq.vhost() as first:
        second = Vhost(rabbitmq, name)
        second.api("PUT", "/api/vhosts/{vhost}")
        try:
            second.api("PUT", "/api/queues/{vhost}/there", {})
            with Live(broker_of(first)) as live:
                hosts = live.until(lambda update: update.feed and name in update.feed.virtual_hosts).feed
                assert hosts is not None and first.name in hosts.virtual_hosts
                assert live.ask(SetVirtualHost(name=name)).done
                live.until(lambda update: [each.name for each in update.snapshot.queues] == ["there"])
        finally:
            second.api("DELETE", "/api/vhosts/{vhost}")


def test_consumers_are_grouped_by_their_connections_and_publishers_are_shown(rabbitmq_vhost: Vhost) -> None:
    with channel(rabbitmq_vhost, "shop") as amqp:
        amqp.queue_declare("work")
        amqp.confirm_delivery()
        for _ in range(6):
            amqp.basic_publish("", "work", b"")
        with (
            Worker(rabbitmq_vhost, "work", "server", prefetch=2, acks=False),
            Worker(rabbitmq_vhost, "work", "server", prefetch=2, acks=False),
            Worker(rabbitmq_vhost, "work", prefetch=1, acks=False),
            Live(broker_of(rabbitmq_vhost)) as live,
        ):
            held = live.until(lambda update: sum(each.messages_unacknowledged or 0 for each in update.snapshot.consumers) == 5).snapshot
            published = live.until(lambda update: [each.published for each in update.snapshot.producers] == [6]).snapshot.producers
    assert sorted(each.name for each in held.consumers if each.client == "server") == ["server.1", "server.2"]
    alone = next(each for each in held.consumers if each.client != "server")
    assert alone.name == alone.client == alone.connection.partition(" -> ")[0]
    assert (published[0].name, published[0].confirmed, published[0].exchange) == ("shop", 6, "")


def test_a_killed_connection_is_seen_as_redelivery(rabbitmq_vhost: Vhost, tmp_path: Path) -> None:
    actions = tmp_path / "logs" / "actions.log"
    with channel(rabbitmq_vhost) as amqp:
        amqp.queue_declare("work")
        for _ in range(3):
            amqp.basic_publish("", "work", b"")
        with (
            Worker(rabbitmq_vhost, "work", "first", prefetch=3, acks=False),
            Live(broker_of(rabbitmq_vhost), actions=actions) as live,
        ):
            live.until(lambda _: live.depth("work") == (0, 3))
            live.until(lambda update: len(update.snapshot.consumers) == 1)
            assert live.ask(Inject(fault=Kill(target="first"))).reason == "read_only"
            assert live.ask(SetReadOnly(read_only=False)).done
            outcome = live.ask(Inject(fault=Kill(target="first")))
            assert (outcome.done, outcome.detail, outcome.answer) == (True, "first", None)
            live.until(lambda update: not update.snapshot.consumers and live.depth("work") == (3, 0))
            with Worker(rabbitmq_vhost, "work", "second"):
                live.until(lambda _: (queue := live.queue("work")) is not None and queue.redelivered == 3)
    assert {"connection_closed", "connection_opened"} <= {entry.code for entry in live.log}
    lines = [json.loads(line) for line in actions.read_text("utf-8").splitlines()]
    assert [line["action"] for line in lines] == ["set_read_only", "close_connection"]
    assert "guest@" in lines[1]["broker"] and "guest:" not in actions.read_text("utf-8")


def test_a_message_that_was_published_by_hand_is_what_was_asked_for(rabbitmq_vhost: Vhost) -> None:
    given = Properties(headers={"a": 1}, delivery_mode=2, priority=3, correlation_id="c", content_type="text/plain")
    with channel(rabbitmq_vhost) as amqp, Live(broker_of(rabbitmq_vhost), read_only=False) as live:
        amqp.queue_declare("work")
        live.until(lambda _: live.depth("work") == (0, 0))
        assert live.ask(Publish(exchange="", routing_key="work", body="본문".encode(), properties=given)).answer is True
        assert live.ask(Publish(exchange="", routing_key="nowhere")).answer is False
        method, properties, body = amqp.basic_get("work", auto_ack=True)
    assert method is not None and body.decode() == "본문"
    assert (properties.headers, properties.delivery_mode, properties.priority) == ({"a": 1}, 2, 3)
    assert (properties.correlation_id, properties.content_type) == ("c", "text/plain")


def test_what_cannot_be_done_is_refused_with_a_reason(rabbitmq_vhost: Vhost) -> None:
    with Live(broker_of(rabbitmq_vhost), read_only=False) as live:
        live.seeing()
        assert live.ask(Inject(fault=Kill(target="nobody"))).reason == "no_such_target"
        assert live.ask(Inject(fault=Purge(target="queue:none"))).reason == "no_such_queue"
        assert live.ask(Inject(fault=Slow(target="server"))).reason == "live_broker"
        assert live.ask(Publish(exchange="none", routing_key="")).reason == "no_such_exchange"
        assert live.ask(Route(exchange="none", routing_key="")).reason == "no_such_exchange"
        assert live.ask(Peek(queue="work")).reason == "would_redeliver"
        assert live.ask(Restart()).reason == "live_broker"
        assert live.backend.why_not(Can.PAUSE) == "live_broker"
        assert live.backend.why_not(Can.PURGE) == ""
        assert live.ask(SetReadOnly(read_only=True)).done
        assert live.backend.why_not(Can.PURGE) == "read_only" and Can.PURGE not in live.backend.can


def test_a_queue_that_went_meanwhile_is_the_brokers_to_refuse(rabbitmq_vhost: Vhost) -> None:
    rabbitmq_vhost.api("PUT", "/api/queues/{vhost}/jobs", {})
    with Live(broker_of(rabbitmq_vhost, interval=None), read_only=False) as live:
        live.until(lambda _: live.queue("jobs") is not None)
        rabbitmq_vhost.api("DELETE", "/api/queues/{vhost}/jobs")
        outcome = live.ask(Inject(fault=Purge(target="queue:jobs")))
    assert (outcome.done, outcome.reason, outcome.detail) == (False, "refused_by_broker", "Not Found")


def test_rates_become_dots_along_the_ways_of_messages(rabbitmq_vhost: Vhost) -> None:
    with channel(rabbitmq_vhost, "shop") as amqp:
        amqp.exchange_declare("orders", "topic")
        amqp.exchange_declare("inner", "fanout")
        amqp.exchange_bind("inner", "orders", "#")
        amqp.queue_declare("work")
        amqp.queue_bind("work", "inner")
        with Worker(rabbitmq_vhost, "work", "server"), Live(broker_of(rabbitmq_vhost)) as live:
            steps: set[tuple[EventKind, str, str]] = set()

            def all_were_seen(_: object) -> bool:
                for _ in range(5):
                    amqp.basic_publish("orders", "x", b"")
                steps.update((each.kind, each.source, each.target) for each in live.update.events)
                return len(steps) >= 4

            live.until(all_were_seen)
    assert steps == {
        (EventKind.PUBLISH, "producer:shop", "exchange:orders"),
        (EventKind.ROUTE, "exchange:orders", "exchange:inner"),
        (EventKind.ROUTE, "exchange:inner", "queue:work"),
        (EventKind.DELIVER, "queue:work", "consumer:server"),
    }


def test_a_memory_alarm_and_who_is_blocked_by_it_are_shown(rabbitmq_vhost: Vhost) -> None:
    node = rabbitmq_vhost.node
    with channel(rabbitmq_vhost, "shop") as amqp, Live(broker_of(rabbitmq_vhost)) as live:
        amqp.queue_declare("work")
        amqp.basic_publish("", "work", b"")
        live.until(lambda update: [each.state for each in update.snapshot.producers] == [ClientState.RUNNING])
        with node.memory_alarm():
            amqp.basic_publish("", "work", b"")
            live.until(lambda update: [each.state for each in update.snapshot.producers] == [ClientState.BLOCKED])
            # Connections and nodes are asked one after the other, and others at the node may be blocked, too.
            broker = live.until(lambda update: update.snapshot.broker.memory_alarm).snapshot.broker
            assert broker.blocked_connections >= 1
            assert broker.nodes[0].memory_alarm and (broker.nodes[0].memory or 0) > (broker.nodes[0].memory_limit or 0)
        live.until(lambda update: not update.snapshot.broker.memory_alarm)
        # Of a connection that does nothing, RabbitMQ tells the state only when it does something again.
        amqp.basic_publish("", "work", b"")
        live.until(lambda update: [each.state for each in update.snapshot.producers] == [ClientState.RUNNING])
        live.until(lambda _: "connection_unblocked" in {entry.code for entry in live.log})
    codes = [entry.code for entry in live.log]
    assert {"memory_alarm_set", "memory_alarm_cleared", "connection_blocked", "connection_unblocked"} <= set(codes)


def test_the_interval_can_be_chosen_and_switched_off(rabbitmq_vhost: Vhost) -> None:
    with Live(broker_of(rabbitmq_vhost)) as live:
        live.seeing()
        live.ask(SetInterval(seconds=None))
        feed = live.observe().feed
        assert feed is not None and (feed.state, feed.interval) == (FeedState.OFF, None)
        rabbitmq_vhost.api("PUT", "/api/queues/{vhost}/late", {})
        live.ask(Refresh())
        live.until(lambda _: live.queue("late") is not None)
        live.ask(SetInterval(seconds=0.2))
        rabbitmq_vhost.api("PUT", "/api/queues/{vhost}/later", {})
        live.until(lambda _: live.queue("later") is not None)
