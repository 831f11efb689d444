import pytest

from mqviz.model import load
from mqviz.model.parsing import parse
from tests.model.wrong import mistakes

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
