"""Where theory has something to say about what is selected, and why it has nothing."""

import pytest
from msgspec.structs import replace

from mqviz.model.distributions import Constant, Exponential, Normal
from mqviz.model.faults import Kill
from mqviz.model.load import BurstLoad, ConstantLoad, PoissonLoad
from mqviz.model.scenario import ConsumerSpec, Fail, ProducerSpec, Scenario
from mqviz.model.snapshot import ActiveFault, BindingStats, ConsumerStats, ProducerStats, QueueStats, Snapshot
from mqviz.viewmodel.expectation import expected

SCENARIO = Scenario(
    producers=(ProducerSpec(name="shop", routing_key="work", load=(PoissonLoad(rate=8.0),)),),
    consumers=(ConsumerSpec(name="server", queue="work", service=Exponential(mean=0.1)),),
)
PICTURE = Snapshot(
    time=1.0,
    queues=(QueueStats(name="work"),),
    producers=(ProducerStats(name="shop.1", client="shop", exchange="", routing_key="work", rate=8.0),),
    consumers=(ConsumerStats(name="server.1", client="server", queue="work", service_mean=0.1),),
)


def with_consumer(**fields: object) -> Scenario:
    return replace(SCENARIO, consumers=(replace(SCENARIO.consumers[0], **fields),))


def with_load(load: object) -> Scenario:
    return replace(SCENARIO, producers=(replace(SCENARIO.producers[0], load=(load,)),))


def test_one_worker_with_exponential_work_is_mm1() -> None:
    found = expected(PICTURE, SCENARIO, "")
    assert found.model == "M/M/1"
    assert found.time == pytest.approx(0.5)
    assert found.present == pytest.approx(4.0)


def test_a_part_of_the_whole_has_no_theory() -> None:
    assert expected(PICTURE, SCENARIO, "consumer:server.1").reason == "no_queue"


def test_several_workers_are_servers_of_one_queue() -> None:
    consumer = replace(PICTURE.consumers[0], workers=5, service_mean=0.5)
    found = expected(replace(PICTURE, consumers=(consumer,)), SCENARIO, "queue:work")
    assert found.model == "M/M/5"
    assert found.time == pytest.approx(0.5 + 0.5541 / 2, rel=1e-3)


def test_constant_work_waits_half_as_long() -> None:
    found = expected(PICTURE, with_consumer(service=Constant(mean=0.1)), "")
    assert found.model == "M/G/1"
    assert found.time == pytest.approx(0.3)


def test_a_binding_leads_to_the_queue_too() -> None:
    producer = replace(PICTURE.producers[0], exchange="orders", routing_key="order.new")
    binding = BindingStats(source="orders", destination="work", destination_type="queue", routing_key="#")
    picture = replace(PICTURE, producers=(producer,), bindings=(binding,))
    assert expected(picture, SCENARIO, "").time == pytest.approx(0.5)
    assert expected(replace(picture, bindings=()), SCENARIO, "").reason == "not_poisson"


def test_a_poisson_process_by_another_name() -> None:
    assert expected(PICTURE, with_load(ConstantLoad(rate=8.0, random=True)), "").model == "M/M/1"


@pytest.mark.parametrize(
    ("picture", "scenario", "reason"),
    [
        (PICTURE, with_load(ConstantLoad(rate=8.0)), "not_poisson"),
        (PICTURE, with_load(BurstLoad(messages=10)), "not_poisson"),
        (PICTURE, with_consumer(fail=Fail(share=0.1)), "other_work"),
        (PICTURE, with_consumer(service=Normal(mean=0.1, sd=0.1)), "other_work"),
        (replace(PICTURE, consumers=()), SCENARIO, "no_consumers"),
        (replace(PICTURE, queues=(QueueStats(name="work", max_length=5),)), SCENARIO, "limits"),
        (replace(PICTURE, faults=(ActiveFault(id=1, fault=Kill(target="x"), since=0.0),)), SCENARIO, "fault"),
        (replace(PICTURE, producers=(replace(PICTURE.producers[0], rate=10.0),)), SCENARIO, "saturated"),
        (replace(PICTURE, queues=(*PICTURE.queues, QueueStats(name="b"))), SCENARIO, "no_queue"),
        (replace(PICTURE, consumers=(replace(PICTURE.consumers[0], call="bank"),)), SCENARIO, "call"),
    ],
)
def test_a_broken_assumption_is_named(picture: Snapshot, scenario: Scenario, reason: str) -> None:
    found = expected(picture, scenario, "")
    assert (found.reason, found.time, found.present) == (reason, None, None)


def test_different_workers_have_no_model() -> None:
    other = replace(PICTURE.consumers[0], name="server.2", service_mean=0.2)
    assert expected(replace(PICTURE, consumers=(PICTURE.consumers[0], other)), SCENARIO, "").reason == "different_work"
