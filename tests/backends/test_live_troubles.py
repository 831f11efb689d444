"""What goes wrong between us and a live broker: it is told as what it is, nothing waits for it, and it mends itself where it can."""

from __future__ import annotations

import time

from msgspec.structs import replace

from mqviz.backends.probing import Probe
from mqviz.model.backend import Can, Publish, Refresh, SetReadOnly
from mqviz.model.feed import Check, Feed, FeedState, LiveBroker, Trouble
from tests.backends.live import Live, broker_of, channel
from tests.backends.proxy import Proxy
from tests.rabbitmq_node import HOST, Node, Vhost, free_ports

ENDS_WITHIN = 2.0


def failing(broker: LiveBroker, password: str = "guest") -> Feed:
    """The feed once the first look has failed."""
    with Live(broker, password) as live:
        feed = live.until(lambda update: update.feed and update.feed.trouble).feed
    assert feed is not None
    return feed


def test_a_wrong_password_is_refused_and_not_tried_again(rabbitmq_vhost: Vhost) -> None:
    feed = failing(broker_of(rabbitmq_vhost), "hidden")
    assert (feed.state, feed.trouble, feed.retry_in) == (FeedState.REFUSED, Trouble.LOGIN, None)
    assert "hidden" not in feed.detail


def test_a_virtual_host_that_is_not_there_is_named(rabbitmq: Node) -> None:
    feed = failing(broker_of(rabbitmq, virtual_host="nowhere"))
    assert (feed.state, feed.trouble, feed.detail) == (FeedState.REFUSED, Trouble.VHOST, "nowhere")


def test_a_host_without_address_is_tried_again(rabbitmq: Node) -> None:
    feed = failing(broker_of(rabbitmq, host="no-such-host.invalid", management="http://no-such-host.invalid:15672"))
    assert (feed.state, feed.trouble) == (FeedState.CONNECTING, Trouble.NAME)
    assert feed.retry_in is not None and 0.0 < feed.retry_in <= 1.0


def test_a_port_where_nobody_listens_is_told() -> None:
    port, other = free_ports(2)
    feed = failing(LiveBroker(port=port, management=f"http://{HOST}:{other}"))
    assert (feed.state, feed.trouble) == (FeedState.CONNECTING, Trouble.PORT)


def test_somebody_else_at_the_port_is_told(rabbitmq: Node) -> None:
    # The HTTP server waits five seconds for the rest of a greeting that it does not understand.
    swapped = broker_of(rabbitmq, management=f"http://{HOST}:{rabbitmq.port}", port=rabbitmq.management_port, answer_timeout=20.0)
    feed = failing(swapped)
    assert (feed.state, feed.trouble) == (FeedState.REFUSED, Trouble.PROTOCOL)


def test_after_a_refusal_one_may_ask_again(rabbitmq: Node) -> None:
    with rabbitmq.vhost() as vhost, Live(broker_of(rabbitmq, virtual_host="soon-there")) as live:
        live.until(lambda update: update.feed and update.feed.state is FeedState.REFUSED)
        soon = Vhost(rabbitmq, "soon-there")
        soon.api("PUT", "/api/vhosts/{vhost}")
        try:
            live.ask(Refresh())
            live.seeing()
        finally:
            soon.api("DELETE", "/api/vhosts/{vhost}")
        assert vhost.name


def test_a_broker_that_stops_is_blind_and_comes_back(rabbitmq: Node) -> None:
    with rabbitmq.vhost() as vhost, Live(broker_of(vhost)) as live:
        vhost.api("PUT", "/api/queues/{vhost}/kept", {"durable": True})
        live.until(lambda _: live.queue("kept"))
        rabbitmq.stop_app()
        try:
            feed = live.until(lambda update: update.feed and update.feed.state is FeedState.BLIND).feed
            assert feed is not None and feed.blind_since is not None and feed.retry_in is not None
            assert live.queue("kept") is not None
        finally:
            rabbitmq.start_app()
        live.seeing()
        assert live.observe().feed == replace(live.update.feed, blind_since=None, retry_in=None, trouble=None)  # type: ignore[type-var]
    codes = [entry.code for entry in live.log]
    assert [code for code in codes if code.startswith("feed_")] == ["feed_connected", "feed_lost", "feed_connected"]


