import csv
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mqviz.cli import main
from mqviz.model.theory import mmc
from tests.cli.program import mqviz, surroundings

DRAINS = """
name = "Drains"
queues = [{ name = "work" }]
producers = [{ name = "shop", routing_key = "work", load = { shape = "burst", messages = 50, at = 1.0 } }]
consumers = [{ name = "server", queue = "work", prefetch = 5, service = { distribution = "constant", mean = 0.1 } }]
"""
STUCK = DRAINS.replace('queue = "work", prefetch', 'queue = "other", prefetch').replace(
    '{ name = "work" }', '{ name = "work" }, { name = "other" }'
)
ENDLESS = DRAINS.replace('shape = "burst", messages = 50, at = 1.0', 'shape = "poisson", rate = 20')


def result_of(*arguments: str, tmp_path: Path) -> Any:
    """The JSON that a run writes."""
    file = tmp_path / "result.json"
    assert main(["run", *arguments, "--json", str(file)]) == 0
    return json.loads(file.read_text("utf-8"))


@pytest.fixture
def drains(tmp_path: Path) -> str:
    """A scenario without a duration that comes to an end."""
    file = tmp_path / "drains.toml"
    file.write_text(DRAINS)
    return str(file)


def test_ten_thousand_with_the_queue_lose_nothing_and_drain(tmp_path: Path) -> None:
    found = result_of("ten-thousand", tmp_path=tmp_path)
    assert found["ledger"]["balanced"] is True
    assert found["ledger"]["nothing_lost"] is True
    assert found["ledger"]["messages"]["published"] > 10_000
    assert found["ledger"]["work"]["completed"] == found["ledger"]["copies"]["enqueued"]
    assert found["series"][-1]["queues"]["work"]["ready"] < 100


def test_ten_thousand_without_it_are_refused_and_time_out(tmp_path: Path) -> None:
    found = result_of("ten-thousand-direct", tmp_path=tmp_path)
    server = found["services"]["server"]
    assert found["ledger"]["balanced"] is True
    assert server["refused"] > 5_000
    assert server["timed_out"] > 100
    ended = server["completed"] + server["refused"] + server["timed_out"] + server["failed"]
    assert server["requests"] == ended + server["in_service"] + server["waiting"]


@pytest.mark.parametrize(("name", "servers", "arrival", "service"), [("mm1", 1, 80.0, 100.0), ("mm5", 5, 100.0, 25.0)])
def test_the_mean_wait_agrees_with_erlang_c(name: str, servers: int, arrival: float, service: float, tmp_path: Path) -> None:
    found = result_of(name, "--repeat", "8", tmp_path=tmp_path)["repeat"]["figures"]["queues.line.wait.mean"]
    assert found["low"] < mmc(arrival, service, servers).wait < found["high"]
    assert found["high"] - found["low"] < found["mean"]


def test_the_same_bytes_at_any_speed_and_again(tmp_path: Path) -> None:
    first, second, paced = (tmp_path / name for name in ("1.json", "2.json", "3.json"))
    assert main(["run", "competing-consumers", "--until", "5", "--json", str(first)]) == 0
    assert main(["run", "competing-consumers", "--until", "5", "--json", str(second)]) == 0
    assert main(["run", "competing-consumers", "--until", "5", "--json", str(paced), "--speed", "20"]) == 0
    assert first.read_bytes() == second.read_bytes() == paced.read_bytes()
    other = tmp_path / "4.json"
    assert main(["run", "competing-consumers", "--until", "5", "--json", str(other), "--seed", "99"]) == 0
    assert other.read_bytes() != first.read_bytes()
    assert json.loads(other.read_text())["seed"] == 99
    assert json.loads(other.read_text())["scenario"] == json.loads(first.read_text())["scenario"]


def test_until_empty_ends_when_the_work_is_done(drains: str, tmp_path: Path) -> None:
    found = result_of(drains, "--until", "empty", tmp_path=tmp_path)
    assert found["virtual_time"] == pytest.approx(6.0, abs=0.11)
    assert found["ledger"]["work"]["completed"] == 50
    assert found["interrupted"] is False
    assert result_of(drains, tmp_path=tmp_path) == found


def test_until_seconds_reaches_beyond_and_before_the_duration(tmp_path: Path) -> None:
    assert result_of("mm1", "--until", "3.5", tmp_path=tmp_path)["virtual_time"] == 3.5
    assert result_of("mm1", "--until", "125", tmp_path=tmp_path)["virtual_time"] == 125.0


