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

BASE = """\
[[exchanges]]
name = "orders"
[[exchanges]]
name = "by-header"
type = "headers"
[[queues]]
name = "work"
[[producers]]
name = "shop"
routing_key = "work"
count = 2
load = { shape = "constant", rate = 5 }
[[consumers]]
name = "server"
queue = "work"
count = 3
[[services]]
name = "desk"
[[producers]]
name = "asker"
call = "desk"
[[translators]]
name = "post"
queue = "work"
"""


def mistakes(text: str, **options: object) -> tuple[str, ...]:
    """What is wrong with a text, one line each."""
    with pytest.raises(ScenarioError) as caught:
        parse(text, **options)  # type: ignore[arg-type]
    return caught.value.mistakes


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


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ('[[queues]]\nname = "work"', "the name 'work' is taken by queues[1] on line 6"),
        ('[[services]]\nname = "shop"', "the name 'shop' is taken by producers[1] on line 8"),
        ('[[consumers]]\nname = "a.1"\nqueue = "work"', "has a dot followed by a number"),
        ('[[consumers]]\nname = "queue:a"\nqueue = "work"', "does not begin with queue: or exchange:"),
        ('[[consumers]]\nname = "a"\nqueue = "work"\ncall = "dekc"', "service 'dekc' does not exist; did you mean 'desk'?"),
        ('[[consumers]]\nname = "a"\nqueue = "work"\nexclusive = true\ncount = 2', "an exclusive consumer is the only one"),
        ('[[consumers]]\nname = "a"\nqueue = "work"\nfail = { share = 1.5 }', "fail: 'share' must be a number from 0 to 1"),
        ('[[producers]]\nname = "a"\nexchange = "ordres"', "exchange 'ordres' does not exist; did you mean 'orders'?"),
        ('[[producers]]\nname = "a"\ncall = "desk"\nexchange = "orders"', "'exchange' has no meaning with 'call'"),
        ('[[producers]]\nname = "a"\nmode = "synchronous"', "'mode' has no meaning without 'call'"),
        ('[[producers]]\nname = "a"\npriority = 256', "'priority' must be a whole number from 0 to 255"),
        ('[[producers]]\nname = "a"\nsize = "big"', "'size' must be a number or a table, not 'big'"),
        ('[[producers]]\nname = "a"\nheaders = { a = 1979-05-27 }', "headers: 'a' must be a finite number, not 1979-05-27"),
        ('[[bindings]]\nsource = "orders"\ndestination = "x"', "queue 'x' does not exist; there is 'work'"),
        ('[[bindings]]\nsource = ""\ndestination = "work"', "the default exchange cannot be bound"),
        ('[[bindings]]\nsource = "orders"\ndestination = "work"\ndestination_type = "exchange"', "exchange 'work' does not exist"),
        (
            '[[bindings]]\nsource = "by-header"\ndestination = "work"\narguments = { "x-match" = "some" }',
            "'x-match' must be 'all', 'any', 'all-with-x' or 'any-with-x', not 'some'",
        ),
        ('[[policies]]\nname = "p"\npattern = "("\ndefinition = { max-length = 1 }', "'pattern' is not a regular expression"),
        ('[[policies]]\nname = "p"\npattern = "a"\ndefinition = { max-lenght = 1 }', "did you mean 'max-length'?"),
        ('[[policies]]\nname = "p"\npattern = "a"\ndefinition = {}', "'definition' must not be empty"),
        ('[[policies]]\nname = "p"\npattern = "a"\napply-to = "queue"\ndefinition = { expires = 1 }', "'apply-to' must be 'all', 'queues'"),
        ('[[queues]]\nname = "q"\narguments = { x-dead-letter-exchange = "dxl" }', "exchange 'dxl' does not exist"),
        ('[[queues]]\nname = "q"\narguments = { x-message-ttl = "1s" }', "'x-message-ttl' must be a whole number from 0 to 4294967295"),
        ('[[queues]]\nname = "q"\narguments = { x-delivery-limit = 3 }', "'x-delivery-limit' needs a quorum queue"),
        ('[[queues]]\nname = "q"\narguments = { x-queue-type = "quorum" }', "a quorum queue must be durable"),
        ('[[queues]]\nname = "q"\narguments = { x-dead-letter-routing-key = "k" }', "needs 'x-dead-letter-exchange'"),
        ('[[exchanges]]\nname = "e"\narguments = { alternate-exchange = "nobody" }', "exchange 'nobody' does not exist"),
        ('[[translators]]\nname = "t"\nqueue = "work"\nrules = [{ do = "rename", field = "a" }]', "'rename' needs 'to'"),
        ('[[translators]]\nname = "t"\nqueue = "work"\nrules = [{ do = "drop", field = "a", to = "b" }]', "'drop' takes no 'to'"),
        (
            '[[translators]]\nname = "t"\nqueue = "work"\nrules = [{ do = "convert", field = "a", from = "km", to = "kg" }]',
            "'km' cannot be converted to 'kg'",
        ),
    ],
)
def test_wrong_tables(table: str, expected: str) -> None:
    (mistake,) = mistakes(BASE + table)
    assert expected in mistake


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('kind = "kil"', "did you mean 'kill'?"),
        ('kind = "kill"', "'target' is missing"),
        ('kind = "kill", target = "server.4"', "'server' has members server.1 to server.3, not server.4"),
        ('kind = "kill", target = "desk.1"', "'desk' has no members; the target is 'desk'"),
        ('kind = "kill", target = "queue:work"', "'kill' hits producers, consumers, services or translators, not 'queue:work'"),
        ('kind = "spike", target = "server", messages = 3', "'spike' hits producers; 'server' is one of the consumers"),
        ('kind = "spike", target = "shop"', "a spike needs either 'factor' or 'messages'"),
        ('kind = "spike", target = "shop", factor = 2, messages = 3', "a spike needs either 'factor' or 'messages'"),
        ('kind = "spike", target = "shop", messages = 3, lasts = 3', "it is over at once"),
        ('kind = "fail", target = "shop", share = 0.5', "'fail' hits consumers, services or translators"),
        ('kind = "slow", target = "server", factor = 0', "'factor' must be a number above 0"),
        ('kind = "purge", target = "wrok"', "queue 'wrok' does not exist; did you mean 'work'?"),
        ('kind = "purge", target = "work", lasts = 1', "it is over at once"),
        ('kind = "kill", target = "server", every = 5', "'every' needs 'lasts'"),
        ('kind = "kill", target = "server", every = 5, lasts = 6', "'every' must be longer than it lasts, 6"),
        ('kind = "cut", side = "both sides"', "'side' must be"),
        ('kind = "delay"', "'seconds' is missing"),
    ],
)
def test_wrong_faults(text: str, expected: str) -> None:
    (mistake,) = mistakes(f"faults = [{{ {text} }}]\n{BASE}")
    assert expected in mistake


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at = 1", "a change needs 'set', 'declare' or 'delete'"),
        ("set = { prefetch = 1 }", "'set' needs 'target'"),
        ('target = "shop", set = { prefetch = 1 }', "'shop' has no 'prefetch' to set; it has rate, count, confirm, size, priority"),
        ('target = "asker", set = { size = 1 }', "'asker' has no 'size' to set; it has rate, count"),
        ('target = "shop", set = { latency = 1 }', "'shop' has no 'latency' to set"),
        ('target = "shop", set = { confirm = 1 }', "'shop' publishes without confirms"),
        ('target = "server.1", set = { count = 1 }', "'count' is set for all of a client"),
        ('target = "server.9", set = { prefetch = 1 }', "'server' has members server.1 to server.3"),
        ('target = "sever", set = { prefetch = 1 }', "did you mean 'server'?"),
        ('target = "queue:wrok", set = { arguments = { x-max-length = 3 } }', "queue 'wrok' does not exist"),
        ('target = "work", set = { arguments = { x-max-length = "no" } }', "'x-max-length' must be a whole number"),
        ('target = "server", set = { prefetsh = 1 }', "there is no 'prefetsh' here; did you mean 'prefetch'?"),
        ('delete = { queues = ["wrok"] }', "queue 'wrok' does not exist; did you mean 'work'?"),
        ('declare = { consumers = [{ name = "x", queue = "nowhere" }] }', "consumers[1] 'x': queue 'nowhere' does not exist"),
        ('declare = { queues = [{ name = "work" }] }', "the name 'work' is taken by"),
    ],
)
def test_wrong_changes(text: str, expected: str) -> None:
    found = mistakes(f"changes = [{{ {text} }}]\n{BASE}")
    assert any(expected in mistake for mistake in found)


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


