"""What a live broker tells late, in part, or not at all: curves with gaps, sums of what is told, RabbitMQ's thirteen rates, findings."""

from __future__ import annotations

from math import isnan

from msgspec.structs import replace

from mqviz.model.backend import Update
from mqviz.model.feed import Feed, FeedState
from mqviz.model.snapshot import BrokerStats, ExchangeStats, MessageStats, NodeStats, QueueStats, Snapshot
from mqviz.viewmodel.chart_rows import Row, plan_of
from mqviz.viewmodel.extraction import COUNTED
from mqviz.viewmodel.facts import facts_of
from mqviz.viewmodel.findings import findings
from mqviz.viewmodel.freshness import is_same
from mqviz.viewmodel.recorder import Recorder
from mqviz.viewmodel.totals import sum_of_told, totals_of

SEEING = Feed(state=FeedState.SEEING)


def picture(time: float, **broker: object) -> Snapshot:
    total = int(10 * time)
    stats = MessageStats(publish=total, deliver=total, deliver_no_ack=5, ack=total, redeliver=0)
    queue = QueueStats(name="work", messages_ready=total, consumers=1, enqueued=None, delivered=total, acknowledged=total, redelivered=None)
    known = {"name": "rabbit@mq", "version": "3.10.8", "message_stats": stats, **broker}
    exchange = ExchangeStats(name="amq.topic", type="topic", publish_in=None, unroutable=None)
    return Snapshot(time=time, live=True, broker=BrokerStats(**known), queues=(queue,), exchanges=(exchange,))  # type: ignore[arg-type]


def recorded(*updates: Update) -> Recorder:
    recorder = Recorder()
    for update in updates:
        recorder.append(update)
    return recorder


def seen(*times: float) -> list[Update]:
    return [Update(snapshot=picture(time), feed=SEEING) for time in times]


def test_what_is_not_told_is_unknown_and_never_nothing() -> None:
    recorder = recorded(*seen(0.0, 5.0, 10.0))
    assert recorder.latest("queue:work.delivered") == 10.0
    assert recorder.latest("queue:work.enqueued") is None
    assert recorder.latest("dead_letter") == 0.0 or recorder.latest("dead_letter") is None


def test_the_whole_is_what_the_broker_counts_itself() -> None:
    recorder = recorded(*seen(0.0, 5.0, 10.0))
    assert recorder.latest("counted_publish") == 10.0
    assert recorder.latest("counted_confirm") is None
    assert recorder.latest("publish") == recorder.latest("ack") == 10.0


def test_a_picture_that_only_grows_older_is_kept_once() -> None:
    now = picture(5.0)
    older = [Update(snapshot=replace(now, time=5.0 + age, age=age), feed=SEEING) for age in (0.0, 1.0, 2.0)]
    recorder = recorded(*older)
    assert recorder.series("ready").times.tolist() == [5.0]
    assert is_same(older[0].snapshot, older[2].snapshot) and not is_same(now, picture(5.0))


def test_out_of_sight_is_a_gap_however_short() -> None:
    blind = Update(snapshot=picture(5.0), feed=Feed(state=FeedState.BLIND))
    recorder = recorded(*seen(0.0, 5.0), blind, *seen(12.0, 17.0))
    assert [isnan(value) for value in recorder.series("ready").values] == [False, False, True, False]


def test_polling_less_often_is_no_gap() -> None:
    slow = [Update(snapshot=picture(time), feed=replace(SEEING, interval=30.0)) for time in (40.0, 70.0)]
    recorder = recorded(*seen(0.0, 5.0, 10.0), *slow)
    assert not any(isnan(value) for value in recorder.series("ready").values)


def test_another_virtual_host_is_another_run() -> None:
    recorder = recorded(*seen(0.0, 5.0), Update(snapshot=picture(10.0), feed=replace(SEEING, virtual_host="other")))
    assert recorder.series("ready").times.tolist() == [10.0]


def test_nothing_is_kept_before_the_first_picture() -> None:
    waiting = Update(snapshot=Snapshot(time=0.0, live=True), feed=Feed())
    assert recorded(waiting).start is None


