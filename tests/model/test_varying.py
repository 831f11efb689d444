import pytest

from mqviz.errors import ScenarioError
from mqviz.model.distributions import Exponential
from mqviz.model.parsing import parse
from mqviz.model.varying import values_of, varied

SCENARIO = parse(
    """
queues = [{ name = "work" }, { name = "a.b" }]
producers = [{ name = "shop", load = { shape = "poisson", rate = 5 } }]
consumers = [{ name = "server", queue = "work", service = { distribution = "exponential", mean = 1 } }, { name = "other", queue = "a.b" }]
"""
)


def test_values_are_separated_where_they_end() -> None:
    assert values_of('1, 2.5,"a,b",[1,2],{ x = 1, y = 2 }') == ("1", "2.5", '"a,b"', "[1,2]", "{ x = 1, y = 2 }")


def test_a_setting_that_is_there_or_has_its_default() -> None:
    assert varied(SCENARIO, "server.count", "3").consumers[0].count == 3
    assert varied(SCENARIO, "consumers.2.prefetch", "7").consumers[1].prefetch == 7
    assert varied(SCENARIO, "consumers.server.service.mean", "0.25").consumers[0].service == Exponential(mean=0.25)
    assert varied(SCENARIO, "shop.load.rate", "9").producers[0].load[0].rate == 9  # type: ignore[union-attr]
    assert varied(SCENARIO, "network.latency", "0.1").network.latency == 0.1
    assert varied(SCENARIO, "duration", "60").duration == 60
    assert varied(SCENARIO, "server.ack", "automatic").consumers[0].ack == "automatic"
    changed = varied(SCENARIO, 'queues."a.b".arguments.x-max-length', "5")
    assert [queue.arguments for queue in changed.queues] == [{}, {"x-max-length": 5}]


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("server.prefetsh", "1", "server.prefetsh=1: consumers[1] 'server': there is no 'prefetsh' here; did you mean 'prefetch'?"),
        ("server.count", "0", "server.count=0: consumers[1] 'server': 'count' must be a whole number of at least 1, not 0"),
        ("consumers.sever.count", "1", "consumers.sever.count=1: there is no 'sever'; did you mean 'server'?"),
        ("sever.count", "1", "sever.count=1: there is no 'sever'; did you mean 'server'?"),
        ("duration.x", "1", "duration.x=1: duration: 'duration' must be a finite number, not a table"),
        ("server", "1", "server=1: there is no 'server'"),
        ("..", "1", "..=1: '..' is not a path like server.count"),
        ("server.count.x", "1", "'count' must be a whole number, not a table"),
        ("consumers.count", "1", "consumers.count=1: 'count' cannot be set there"),
    ],
)
def test_a_setting_that_is_not_there(path: str, value: str, expected: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        varied(SCENARIO, path, value)
    assert expected in str(caught.value)
