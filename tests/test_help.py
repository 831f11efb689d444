"""The help says everything there is, in both languages, and nothing that is wrong."""

import re
from collections.abc import Iterator

import pytest
from msgspec import inspect

from mqviz.bundle import resource
from mqviz.cli import main
from mqviz.model.parsing import parse
from mqviz.model.result import Result
from mqviz.model.scenario import Scenario
from mqviz.model.units import UNITS

FILLED_IN = {"times"}
PAGES = ("1-scenario-file", "2-command-line", "3-result", "4-live-broker", "5-amqp")


def page(name: str, language: str) -> str:
    return resource(f"help/{name}.{language}.md").read_text("utf-8")


def keys(kind: inspect.Type) -> Iterator[str]:
    """Every key that a document of this type may hold, and every tag."""
    if isinstance(kind, inspect.StructType):
        yield from (str(kind.tag),) if kind.tag is not None else ()
        for field in kind.fields:
            yield field.encode_name
            yield from keys(field.type)
    elif isinstance(kind, inspect.UnionType):
        for each in kind.types:
            yield from keys(each)
    elif isinstance(kind, inspect.VarTupleType):
        yield from keys(kind.item_type)
    elif isinstance(kind, inspect.DictType):
        yield from keys(kind.value_type)
    elif isinstance(kind, inspect.EnumType):
        yield from (str(each.value) for each in kind.cls)
    elif isinstance(kind, inspect.LiteralType):
        yield from map(str, kind.values)


def is_mentioned(key: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text) is not None


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_key_of_a_scenario_is_explained(language: str) -> None:
    text = page("1-scenario-file", language)
    wanted = set(keys(inspect.type_info(Scenario))) - FILLED_IN - {"latency"} | set(UNITS)
    assert [key for key in sorted(wanted) if not is_mentioned(key, text)] == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_field_of_a_result_is_explained(language: str) -> None:
    text = page("3-result", language)
    assert [key for key in sorted(set(keys(inspect.type_info(Result)))) if not is_mentioned(key, text)] == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_option_is_explained_and_no_other(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--help"]) == main(["serve", "--help"]) == 0
    options = set(re.findall(r"--[a-z][a-z-]*", capsys.readouterr().out)) - {"--help"}
    assert set(re.findall(r"--[a-z][a-z-]*", page("2-command-line", language))) - {"--help", "--version", "--connect"} == options


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_example_is_right(language: str) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", page("1-scenario-file", language), re.DOTALL)
    assert len(parse(example).faults) == 1


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_have_the_same_parts(name: str) -> None:
    english, korean = (page(name, language) for language in ("en", "ko"))
    assert english.count("\n## ") == korean.count("\n## ")
    assert english.count("\n|") == korean.count("\n|")
    assert set(re.findall(r"`([a-z_]+)`", english)) == set(re.findall(r"`([a-z_]+)`", korean))


def test_all_pages_are_known() -> None:
    assert sorted(path.name for path in resource("help").iterdir()) == sorted(
        f"{name}.{language}.md" for name in PAGES for language in ("en", "ko")
    )