def test_a_change_may_turn_what_another_declares_and_scale_it() -> None:
    text = """
changes = [
    { at = 1, declare = { queues = [{ name = "late" }], consumers = [{ name = "c", queue = "late" }] } },
    { at = 2, target = "c", set = { count = 3 } },
    { at = 3, target = "c.3", set = { prefetch = 1 } },
    { at = 4, delete = { clients = ["c"], queues = ["late"] } },
    { at = 5, declare = { queues = [{ name = "late" }] } },
    { at = 6, target = "queue:late", set = { arguments = { x-max-length = "none" } } },
]
"""
    assert len(parse(text).changes) == 6


TRACE = '[[producers]]\nname = "p"\nload = { shape = "trace", file = "t.csv", column = "seen" }\n'


def test_a_trace_is_read_from_beside_the_scenario() -> None:
    asked = []

    def read(name: str) -> str:
        asked.append(name)
        return "\ufeffid, seen\n1, 2.5\n2, 0.5\n\n3, 1e1\n"

    (producer,) = parse(TRACE, read=read).producers
    assert isinstance(producer.load[0], load.TraceLoad)
    assert producer.load[0].times == (0.5, 2.5, 10.0)
    assert asked == ["t.csv"]


@pytest.mark.parametrize(
    ("csv", "expected"),
    [
        ("", "'t.csv' has no column 'seen'; the file is empty"),
        ("a,seem\n", "'t.csv' has no column 'seen'; did you mean 'seem'?"),
        ("seen\n1\nsoon\n", "'t.csv', line 3: 'seen' must be a number of at least 0, not 'soon'"),
        ("seen\n-1\n", "line 2: 'seen' must be a number of at least 0, not '-1'"),
        ("a,seen\n1\n", "line 2: 'seen' must be a number of at least 0, not ''"),
        ("seen\nnan\n", "not 'nan'"),
    ],
)
def test_a_wrong_trace(csv: str, expected: str) -> None:
    (mistake,) = mistakes(TRACE, read=lambda _: csv)
    assert mistake.startswith("scenario.toml:3: producers[1] 'p'.load: ")
    assert expected in mistake


def test_a_missing_trace() -> None:
    (mistake,) = mistakes(TRACE)
    assert "the file 't.csv' cannot be read" in mistake


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
