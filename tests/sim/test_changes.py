"""Changes while it runs: what is set, declared and deleted, from the file or by hand; messages published by hand."""

from __future__ import annotations

from typing import Any

import pytest

from mqviz.model.amqp import BindingSpec, ExchangeSpec, ExchangeType, Properties, QueueSpec
from mqviz.model.backend import Apply, Outcome, Peek, Publish, Route, Waits
from mqviz.model.distributions import Constant
from mqviz.model.faults import Changed, Names, RestartFault
from mqviz.model.load import BurstLoad, ConstantLoad
from mqviz.model.scenario import Change, Declared, ProducerSpec, ServiceSpec, TranslatorSpec
from mqviz.model.snapshot import ClientState
from mqviz.sim.simulation import Simulation
from tests.sim.worlds import as_bytes, at, burst, run, server, shop, world


def apply(simulation: Simulation, **change: Any) -> Outcome:
    return simulation.apply(Apply(change=Change(**change)))


def test_a_change_of_the_file_is_made_at_its_time() -> None:
    change = Change(at=5.0, target="shop", set=Changed(rate=20.0))
    assert run(world(shop(), changes=(change,))).ledger.messages.published == pytest.approx(150, abs=1)


def test_limits_of_a_living_queue_are_turned_and_taken_away() -> None:
    simulation = at(world(burst(10)), 1.0)
    assert apply(simulation, target="queue:work", set=Changed(arguments={"x-max-length": 4})).done
    assert simulation.snapshot().queues[0].messages_ready == 4
    assert simulation.result().queues["work"].dropped == 6
    assert apply(simulation, target="work", set=Changed(arguments={"x-max-length": "none", "x-message-ttl": 500})).done
    stats = simulation.snapshot().queues[0]
    assert (stats.max_length, stats.message_ttl) == (None, 0.5)


def test_a_limit_that_was_turned_outlives_the_queue() -> None:
    limit = Change(at=1.0, target="queue:work", set=Changed(arguments={"x-max-length": 3}))
    scenario = world(
        shop(load=(BurstLoad(messages=10, at=6.0),)),
        server(service=Constant(mean=100.0)),
        queues=(QueueSpec(name="work"),),
        changes=(limit,),
        faults=(RestartFault(at=3.0),),
    )
    assert run(scenario).queues["work"].ready == 3


def test_things_are_declared_while_it_runs() -> None:
    simulation = at(world(), 1.0)
    declared = Declared(
        exchanges=(ExchangeSpec(name="orders", type=ExchangeType.FANOUT),),
        queues=(QueueSpec(name="mail"),),
        bindings=(BindingSpec(source="orders", destination="mail"),),
        producers=(shop(exchange="orders"),),
        consumers=(server(queue="mail"),),
        services=(ServiceSpec(name="kitchen"),),
        translators=(TranslatorSpec(name="bridge", queue="work", routing_key="mail"),),
    )
    assert apply(simulation, declare=declared).done
    simulation.run_until(10.0)
    result = simulation.result()
    assert result.ledger.work.completed == 89
    assert list(result.services) == ["kitchen"]
    assert list(result.translators) == ["bridge"]
    assert as_bytes(run(simulation.recording())) == as_bytes(result)


def test_the_network_of_all_or_of_one_client_becomes_slow_while_it_runs() -> None:
    """Ten messages a second: what is under way, and what is unacked, is ten times how long it takes (Little's law)."""
    changes = (
        Change(at=2.0, target="network", set=Changed(latency=0.3)),
        Change(at=4.0, target="shop", set=Changed(latency=0.0)),
        Change(at=6.0, target="network", set=Changed(latency=0.1)),
        Change(at=6.0, target="server", set=Changed(count=2)),
    )
    simulation = Simulation(world(shop(), server(prefetch=0, workers=9), changes=changes))
    seen = []
    for time in (1.99, 3.99, 5.99, 9.99):
        simulation.run_until(time)
        ledger = simulation.result().ledger
        assert ledger.balanced
        seen.append((ledger.messages.in_transit, ledger.copies.unacknowledged))
    assert seen == [(0, 0), (3, 6), (0, 6), (1, 2)]


