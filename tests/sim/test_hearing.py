"""Listening to a simulated client: what it says and hears, and that nobody notices being listened to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mqviz.model.amqp import QueueSpec
from mqviz.model.backend import Inject
from mqviz.model.faults import Cut, Fault, Kill, MemoryAlarm, RestartFault
from mqviz.model.scenario import ProducerSpec, Scenario
from mqviz.sim.hearing import MOST_SAID, Said
from mqviz.sim.simulation import Simulation
from tests.sim.scenarios import scenarios
from tests.sim.worlds import as_bytes, burst, server, shop, world

SHOP_AND_SERVER = world(shop(confirm=5), server())


def heard(scenario: Scenario, client: str, until: float, *faults: Fault) -> list[Said]:
    """What is said by and to a client from the beginning to that time, with these faults at half of it."""
    simulation = Simulation(scenario, listen=client)
    simulation.run_until(until / 2)
    said = simulation.drain_heard()[0]
    for fault in faults:
        simulation.apply(Inject(fault=fault))
    simulation.run_until(until)
    return said + simulation.drain_heard()[0]


def words(said: list[Said]) -> list[str]:
    return [f"{'>' if each.to_broker else '<'} {each.method}" for each in said]


def test_a_consumer_subscribes_takes_and_acknowledges() -> None:
    said = heard(SHOP_AND_SERVER, "server", 0.16)
    assert words(said) == [
        "> connect",
        "> basic.qos",
        "< basic.qos-ok",
        "> basic.consume",
        "< basic.consume-ok",
        "< basic.deliver",
        "> basic.ack",
        "< basic.deliver",
        "> basic.ack",
    ]
    deliver, ack = said[5], said[6]
    assert deliver.fields["routing_key"] == "work" and deliver.content is not None and deliver.content.size == 100
    assert ack.fields["delivery_tag"] == deliver.fields["delivery_tag"] == 1


def test_a_producer_publishes_and_is_confirmed() -> None:
    said = heard(SHOP_AND_SERVER, "shop.1", 0.05)
    assert words(said) == ["> connect", "> confirm.select", "< confirm.select-ok", "> basic.publish", "< basic.ack"]
    assert said[3].content is not None and said[3].fields["exchange"] == ""


def test_consume_ok_stands_before_the_first_delivery() -> None:
    simulation = Simulation(world(burst(3), server(prefetch=0)))
    simulation.run_until(0.01)
    simulation.apply(Inject(fault=Cut(lasts=0.1)))
    simulation.listen("server")
    simulation.run_until(1.2)
    said = words(simulation.drain_heard()[0])
    assert said.index("< basic.consume-ok") < said.index("< basic.deliver")


def test_who_comes_late_is_told_how_it_began() -> None:
    simulation = Simulation(SHOP_AND_SERVER)
    simulation.run_until(5.0)
    assert simulation.listen("server") == "server.1"
    said = simulation.drain_heard()[0]
    assert words(said) == ["> connect", "> basic.qos", "< basic.qos-ok", "> basic.consume", "< basic.consume-ok"]
    assert all(each.recalled and each.time == 0.0 for each in said)


def test_a_killed_client_says_no_goodbye() -> None:
    assert words(heard(SHOP_AND_SERVER, "server", 1.0, Kill(target="server")))[-1] == "> lost"


def test_a_restart_of_the_broker_closes_with_320() -> None:
    said = heard(SHOP_AND_SERVER, "server", 8.0, RestartFault(lasts=1.0))
    closing = next(each for each in said if each.method == "connection.close")
    assert not closing.to_broker and closing.fields["reply_code"] == 320
    assert words(said).count("> connect") == 2 and "> lost" not in words(said)


def test_an_alarm_is_told_to_publishers() -> None:
    said = words(heard(SHOP_AND_SERVER, "shop", 1.0, MemoryAlarm(lasts=0.2)))
    assert "< connection.blocked" in said and "< connection.unblocked" in said


def test_a_refused_verb_closes_the_channel() -> None:
    scenario = world(shop(exchange="nowhere"))
    said = heard(scenario, "shop", 0.1)
    assert words(said)[1:5] == ["> basic.publish", "< channel.close", "> channel.close-ok", "> connection.close"]
    assert said[2].fields["reply_code"] == 404


def test_silence_is_filled_with_heartbeats() -> None:
    said = heard(world(server(), duration=100.0), "server", 95.0)
    beats = [(each.time, each.to_broker) for each in said if each.method == "heartbeat"]
    assert beats == [(30.0, True), (30.0, False), (60.0, True), (60.0, False), (90.0, True), (90.0, False)]


def test_more_than_anybody_reads_is_counted() -> None:
    simulation = Simulation(world(burst(1000), queues=(QueueSpec(name="work"),)), listen="shop")
    simulation.run_until(1.0)
    said, left_out = simulation.drain_heard()
    assert len(said) == MOST_SAID and len(said) + left_out == 1001


def test_nobody_is_heard_who_does_not_speak_amqp() -> None:
    simulation = Simulation(SHOP_AND_SERVER)
    assert simulation.listen("nobody") == ""
    assert simulation.drain_heard() == ([], 0)


def outcome(scenario: Scenario, listeners: list[str]) -> bytes:
    """The result of a run in which somebody listens to one after the other."""
    simulation = Simulation(scenario)
    for step, name in enumerate(listeners):
        simulation.run_until(step * 0.7)
        simulation.listen(name)
        simulation.drain_heard()
    simulation.run_until(1000.0)
    return as_bytes(simulation.result())


@settings(max_examples=40)
@given(scenarios(), st.data())
def test_whoever_is_listened_to_does_the_same(scenario: Scenario, data: st.DataObject) -> None:
    names = [each.name for group in (scenario.producers, scenario.consumers, scenario.translators) for each in group]
    listeners = data.draw(st.lists(st.sampled_from([*names, ""]), max_size=5))
    assert outcome(scenario, listeners) == outcome(scenario, [])


@pytest.mark.parametrize("spec", [shop(mandatory=True, routing_key="nowhere"), shop(mandatory=True, routing_key="nowhere", confirm=1)])
def test_a_mandatory_message_comes_back(spec: ProducerSpec) -> None:
    said = heard(world(spec), "shop", 0.05)
    returned = next(each for each in said if each.method == "basic.return")
    assert returned.fields["reply_code"] == 312 and returned.content is not None
