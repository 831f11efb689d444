import csv
from io import StringIO

from mqviz.report.csv_text import as_csv
from mqviz.report.runs import Repeated, Varied
from tests.report.results import result


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_a_row_a_second_and_a_column_for_each_figure_of_each_queue() -> None:
    found = rows(as_csv(result()))
    assert len(found) == 10
    assert found[1]["time"] == "2.0"
    assert found[1]["publish"] == "102.0"
    assert found[1]["queue:work.ready"] == "14"
    assert found[1]["queue:work.oldest"] == "0.666666667"
    assert found[1]["queue:far, away.ready"] == ""


def test_several_runs_are_told_apart() -> None:
    pair = Repeated(runs=(result(), result(seed=8)))
    assert [row["seed"] for row in rows(as_csv(pair))] == ["7"] * 10 + ["8"] * 10
    varied = rows(as_csv(Varied(path="server.count", values=("1", "2"), runs=(pair, pair))))
    assert [row["server.count"] for row in varied] == ["1"] * 20 + ["2"] * 20


def test_a_run_without_a_second_has_only_a_header() -> None:
    assert as_csv(Varied(path="a", values=(), runs=())) == "time,publish,deliver,acknowledge,redeliver\n"
