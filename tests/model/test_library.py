from pathlib import Path

import pytest

from mqviz.errors import ScenarioError
from mqviz.model import distributions, faults, load
from mqviz.model.library import chapters, find, path_of, read_scenario, shipped, title_of
from mqviz.model.scenario import Scenario, ServiceSpec
from mqviz.model.writing import dump

SHIPPED = shipped()
ALL = [read_scenario(path_of(name)) for name in SHIPPED]


def test_every_file_is_in_the_index_once_and_the_first_is_ten_thousand() -> None:
    files = {path.stem for path in path_of("x").parent.glob("*.toml")} - {"index"}
    assert sorted(SHIPPED) == sorted(files)
    assert len(SHIPPED) >= 10
    assert SHIPPED[0] == "ten-thousand"
    assert all(chapter.title.keys() == {"en", "ko"} for chapter in chapters() if isinstance(chapter.title, dict))


@pytest.mark.parametrize("name", SHIPPED)
def test_each_is_told_in_both_languages_and_worth_one_to_three_minutes(name: str) -> None:
    scenario = read_scenario(path_of(name))
    for text in title_of(name):
        assert isinstance(text, dict)
        assert text.keys() == {"en", "ko"}
        assert all(text.values())
    assert (scenario.name, scenario.description) == title_of(name)
    assert 60 <= (scenario.duration or 0) <= 180
    assert read_scenario(path_of(name)) == scenario
    dump(scenario)


def test_every_load_shape_occurs() -> None:
    found = {type(each) for scenario in ALL for producer in scenario.producers for each in producer.load}
    assert found == set(load.Load.__args__)


def test_every_distribution_occurs() -> None:
    found = {type(client.service) for scenario in ALL for client in (*scenario.consumers, *scenario.services, *scenario.translators)}
    assert found == set(distributions.Distribution.__args__)


def test_every_fault_occurs() -> None:
    assert {type(fault) for scenario in ALL for fault in scenario.faults} == set(faults.Fault.__args__)
    spikes = [fault for scenario in ALL for fault in scenario.faults if isinstance(fault, faults.Spike)]
    assert {spike.factor is None for spike in spikes} == {True, False}


def used(table: str, *ignored: str) -> set[str]:
    """The fields that differ from their default somewhere in the scenarios that ship."""
    tables = [each for scenario in ALL for each in getattr(scenario, table)]
    fields = tables[0].__struct_fields__
    return {field for field in fields if len({repr(getattr(each, field)) for each in tables}) > 1} - set(ignored)


def test_every_feature_of_clients_occurs() -> None:
    assert used("producers") >= {
        "call", "confirm", "persistent", "size", "body", "priority", "kind", "headers", "expiration", "retry", "outbox", "request", "mode",
    }  # fmt: skip
    assert used("consumers") >= {"ack", "workers", "multiple", "fail", "idempotent", "reply", "call", "reconnect", "prefetch"}
    assert used("services") >= {"workers", "accept", "timeout", "overload"}
    assert used("translators") >= {"rules"}
    assert any(change.declare for scenario in ALL for change in scenario.changes)
    assert any(scenario.policies for scenario in ALL)
    assert any(scenario.broker.flow for scenario in ALL)
    assert any(scenario.broker.memory_limit for scenario in ALL)
    assert any(scenario.broker.consumer_timeout for scenario in ALL)


def test_a_name_or_a_file(tmp_path: Path) -> None:
    assert find("ten-thousand") == path_of("ten-thousand")
    assert find("some/file") == Path("some/file")
    assert find("mine.toml") == Path("mine.toml")
    with pytest.raises(ScenarioError, match="there is no scenario 'ten-thosand'; did you mean 'ten-thousand'"):
        find("ten-thosand")
    with pytest.raises(ScenarioError, match="did you mean 'check'"):
        find("chek", ("check",))
    with pytest.raises(ScenarioError, match="mqviz scenarios lists them"):
        find("zzz")


def test_files_that_are_no_scenarios(tmp_path: Path) -> None:
    (tmp_path / "binary.toml").write_bytes(b"\x80\x81\xff")
    (tmp_path / "zeros.toml").write_bytes(b"seed = 1\n\0\0")
    (tmp_path / "marked.toml").write_bytes(b"\xef\xbb\xbfseed = 3\r\n")
    for name, expected in (
        ("binary.toml", "not a text file in UTF-8"),
        ("zeros.toml", "not a text file"),
        ("gone.toml", "no such file"),
        (".", "is a directory"),
    ):
        with pytest.raises(ScenarioError) as caught:
            read_scenario(tmp_path / name)
        (mistake,) = caught.value.mistakes
        assert expected in mistake
        assert mistake.startswith(str(tmp_path))
    assert read_scenario(tmp_path / "marked.toml") == Scenario(seed=3)


def test_a_trace_lies_beside_its_scenario(tmp_path: Path) -> None:
    text = '[[producers]]\nname = "p"\nload = { shape = "trace", file = "t.csv" }\n'
    (tmp_path / "s.toml").write_text(text)
    with pytest.raises(ScenarioError, match=r"s\.toml:3: .*the file 't\.csv' cannot be read: no such file"):
        read_scenario(tmp_path / "s.toml")
    (tmp_path / "t.csv").write_text("time\n0.5\n")
    (producer,) = read_scenario(tmp_path / "s.toml").producers
    assert producer.load == (load.TraceLoad(file="t.csv", times=(0.5,)),)


def test_the_pair_of_ten_thousand_has_the_same_arrivals_and_servers() -> None:
    queued, direct = (read_scenario(path_of(name)) for name in ("ten-thousand", "ten-thousand-direct"))
    assert [(each.name, each.count, each.load) for each in queued.producers] == [
        (each.name, each.count, each.load) for each in direct.producers
    ]
    (server,), (service,) = queued.consumers, direct.services
    assert isinstance(service, ServiceSpec)
    assert (server.count * server.workers, server.service) == (service.workers, service.service)