def test_the_thirteen_rates_in_their_order_are_the_whole_of_a_live_broker() -> None:
    plan = plan_of("", picture(1.0))
    assert [curve.code for curve in plan.curves(Row.RATES)] == [f"counted_{name}" for name in COUNTED]
    assert len(COUNTED) == 13 and [row for row, _ in plan.shares] == [Row.RATES, Row.DEPTH]


def test_beside_a_simulation_only_what_both_have_is_compared() -> None:
    plan = plan_of("", picture(1.0), [Snapshot(time=1.0)])
    assert [curve.code for curve in plan.curves(Row.RATES)] == ["in", "deliver", "ack"]
    assert Row.LATENCY in plan.rows


def test_a_live_queue_has_no_latency() -> None:
    assert [row for row, _ in plan_of("queue:work", picture(1.0)).shares] == [Row.RATES, Row.DEPTH, Row.FAILURES]


def test_sums_are_of_what_is_told() -> None:
    assert (sum_of_told([]), sum_of_told([None]), sum_of_told([None, 2])) == (0, None, 2)
    blank = dict.fromkeys(("dropped", "expired", "rejected", "lost", "dead_lettered"))
    now = replace(picture(1.0), queues=(QueueStats(name="work", **blank),))  # type: ignore[arg-type]
    totals = totals_of(now)
    assert (totals.dropped, totals.dead_lettered, totals.redelivered, totals.sampled) == (None, None, 0, True)


def test_nodes_are_measured_against_their_watermarks() -> None:
    node = NodeStats(name="rabbit@mq", memory=9, memory_limit=10, disk_free=4, disk_free_limit=5, disk_alarm=True)
    now = picture(1.0, nodes=(node,), blocked_connections=2, connections=3)
    facts = facts_of(now, "", lambda node, what: None)
    assert facts is not None
    by_code = {figure.code: figure for figure in facts.details}
    assert (by_code["node_memory"].value, by_code["node_memory"].of) == (9, 10)
    assert by_code["node_disk"].is_alarming and by_code["blocked_connections"].is_alarming
    codes = {each.code for each in findings(now, Recorder())}
    assert codes == {"disk_alarm", "near_watermark", "connections_blocked"}


def test_alarms_come_before_queues() -> None:
    node = NodeStats(name="rabbit@mq", running=False, memory_alarm=True)
    orphan = replace(picture(4.0).queues[0], consumers=0)
    now = replace(picture(4.0, nodes=(node,)), queues=(orphan, replace(orphan, name="down", consumers=1, state="down")))
    assert [each.code for each in findings(now, Recorder())][:2] == ["memory_alarm", "node_down"]
    assert {each.code for each in findings(now, Recorder())} == {"memory_alarm", "node_down", "queue_without_consumer", "queue_not_running"}


def test_messages_that_match_nothing_now_are_told() -> None:
    lost = [Update(snapshot=picture(time, message_stats=MessageStats(drop_unroutable=int(3 * time))), feed=SEEING) for time in (0.0, 5.0)]
    recorder = recorded(*lost)
    (found,) = (each for each in findings(lost[-1].snapshot, recorder) if each.code == "unroutable_now")
    assert found.figure("rate") == 3.0


def test_where_nothing_is_listed_nothing_is_counted() -> None:
    now = Snapshot(time=1.0, live=True, broker=BrokerStats(name="rabbit@mq", version="3.10.8"))
    assert (totals_of(now).ready, totals_of(now).unacked) == (None, None)
    facts = facts_of(now, "", lambda node, what: None)
    assert facts is not None and [figure.value for figure in facts.details[:2]] == [None, None]
    assert facts.figures[0].value is None


def test_amqp_alone_does_not_tell_of_unacked_messages() -> None:
    now = replace(picture(1.0), exchanges=())
    assert (totals_of(now).ready, totals_of(now).unacked) == (10, None)
    facts = facts_of(now, "queue:work", lambda node, what: None)
    assert facts is not None and facts.figures[1].value is None
