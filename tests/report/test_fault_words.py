import pytest
from msgspec import to_builtins

from mqviz.model.faults import Fault
from mqviz.model.result import FaultSpell
from mqviz.report.fault_words import fault_name

KINDS = [str(kind.__struct_config__.tag) for kind in Fault.__args__]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_fault_has_a_name(kind: str, language: str) -> None:
    assert fault_name(FaultSpell(kind=kind, begin=0.0), language)


@pytest.mark.parametrize(
    ("kind", "target", "figures", "name"),
    [
        ("spike", "shop", {"messages": 5000}, "Spike +5,000 shop"),
        ("slow", "server", {"factor": 4.0}, "Slow ×4 server"),
        ("fail", "server", {"share": 0.25, "how": "nack"}, "Fail 25 % server"),
        ("delay", None, {"seconds": 0.3}, "Delay +300 ms"),
        ("cut", None, {"side": "both"}, "Network cut"),
        ("cut", "shop", {"side": "both"}, "Network cut shop"),
        ("purge", "queue:work", {}, "Purge work"),
    ],
)
def test_a_name_tells_the_size_and_whom_it_struck(kind: str, target: str | None, figures: dict[str, object], name: str) -> None:
    assert fault_name(FaultSpell(kind=kind, target=target, begin=1.0, figures=figures), "en") == name


def test_json_names_the_ends_from_and_to() -> None:
    told = to_builtins(FaultSpell(kind="kill", target="server.1", begin=1.0, end=2.0))
    assert told == {"kind": "kill", "target": "server.1", "from": 1.0, "to": 2.0, "figures": {}}