def test_a_stalled_connection_holds_up_nobody_and_heals(rabbitmq_vhost: Vhost) -> None:
    node = rabbitmq_vhost.node
    with Proxy(node.management_port) as api, Proxy(node.port) as amqp:
        broker = broker_of(rabbitmq_vhost, management=f"http://{HOST}:{api.port}", port=amqp.port, answer_timeout=0.5, connect_timeout=0.5)
        with Live(broker, read_only=False) as live:
            live.seeing()
            api.stall()
            amqp.stall()
            slowest = 0.0

            def is_blind(_: object) -> bool:
                nonlocal slowest
                began = time.monotonic()
                live.backend.submit(Publish(exchange="", routing_key="x", number=-1))
                live.backend.observe()
                slowest = max(slowest, time.monotonic() - began)
                return live.update.feed is not None and live.update.feed.state is FeedState.BLIND

            assert live.until(is_blind).feed.trouble is Trouble.TIMEOUT  # type: ignore[union-attr]
            api.go_on()
            amqp.go_on()
            live.seeing()
    assert slowest < 0.25


def test_a_stalled_connection_is_closed_in_time(rabbitmq_vhost: Vhost) -> None:
    node = rabbitmq_vhost.node
    with Proxy(node.management_port) as api:
        live = Live(broker_of(rabbitmq_vhost, management=f"http://{HOST}:{api.port}", answer_timeout=60.0))
        live.seeing()
        api.stall()
        live.until(lambda update: update.snapshot.age > 1.0)
        began = time.monotonic()
        live.backend.close()
        assert time.monotonic() - began < ENDS_WITHIN


def test_without_the_management_plugin_named_queues_are_counted_by_amqp(rabbitmq_vhost: Vhost) -> None:
    (nobody,) = free_ports(1)
    with channel(rabbitmq_vhost) as amqp:
        for name in ("work", "not asked for"):
            amqp.queue_declare(name)
        for _ in range(4):
            amqp.basic_publish("", "work", b"")
        amqp.basic_consume("not asked for", lambda *_: None)
        broker = broker_of(rabbitmq_vhost, management=f"http://{HOST}:{nobody}", queues=("work", "a/b 한국", "gone"))
        amqp.queue_declare("a/b 한국")
        with Live(broker) as live:
            feed = live.seeing().feed
            live.until(lambda _: live.depth("work") == (4, 0))
            assert {each.name for each in live.update.snapshot.queues} == {"work", "a/b 한국"}
            assert live.backend.can is Can.CHOOSE_FEED and live.backend.why_not(Can.PURGE) == "no_management"
            live.ask(SetReadOnly(read_only=False))
            assert live.ask(Publish(exchange="", routing_key="work")).reason == "no_management"
            assert live.update.snapshot.broker.version.startswith("3.")
    assert feed is not None
    assert feed.sources == ("amqp",)
    assert {each.what for each in feed.missing if each.trouble is Trouble.PLUGIN} >= {"statistics", "bindings", "consumers"}


def test_a_user_without_tags_is_shown_what_amqp_tells(rabbitmq_vhost: Vhost) -> None:
    rabbitmq_vhost.api("PUT", "/api/queues/{vhost}/work", {})
    broker = user(rabbitmq_vhost, "", queues=("work",))
    with Live(broker, "pw") as live:
        feed = live.seeing().feed
        assert live.depth("work") == (0, 0)
    assert feed is not None and feed.sources == ("amqp",)
    assert {each.what for each in feed.missing if each.trouble is not Trouble.RIGHTS} == {"oldest"}


def test_a_user_with_few_rights_sees_queues_and_is_told_the_rest(rabbitmq_vhost: Vhost) -> None:
    rabbitmq_vhost.api("PUT", "/api/queues/{vhost}/work", {})
    expected = {"management": {"connections", "channels", "consumers", "nodes"}, "monitoring": set(), "policymaker": {"nodes"}}
    for tag, missing in expected.items():
        with Live(user(rabbitmq_vhost, tag), "pw", read_only=False) as live:
            feed = live.seeing().feed
            assert live.depth("work") == (0, 0)
            assert feed is not None and feed.tags == (tag,)
            assert {each.what for each in feed.missing} >= missing
            assert {each.what for each in feed.missing if each.trouble is not Trouble.UNTOLD} >= missing
            assert missing or {each.what for each in feed.missing} == {"oldest"}
            outcome = live.ask(Publish(exchange="", routing_key="work"))
            assert (outcome.done, outcome.reason) == (False, "no_rights")


