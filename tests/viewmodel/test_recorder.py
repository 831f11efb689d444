"""Curves and rates from totals: exact, bounded in memory, honest about gaps."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from mqviz.model.backend import Update
from mqviz.model.faults import Kill, Slow
from mqviz.model.result import CopyLedger, Ledger, MessageLedger, WorkLedger
from mqviz.model.snapshot import (
    ActiveFault,
    ConsumerStats,
    LogEntry,
    ProducerStats,
    ServiceStats,
    Snapshot,
)
from mqviz.viewmodel.extraction import FIELDS
from mqviz.viewmodel.recorder import Recorder
from tests.viewmodel.observed import Latencies, queue, recorded, update


def consumer(name: str, **fields: float) -> ConsumerStats:
    return ConsumerStats(name=name, client=name.split(".")[0], queue="work", **fields)


def ledger(published: int) -> Ledger:
    messages = MessageLedger(published=published, routed=published)
    return Ledger(messages=messages, copies=CopyLedger(), work=WorkLedger(), balanced=True, nothing_lost=True)


def test_a_rate_is_the_change_of_the_total_over_its_interval() -> None:
    recorder = recorded([update(0.0, queue()), update(0.5, queue(delivered=20)), update(1.5, queue(delivered=80))])
    assert recorder.series("queue:work.delivered").values[1:].tolist() == [40.0, 60.0]
    assert np.isnan(recorder.series("queue:work.delivered").values[0])
    assert recorder.series("deliver").values[1:].tolist() == [40.0, 60.0]


def test_a_rate_on_the_screen_is_the_mean_of_the_last_second() -> None:
    totals = [0, 0, 0, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50]
    recorder = recorded(update(i / 10, queue(enqueued=total)) for i, total in enumerate(totals))
    rate = recorder.series("queue:work.enqueued", over=1.0)
    assert rate.values[11] == pytest.approx(50.0)
    assert rate.values[14] == pytest.approx(0.0)
    assert recorder.rate("queue:work", "enqueued") == pytest.approx(0.0)
    assert recorder.value_at("queue:work.enqueued", 1.15) == pytest.approx(50.0)


def test_what_is_published_comes_from_the_ledger() -> None:
    recorder = recorded([update(0.0, ledger=ledger(0)), update(2.0, ledger=ledger(500))])
    assert recorder.latest("publish") == 250.0


def test_within_a_tenth_of_a_second_the_newest_stands() -> None:
    recorder = recorded(update(time, queue(ready=ready)) for time, ready in ((0.0, 1), (0.13, 2), (0.16, 3), (0.19, 4), (0.21, 5)))
    series = recorder.series("queue:work.ready")
    assert series.times.tolist() == [0.0, 0.19, 0.21]
    assert series.values.tolist() == [1.0, 4.0, 5.0]


def test_the_newest_is_seen_before_its_tenth_of_a_second_is_over() -> None:
    recorder = recorded([update(0.11, queue(ready=1)), update(0.12, queue(ready=7))])
    assert recorder.latest("ready") == 7.0
    assert recorder.now == 0.12


def test_a_restart_begins_anew() -> None:
    totals = {0.0: 0, 9.0: 90, 0.5: 0, 1.5: 2}
    recorder = recorded(update(time, queue(delivered=total)) for time, total in totals.items())
    assert recorder.series("deliver").times.tolist() == [0.5, 1.5]
    assert recorder.latest("deliver") == 2.0


def test_a_restart_that_overtakes_the_clock_is_known_by_the_log() -> None:
    began = (LogEntry(time=0.0, code="run_started"),)
    recorder = recorded([update(0.2, queue(delivered=9)), update(0.4, queue(delivered=1), log=began)])
    assert recorder.series("deliver").times.tolist() == [0.4]


def test_two_queues_make_the_whole() -> None:
    recorder = recorded([update(0.0, queue("a", 3, 1), queue("b", 4, 2))])
    assert [recorder.latest(name) for name in ("ready", "unacked", "depth")] == [7.0, 3.0, 10.0]


def test_a_queue_that_goes_does_not_take_its_totals_with_it() -> None:
    recorder = recorded(
        [
            update(0.0, queue("a", delivered=100), queue("b", delivered=10)),
            update(1.0, queue("b", delivered=15)),
            update(2.0, queue("a", delivered=2), queue("b", delivered=16)),
        ]
    )
    assert recorder.series("deliver").values[1:].tolist() == [5.0, 3.0]
    assert np.isnan(recorder.series("queue:a.ready").values).tolist() == [False, True, False]


def test_a_total_that_begins_anew_counts_on_in_the_whole() -> None:
    recorder = recorded([update(0.0, queue(delivered=100)), update(1.0, queue(delivered=7))])
    assert recorder.latest("deliver") == 7.0
    assert recorder.latest("queue:work.delivered") is None


def test_the_members_of_a_client_are_summed() -> None:
    def at(time: float, *members: ConsumerStats) -> Update:
        return update(time, consumers=members)

    recorder = recorded(
        [
            at(0.0, consumer("server.1"), consumer("server.2")),
            at(1.0, consumer("server.1", acknowledged=5), consumer("server.2", acknowledged=6)),
            at(2.0, consumer("server.1", acknowledged=9)),
        ]
    )
    assert recorder.series("consumer:server.acknowledged").values[1:].tolist() == [11.0, 4.0]
    assert recorder.rate("consumer:server", "acknowledged") == 4.0
    assert recorder.rate("consumer:server.2", "acknowledged") is None


def test_who_came_later_is_unknown_before() -> None:
    recorder = recorded([update(0.0, queue("a")), update(1.0, queue("a"), queue("b", 5))])
    assert np.isnan(recorder.series("queue:b.ready").values[0])
    assert recorder.value_at("queue:b.ready", 0.5) is None
    assert recorder.series("queue:nobody.ready").times.size == 0


def test_a_wrong_field_is_the_callers_mistake() -> None:
    recorder = recorded([update(0.0, queue())])
    with pytest.raises(KeyError):
        recorder.series("queue:work.colour")
    with pytest.raises(KeyError):
        recorder.rate("queue:work", "colour")


def test_percentiles_are_those_of_the_last_second() -> None:
    ended = Latencies()
    recorder = recorded(
        [
            update(0.0, **ended()),
            update(1.0, **ended(*[0.010] * 100)),
            update(2.0, **ended(*[0.100] * 98, 1.0, 1.0)),
            update(3.0, **ended()),
        ]
    )
    assert recorder.series("p50").values[1:3] == pytest.approx([0.010, 0.100], rel=0.01)
    assert recorder.value_at("p99", 2.0) == pytest.approx(1.0, rel=0.01)
    assert recorder.latest("p95") is None


def test_a_silence_of_a_live_broker_is_a_gap() -> None:
    times = [0.0, 5.0, 10.0, 60.0, 65.0]
    recorder = recorded(update(time, queue(ready=1, delivered=int(time)), live=True) for time in times)
    assert np.isnan(recorder.series("ready").values).tolist() == [False, False, False, True, False]
    assert np.isnan(recorder.series("deliver").values).tolist() == [True, False, False, True, False]


def test_a_simulation_at_full_speed_has_no_gaps() -> None:
    recorder = recorded(update(time, queue(ready=1)) for time in (0.0, 0.1, 0.2, 500.0))
    assert not np.isnan(recorder.series("ready").values).any()


def test_stale_statistics_of_a_live_broker_are_passed_over() -> None:
    recorder = recorded([update(10.0, queue(ready=1), live=True, age=1.0), update(10.5, queue(ready=2), live=True, age=3.0)])
    assert recorder.series("ready").times.tolist() == [9.0]


def test_a_window_keeps_every_peak() -> None:
    recorder = recorded(update(i / 10, queue(ready=1000 if i == 1234 else i % 7)) for i in range(6000))
    window = recorder.window("queue:work.ready", 100.0, 500.0, at_most=600)
    assert window.times.size <= 600
    assert window.values.max() == 1000.0
    assert window.times[window.values.argmax()] == pytest.approx(123.4)
    assert window.times[0] <= 100.0 and window.times[-1] >= 499.0


def test_a_short_window_is_not_thinned() -> None:
    recorder = recorded(update(i / 10, queue(ready=i)) for i in range(100))
    assert recorder.window("ready", 2.0, 4.0).values.tolist() == [*range(19, 41)]


def test_the_rate_of_a_window_is_that_of_the_whole_curve() -> None:
    recorder = recorded(update(i / 10, queue(delivered=i * i)) for i in range(100))
    whole, part = recorder.series("deliver", over=1.0), recorder.window("deliver", 5.0, 6.0)
    places = np.searchsorted(whole.times, part.times)
    assert part.values == pytest.approx(whole.values[places])


def test_changes_between_edges_are_exact() -> None:
    recorder = recorded(update(i / 2, queue(redelivered=3 * i)) for i in range(9))
    assert recorder.change("redeliver", np.array([0.0, 1.0, 2.0, 4.0, 6.0])).tolist() == [6.0, 6.0, 12.0, 0.0]


def test_the_slope_says_when_a_queue_is_full_or_empty() -> None:
    growing = recorded(update(i / 10, queue(ready=500 + 4 * i, max_length=1000)) for i in range(51))
    trend = growing.trend("work")
    assert trend.slope == pytest.approx(40.0)
    assert trend.full_in == pytest.approx((1000 - 700) / 40.0)
    assert trend.empty_in is None
    draining = recorded(update(i / 10, queue(ready=500 - 2 * i)) for i in range(51))
    assert draining.trend("work").empty_in == pytest.approx(400 / 20.0)
    assert draining.slope("work") == pytest.approx(-20.0)


def test_a_queue_that_stands_has_no_end_in_sight() -> None:
    trend = recorded(update(i / 10, queue(ready=500, max_length=1000)) for i in range(51)).trend("work")
    assert (trend.full_in, trend.empty_in) == (None, None)
    assert recorded([]).trend("work").slope is None


def test_services_and_producers_have_curves_too() -> None:
    def at(time: float, refused: int, published: int) -> Update:
        service = ServiceStats(name="shop", workers=2, in_service=2, waiting=4, refused=refused, timed_out=refused, requests=published)
        producer = ProducerStats(name="web.1", client="web", exchange=None, routing_key="", call="shop", published=published)
        return update(time, services=(service,), producers=(producer,))

    recorder = recorded([at(0.0, 0, 0), at(2.0, 10, 100)])
    assert recorder.latest("service:shop.refused") == 5.0
    assert recorder.latest("service:shop.depth") == 6.0
    assert recorder.latest("failed_calls") == 10.0
    assert recorder.latest("producer:web.published") == 50.0


def fault(number: int, since: float, until: float | None = None) -> ActiveFault:
    return ActiveFault(id=number, fault=Kill(target="server.1"), since=since, until=until)


def test_a_fault_lasts_until_it_is_no_longer_at_work() -> None:
    recorder = recorded([update(1.0, faults=(fault(1, 0.5),)), update(2.0, faults=(fault(1, 0.5),)), update(3.0)])
    (span,) = recorder.faults
    assert (span.id, span.kind, span.target, span.since, span.until) == (1, "kill", "server.1", 0.5, 3.0)


def test_a_fault_that_is_at_work_knows_when_it_will_end() -> None:
    slow = ActiveFault(id=4, fault=Slow(target="server", factor=3.0), since=1.0, until=9.0)
    (span,) = recorded([update(1.0, faults=(slow,))]).faults
    assert (span.until, span.planned, dict(span.figures)) == (None, 9.0, {"factor": 3.0})


def test_a_fault_between_two_updates_is_known_by_the_log() -> None:
    log = (
        LogEntry(time=10.0, code="fault_started", subject="server.1", figures={"id": 3, "kind": "kill"}),
        LogEntry(time=12.0, code="fault_ended", subject="server.1", figures={"id": 3, "kind": "kill"}),
        LogEntry(time=13.0, code="fault_started", subject="queue:work", figures={"id": 4, "kind": "purge"}),
        LogEntry(time=14.0, code="fault_started", subject="queue:work", figures={"kind": "purge"}),
    )
    lasting, moment, nameless = recorded([update(0.0), update(50.0, log=log)]).faults
    assert (lasting.kind, lasting.since, lasting.until) == ("kill", 10.0, 12.0)
    assert (moment.kind, moment.since, moment.is_moment) == ("purge", 13.0, True)
    assert nameless.is_moment and nameless.id < 0


def test_memory_is_bounded_and_the_past_grows_coarser() -> None:
    recorder = recorded((update(i / 10, queue(ready=i, delivered=10 * i)) for i in range(10_000)), most_rows=1000)
    small = recorded((update(i / 10, queue(ready=i, delivered=10 * i)) for i in range(900)), most_rows=1000)
    series = recorder.series("deliver")
    assert recorder.nbytes <= 1.2 * small.nbytes
    assert series.times.size <= 1000
    assert series.times[0] == 0.0
    assert np.diff(series.times)[-300:].max() < 0.2 < np.diff(series.times)[1] < 4.0
    assert series.values[1:] == pytest.approx(100.0)


def test_thinning_keeps_the_peaks_of_gauges() -> None:
    recorder = recorded((update(i / 10, queue(ready=5000 if i in (77, 200) else 1)) for i in range(5_000)), most_rows=400)
    series = recorder.series("ready")
    assert series.times.size <= 400
    assert (series.values == 5000.0).sum() == 2


def test_many_nodes_take_rows_not_memory() -> None:
    recorder = Recorder(most_rows=2000, most_cells=200_000)
    for i in range(1500):
        recorder.append(update(i / 10, queue(ready=i)))
    crowd = tuple(queue(f"q{k}", ready=k) for k in range(300))
    for i in range(1500, 1600):
        recorder.append(update(i / 10, queue(ready=i), *crowd))
    assert recorder.nbytes < 8 * 200_000 * 8
    assert recorder.latest("queue:q299.ready") == 299.0
    assert recorder.latest("queue:work.ready") == 1599.0


def test_queues_that_come_and_go_do_not_fill_the_memory() -> None:
    recorder = recorded(update(i / 10, queue("work", ready=i), queue(f"reply-{i}", ready=1)) for i in range(3000))
    quiet = recorded(update(i / 10, queue("work", ready=i)) for i in range(3000))
    assert recorder.nbytes < 300 * quiet.nbytes
    assert recorder.latest("queue:reply-2999.ready") == 1.0
    assert recorder.series("queue:reply-0.ready").times.size == 0
    assert recorder.value_at("queue:work.ready", 299.0) == 2990.0


def test_the_csv_has_the_columns_of_the_result() -> None:
    recorder = recorded([update(0.0, queue("a,b")), update(1.0, queue("a,b", 3, 2, delivered=7, oldest=0.25))])
    header, first, second = csv.reader(io.StringIO(recorder.to_csv()))
    assert header[:5] == ["time", "publish", "deliver", "acknowledge", "redeliver"]
    assert header[5:] == ["queue:a,b.ready", "queue:a,b.unacknowledged", "queue:a,b.oldest"]
    assert first[2] == ""
    assert dict(zip(header, second, strict=True))["deliver"] == "7"
    assert second[5:] == ["3", "2", "0.25"]


def test_nothing_recorded_is_empty_everywhere() -> None:
    recorder = Recorder()
    assert recorder.now is None and recorder.start is None and recorder.faults == ()
    assert recorder.latest("publish") is None
    assert recorder.window("publish", 0.0, 10.0).times.size == 0
    assert recorder.change("publish", np.array([0.0, 1.0])).size == 1
    assert recorder.to_csv().startswith("time,publish")


@pytest.mark.parametrize("name", FIELDS[""])
def test_every_field_of_the_whole_can_be_read(name: str) -> None:
    recorder = recorded([Update(snapshot=Snapshot(time=float(i))) for i in range(3)])
    assert recorder.series(name).times.size == 3
