"""What the animation sees: a bounded, fair sample, whose weights add up."""

from __future__ import annotations

from collections import Counter

from mqviz.model.amqp import BindingSpec, ExchangeSpec, ExchangeType, MessageKind, QueueSpec
from mqviz.model.distributions import Constant
from mqviz.model.faults import Kill, RestartFault
from mqviz.model.load import ConstantLoad
from mqviz.model.scenario import Fail, ProducerSpec, Request, Rule, Scenario, ServiceSpec, TranslatorSpec
from mqviz.model.snapshot import Event
from mqviz.sim.simulation import Simulation
from mqviz.sim.watching import MOST_EVENTS
from tests.sim.worlds import burst, server, shop, world


def events(scenario: Scenario, until: float) -> tuple[Event, ...]:
    simulation = Simulation(scenario, watch=True)
    simulation.run_until(until)
    return simulation.drain_events()


def steps(found: tuple[Event, ...]) -> set[tuple[str, str, str]]:
    return {(str(event.kind), event.source, event.target) for event in found}


def test_the_sample_is_bounded_and_its_weights_are_about_all_steps() -> None:
    busy = world(shop(load=(ConstantLoad(rate=5000.0),)), server(service=Constant(mean=0.0001)), duration=4.0)
    simulation = Simulation(busy, watch=True)
    for second in (1.0, 2.0, 3.0):
        simulation.run_until(second)
        found = simulation.drain_events()
        assert 100 < len(found) <= MOST_EVENTS
        weights: Counter[str] = Counter()
        for event in found:
            weights[str(event.kind)] += event.weight
        for kind in ("publish", "route", "deliver", "ack"):
            assert 4000 < weights[kind] < 6000


def test_whoever_is_seen_entering_is_seen_leaving() -> None:
    busy = world(shop(load=(ConstantLoad(rate=5000.0),)), server(service=Constant(mean=0.0001)), duration=4.0)
    simulation = Simulation(busy, watch=True)
    simulation.run_until(3.0)
    simulation.drain_events()
    simulation.run_until(3.2)
    by_kind: dict[str, set[int]] = {}
    for event in simulation.drain_events():
        by_kind.setdefault(str(event.kind), set()).add(event.message)
    assert len(by_kind["publish"] & by_kind["ack"]) > 0.9 * len(by_kind["publish"])


def test_a_quiet_edge_is_not_lost_beside_a_busy_one() -> None:
    quiet = ProducerSpec(name="quiet", routing_key="other", load=(ConstantLoad(rate=1.0),))
    scenario = world(
        shop(load=(ConstantLoad(rate=5000.0),)), quiet, queues=(QueueSpec(name="work"), QueueSpec(name="other")), duration=4.0
    )
    found = events(scenario, 3.5)
    assert [event.time for event in found if event.target == "queue:other"] == [0.0, 1.0, 2.0, 3.0]


def test_every_way_out_is_told_with_its_kind_and_reason() -> None:
    scenario = world(
        burst(5, priority=2, kind=MessageKind.ERROR),
        server(fail=Fail(share=1.0, how="reject")),
        exchanges=(ExchangeSpec(name="dlx", type=ExchangeType.FANOUT),),
        queues=(QueueSpec(name="work", arguments={"x-max-length": 2, "x-dead-letter-exchange": "dlx"}), QueueSpec(name="dead")),
        bindings=(BindingSpec(source="dlx", destination="dead"),),
    )
    found = events(scenario, 5.0)
    assert steps(found) == {
        ("publish", "producer:shop.1", "exchange:"),
        ("route", "exchange:", "queue:work"),
        ("deliver", "queue:work", "consumer:server.1"),
        ("dead_letter", "queue:work", "exchange:dlx"),
        ("route", "exchange:dlx", "queue:dead"),
    }
    assert {event.reason for event in found if event.kind == "dead_letter"} == {"maxlen", "rejected"}
    assert {(event.kind_of_message, event.priority) for event in found} == {(MessageKind.ERROR, 2)}


def test_what_never_arrives_is_told_too() -> None:
    full = QueueSpec(name="work", arguments={"x-max-length": 1, "x-overflow": "reject-publish"})
    short = QueueSpec(name="short", arguments={"x-max-length": 1, "x-message-ttl": 500})
    scenario = world(
        burst(2, name="refused"),
        burst(1, name="lost", routing_key="nowhere"),
        burst(1, name="back", routing_key="nowhere", mandatory=True),
        burst(2, name="late", routing_key="short"),
        queues=(full, short),
        faults=(RestartFault(at=1.0),),
    )
    found = events(scenario, 2.0)
    assert {
        ("refuse", "exchange:", "queue:work"),
        ("unroutable", "exchange:", ""),
        ("return", "exchange:", "producer:back.1"),
        ("drop", "queue:short", ""),
        ("expire", "queue:short", ""),
        ("lost", "queue:work", ""),
    } <= steps(found)


def test_what_comes_back_is_told_as_redelivered() -> None:
    found = events(world(burst(1), server(count=2, service=Constant(mean=1.0)), faults=(Kill(target="server.1", at=0.5),)), 2.0)
    requeued = next(event for event in found if event.kind == "requeue")
    assert (requeued.source, requeued.target, requeued.redelivered) == ("consumer:server.1", "queue:work", True)
    assert [event.redelivered for event in found if event.kind == "deliver"] == [False, True]


def test_requests_calls_and_translations_are_told() -> None:
    asking = world(burst(1, request=Request()), server(reply=True))
    assert ("reply", "consumer:server.1", "producer:shop.1") in steps(events(asking, 1.0))
    caller = ProducerSpec(name="guest", call="kitchen", load=(ConstantLoad(rate=1.0),))
    calling = world(caller, services=(ServiceSpec(name="kitchen"),))
    there, back = ("call", "producer:guest.1", "service:kitchen"), ("answer", "service:kitchen", "producer:guest.1")
    assert steps(events(calling, 0.5)) == {there, back}
    asked = world(burst(1), server(call="kitchen"), services=(ServiceSpec(name="kitchen"),))
    there, back = ("call", "consumer:server.1", "service:kitchen"), ("answer", "service:kitchen", "consumer:server.1")
    assert {there, back} <= steps(events(asked, 1.0))
    bridge = TranslatorSpec(name="bridge", queue="work", routing_key="out", rules=(Rule(do="render", format="xml"),))
    translating = world(burst(1, body="{}"), queues=(QueueSpec(name="work"), QueueSpec(name="out")), translators=(bridge,))
    assert {
        ("deliver", "queue:work", "translator:bridge"),
        ("publish", "translator:bridge", "exchange:"),
        ("route", "exchange:", "queue:out"),
        ("ack", "translator:bridge", "queue:work"),
    } <= steps(events(translating, 1.0))


def test_who_does_not_watch_sees_nothing() -> None:
    simulation = Simulation(world(shop(), server()))
    simulation.run_until(5.0)
    assert simulation.drain_events() == ()