def test_what_never_ends_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "endless.toml"
    file.write_text(ENDLESS)
    for more in ((), ("--until", "empty")):
        assert main(["run", str(file), *more]) == 2
        said = capsys.readouterr().err
        assert said == "mqviz: it would never end: 'shop' goes on for good and there is no duration; give --until SECONDS\n"
    assert result_of(str(file), "--until", "2", tmp_path=tmp_path)["virtual_time"] == 2.0


def test_what_never_empties_is_given_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "stuck.toml"
    file.write_text(STUCK)
    found = result_of(str(file), tmp_path=tmp_path)
    assert found["ledger"]["copies"]["ready"] == 50
    assert "given up: it is not empty, and nothing moves any more" in capsys.readouterr().err


def test_progress_is_on_standard_error_and_the_tables_on_standard_output(drains: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", drains]) == 0
    shown = capsys.readouterr()
    assert "Drains, seed 1" in shown.err
    assert "messages: published 50 = 50 routed" in shown.out
    assert "nothing was lost" in shown.out
    assert "server" in shown.out


def test_json_on_standard_output_stands_there_alone(drains: str) -> None:
    done = mqviz("run", drains, "--json", "-")
    assert done.status == 0
    assert json.loads(done.out)["scenario"]["name"] == "Drains"


def test_all_outputs_at_once(drains: str, tmp_path: Path) -> None:
    files = {kind: tmp_path / f"out.{kind}" for kind in ("json", "csv", "html", "png")}
    done = mqviz("run", drains, *(word for kind, file in files.items() for word in (f"--{kind}", str(file))), LANG="ko_KR.UTF-8")
    assert done.status == 0, done.err
    assert json.loads(files["json"].read_text("utf-8"))["ledger"]["balanced"] is True
    rows = list(csv.DictReader(files["csv"].read_text("utf-8").splitlines()))
    assert [row["time"] for row in rows] == [f"{second}.0" for second in range(1, len(rows) + 1)]
    assert '<html lang="ko">' in files["html"].read_text("utf-8")
    assert files["png"].read_bytes().startswith(b"\x89PNG")


def test_varied_values_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = result_of("mm1", "--until", "40", "--vary", "server.count=1,2", tmp_path=tmp_path)
    assert [each["vary"]["value"] for each in found] == ["1", "2"]
    assert found[1]["queues"]["line"]["wait"]["mean"] < found[0]["queues"]["line"]["wait"]["mean"]
    shown = capsys.readouterr().out
    assert "server.count" in shown
    assert "throughput" in shown


def test_a_file_may_ask_for_repetitions_itself(drains: str, tmp_path: Path) -> None:
    Path(drains).write_text(DRAINS + "[run]\nrepeat = 2\n")
    found = result_of(drains, tmp_path=tmp_path)
    assert [run["seed"] for run in found["repeat"]["runs"]] == [1, 2]
    assert "repeat" not in result_of(drains, "--repeat", "1", tmp_path=tmp_path)


def interrupted(*arguments: str) -> tuple[int, str, str]:
    """A run that is stopped by Ctrl-C once it has begun."""
    command = [sys.executable, "-m", "mqviz", "run", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings())
    assert process.stderr is not None
    begun = process.stderr.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, begun + err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGINT for a child alone")
def test_ctrl_c_gives_the_result_so_far(tmp_path: Path) -> None:
    status, out, err = interrupted("ten-thousand", "--speed", "1", "--json", "-")
    assert status == 130
    found = json.loads(out)
    assert found["interrupted"] is True
    assert found["virtual_time"] < 120
    assert found["ledger"]["balanced"] is True
    assert "interrupted after" in err
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGINT for a child alone")
def test_ctrl_c_in_a_repetition_keeps_what_was_done() -> None:
    status, out, _ = interrupted("ten-thousand", "--speed", "1", "--repeat", "3", "--json", "-")
    assert status == 130
    assert json.loads(out)["interrupted"] is True
    assert json.loads(out)["repeat"]["count"] == 1


def test_a_reader_that_leaves_is_no_traceback() -> None:
    command = f'"{sys.executable}" -c "import sys; sys.exit(0)"'
    process = subprocess.run(
        f'"{sys.executable}" -m mqviz run mm1 --until 30 --csv - | {command}',
        shell=True,
        capture_output=True,
        text=True,
        env=surroundings(),
        timeout=60,
    )
    assert "Traceback" not in process.stderr
    assert "Exception" not in process.stderr
