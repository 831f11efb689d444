import pytest

from mqviz.model.ending import endless
from mqviz.model.parsing import parse


@pytest.mark.parametrize(
    ("load", "goes_on"),
    [
        ('shape = "constant", rate = 1', True),
        ('shape = "constant", rate = 0', False),
        ('shape = "poisson", rate = 1, messages = 5', False),
        ('shape = "sine", rate = 1, amplitude = 1, period = 1, until = 9', False),
        ('shape = "burst", messages = 5', False),
        ('shape = "burst", messages = 5, every = 2', True),
        ('shape = "schedule", steps = [[1, 1]]', False),
        ('shape = "schedule", steps = [[1, 1]], cyclic = true', True),
        ('shape = "ramp", rate = 1, to = 0, over = 5', True),
        ('shape = "trace", file = "t.csv"', False),
    ],
)
def test_which_loads_go_on_for_good(load: str, goes_on: bool) -> None:
    scenario = parse(f'[[producers]]\nname = "a"\nload = {{ {load} }}\n', read=lambda _: "time\n1\n")
    assert endless(scenario) == (("a",) if goes_on else ())


def test_spikes_and_later_producers_count_too() -> None:
    text = """
producers = [{ name = "a", count = 2 }, { name = "b" }]
faults = [{ kind = "spike", target = "a.2", messages = 3, every = 1 }, { kind = "spike", target = "b", messages = 3 }]
changes = [{ at = 1, declare = { producers = [{ name = "c", load = { shape = "poisson", rate = 1 } }] } }]
"""
    assert endless(parse(text)) == ("a", "c")
