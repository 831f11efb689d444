"""Scenarios on the private RabbitMQ node: what clients did, what the broker told, and that nothing is left behind."""

from pathlib import Path

import pytest

from mqviz.backends.address import parse_amqp
from mqviz.backends.loadgen.leftovers import Notes
from mqviz.backends.loadgen.place import remove
from mqviz.backends.troubles import TroubleError
from mqviz.errors import BackendError
from mqviz.model.feed import Trouble
from mqviz.viewmodel.compare import Comparison, drained_at
from tests.backends.live_scenarios import BURST, KILLED, account, address, live, scenario_of, simulated, traces
from tests.rabbitmq_node import Node

pytestmark = pytest.mark.rabbitmq


def test_a_burst_drains_as_in_the_simulator(rabbitmq: Node, tmp_path: Path) -> None:
    scenario = scenario_of(BURST)
    told, expected = live(rabbitmq, tmp_path, scenario), simulated(scenario)
    assert told.engine == "rabbitmq 3.10.8"
    assert told.ledger.balanced is True and told.ledger.nothing_lost is True
    assert told.ledger.copies == expected.ledger.copies
    assert told.queues["work"].acknowledged == 300
    first, second = drained_at(expected, "work"), drained_at(told, "work")
    assert first is not None and second is not None and abs(second - first) < 0.1 * first + 0.1
    assert told.scenario.digest == expected.scenario.digest and not told.replayable
    assert told.clients is not None and told.clients.asked == told.clients.made == 300 and told.clients.kept_up


def test_nothing_is_left_behind(rabbitmq: Node, tmp_path: Path) -> None:
    seen: list[str] = []
    live(rabbitmq, tmp_path, scenario_of(BURST.replace("2.2", "0.3")), while_running=lambda _: seen or seen.extend(traces(rabbitmq)))
    assert seen and traces(rabbitmq) == [] and list(tmp_path.iterdir()) == []


def test_a_killed_consumer_loses_nothing_and_its_messages_come_again(rabbitmq: Node, tmp_path: Path) -> None:
    scenario = scenario_of(KILLED)
    told, expected = live(rabbitmq, tmp_path, scenario), simulated(scenario)
    assert expected.queues["work"].redelivered == 10
    assert 8 <= (told.queues["work"].redelivered or 0) <= 12
    assert told.ledger.balanced is True
    assert told.ledger.work.completed == 300 and told.ledger.work.repeated == expected.ledger.work.repeated


def test_under_a_prefix_the_neighbours_are_left_alone(rabbitmq: Node, tmp_path: Path) -> None:
    rabbitmq.api("PUT", "/api/queues/%2F/work", {})
    try:
        told = live(rabbitmq, tmp_path, scenario_of(TOPIC), prefix=True)
        assert told.ledger.balanced is True
        assert (told.queues["eu"].acknowledged, told.queues["all"].ready, told.queues["dead"].enqueued) == (30, 60, 0)
        assert [each["name"] for each in rabbitmq.api("GET", "/api/queues/%2F")] == ["work"]
        assert traces(rabbitmq) == []
    finally:
        rabbitmq.api("DELETE", "/api/queues/%2F/work")


TOPIC = """
name = "Topic"
duration = 0.8
exchanges = [{ name = "orders", type = "topic" }, { name = "rest", type = "fanout" }]
queues = [{ name = "eu" }, { name = "all" }, { name = "dead" }]
bindings = [
  { source = "orders", destination = "eu", routing_key = "*.eu" },
  { source = "orders", destination = "all", routing_key = "#" },
  { source = "rest", destination = "dead" },
]
producers = [
  { name = "one", exchange = "orders", routing_key = "new.eu", load = { shape = "burst", messages = 30, at = 0.1 } },
  { name = "two", exchange = "orders", routing_key = "new.us", load = { shape = "burst", messages = 30, at = 0.1 } },
]
consumers = [{ name = "reader", queue = "eu", prefetch = 5 }]
"""

