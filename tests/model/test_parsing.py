import contextlib
import tomllib

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from mqviz.errors import ScenarioError
from mqviz.model import distributions, faults, load
from mqviz.model.amqp import ExchangeType
from mqviz.model.parsing import parse
from mqviz.model.scenario import Request, Retry, Scenario
from mqviz.model.writing import dump
from tests.model.documents import scenarios, trace_of
from tests.model.wrong import mistakes

# The contract's own example.
EXAMPLE = """\
format = 1
name = "Ten thousand at once"
seed = 7
duration = 120.0                     # virtual seconds

[[exchanges]]
name = "orders"
type = "topic"                       # direct | topic | fanout | headers

[[queues]]
name = "work"
durable = true
arguments = { "x-max-length" = 20000, "x-overflow" = "reject-publish" }

[[bindings]]
source = "orders"
destination = "work"
routing_key = "order.*"

[[producers]]
name = "shop"
exchange = "orders"
routing_key = "order.new"
confirm = 100                        # at most so many unconfirmed; absent: no confirms
persistent = true
load = { shape = "burst", messages = 10000, at = 1.0 }

[[consumers]]
name = "server"
queue = "work"
count = 2
prefetch = 10
service = { distribution = "exponential", mean = 0.01 }

[[faults]]
kind = "kill"
target = "server.1"
at = 30.0
lasts = 10.0
"""


def test_the_example_of_the_contract() -> None:
    scenario = parse(EXAMPLE)
    (shop,), (server,) = scenario.producers, scenario.consumers
    assert scenario.exchanges[0].type is ExchangeType.TOPIC
    assert shop.load == (load.BurstLoad(messages=10000, at=1.0),)
    assert (shop.confirm, shop.persistent, shop.mandatory) == (100, True, False)
    assert (server.count, server.prefetch, server.ack, server.workers) == (2, 10, "manual", 1)
    assert server.service == distributions.Exponential(mean=0.01)
    assert scenario.faults == (faults.Kill(target="server.1", at=30.0, lasts=10.0),)
    assert scenario.queues[0].arguments == {"x-max-length": 20000, "x-overflow": "reject-publish"}


def test_an_empty_document_is_an_empty_scenario() -> None:
    assert parse("") == Scenario()


def test_every_mistake_is_named_with_its_place_in_one_go() -> None:
    text = (
        EXAMPLE.replace('"topic"', '"topik"')
        .replace('queue = "work"', 'queue = "wrok"')
        .replace("prefetch = 10", "prefetch = -1")
        .replace('target = "server.1"', 'target = "sever.1"')
        .replace("seed = 7", "sede = 7")
        .replace("rate", "")
    )
    assert mistakes(text, source="shop.toml") == (
        "shop.toml:3: there is no 'sede' here; did you mean 'seed'?",
        "shop.toml:8: exchanges[1] 'orders': 'type' must be 'direct', 'topic', 'fanout' or 'headers', not 'topik'; did you mean 'topic'?",
        "shop.toml:30: consumers[1] 'server': queue 'wrok' does not exist; did you mean 'work'?",
        "shop.toml:32: consumers[1] 'server': 'prefetch' must be a whole number from 0 to 65535, not -1",
        "shop.toml:37: faults[1]: client 'sever.1' does not exist; did you mean 'server'?",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name = ", "scenario.toml:1: not TOML: Invalid value (at the end of the file)"),
        ("\n\nname == 3", "scenario.toml:3: not TOML: Invalid value (at column 7)"),
        ("seed = 1\nseed = 2\n", "scenario.toml:2: not TOML: Cannot overwrite a value (at column 9)"),
        ("a = " + "[" * 5000 + "]" * 5000, "scenario.toml:1: the lists or tables are nested too deeply"),
        ("format = 2", "scenario.toml:1: format 2 is newer than this mqviz, which reads format 1"),
    ],
)
def test_text_that_is_no_scenario_at_all(text: str, expected: str) -> None:
    assert mistakes(text) == (expected,)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("duration = nan", "'duration' must be a finite number, not nan"),
        ("duration = inf", "'duration' must be a finite number, not inf"),
        ("duration = 0", "'duration' must be a number above 0, not 0"),
        ("seed = -1", "'seed' must be a whole number from 0 to 9223372036854775807, not -1"),
        ("seed = 1.5", "'seed' must be a whole number, not 1.5"),
        ("seed = true", "'seed' must be a whole number, not true"),
        ("name = 3", "'name' must be a text or a table, not 3"),
        ("name = {}", "name: 'name' needs a text for at least one language"),
        ("queues = 3", "'queues' must be a list of tables, not 3"),
        ("[queues]\nname = 'a'", "queues: 'queues' must be a list of tables, not a table"),
        ("[network]\nlatency = -1", "network: 'latency' must be a number of at least 0, not -1"),
        ("[run]\nrepeat = 0", "run: 'repeat' must be a whole number from 1 to 10000, not 0"),
        ("[broker]\nflow = 0", "broker: 'flow' must be a number above 0, not 0"),
        ("[layout]\na = [1]", "layout.a: 'a' must be a list of 2 numbers, not a list"),
        ("[[queues]]", "queues[1]: 'name' is missing; a text was expected"),
        ("[[queues]]\nname = ''", "queues[1] '': a name must have 1 to 255 bytes and no control characters"),
        ("[[queues]]\nname = 'amq.x'", "queues[1] 'amq.x': names that begin with 'amq.' are the broker's own (AMQP 0-9-1, 3.1.4)"),
    ],
)
def test_wrong_values(table: str, expected: str) -> None:
    (mistake,) = mistakes(table)
    assert mistake.split(": ", 1)[1] == expected