def test_a_service_is_declared_called_deleted_and_comes_back() -> None:
    kitchen = ServiceSpec(name="kitchen", service=Constant(mean=0.5))
    guest = ProducerSpec(name="guest", call="kitchen", mode="asynchronous", load=(ConstantLoad(rate=1.0),))
    changes = (
        Change(at=2.0, declare=Declared(services=(kitchen,), producers=(guest,))),
        Change(at=5.25, delete=Names(clients=("kitchen",))),
        Change(at=8.25, declare=Declared(services=(kitchen,))),
    )
    scenario = world(duration=10.9, changes=changes)
    simulation = at(scenario, 5.3)
    assert [each.state for each in simulation.snapshot().services] == [ClientState.CLOSING]
    simulation.run_until(7.0)
    assert [each.state for each in simulation.snapshot().services] == [ClientState.STOPPED]
    simulation.run_until(20.0)
    service = simulation.result().services["kitchen"]
    assert (service.requests, service.completed, service.refused, service.in_service) == (9, 6, 3, 0)
    assert service.utilisation == pytest.approx(3.0 / (3.5 + 2.65))
    assert service.balances
    assert as_bytes(run(simulation.recording())) == as_bytes(simulation.result())


def test_who_calls_a_service_that_is_not_there_is_refused() -> None:
    simulation = at(world(), 1.0)
    outcome = apply(simulation, declare=Declared(producers=(ProducerSpec(name="guest", call="nobody"),)))
    assert (outcome.reason, outcome.detail) == ("no_such_target", "nobody")


def test_a_load_that_is_declared_late_does_not_make_up_for_what_it_missed() -> None:
    simulation = at(world(), 5.0)
    apply(simulation, declare=Declared(producers=(shop(load=(BurstLoad(messages=9, at=1.0), ConstantLoad(rate=1.0))),)))
    simulation.run_until(10.0)
    assert simulation.result().ledger.messages.published == 5


def test_a_name_that_is_taken_is_refused() -> None:
    simulation = at(world(shop()), 1.0)
    outcome = apply(simulation, declare=Declared(producers=(shop(confirm=3),)))
    assert (outcome.done, outcome.reason, outcome.detail) == (False, "name_taken", "shop")
    assert [entry.code for entry in simulation.drain_log()][-1] == "command_refused"


def test_a_client_that_was_deleted_leaves_in_order_and_may_come_back() -> None:
    simulation = at(world(burst(10), server(prefetch=3, service=Constant(mean=1.0))), 0.5)
    assert apply(simulation, delete=Names(clients=("server",))).done
    simulation.run_until(4.0)
    assert simulation.snapshot().consumers == ()
    assert simulation.result().consumers["server"].completed == 3
    assert simulation.result().queues["work"].redelivered == 0
    assert apply(simulation, declare=Declared(consumers=(server(prefetch=3, service=Constant(mean=1.0)),))).done
    simulation.run_until(6.5)
    assert simulation.snapshot().consumers[0].completed == 5


def test_a_deleted_queue_is_gone_with_its_messages_for_good() -> None:
    simulation = at(world(burst(10), server(service=Constant(mean=1.0), reconnect=0.5)), 2.5)
    assert apply(simulation, delete=Names(queues=("work",))).done
    simulation.run_until(9.0)
    result = simulation.result()
    assert (result.queues["work"].deleted, result.queues["work"].acknowledged) == (8, 2)
    assert simulation.snapshot().queues == ()
    assert result.ledger.balanced
    assert not result.ledger.nothing_lost


