import pytest

from mqviz.report.numbers import count, rate, seconds, share, significant


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0.0, "0 s"),
        (0.0000123, "12.3 µs"),
        (0.01824, "18.2 ms"),
        (1.2549, "1.25 s"),
        (61.5, "61.5 s"),
        (200.0, "3 min 20 s"),
        (120.0, "2 min"),
        (7325.0, "2 h 2 min"),
        (7200.0, "2 h"),
    ],
)
def test_durations(value: float | None, text: str) -> None:
    assert seconds(value) == text


def test_other_figures() -> None:
    assert [count(None), count(0), count(12345)] == ["–", "0", "12,345"]
    assert [rate(None), rate(0.0), rate(166.66)] == ["–", "0/s", "167/s"]
    assert [share(None), share(0.5)] == ["–", "50.0 %"]
    assert [significant(123456.0), significant(0.1), significant(1000.0), significant(0.00012345)] == [
        "123,456",
        "0.1",
        "1,000",
        "0.000123",
    ]