def wrong_load(text: str) -> list[str]:
    """What is wrong with a load, without the place."""
    found = mistakes(f'[[producers]]\nname = "p"\nload = {{ {text} }}\n')
    return [mistake.rpartition("load: ")[2] for mistake in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('shape = "burts"', "did you mean 'burst'?"),
        ("rate = 3", "'shape' is missing"),
        ('shape = "constant"', "'rate' is missing; a number was expected"),
        ('shape = "constant", rate = -1', "'rate' must be a number of at least 0, not -1"),
        ('shape = "poisson", rate = 1, messages = 0', "'messages' must be a whole number of at least 1, not 0"),
        ('shape = "burst", messages = 2000000', "2,000,000 messages at 0 s: at most 1,000,000 are allowed at one instant"),
        ('shape = "step", rate = 1, to = 2', "'at' is missing"),
        ('shape = "ramp", rate = 1, to = 2, over = 0', "'over' must be a number above 0"),
        ('shape = "sine", rate = 1, amplitude = 1, period = 0', "'period' must be a number above 0"),
        ('shape = "on_off", rate = 1, on = 0, off = 1', "'on' must be a number above 0"),
        ('shape = "schedule", steps = []', "'steps' needs at least one"),
        ('shape = "schedule", steps = [[1, 0]]', "a rate is at least 0 and lasts more than 0 seconds"),
        ('shape = "schedule", steps = [[1]]', "'steps' must be a list of 2 numbers"),
        ('shape = "constant", rate = 1, from = 5, until = 4', "'until' must lie after the beginning, 5"),
        ('shape = "burst", messages = 1, at = 5, until = 5', "'until' must lie after the beginning, 5"),
        ('shape = "trace", file = "../up.csv"', "must name a file beside the scenario"),
        ('shape = "trace", file = "C:\\\\a.csv"', "must name a file beside the scenario"),
        ('shape = "constant", rate = 1, amplitude = 2', "there is no 'amplitude' here"),
    ],
)
def test_wrong_loads(text: str, expected: str) -> None:
    (mistake,) = wrong_load(text)
    assert expected in mistake


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('distribution = "exponential", mean = -1', "'mean' must be a number of at least 0"),
        ('distribution = "uniform", low = 2, high = 1', "'high' must not be below 'low', 2"),
        ('distribution = "normal", mean = 1', "'sd' is missing"),
        ('distribution = "empirical", values = []', "'values' must not be empty"),
        ('distribution = "empirical", values = [1], weights = [1, 2]', "there are 2 weights for 1 values"),
        ('distribution = "empirical", values = [1], weights = [0]', "at least one weight must be more than 0"),
        ('distribution = "empirical", values = [-1]', "'values' must be a number of at least 0, not -1"),
        ('distribution = "exp", mean = 1', "did you mean 'exponential'?"),
    ],
)
def test_wrong_distributions(text: str, expected: str) -> None:
    (mistake,) = mistakes(f'[[services]]\nname = "s"\nservice = {{ {text} }}\n')
    assert expected in mistake