def test_bindings_and_exchanges_are_deleted() -> None:
    binding = BindingSpec(source="orders", destination="work", routing_key="new")
    spec = shop(exchange="orders", routing_key="new")
    scenario = world(spec, exchanges=(ExchangeSpec(name="orders"),), bindings=(binding,))
    simulation = at(scenario, 2.05)
    apply(simulation, delete=Names(bindings=(binding,)))
    simulation.run_until(5.05)
    assert simulation.result().ledger.messages.unroutable == 30
    assert simulation.apply(Route(exchange="orders", routing_key="new")).answer == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"target": "nobody", "set": Changed(prefetch=1)}, "no_such_target"),
        ({"target": "nobody", "set": Changed(count=1)}, "no_such_target"),
        ({"target": "queue:nothing", "set": Changed(arguments={"x-max-length": 1})}, "no_such_target"),
        ({"target": "shop", "set": Changed(prefetch=1)}, "not_settable"),
        ({"delete": Names(clients=("nobody",))}, "no_such_target"),
        ({"declare": Declared(queues=(QueueSpec(name="odd", arguments={"x-max-length": -1}),))}, "refused_by_broker"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(change: dict[str, Any], reason: str) -> None:
    simulation = at(world(shop(), server()), 1.0)
    outcome = apply(simulation, **change)
    assert (outcome.done, outcome.reason) == (False, reason)
    simulation.run_until(10.0)
    assert simulation.result().ledger.balanced


# -- questions, and messages by hand ----------------------------------------------------------------------


def test_a_message_is_published_by_hand_and_in_the_record() -> None:
    simulation = at(world(shop(), server(service=Constant(mean=1.0))), 2.0)
    properties = Properties(delivery_mode=2, priority=3, headers={"a": 1}, type="request", expiration="60000")
    outcome = simulation.apply(Publish(number=3, exchange="", routing_key="work", body=b"hello", properties=properties))
    assert (outcome.number, outcome.done, outcome.answer) == (3, True, True)
    assert simulation.apply(Publish(exchange="", routing_key="nowhere")).answer is False
    mine = simulation.apply(Peek(queue="work", count=100)).answer[-1]
    assert (mine.body, mine.properties.headers, mine.properties.delivery_mode) == (b"hello", {"a": 1}, 2)
    assert (mine.properties.priority, mine.properties.expiration, mine.properties.type) == (3, "60000", "request")
    simulation.run_until(10.0)
    result = simulation.result()
    assert (result.replayable, result.ledger.balanced) == (True, True)
    assert as_bytes(run(simulation.recording())) == as_bytes(result)
    assert [each.client for each in simulation.snapshot().producers] == ["shop"]


def test_a_message_that_no_file_can_describe_makes_the_run_unrepeatable() -> None:
    for command in (
        Publish(exchange="", routing_key="work", body=b"\xff\xfe"),
        Publish(exchange="", routing_key="work", body=b"{number}"),
        Publish(exchange="", routing_key="work", properties=Properties(correlation_id="7")),
    ):
        simulation = at(world(), 1.0)
        assert simulation.apply(command).answer is True
        result = simulation.result()
        assert not result.replayable
        assert result.ledger.balanced
        assert simulation.apply(Peek(queue="work")).answer[0].body == command.body


def test_questions_do_not_move_time() -> None:
    simulation = at(world(burst(3)), 1.0)
    before = as_bytes(simulation.result())
    assert [each.age for each in simulation.apply(Peek(queue="work")).answer] == [1.0, 1.0, 1.0]
    assert simulation.apply(Route(exchange="", routing_key="work")).answer == ("work",)
    assert simulation.apply(Peek(queue="nothing")).reason == "no_such_queue"
    assert simulation.apply(Route(exchange="nothing", routing_key="x")).reason == "no_such_exchange"
    assert simulation.apply(Publish(exchange="nothing", routing_key="x")).reason == "no_such_exchange"
    assert as_bytes(at(world(burst(3)), 1.0).result()) == before


def test_how_long_messages_waited_in_a_queue_can_be_asked() -> None:
    simulation = at(world(burst(10), server(service=Constant(mean=1.0))), 4.5)
    waits = simulation.apply(Waits(queue="work")).answer
    assert (waits.count, waits.max) == (4, 3.0)
    assert simulation.result().queues["work"].wait == waits
    assert simulation.apply(Waits(queue="nothing")).answer.count == 0