REFUSED = """
name = "Refused"
duration = 1.2
queues = [
  { name = "small", arguments = { "x-max-length" = 5, "x-overflow" = "reject-publish" } },
  { name = "work", arguments = { "x-dead-letter-exchange" = "", "x-dead-letter-routing-key" = "dead" } },
  { name = "dead" },
]
producers = [
  { name = "full", routing_key = "small", confirm = 10, load = { shape = "constant", rate = 20, messages = 12 } },
  { name = "lost", routing_key = "nowhere", mandatory = true, confirm = 10, load = { shape = "burst", messages = 7 } },
  { name = "silent", routing_key = "nowhere", load = { shape = "burst", messages = 3 } },
  { name = "bad", routing_key = "work", load = { shape = "burst", messages = 8 } },
]
consumers = [{ name = "picky", queue = "work", prefetch = 1, fail = { share = 1.0, how = "reject" } }]
"""


def test_refused_returned_and_dead_lettered_are_told_apart(rabbitmq: Node, tmp_path: Path) -> None:
    told = live(rabbitmq, tmp_path, scenario_of(REFUSED), prefix=True)
    messages = told.ledger.messages
    assert (messages.published, messages.returned, messages.unroutable, messages.refused) == (30, 7, 3, 7)
    assert (messages.confirmed, messages.nacked) == (12, 7)
    assert told.ledger.balanced is True
    assert told.queues["work"].dead_lettered == 8
    assert (told.queues["dead"].enqueued, told.queues["dead"].ready) == (8, 8)


def test_what_the_broker_does_without_a_word_is_null(rabbitmq: Node, tmp_path: Path) -> None:
    text = BURST.replace('{ name = "work" }]', '{ name = "work", arguments = { "x-max-length" = 20 } }]')
    told = live(rabbitmq, tmp_path, scenario_of(text.replace("2.2", "1.0")))
    queue = told.queues["work"]
    assert queue.dropped is None and queue.oldest.max is None and queue.expired == 0
    assert told.ledger.copies.dropped is None and told.ledger.balanced is None


REPLY = """
name = "Reply"
duration = 1.5
queues = [{ name = "questions" }]
consumers = [{ name = "oracle", queue = "questions", reply = true, service = { distribution = "constant", mean = 0.005 } }]
[[producers]]
name = "client"
routing_key = "questions"
request = { timeout = 1.0 }
load = { shape = "constant", rate = 20, messages = 20 }
"""


def test_requests_are_answered(rabbitmq: Node, tmp_path: Path) -> None:
    told = live(rabbitmq, tmp_path, scenario_of(REPLY), prefix=True)
    assert (told.producers["client"].replied, told.producers["client"].timed_out) == (20, 0)
    assert told.ledger.balanced is True and told.ledger.messages.published == 40


FAULTS = (
    BURST
    + """
[[faults]]
kind = "purge"
target = "queue:work"
at = 0.8
[[faults]]
kind = "cut"
side = "consumers"
at = 0.4
lasts = 0.1
[[faults]]
kind = "spike"
target = "shop"
messages = 50
at = 1.0
[[faults]]
kind = "poison"
target = "shop"
at = 0.9
[[faults]]
kind = "restart"
at = 1.2
"""
)


def test_faults_that_a_client_can_do_are_done_and_others_named(rabbitmq: Node, tmp_path: Path) -> None:
    text = FAULTS.replace("prefetch = 10,", 'prefetch = 10, reconnect = 0.1, fail = { share = 0.0, how = "reject" },')
    told = live(rabbitmq, tmp_path, scenario_of(text))
    queue = told.queues["work"]
    assert told.left_out == ("fault restart at 1.2 s",)
    assert (queue.purged or 0) > 100 and queue.rejected == 1 and 16 <= (queue.redelivered or 0) <= 24
    assert told.ledger.balanced is True and told.ledger.messages.published == 350