def test_what_would_happen_after_the_end() -> None:
    late = """\
duration = 10
faults = [{ kind = "restart", at = 11 }]
changes = [{ at = 12, delete = { clients = ["shop"] } }]
producers = [{ name = "shop", load = { shape = "burst", messages = 3, at = 13 } }]
run = { warm_up = 14 }
"""
    assert [mistake.split(": ", 2)[2][:11] for mistake in mistakes(late)] == [f"'at' is {at}, "[:11] for at in (11, 12, 13)] + [
        "'warm_up' is"[:11]
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[[consumers]]\nname = "c"\nqueue = "q"\ncount = 10001\n[[queues]]\nname = "q"', "at most 10,000 are allowed"),
        ('[[services]]\nname = "s"\n[[producers]]\nname = "p"\ncount = 10000', "10,001 with these, at most 10,000 are allowed"),
        ("".join(f'[[queues]]\nname = "q{i}"\n' for i in range(10_001)), "too many queues: 10,001"),
        (
            '[[producers]]\nname = "a"\ncount = 2\nload = { shape = "burst", messages = 400000, at = 5 }\n'
            '[[producers]]\nname = "b"\nload = { shape = "burst", messages = 200001, at = 5.0 }',
            "1,000,001 messages at 5 s",
        ),
    ],
)
def test_the_limits(text: str, expected: str) -> None:
    (mistake,) = mistakes(text)
    assert expected in mistake


def test_at_the_limits_all_is_well() -> None:
    queues = "".join(f'[[queues]]\nname = "q{i}"\n' for i in range(10_000))
    clients = '[[producers]]\nname = "a"\ncount = 10000\nload = { shape = "burst", messages = 100 }\n'
    assert len(parse(queues + clients).queues) == 10_000


def test_short_forms() -> None:
    scenario = parse(
        """
name = { en = "A", ko = "가" }
[[producers]]
name = "one"
size = { distribution = "uniform", low = 10, high = 20 }
retry = {}
request = { timeout = 2 }
reconnect = "never"
[[producers.load]]
shape = "burst"
messages = 3
[[producers.load]]
shape = "constant"
rate = 2
random = true
from = 1
[[producers]]
name = "two"
load = []
"""
    )
    one, two = scenario.producers
    assert scenario.name == {"en": "A", "ko": "가"}
    assert one.size == distributions.Uniform(low=10.0, high=20.0)
    assert one.load == (load.BurstLoad(messages=3), load.ConstantLoad(rate=2.0, random=True, start=1.0))
    assert (one.retry, one.request, one.reconnect) == (Retry(), Request(timeout=2.0), None)
    assert (two.load, two.reconnect) == ((), 1.0)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios(), st.data())
def test_whatever_is_damaged_the_answer_is_a_scenario_or_its_mistakes(scenario: Scenario, data: st.DataObject) -> None:
    text = dump(scenario)
    at = data.draw(st.integers(0, len(text)))
    noise = data.draw(st.sampled_from(['"', "[", "}", "-1", "1e400", "=", "\n[[queues]]\n", "nan", "'''", "\\", "3 #", "true"]))
    damaged = text[:at] + noise + text[at + data.draw(st.integers(0, 9)) :]
    with contextlib.suppress(ScenarioError):
        parse(damaged, read=trace_of)


TABLES = st.recursive(
    st.sampled_from([0, -1, 1.5, True, "", "work", "server.1", "burst", 10**30, float("nan")]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "load", "count", "queue", "set"]), inner, max_size=4)
    ),
    max_leaves=10,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*Scenario.__struct_fields__]), TABLES, max_size=5))
def test_tables_of_any_shape_are_a_scenario_or_mistakes(raw: dict[str, object]) -> None:
    text = "\n".join(f"{key} = {toml(value)}" for key, value in raw.items())
    tomllib.loads(text)
    with contextlib.suppress(ScenarioError):
        parse(text)


def toml(value: object) -> str:
    """A value in TOML, however senseless."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else repr(value)
