"""What of the picture changes when a snapshot does."""

from __future__ import annotations

from msgspec.structs import replace

from mqviz.model.backend import Update
from mqviz.model.faults import Kill
from mqviz.model.snapshot import ActiveFault, Event, EventKind, QueueStats, Snapshot
from mqviz.viewmodel.picture import Changes, Picture
from mqviz.viewmodel.totals import Totals, totals_of
from mqviz.viewmodel.traffic import Traffic
from tests.viewmodel.pictures import consumer, producer, shop
from tests.viewmodel.told import Told


def shown(snapshot: Snapshot, told: Told | None = None) -> Picture:
    picture = Picture()
    picture.begin(snapshot, told or Told())
    picture.read(picture.graph.by_id)
    return picture


def test_the_first_snapshot_is_a_new_topology_and_the_same_again_is_nothing() -> None:
    picture = Picture()
    assert picture.begin(shop(), Told()).topology
    assert len(picture.read(picture.graph.by_id).faces) == 16
    assert picture.begin(replace(shop(), time=2.0), Told()) | picture.read(picture.graph.by_id) == Changes()


def test_another_figure_changes_one_face_and_another_rate_one_line() -> None:
    picture = shown(shop())
    fuller = replace(shop(), queues=(replace(shop().queues[0], messages_ready=9), *shop().queues[1:]))
    told = Told({("consumer:mailer.1", "delivered"): 50.0})
    changes = picture.begin(fuller, told) | picture.read(picture.graph.by_id)
    assert changes.faces == ("queue:orders.priority",)
    assert [key[1] for key in changes.lines] == ["consumer:mailer.1"]
    assert not changes.topology


def test_only_what_is_asked_for_is_read() -> None:
    picture = Picture()
    picture.begin(shop(), Told())
    assert picture.read(["queue:email.send", "queue:gone"]).faces == ("queue:email.send",)


def test_a_fault_is_a_mark() -> None:
    picture = shown(shop())
    hit = replace(shop(), faults=(ActiveFault(id=1, fault=Kill(target="worker.2"), since=0.0),))
    assert picture.begin(hit, Told()) == Changes(marks=True)
    assert picture.marks.nodes == {"consumer:worker.2": ("kill",)}


def test_nodes_stay_where_they_are_when_another_comes() -> None:
    picture = shown(shop())
    before = dict(picture.positions)
    more = replace(shop(), queues=(*shop().queues, QueueStats(name="new")))
    assert picture.begin(more, Told()).topology
    assert {id: picture.positions[id] for id in before} == before


def test_who_comes_back_comes_back_to_its_place() -> None:
    picture = shown(shop())
    before = dict(picture.positions)
    fewer = replace(shop(), consumers=shop().consumers[1:])
    picture.begin(fewer, Told())
    picture.begin(shop(), Told())
    assert picture.positions == before


def test_who_comes_back_keeps_off_who_stands_there_now() -> None:
    picture = shown(shop())
    place = picture.positions["consumer:worker.1"]
    picture.begin(replace(shop(), consumers=shop().consumers[1:]), Told())
    picture.place({"consumer:mailer.1": place})
    picture.begin(shop(), Told())
    assert picture.positions["consumer:mailer.1"] == place != picture.positions["consumer:worker.1"]


def test_places_may_be_told_before_the_nodes_come() -> None:
    picture = Picture()
    picture.place({"queue:email.send": (1234.0, 56.0)})
    picture.begin(shop(), Told())
    assert picture.positions["queue:email.send"] == (1234.0, 56.0)
    picture.rearrange()
    assert picture.positions["queue:email.send"] != (1234.0, 56.0)


def test_dragging_moves_a_node_and_its_lines_only() -> None:
    picture = shown(shop())
    others = {key: line for key, line in picture.lines.items() if "consumer:mailer.1" not in key}
    moved = picture.drag({"consumer:mailer.1": (2000.0, 0.0)})
    assert [key[:2] for key in moved] == [("queue:email.send", "consumer:mailer.1")]
    assert picture.lines[moved[0]].controls[-1][0] > 1900.0
    assert all(picture.lines[key] is line for key, line in others.items())


def test_the_line_near_a_place() -> None:
    picture = shown(shop())
    key = next(key for key in picture.lines if key[1] == "consumer:mailer.1")
    x, y = picture.lines[key].samples[20]
    found = picture.line_at((float(x), float(y) + 3.0), 5.0)
    assert found is not None and found.key == key
    assert picture.line_at((-500.0, -500.0), 5.0) is None


def test_totals_of_all_queues() -> None:
    queues = (
        QueueStats(name="a", messages_ready=3, messages_unacknowledged=2, redelivered=1, dead_lettered=4, dropped=1, expired=2),
        QueueStats(name="b", messages_ready=7, rejected=3, lost=1),
    )
    assert totals_of(Snapshot(time=0.0, queues=queues)) == Totals(ready=10, unacked=2, redelivered=1, dead_lettered=4, dropped=7)


def traffic() -> Traffic:
    snapshot = Snapshot(time=0.0, queues=(QueueStats(name="q"),), producers=(producer("p.1", "", "q"),), consumers=(consumer("c.1", "q"),))
    result = Traffic()
    result.follow(shown(snapshot))
    return result


def published(number: int = 1) -> Update:
    happened = Event(time=0.0, kind=EventKind.PUBLISH, source="producer:p.1", target="exchange:", via="q", message=number)
    return Update(snapshot=Snapshot(time=0.0), events=(happened,))


def test_dots_stand_while_the_session_is_paused() -> None:
    moving = traffic()
    moving.take(published().events, 1.0, paused=False)
    moving.advance(0.2)
    before = moving.sight().points.tolist()
    moving.take((), 1.0, paused=True)
    moving.advance(5.0)
    assert moving.sight().points.tolist() == before
    assert not moving.is_moving
    moving.take((), 1.0, paused=False)
    moving.advance(5.0)
    assert len(moving) == 0


def test_a_single_step_runs_to_its_end_while_paused() -> None:
    moving = traffic()
    moving.take((), 1.0, paused=True)
    moving.take(published().events, 1.0, paused=True)
    assert moving.is_moving
    for _ in range(30):
        moving.take((), 1.0, paused=True)
        moving.advance(0.1)
    assert len(moving) == 0 and not moving.is_moving


def test_another_run_begins_without_dots() -> None:
    moving = traffic()
    moving.take(published().events, 1.0, paused=False)
    moving.clear()
    assert len(moving) == 0
