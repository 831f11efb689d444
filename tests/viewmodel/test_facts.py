"""The figures of each kind of node, from one snapshot and a table of rates."""

from mqviz.model.amqp import MessageKind
from mqviz.model.result import Summary
from mqviz.model.snapshot import (
    BindingStats,
    BrokerStats,
    ClientState,
    ConsumerStats,
    ExchangeStats,
    ProducerStats,
    QueueStats,
    ServiceStats,
    Snapshot,
    TranslatorStats,
)
from mqviz.viewmodel.facts import Facts, Figure, Level, Row, facts_of

PICTURE = Snapshot(
    time=9.0,
    broker=BrokerStats(name="lab", version="1", connections=4),
    exchanges=(ExchangeStats(name="orders", type="topic", durable=True, publish_in=10, publish_out=9, unroutable=1),),
    queues=(
        QueueStats(name="work", durable=True, messages_ready=5, messages_unacknowledged=3, max_length=10, policy="lim", dropped=2),
        QueueStats(name="dead", type="quorum", messages_ready=8),
    ),
    bindings=(BindingStats(source="orders", destination="work", destination_type="queue", routing_key="order.*"),),
    producers=(
        ProducerStats(name="shop.1", client="shop", exchange="orders", routing_key="order.new", nacked=2, kind=MessageKind.REQUEST),
        ProducerStats(name="caller.1", client="caller", exchange=None, routing_key="", call="bank", blocked_time=1.5),
    ),
    consumers=tuple(
        ConsumerStats(name=f"server.{i}", client="server", queue="work", prefetch_count=4, messages_unacknowledged=i, workers=2)
        for i in (1, 2)
    ),
    services=(ServiceStats(name="bank", workers=2, accept=7, waiting=3, in_service=2, refused=1),),
    translators=(TranslatorStats(name="fmt", queue="work", exchange="", routing_key="dead", before="{}", after="<a/>"),),
)
RATES = {("queue:work", "ready"): 2.5, ("consumer:server.1", "busy_time"): 1.5, ("", "publish"): 40.0}


def facts(node: str, picture: Snapshot = PICTURE) -> Facts:
    found = facts_of(picture, node, lambda at, what: RATES.get((at, what)))
    assert found is not None
    return found


def figure(found: Facts, code: str) -> Figure | None:
    return next((each for each in (*found.figures, *found.details) if each.code == code), None)


def test_a_queue_shows_level_policy_losses_and_consumers() -> None:
    found = facts("queue:work")
    assert found.level == Level(ready=5, unacked=3, limit=10)
    assert found.traits == ("classic", "durable", "policy:lim")
    assert figure(found, "ready") == Figure("ready", 5, "ready", rate=2.5)
    assert figure(found, "dropped") == Figure("dropped", 2)
    assert figure(found, "expired") is None
    assert [(row.node, row.held, row.room) for row in found.rows] == [("consumer:server.1", 1, 4), ("consumer:server.2", 2, 4)]


def test_a_consumer_shows_its_share_of_time_and_its_colleagues() -> None:
    found = facts("consumer:server.1")
    assert figure(found, "busy") == Figure("busy", 0.75, unit="%")
    assert found.traits == (ClientState.IDLE, "manual_ack")
    assert [row.node for row in found.rows] == ["queue:work", "consumer:server.2"]
    assert facts("consumer:server").node == "consumer:server"


def test_a_producer_shows_where_it_sends_and_what_came_back() -> None:
    found = facts("producer:shop.1")
    assert found.rows == (Row("exchange:orders", "orders", note="order.new"),)
    assert figure(found, "nacked") == Figure("nacked", 2)
    assert "kind:request" in found.traits
    caller = facts("producer:caller.1")
    assert caller.rows[0].node == "service:bank"
    assert figure(caller, "blocked_time") == Figure("blocked_time", 1.5, unit="s")


def test_service_translator_and_exchange() -> None:
    assert facts("service:bank").level == Level(ready=3, unacked=2, limit=7)
    assert facts("translator:fmt").texts == (("before", "{}"), ("after", "<a/>"))
    ends = facts("translator:fmt")
    assert [(row.node, row.note) for row in ends.rows] == [("queue:work", "takes_from"), ("queue:dead", "publishes_to")]
    assert ends.rows_code == "ends"
    assert facts("exchange:orders").rows == (Row("queue:work", "work", note="order.*"),)
    assert figure(facts("exchange:orders"), "unroutable") == Figure("unroutable", 1, "dropped")


def test_without_a_selection_the_whole_is_shown_fullest_queue_first() -> None:
    found = facts("")
    assert figure(found, "ready") == Figure("ready", 13, "ready")
    assert figure(found, "publish_rate") == Figure("publish_rate", 40.0, unit="/s")
    assert figure(found, "deliver_rate") == Figure("deliver_rate", None, unit="/s")
    assert [row.label for row in found.rows] == ["dead", "work"]


def test_what_is_gone_has_no_facts() -> None:
    for node in ("queue:gone", "consumer:gone.1", "service:gone", "exchange:gone", "translator:gone", "odd:thing"):
        assert facts_of(PICTURE, node, lambda at, what: None) is None


def test_where_only_services_are_called_the_whole_tells_of_them() -> None:
    found = facts("", Snapshot(time=1.0, services=PICTURE.services))
    assert figure(found, "waiting") == Figure("waiting", 3, "ready")
    assert figure(found, "refused") == Figure("refused", 1)
    assert [row.node for row in found.rows] == ["service:bank"]


def test_how_long_messages_waited_stands_behind_the_oldest() -> None:
    found = facts_of(PICTURE, "queue:work", lambda node, what: None, Summary(count=9, p50=0.25, p95=1.5))
    assert found is not None
    assert found.details[:3] == (Figure("oldest", None, unit="s"), Figure("wait_p50", 0.25, unit="s"), Figure("wait_p95", 1.5, unit="s"))


def test_who_waits_says_for_what() -> None:
    def trait(confirm: int | None, call: str | None = None) -> str:
        shop = ProducerStats(name="a.1", client="a", exchange="", routing_key="", confirm=confirm, call=call, state=ClientState.WAITING)
        found = facts_of(Snapshot(time=0.0, producers=(shop,)), "producer:a.1", lambda node, what: None)
        assert found is not None
        return found.traits[0]

    assert (trait(5), trait(None), trait(None, "bank")) == ("waiting", "waiting_for_answer", "waiting_for_answer")
