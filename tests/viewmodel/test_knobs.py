"""What can be turned on a node, and the change that turning it means."""

import pytest

from mqviz.model.distributions import Exponential, Uniform
from mqviz.model.faults import Changed
from mqviz.model.scenario import Change, ConsumerSpec, Scenario
from mqviz.model.snapshot import (
    ConsumerStats,
    ExchangeStats,
    ProducerStats,
    QueueStats,
    ServiceStats,
    Snapshot,
    TranslatorStats,
)
from mqviz.viewmodel.knobs import Value, change_of, client_of, knobs_of

SCENARIO = Scenario(
    consumers=(ConsumerSpec(name="server", queue="work", service=Uniform(low=1.0, high=3.0)),),
)
PICTURE = Snapshot(
    time=1.0,
    exchanges=(ExchangeStats(name="", type="direct"), ExchangeStats(name="dead", type="fanout")),
    queues=(QueueStats(name="work", max_length=10), QueueStats(name="safe", type="quorum", delivery_limit=3)),
    producers=(ProducerStats(name="shop.1", client="shop", exchange="", routing_key="work", rate=5.0, confirm=9),),
    consumers=tuple(
        ConsumerStats(name=f"server.{i}", client="server", queue="work", prefetch_count=7, service_mean=2.0) for i in (1, 2)
    ),
    services=(ServiceStats(name="bank", workers=3, timeout=2.0),),
    translators=(TranslatorStats(name="to-xml", queue="work", exchange="", routing_key="", service_mean=0.5),),
)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ("queue:work", {"max_length": 10, "message_ttl": None, "overflow": "drop-head", "dead_letter_exchange": None}),
        ("producer:shop.1", {"rate": 5.0, "count": 1, "confirm": 9}),
        ("consumer:server.2", {"count": 2, "prefetch": 7, "workers": 1, "service_time": 2.0}),
        ("consumer:server", {"count": 2, "prefetch": 7, "workers": 1, "service_time": 2.0}),
        ("service:bank", {"workers": 3, "timeout": 2.0}),
        ("translator:to-xml", {"service_time": 0.5}),
        ("exchange:dead", {}),
        ("queue:gone", {}),
        ("consumer:gone.1", {}),
    ],
)
def test_a_node_shows_what_it_has(node: str, expected: dict[str, Value]) -> None:
    assert {knob.code: knob.value for knob in knobs_of(PICTURE, SCENARIO, node)} == expected


def test_a_quorum_queue_has_a_delivery_limit_and_no_dead_lettering_overflow() -> None:
    knobs = {knob.code: knob for knob in knobs_of(PICTURE, SCENARIO, "queue:safe")}
    assert knobs["delivery_limit"].value == 3
    assert "reject-publish-dlx" not in knobs["overflow"].choices
    assert knobs["dead_letter_exchange"].choices == ("", "dead")


@pytest.mark.parametrize(
    ("node", "code", "value", "expected"),
    [
        ("queue:work", "max_length", 50.0, Change(target="queue:work", set=Changed(arguments={"x-max-length": 50}))),
        ("queue:work", "max_length", None, Change(target="queue:work", set=Changed(arguments={"x-max-length": "none"}))),
        ("queue:work", "message_ttl", 1.5, Change(target="queue:work", set=Changed(arguments={"x-message-ttl": 1500}))),
        ("queue:work", "overflow", "reject-publish", Change(target="queue:work", set=Changed(arguments={"x-overflow": "reject-publish"}))),
        ("producer:shop.1", "rate", 2.5, Change(target="shop", set=Changed(rate=2.5))),
        ("consumer:server.2", "prefetch", 20.0, Change(target="server", set=Changed(prefetch=20))),
        ("consumer:server.2", "service_time", 4.0, Change(target="server", set=Changed(service=Uniform(low=2.0, high=6.0)))),
        ("consumer:new.1", "service_time", 4.0, Change(target="new", set=Changed(service=Exponential(mean=4.0)))),
    ],
)
def test_turning_a_knob_is_a_change_of_the_client_or_queue(node: str, code: str, value: Value, expected: Change) -> None:
    assert change_of(SCENARIO, node, code, value) == expected


def test_a_client_with_a_dot_in_its_name_is_no_member() -> None:
    assert client_of("shop.eu.3") == "shop.eu"
    assert client_of("shop.eu") == "shop.eu"
