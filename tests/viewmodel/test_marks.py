"""What faults have hit."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from mqviz.model.faults import Cut, Down, Fault, Hang, Kill, MemoryAlarm, Slow
from mqviz.model.snapshot import ActiveFault, BrokerStats, Snapshot
from mqviz.viewmodel.graph import Graph, graph_of
from mqviz.viewmodel.marks import Marks, marks_of
from tests.viewmodel.pictures import consumer, shop, translated


def marks(fault: Fault, snapshot: Snapshot | None = None) -> Marks:
    snapshot = replace(snapshot or shop(), faults=(ActiveFault(id=1, fault=fault, since=0.0),))
    return marks_of(snapshot, graph_of(snapshot))


@pytest.mark.parametrize(
    ("fault", "nodes"),
    [
        (Kill(target="worker.2"), {"consumer:worker.2"}),
        (Kill(target="worker"), {"consumer:worker.1", "consumer:worker.2", "consumer:worker.3"}),
        (Slow(target="consumer:mailer"), {"consumer:mailer.1"}),
        (Slow(target="producer:mailer"), set()),
        (Hang(target="queue:email.send"), {"queue:email.send"}),
    ],
)
def test_a_fault_marks_what_its_target_means(fault: Fault, nodes: set[str]) -> None:
    assert set(marks(fault).nodes) == nodes


def test_one_member_marks_its_group() -> None:
    crowd = replace(shop(), consumers=tuple(consumer(f"worker.{i}", "orders.new") for i in range(1, 20)))
    assert set(marks(Kill(target="worker.7"), crowd).nodes) == {"consumer:worker"}


def ends(graph: Graph, found: Marks) -> set[str]:
    return {end for key in found.cut for end in key[:2] if not end.startswith(("queue", "exchange"))}


def test_a_cut_is_on_the_lines_of_its_side() -> None:
    graph = graph_of(shop())
    producers, consumers = {"producer"}, {"consumer"}
    assert {end.partition(":")[0] for end in ends(graph, marks(Cut(side="producers")))} == producers
    assert {end.partition(":")[0] for end in ends(graph, marks(Cut(side="consumers")))} == consumers
    assert {end.partition(":")[0] for end in ends(graph, marks(Cut()))} == producers | consumers
    assert ends(graph, marks(Cut(target="worker.1"))) == {"consumer:worker.1"}


def test_a_translator_is_a_client_too() -> None:
    assert "translator:to-xml" in ends(graph_of(translated()), marks(Cut(side="consumers"), translated()))


def test_the_broker_as_a_whole() -> None:
    assert marks(MemoryAlarm()).broker == ("memory_alarm",)
    snapshot = replace(shop(), broker=BrokerStats(state="down", memory_alarm=True))
    found = marks(Down(), snapshot)
    assert found.is_down and set(found.broker) == {"down", "memory_alarm"}
    assert marks_of(shop(), graph_of(shop())) == Marks()
