"""`mqviz check` and `mqviz scenarios`."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from mqviz.cli import DONE
from mqviz.cli.options import name_option, no_option
from mqviz.model.library import chapters, find, read_scenario, title_of
from mqviz.model.scenario import Scenario, in_language

_LANGUAGE = "en"
_WIDTH = 100


def check(given: Sequence[str]) -> int:
    """Say that a file is right, with what is in it; ScenarioError holds all its mistakes."""
    name = name_option("check", "Is this file right? Every mistake with its place.", given)
    path = find(name)
    scenario = read_scenario(path)
    print(f"{path}: right ({contents(scenario)})")
    return DONE


def contents(scenario: Scenario) -> str:
    """What is in a scenario: `1 exchange, 2 queues, 3 producers`."""
    kinds = ("exchanges", "queues", "bindings", "producers", "consumers", "services", "translators", "faults", "changes")
    counts = [(kind, sum(getattr(each, "count", 1) for each in getattr(scenario, kind))) for kind in kinds]
    listed = [f"{count} {kind if count != 1 else kind.removesuffix('s')}" for kind, count in counts if count]
    return ", ".join(listed) or "nothing in it"


def scenarios(given: Sequence[str]) -> int:
    """List what ships: name, title, and what there is to see."""
    no_option("scenarios", "What ships with mqviz.", given)
    for chapter in chapters():
        print(f"{in_language(chapter.title, _LANGUAGE)}\n")
        for name in chapter.names:
            title, description = (in_language(text, _LANGUAGE) for text in title_of(name))
            print(f"  {name}: {title}")
            print(textwrap.fill(description, _WIDTH, initial_indent="    ", subsequent_indent="    ") + "\n")
    return DONE
