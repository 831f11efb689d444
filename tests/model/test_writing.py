from hypothesis import HealthCheck, given, settings

from mqviz.model.load import BurstLoad
from mqviz.model.parsing import parse
from mqviz.model.scenario import ConsumerSpec, Network, ProducerSpec, RunSpec, Scenario
from mqviz.model.traces import trace_files
from mqviz.model.writing import digest, dump, revised
from tests.model.documents import scenarios, trace_of

FILE = """\
format = 1
name = "Shop"
# how often
seed = 3

[[queues]]
name = "work"      # of the shop

[layout]
"queue:work" = [1.0, 2.0]

# at the end
[[producers]]
name = "shop"
routing_key = "work"
"""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(scenarios())
def test_what_is_written_reads_back_as_the_same_value(scenario: Scenario) -> None:
    text = dump(scenario)
    again = parse(text, read=trace_of)
    assert again == scenario
    assert digest(again) == digest(scenario)
    assert dump(again) == text


def test_defaults_are_left_out_and_small_tables_stand_in_line() -> None:
    shop = ProducerSpec(name="shop", routing_key="work", load=(BurstLoad(messages=5, at=1.0),))
    text = dump(Scenario(name="Shop", producers=(shop,)))
    assert text == (
        'format = 1\nname = "Shop"\n\n[[producers]]\nname = "shop"\nrouting_key = "work"\n'
        'load = { shape = "burst", messages = 5, at = 1.0 }\n'
    )


def test_never_to_reconnect_can_be_written() -> None:
    lonely = Scenario(consumers=(ConsumerSpec(name="a", queue="q", reconnect=None),))
    assert 'reconnect = "never"' in dump(lonely)


def test_moved_nodes_keep_the_comments() -> None:
    moved = parse(FILE.replace("[1.0, 2.0]", "[7.0, 8.0]"))
    text = revised(FILE, moved, read=trace_of)
    assert parse(text) == moved
    assert all(comment in text for comment in ("# how often", "# of the shop", "# at the end"))


def test_positions_are_added_to_and_removed_from_a_file() -> None:
    bare = FILE.replace('[layout]\n"queue:work" = [1.0, 2.0]\n', "")
    added = revised(bare, parse(FILE), read=trace_of)
    assert added == bare + '\n[layout]\n"queue:work" = [1.0, 2.0]\n'
    assert "layout" not in revised(FILE, parse(bare), read=trace_of)


def test_any_other_difference_is_written_anew() -> None:
    other = parse(FILE.replace("seed = 3", "seed = 4"))
    assert revised(FILE, other, read=trace_of) == dump(other)


def test_the_digest_knows_what_matters() -> None:
    scenario = parse(FILE)
    same = [FILE.replace("Shop", "Other"), FILE.replace("seed = 3", "seed = 9"), FILE.replace("[1.0, 2.0]", "[3, 4]")]
    assert {digest(parse(text)) for text in same} == {digest(scenario)}
    assert digest(parse(FILE + "count = 2\n")) != digest(scenario)
    assert digest(Scenario(network=Network(latency=5))) == digest(Scenario(network=Network(latency=5.0)))
    assert digest(Scenario(duration=5.0, run=RunSpec(repeat=9))) == digest(Scenario())
    assert len(digest(scenario)) == 64


def test_a_trace_takes_its_file_along() -> None:
    load = '{ shape = "trace", file = "t.csv" }'
    text = f'[[producers]]\nname = "a"\nload = {load}\n'
    scenario = parse(text, read=lambda _: "time,x\n2,1\n0.25,2\n")
    files = trace_files(scenario)
    assert files == {"t.csv": "time\n0.25\n2.0\n"}
    assert parse(dump(scenario), read=files.__getitem__) == scenario
