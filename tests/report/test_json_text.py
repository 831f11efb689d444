import json

from msgspec.structs import replace

from mqviz.report.json_text import as_json, rounded
from mqviz.report.runs import Repeated, Varied
from tests.report.results import result


def test_one_run_is_one_object_with_the_fields_of_the_contract_in_order() -> None:
    found = json.loads(as_json(result()))
    assert list(found) == [
        "mqviz", "scenario", "seed", "virtual_time", "engine", "replayable", "interrupted", "ledger", "queues",
        "producers", "consumers", "services", "translators", "latency", "faults", "series",
        "clients", "left_out",
    ]  # fmt: skip
    assert list(found["ledger"]) == ["messages", "copies", "work", "balanced", "nothing_lost"]
    assert list(found["ledger"]["copies"])[:6] == ["enqueued", "acknowledged", "ready", "unacknowledged", "dropped", "expired"]
    assert list(found["queues"]["work"])[-3:] == ["depth", "oldest", "wait"]
    assert list(found["latency"]) == ["count", "mean", "p50", "p95", "p99", "max"]
    assert found["series"][1] == {
        "time": 2.0,
        "publish": 102.0,
        "deliver": 99.0,
        "acknowledge": 98.5,
        "redeliver": 0.0,
        "queues": {
            "work": {"ready": 14, "unacknowledged": 3, "oldest": 0.666666667},
            "far, away": {"ready": None, "unacknowledged": None, "oldest": None},
        },
    }


def test_floats_have_nine_digits_and_the_bytes_are_the_same_again() -> None:
    assert json.loads(as_json(result()))["latency"]["mean"] == 0.123456789
    assert rounded([1 / 3, -0.0, 12345678912.0, {"a": (2.5e-7,)}]) == [0.333333333, 0.0, 12345678900.0, {"a": [2.5e-7]}]
    assert str(rounded(-0.0)) == "0.0"
    assert as_json(result()) == as_json(result())
    assert as_json(result()).endswith("}\n")


def test_repeated_runs_have_mean_and_interval_of_each_figure() -> None:
    found = json.loads(as_json(Repeated(runs=(result(p95=0.8), result(seed=8, p95=1.0)))))
    assert found["seed"] == 7
    assert found["repeat"]["count"] == 2
    assert [run["seed"] for run in found["repeat"]["runs"]] == [7, 8]
    p95 = found["repeat"]["figures"]["latency.p95"]
    assert p95["mean"] == 0.9
    assert p95["count"] == 2
    assert abs(p95["high"] - (0.9 + 12.7062 * 0.1)) < 1e-3
    assert "seed" not in found["repeat"]["figures"]
    assert "queues.work.wait.p95" in found["repeat"]["figures"]


def test_an_interrupted_repetition_says_so_and_leaves_the_cut_run_out_of_the_figures() -> None:
    cut = replace(result(seed=8, p95=5.0), interrupted=True)
    found = json.loads(as_json(Repeated(runs=(result(p95=0.8), cut))))
    assert found["interrupted"] is True
    assert found["repeat"]["figures"]["latency.p95"] == {"count": 1, "mean": 0.8, "low": None, "high": None}
    assert len(found["repeat"]["runs"]) == 2


def test_a_varied_setting_is_a_list() -> None:
    runs = (Repeated(runs=(result(),)), Repeated(runs=(result(), result(seed=8))))
    found = json.loads(as_json(Varied(path="server.count", values=("1", "2"), runs=runs)))
    assert [each["vary"] for each in found] == [{"path": "server.count", "value": "1"}, {"path": "server.count", "value": "2"}]
    assert "repeat" not in found[0]
    assert found[1]["repeat"]["count"] == 2
