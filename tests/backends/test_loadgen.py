"""The parts of the load generator that need no broker."""

from math import inf
from pathlib import Path

import pika
import pytest

from mqviz.backends.loadgen.estimate import estimate, prospect
from mqviz.backends.loadgen.feasibility import feasible, left_out
from mqviz.backends.loadgen.leftovers import Note, Notes, hold_port
from mqviz.backends.loadgen.live_time import LiveTime
from mqviz.backends.loadgen.naming import Naming, from_pika, to_pika
from mqviz.backends.loadgen.stamps import Stamp, read, written
from mqviz.clock import ManualClock
from mqviz.model.amqp import Properties
from mqviz.model.feed import LiveBroker
from tests.backends.live_scenarios import BURST, scenario_of


def never() -> bool:
    return False


def test_live_time_does_what_is_due_by_the_clock_and_says_how_late(clock: ManualClock) -> None:
    time, done = LiveTime(clock), []
    for when in (0.5, 1.0, 2.0):
        time.call_at(when, done.append, when)
    assert not time.run_until(inf, never) and done == []
    time.begin(3.0)
    clock.advance(1.25)
    assert not time.run_until(inf, never)
    assert done == [0.5, 1.0] and time.now == 1.25 and time.lag == 0.0
    assert time.late.counts().greatest == 0.75
    clock.advance(5.0)
    assert time.run_until(3.0, never) and time.now == time.wall == 3.0


def test_live_time_makes_up_for_a_late_timer_but_not_for_more(clock: ManualClock) -> None:
    time, nows = LiveTime(clock), []
    time.begin(inf)
    time.call_at(1.0, lambda _: nows.append(time.now), None)
    time.call_at(1.5, lambda _: nows.append(time.now), None)
    clock.advance(1.001)
    time.run_until(inf, never)
    clock.advance(1.0)
    time.run_until(inf, never)
    assert nows == [1.0, pytest.approx(1.981)]


def test_live_time_gives_the_sockets_their_turn(clock: ManualClock) -> None:
    time, done = LiveTime(clock), []
    for _ in range(100):
        time.call_at(0.0, done.append, None)
    time.begin(inf)
    assert not time.run_until(inf, lambda: True)
    assert 0 < len(done) < 100


@pytest.mark.parametrize("prefix", ["", "mqviz-1."])
def test_names_go_there_and_come_back(prefix: str) -> None:
    names = Naming(prefix)
    assert names.exchange("") == "" and names.own_exchange(names.exchange("orders")) == "orders"
    assert names.key("", "work") == names.queue("work") == f"{prefix}work"
    assert names.own_key("", names.key("", "work")) == "work" and names.key("orders", "a.b") == "a.b"
    assert names.queue("amq.rabbitmq.reply-to.x") == "amq.rabbitmq.reply-to.x"
    assert names.is_given("") and names.is_given("amq.topic") is not bool(prefix)
    to_queue = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dead", "x-max-length": 3}
    assert names.arguments(to_queue) == {**to_queue, "x-dead-letter-routing-key": f"{prefix}dead"}
    to_exchange = {"dead-letter-exchange": "dlx", "dead-letter-routing-key": "key"}
    assert names.arguments(to_exchange) == {"dead-letter-exchange": f"{prefix}dlx", "dead-letter-routing-key": "key"}


def test_a_stamp_comes_back_and_foreign_ids_are_none() -> None:
    stamp = Stamp(7, 1.25, 1.5)
    assert read(written(stamp)) == stamp
    assert [read(text) for text in (None, "", "7", "mqviz:7:x:1", "other:7:1.0:1.0")] == [None] * 5


def test_properties_go_there_and_come_back_without_the_stamp() -> None:
    properties = Properties(headers={"a": 1}, delivery_mode=2, correlation_id="c", expiration="100", type="event", app_id="shop.1")
    sent = to_pika(properties, "stamp")
    assert isinstance(sent, pika.BasicProperties) and sent.message_id == "stamp"
    assert from_pika(sent) == properties


def test_what_cannot_be_done_is_named_and_left_out() -> None:
    text = BURST + (
        '[broker]\nconsumer_timeout = 5.0\n[[faults]]\nkind = "memory_alarm"\nat = 1.0\nlasts = 0.5\n'
        '[[faults]]\nkind = "kill"\ntarget = "server"\nat = 1.0\n'
        '[[policies]]\nname = "short"\npattern = "work"\ndefinition = { "max-length" = 3 }\n'
        '[[changes]]\nat = 0.5\ntarget = "queue:work"\nset = { arguments = { "x-max-length" = 3 } }\n'
    )
    scenario = scenario_of(text)
    named = [str(each) for each in left_out(scenario, policies=False)]
    assert named == ["fault memory_alarm at 1 s", "broker consumer_timeout", "change queue:work arguments at 0.5 s", "policy short"]
    made = feasible(scenario, policies=False)
    assert len(made.faults) == 1 and made.policies == () and left_out(made, policies=False) == ()


def test_the_load_is_known_before_it_is_made() -> None:
    scenario = scenario_of(BURST + '[[faults]]\nkind = "spike"\ntarget = "shop"\nmessages = 50\nat = 1.0\n')
    assert estimate(scenario, 3, 2.0, 1000).messages == 350
    assert estimate(scenario, 3, 0.1, 1000).messages == 50
    assert estimate(scenario, 3, 2.0, 100).messages > 100


def test_a_note_is_left_over_once_its_run_has_died(tmp_path: Path) -> None:
    notes, broker, alive = Notes(tmp_path / "experiments"), LiveBroker(port=1), hold_port()
    note = Note(run="mqviz-1", broker=broker, own=True, alive=alive.getsockname()[1], queues=("work",))
    notes.write(note)
    (tmp_path / "experiments" / "broken.json").write_text("{")
    assert notes.left_over(broker) == []
    alive.close()
    assert notes.left_over(broker) == [note] and notes.left_over(LiveBroker(port=2)) == []
    notes.forget(note)
    assert notes.left_over(broker) == []


def test_a_run_without_an_end_is_looked_at_for_a_minute(tmp_path: Path) -> None:
    text = BURST.replace("duration = 2.2", "").replace('shape = "burst", messages = 300, at = 0.2', 'shape = "constant", rate = 50')
    endless = scenario_of(text)
    told = prospect(endless, LiveBroker(host="192.0.2.1"), Notes(tmp_path))
    assert 2_900 < told.estimate.messages <= 3_001 and told.estimate.peak == 50 and not told.is_here
    assert told.limits.messages == 100_000