CHANGES = """
name = "Changes"
duration = 1.6
queues = [{ name = "work" }]
producers = [{ name = "shop", routing_key = "work", load = { shape = "constant", rate = 50, until = 1.0 } }]
consumers = [{ name = "server", queue = "work", prefetch = 2, service = { distribution = "constant", mean = 0.01 } }]
[[changes]]
at = 0.4
[changes.declare]
queues = [{ name = "more" }]
exchanges = [{ name = "all", type = "fanout" }]
bindings = [{ source = "all", destination = "more" }]
producers = [{ name = "late", exchange = "all", load = { shape = "burst", messages = 5, at = 0.6 } }]
[[changes]]
at = 0.6
target = "server"
set = { prefetch = 5, count = 3 }
[[changes]]
at = 1.2
delete = { queues = ["more"], exchanges = ["all"] }
"""


def test_changes_reach_the_broker(rabbitmq: Node, tmp_path: Path) -> None:
    told = live(rabbitmq, tmp_path, scenario_of(CHANGES), prefix=True)
    assert (told.queues["more"].enqueued, told.queues["more"].deleted) == (5, 5)
    assert told.ledger.balanced is True and len(told.consumers["server"].members) == 3
    assert traces(rabbitmq) == []


def test_limits_hold(rabbitmq: Node, tmp_path: Path) -> None:
    scenario = scenario_of(BURST.replace("2.2", "1.2"))
    few = live(rabbitmq, tmp_path, scenario, message_limit=100)
    assert few.interrupted and few.ledger.messages.published == 100
    slow = live(rabbitmq, tmp_path, scenario, rate_limit=80)
    assert slow.clients is not None and slow.clients.made_peak <= 81 and slow.clients.asked == 300
    assert slow.clients.held_time > 0.3


def test_an_account_without_the_rights_is_told_so_before_anything_begins(rabbitmq: Node, tmp_path: Path) -> None:
    with account(rabbitmq, "reader", configure="^$"), pytest.raises(TroubleError) as told:
        live(rabbitmq, tmp_path, scenario_of(BURST), user="reader")
    assert told.value.trouble is Trouble.RIGHTS
    assert traces(rabbitmq) == [] and list(tmp_path.iterdir()) == []


def test_an_account_that_is_no_administrator_runs_under_a_prefix(rabbitmq: Node, tmp_path: Path) -> None:
    with account(rabbitmq, "tester", configure=".*"):
        told = live(rabbitmq, tmp_path, scenario_of(BURST.replace("300", "20").replace("2.2", "0.8")), user="tester")
    assert told.ledger.balanced is True and told.queues["work"].acknowledged == 20
    assert traces(rabbitmq) == [] and list(tmp_path.iterdir()) == []


def test_a_broker_that_goes_down_ends_the_run_and_leaves_a_note(rabbitmq: Node, tmp_path: Path) -> None:
    stopped: list[bool] = []

    def stop(generator: object) -> None:
        if not stopped:
            stopped.append(True)
            rabbitmq.stop_app()

    try:
        with pytest.raises(BackendError):
            live(rabbitmq, tmp_path, scenario_of(BURST), while_running=stop)
    finally:
        rabbitmq.start_app()
    broker, password = parse_amqp(address(rabbitmq))
    notes = Notes(tmp_path)
    (note,) = notes.left_over(broker)
    assert traces(rabbitmq) == [note.run]
    remove(note, password, notes)
    assert traces(rabbitmq) == [] and list(tmp_path.iterdir()) == []


def test_a_comparison_says_by_how_much_two_runs_differ() -> None:
    scenario = scenario_of(KILLED)
    comparison = Comparison(simulated(scenario_of(BURST)), simulated(scenario))
    figures = {(each.code, each.subject): each for each in comparison.differences}
    assert figures["redelivered", ""].first == 0 and figures["redelivered", ""].second == 10
    assert figures["redelivered", ""].share is None
    drained = figures["drained_at", "work"]
    assert drained.first is not None and drained.share is not None and abs(drained.share) < 1.0
    assert comparison.curves["work"][0][0] == 1.0
