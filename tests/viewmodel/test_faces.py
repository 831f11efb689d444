"""What cards say."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from mqviz.model.result import Reasons
from mqviz.model.snapshot import ClientState, ExchangeStats, QueueStats, ServiceStats, Snapshot, TranslatorStats
from mqviz.viewmodel.faces import ConsumerFace, Face, Faces, ProducerFace, QueueFace, Severity, crew, round_above, severity
from mqviz.viewmodel.graph import graph_of
from mqviz.viewmodel.trends import Trend
from tests.viewmodel.pictures import binding, called, consumer, producer, translated
from tests.viewmodel.told import Told


def faces(snapshot: Snapshot, told: Told | None = None, maker: Faces | None = None) -> dict[str, Face]:
    graph = graph_of(snapshot)
    maker = maker or Faces()
    maker.begin(snapshot, graph, told or Told())
    return {node.id: maker.of(node) for node in graph.nodes}


def queue_face(queue: QueueStats, told: Told | None = None) -> QueueFace:
    face = faces(Snapshot(time=0.0, queues=(queue,)), told)[f"queue:{queue.name}"]
    assert isinstance(face, QueueFace)
    return face


def test_a_queue_with_a_limit_is_filled_by_its_share_and_unacked_does_not_count() -> None:
    face = queue_face(QueueStats(name="q", messages_ready=690, messages_unacknowledged=100, max_length=1000, consumers=1))
    assert (face.percent, face.ready_share, face.unacked_share) == (69, pytest.approx(0.69, abs=0.01), pytest.approx(0.1, abs=0.01))


def test_a_queue_without_a_limit_has_a_round_scale_that_never_shrinks() -> None:
    maker = Faces()
    full = Snapshot(time=0.0, queues=(QueueStats(name="q", messages_ready=900, consumers=1),))
    low = replace(full, queues=(QueueStats(name="q", messages_ready=100, consumers=1),))
    first = faces(full, maker=maker)["queue:q"]
    second = faces(low, maker=maker)["queue:q"]
    assert isinstance(first, QueueFace) and isinstance(second, QueueFace)
    assert first.percent is None and first.ready_share == pytest.approx(0.9)
    assert second.ready_share == pytest.approx(0.1)


@pytest.mark.parametrize(("value", "above"), [(0, 20), (18, 20), (19, 50), (95, 200), (900, 1000), (1000, 2000), (9_000, 10_000)])
def test_round_numbers_above(value: int, above: int) -> None:
    assert round_above(value) == above


def test_what_is_there_at_all_is_seen() -> None:
    assert queue_face(QueueStats(name="q", messages_ready=1, max_length=1_000_000, consumers=1)).ready_share > 0


@pytest.mark.parametrize(
    ("queue", "trend", "expected"),
    [
        (QueueStats(name="q", messages_ready=5), Trend(), Severity.NO_CONSUMER),
        (QueueStats(name="q"), Trend(), Severity.FINE),
        (QueueStats(name="q", messages_ready=80, max_length=100, consumers=1), Trend(), Severity.NEAR_LIMIT),
        (QueueStats(name="q", messages_ready=79, max_length=100, consumers=1), Trend(), Severity.FINE),
        (QueueStats(name="q", messages_ready=50, consumers=1), Trend(slope=3.0), Severity.GROWING),
        (QueueStats(name="q", messages_ready=50, consumers=1), Trend(slope=1.0), Severity.FINE),
        (QueueStats(name="q", messages_ready=5000, consumers=1), Trend(slope=20.0), Severity.FINE),
        (QueueStats(name="q", messages_ready=5, consumers=1, max_length=99), Trend(slope=0.1, full_in=30.0), Severity.GROWING),
    ],
)
def test_severity(queue: QueueStats, trend: Trend, expected: Severity) -> None:
    assert severity(queue, trend, is_dead_letter=False) is expected


def test_dead_letters_may_lie_without_a_consumer() -> None:
    queues = (QueueStats(name="q", dead_letter_exchange="dlx", consumers=1), QueueStats(name="dead", messages_ready=4))
    exchanges = (ExchangeStats(name="dlx", type="fanout"),)
    face = faces(Snapshot(time=0.0, queues=queues, exchanges=exchanges, bindings=(binding("dlx", "dead"),)))["queue:dead"]
    assert isinstance(face, QueueFace)
    assert face.is_dead_letter and face.severity is Severity.FINE


def test_an_outlook_that_the_last_second_speaks_against_is_not_given() -> None:
    queue = QueueStats(name="q", messages_ready=500, max_length=1000, consumers=1)
    growing = {"q": Trend(slope=50.0, full_in=10.0)}
    assert queue_face(queue, Told({("queue:q", "ready"): 20.0}, growing)).full_in == 10.0
    turned = queue_face(queue, Told({("queue:q", "ready"): -5.0}, growing))
    assert turned.full_in is None and turned.severity is Severity.FINE


def test_why_letters_are_dead() -> None:
    many = QueueStats(name="q", reasons=Reasons(rejected=1, delivery_limit=7), delivery_limit=3)
    assert queue_face(many).dead_reason == "delivery_limit:3"
    assert queue_face(QueueStats(name="q", reasons=Reasons(maxlen=2))).dead_reason == "maxlen"
    assert queue_face(QueueStats(name="q")).dead_reason == ""


def test_the_age_is_that_of_a_ready_message() -> None:
    assert queue_face(QueueStats(name="q", messages_ready=1, oldest=12.34, consumers=1)).oldest == 12.0
    assert queue_face(QueueStats(name="q", messages_unacknowledged=1, oldest=12.34, consumers=1)).oldest is None


def test_a_crowd_of_consumers_is_added_up() -> None:
    members = tuple(
        consumer(f"c.{i}", "q", prefetch_count=10, messages_unacknowledged=4, working=1, workers=2, state=ClientState.RUNNING)
        for i in range(1, 11)
    )
    killed = (replace(members[0], state=ClientState.KILLED), *members[1:])
    face = faces(Snapshot(time=0.0, queues=(QueueStats(name="q"),), consumers=killed), Told({("consumer:c", "acknowledged"): 120.4}))[
        "consumer:c"
    ]
    assert isinstance(face, ConsumerFace)
    assert (face.held, face.prefetch, face.working, face.workers, face.rate) == (40, 100, 10, 20, 120.0)
    assert (face.crew.state, face.crew.worst, face.crew.worst_members) == (ClientState.RUNNING, ClientState.KILLED, 1)


def test_without_acknowledgements_deliveries_are_the_rate() -> None:
    told = Told({("consumer:c.1", "delivered"): 5.0, ("consumer:c.1", "acknowledged"): 0.0})
    face = faces(Snapshot(time=0.0, consumers=(consumer("c.1", "q", ack_required=False),)), told)["consumer:c.1"]
    assert isinstance(face, ConsumerFace) and face.rate == 5.0


def test_a_rate_that_cannot_be_told_is_none() -> None:
    face = faces(Snapshot(time=0.0, producers=(producer("p.1"),)))["producer:p.1"]
    assert isinstance(face, ProducerFace) and face.rate is None


def test_services_and_translators() -> None:
    told = Told({("service:server", "refused"): 12.34, ("translator:to-xml", "invalid"): 2.0})
    service = faces(replace(called(), services=(ServiceStats(name="server", workers=2, in_service=2, waiting=3, accept=4),)), told)[
        "service:server"
    ]
    assert (service.busy, service.workers, service.waiting, service.accept, service.refused) == (2, 2, 3, 4, 12.0)  # type: ignore[union-attr]
    stats = TranslatorStats(name="to-xml", queue="json", exchange="", routing_key="xml", format_in="JSON", format_out="XML")
    translator = faces(replace(translated(), translators=(stats,)), told)["translator:to-xml"]
    assert (translator.format_in, translator.format_out, translator.invalid) == ("JSON", "XML", 2.0)  # type: ignore[union-attr]


def test_the_load_of_a_service_is_that_of_the_last_second_not_of_this_instant() -> None:
    snapshot = replace(called(), services=(ServiceStats(name="server", workers=4, in_service=4),))
    assert faces(snapshot)["service:server"].load == 1.0  # type: ignore[union-attr]
    told = Told({("service:server", "busy_time"): 2.0})
    assert faces(snapshot, told)["service:server"].load == 0.5  # type: ignore[union-attr]


def test_nobody_is_a_crew_too() -> None:
    assert crew([]).members == 0


def test_faces_that_look_alike_are_equal() -> None:
    snapshot = Snapshot(time=0.0, queues=(QueueStats(name="q", messages_ready=5, max_length=50, consumers=1, oldest=20.1),))
    later = replace(snapshot, time=1.0, queues=(replace(snapshot.queues[0], oldest=20.3, enqueued=99),))
    assert faces(snapshot) == faces(later)
