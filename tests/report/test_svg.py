import re

import pytest

from mqviz.report.charts import LIGHT
from mqviz.report.svg import Bar, Flag, Line, bar_chart, line_chart, ticks


def points(svg: str) -> list[tuple[float, float]]:
    """The corners of the first curve."""
    found = re.search(r'<polyline points="([^"]*)"', svg)
    assert found is not None
    pairs = (pair.split(",") for pair in found.group(1).split())
    return [(float(x), float(y)) for x, y in pairs]


def chart(values: list[float | None], times: list[float] | None = None) -> str:
    line = Line(name="a", colour="ready", values=values)
    return line_chart("t", times or [float(i) for i in range(len(values))], [line], ("s", "n"), LIGHT)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0, 10, [0, 2, 4, 6, 8, 10]), (0, 0.07, [0, 0.02, 0.04, 0.06]), (3, 17, [5, 10, 15]), (0, 0, [0])],
)
def test_ticks_are_round(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high, 5) == pytest.approx(expected)


def test_a_curve_lies_where_its_values_are() -> None:
    found = points(chart([0.0, 5.0, 10.0]))
    assert [x for x, _ in found] == sorted(x for x, _ in found)
    (_, bottom), (_, middle), (_, top) = found
    assert bottom - middle == pytest.approx(middle - top)
    assert top < middle < bottom


def test_a_gap_is_not_bridged() -> None:
    assert chart([1.0, 2.0, None, 3.0, 4.0]).count("<polyline") == 2
    assert chart([None, None]).count("<polyline") == 0


def test_many_points_are_thinned_without_losing_a_peak() -> None:
    values: list[float | None] = [1.0] * 50_000
    values[31_234] = 3.0
    found = points(chart(values))
    assert len(found) <= 600
    assert min(y for _, y in found) == min(y for _, y in points(chart([3.0, 0.0])))


def test_a_short_peak_does_not_flatten_the_rest() -> None:
    values: list[float | None] = [10.0] * 200
    values[5] = 10_000.0
    svg = chart(values)
    heights = sorted(y for _, y in points(svg))
    assert "↑ 10,000</text>" in svg
    assert heights[1] - heights[0] < 150
    assert "↑" not in chart([10.0, 30.0] * 50)


def test_bars_share_the_whole_by_their_values() -> None:
    svg = bar_chart(
        "t", [Bar(name="a", colour="ok", value=30), Bar(name="b", colour="dead", value=10), Bar(name="c", colour="dead", value=0)], LIGHT
    )
    widths = [float(width) for width in re.findall(r'width="([\d.]+)" height="22"', svg)]
    assert widths[0] == pytest.approx(3 * widths[1], rel=1e-3)
    assert len(widths) == 2
    assert "c 0" not in svg


def flagged(*flags: Flag) -> str:
    line = Line(name="a", colour="ready", values=[1.0] * 101)
    return line_chart("t", [float(i) for i in range(101)], [line], ("s", "n"), LIGHT, flags)


def test_flags_have_lanes_of_their_own_above_the_curves() -> None:
    near = [Flag(name=f"Kill server.{i}", colour="dead", begin=50.0 + i, end=60.0) for i in range(3)]
    lanes = [float(y) for y in re.findall(r'y="([\d.]+)"[^>]*>Kill server', flagged(*near))]
    assert len(set(lanes)) == 3
    assert max(lanes) < points(flagged(*near))[0][1] < 260
    assert points(flagged(near[0]))[0][1] < points(flagged(*near))[0][1]


def test_a_flag_without_room_keeps_its_line_and_one_at_the_edge_its_name() -> None:
    crowd = flagged(*(Flag(name="Memory alarm", colour="dead", begin=10.0 + i) for i in range(5)))
    assert crowd.count("stroke-dasharray:4 3") == 5
    assert crowd.count("Memory alarm") == 3
    edge = flagged(Flag(name="Broker restart", colour="dead", begin=99.0))
    left = float(re.findall(r'<text x="([\d.]+)"[^>]*>Broker restart', edge)[0])
    assert left < 800


def test_a_band_lasts_as_long_as_what_it_stands_for() -> None:
    bands = [
        re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', flagged(Flag(name="f", colour="dead", begin=50.0, end=end)))
        for end in (75.0, None, 50.0)
    ]
    assert float(bands[0][0][1]) * 2 == pytest.approx(float(bands[1][0][1]), abs=0.2)
    assert bands[2] == []