def test_with_statistics_switched_off_depths_are_still_shown(rabbitmq_vhost: Vhost) -> None:
    node = rabbitmq_vhost.node
    nobody = f"http://{HOST}:{free_ports(1)[0]}"
    with channel(rabbitmq_vhost) as amqp:
        amqp.exchange_declare("orders", "topic")
        amqp.queue_declare("work")
        amqp.queue_bind("work", "orders", "#")
        amqp.basic_publish("", "work", b"")
        node.evaluate(f"{SWITCH}(rabbitmq_management_agent, disable_metrics_collector, true)")
        try:
            with Live(broker_of(rabbitmq_vhost, metrics=nobody)) as live:
                live.until(lambda _: live.depth("work") == (1, 0))
                assert probed(broker_of(rabbitmq_vhost))["statistics"] is Trouble.STATISTICS
                update = live.seeing()
        finally:
            node.evaluate(f"{SWITCH}(rabbitmq_management_agent, disable_metrics_collector, false)")
    queue = live.queue("work")
    assert queue is not None and (queue.enqueued, queue.consumers) == (None, None)
    assert update.snapshot.broker.message_stats is None and len(update.snapshot.bindings) == 1
    feed = update.feed
    assert feed is not None
    told = {each.what for each in feed.missing if each.trouble is Trouble.STATISTICS}
    assert told >= {"statistics", "limits", "channels", "consumers"}
    rates = next(each for each in feed.missing if each.what == "rates")
    assert (rates.trouble, rates.detail) == (Trouble.PORT, nobody) and feed.sources == ("management",)


SWITCH = "application:set_env"


def user(vhost: Vhost, tags: str, **others: object) -> LiveBroker:
    """A user that may read in this virtual host and has these tags, as who connects."""
    name = f"user-{tags or 'none'}"
    vhost.api("PUT", f"/api/users/{name}", {"password": "pw", "tags": tags})
    vhost.api("PUT", f"/api/permissions/{{vhost}}/{name}", {"configure": "", "write": "", "read": ".*"})
    return broker_of(vhost, user=name, **others)


# -- the test of a connection -----------------------------------------------------------------------------------


def probed(broker: LiveBroker, password: str = "guest") -> dict[str, Trouble | None]:
    """The checks of a probe, by their steps."""
    return {check.step: check.trouble for check in checks(broker, password)}


def checks(broker: LiveBroker, password: str = "guest") -> tuple[Check, ...]:
    """All that a probe finds."""
    probe = Probe(broker, password)
    deadline = time.monotonic() + 20.0
    while not probe.done:
        assert time.monotonic() < deadline
        probe._thread.join(0.05)
    probe.close()
    return probe.checks


def test_a_probe_tells_each_step_that_went_well(rabbitmq_vhost: Vhost) -> None:
    found = checks(broker_of(rabbitmq_vhost))
    assert [check.step for check in found] == ["name", "port", "login", "vhost", "management", "rights", "statistics"]
    assert all(check.trouble is None and check.seconds is not None for check in found)
    details = {check.step: check.detail for check in found}
    assert details["management"] == "administrator" and details["statistics"].startswith("3.")


def test_a_probe_tells_where_it_failed(rabbitmq_vhost: Vhost) -> None:
    broker, (nobody,) = broker_of(rabbitmq_vhost), free_ports(1)
    assert probed(replace(broker, host="no-such-host.invalid")) == {"name": Trouble.NAME}
    assert probed(replace(broker, port=nobody))["port"] is Trouble.PORT
    wrong = probed(broker, "wrong")
    assert (wrong["login"], wrong["management"]) == (Trouble.LOGIN, Trouble.LOGIN) and "vhost" not in wrong
    assert probed(replace(broker, virtual_host="nowhere"))["vhost"] is Trouble.VHOST
    assert probed(replace(broker, management=f"http://{HOST}:{nobody}"))["management"] is Trouble.PLUGIN
    assert "management" not in probed(replace(broker, management=""))
    assert probed(user(rabbitmq_vhost, ""), "pw")["management"] is Trouble.RIGHTS
    assert probed(user(rabbitmq_vhost, "management"), "pw")["rights"] is Trouble.RIGHTS


def test_a_probe_of_a_network_that_swallows_everything_can_be_broken_off(rabbitmq_vhost: Vhost) -> None:
    with Proxy(rabbitmq_vhost.node.port) as proxy:
        proxy.stall()
        probe = Probe(broker_of(rabbitmq_vhost, port=proxy.port, answer_timeout=60.0), "guest")
        deadline = time.monotonic() + 10.0
        while len(probe.checks) < 2:
            assert time.monotonic() < deadline
            probe._thread.join(0.02)
        began = time.monotonic()
        probe.close()
        assert time.monotonic() - began < ENDS_WITHIN
