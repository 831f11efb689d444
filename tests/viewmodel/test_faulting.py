"""What a fault button may hit, what a click on it means, and what it would end."""

import pytest

from mqviz.model.faults import Cut, Kill, Purge, RestartFault, Spike
from mqviz.model.snapshot import ActiveFault, ConsumerStats, ProducerStats, QueueStats, ServiceStats, Snapshot
from mqviz.viewmodel.faulting import KINDS, active, fault_for, hits_broker, is_on, targets

PICTURE = Snapshot(
    time=3.0,
    queues=(QueueStats(name="work"),),
    producers=(ProducerStats(name="shop.1", client="shop", exchange="", routing_key="work", rate=5.0),),
    consumers=tuple(ConsumerStats(name=f"server.{i}", client="server", queue="work") for i in (1, 2)),
    services=(ServiceStats(name="bank", workers=1),),
)


def test_kill_offers_consumers_first() -> None:
    assert targets("kill", PICTURE) == ("consumer:server.1", "consumer:server.2", "producer:shop.1", "service:bank")


@pytest.mark.parametrize(
    ("code", "expected"),
    [("spike", ("producer:shop.1",)), ("purge", ("queue:work",)), ("fail", ("consumer:server.1", "consumer:server.2"))],
)
def test_each_kind_hits_only_what_it_can(code: str, expected: tuple[str, ...]) -> None:
    assert targets(code, PICTURE) == expected
    assert not hits_broker(code)


def test_faults_of_the_broker_need_no_target() -> None:
    assert [code for code in KINDS if hits_broker(code)] == ["restart", "cut", "delay", "down", "memory_alarm"]
    assert fault_for("restart", PICTURE) == RestartFault(lasts=3.0)
    assert fault_for("cut", PICTURE) == Cut(lasts=5.0)
    assert fault_for("cut", PICTURE, "consumer:server.1") == Cut(lasts=5.0, target="server.1")


def test_a_spike_multiplies_a_rate_and_throws_messages_where_there_is_none() -> None:
    assert fault_for("spike", PICTURE, "producer:shop.1") == Spike(target="shop.1", factor=4.0, lasts=10.0)
    silent = Snapshot(
        time=0.0, producers=(ProducerStats(name="shop.1", client="shop", exchange="", routing_key="", rate=0.0),)
    )
    assert fault_for("spike", silent, "producer:shop.1") == Spike(target="shop.1", messages=1000)


def test_a_queue_is_named_with_its_prefix() -> None:
    assert fault_for("purge", PICTURE, "queue:work") == Purge(target="queue:work")


def test_the_latest_fault_on_the_node_is_the_one_to_end() -> None:
    faults = tuple(ActiveFault(id=i, fault=Kill(target=name), since=0.0) for i, name in ((1, "server"), (2, "server.2")))
    picture = Snapshot(time=1.0, faults=faults)
    first, second = active("kill", picture, "consumer:server.1"), active("kill", picture, "consumer:server.2")
    assert first is not None
    assert second is not None
    assert (first.id, second.id) == (1, 2)
    assert active("slow", picture, "consumer:server.1") is None
    assert active("kill", picture) is faults[1]


def test_a_fault_on_a_client_is_on_all_its_members_and_not_on_a_namesake() -> None:
    assert is_on(Kill(target="server"), "consumer:server.2")
    assert not is_on(Kill(target="server.1"), "consumer:server.2")
    assert not is_on(Kill(target="server"), "queue:server")
    assert not is_on(RestartFault(), "queue:server")
