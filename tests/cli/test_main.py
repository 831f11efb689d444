import subprocess
import sys
from pathlib import Path

import pytest

from mqviz import __version__
from mqviz.cli import main
from mqviz.model.library import shipped
from tests.cli.program import Done, mqviz, surroundings

QT = """
import sys
from mqviz.cli import main
status = main(sys.argv[1:])
assert status == 0, status
loaded = [name for name in ("PySide6", "shiboken6", "pyqtgraph") if name in sys.modules]
assert not loaded, loaded
"""


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> Done:
    """The command line in this process."""
    status = main(arguments)
    out, err = capsys.readouterr()
    return Done(status, out, err)


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "--version") == Done(0, f"mqviz {__version__}\n", "")
    shown = call(capsys, "--help")
    assert shown.status == 0
    commands = ("mqviz run", "mqviz serve", "mqviz check", "mqviz scenarios", "--connect", "--version")
    assert all(command in shown.out for command in commands)
    assert "lessons" not in shown.out


@pytest.mark.parametrize("command", ["run", "serve", "check", "scenarios"])
def test_each_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = call(capsys, command, "--help")
    assert shown.status == 0
    assert f"mqviz {command}" in shown.out


def test_the_real_program_says_its_version_and_speaks_in_one_line() -> None:
    assert mqviz("--version") == Done(0, f"mqviz {__version__}\n", "")
    nowhere = mqviz()
    assert nowhere.status == 2
    assert nowhere.err == "mqviz: there is no display for a window; `mqviz run FILE|NAME` and `mqviz serve` need none\n"


@pytest.mark.parametrize("arguments", [("--version",), ("scenarios",), ("check", "ten-thousand"), ("run", "mm1", "--until", "2")])
def test_qt_stays_unloaded(arguments: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-c", QT, *arguments], capture_output=True, text=True, env=surroundings(), timeout=60)
    assert done.returncode == 0, done.stderr


def test_scenarios_are_listed_with_what_there_is_to_see(capsys: pytest.CaptureFixture[str]) -> None:
    listed = call(capsys, "scenarios")
    assert listed.status == 0
    assert all(f"  {name}: " in listed.out for name in shipped())
    assert "A flood of requests" in listed.out
    assert "nothing is lost" in listed.out


def test_check(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    right = call(capsys, "check", "ten-thousand")
    assert right.status == 0
    assert right.out.endswith("right (1 exchange, 1 queue, 1 binding, 3 producers, 3 consumers)\n")
    file = tmp_path / "wrong.toml"
    file.write_text('sede = 3\n[[consumers]]\nname = "a"\nqueue = "wrok"\nprefetch = -1\n[[queues]]\nname = "work"\n')
    wrong = call(capsys, "check", str(file))
    assert (wrong.status, wrong.out) == (2, "")
    assert wrong.err.splitlines() == [
        f"{file}:1: there is no 'sede' here; did you mean 'seed'?",
        f"{file}:4: consumers[1] 'a': queue 'wrok' does not exist; did you mean 'work'?",
        f"{file}:5: consumers[1] 'a': 'prefetch' must be a whole number from 0 to 65535, not -1",
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("chek", "x.toml"), "mqviz: there is no command 'chek'; did you mean 'check'?"),
        (("ten-thosand",), "there is no scenario 'ten-thosand'; did you mean 'ten-thousand'?"),
        (("runn",), "there is no scenario 'runn'; did you mean 'run'?"),
        (("check",), "mqviz: the following arguments are required: FILE|NAME (see mqviz check --help)"),
        (("check", "nowhere.toml"), "nowhere.toml: no such file or directory"),
        (("check", "."), ".: is a directory"),
        (("scenarios", "all"), "mqviz: unrecognized arguments: all (see mqviz scenarios --help)"),
        (("a", "b"), "mqviz: unrecognized arguments: b (see mqviz --help)"),
        (("--conect", "x"), "mqviz: unrecognized arguments: --conect (see mqviz --help)"),
        (("run", "mm1", "--seed", "many"), "mqviz: argument --seed: must be a whole number from 0 to 9223372036854775807, not 'many'"),
        (("run", "mm1", "--repeat", "0"), "mqviz: argument --repeat: must be a whole number from 1 to 10000, not '0'"),
        (("run", "mm1", "--until", "-3"), "mqviz: argument --until: must be a number of seconds above 0, or empty, not '-3'"),
        (("run", "mm1", "--until", "nan"), "mqviz: argument --until: must be a number of seconds above 0, or empty, not 'nan'"),
        (("run", "mm1", "--speed", "fast"), "mqviz: argument --speed: must be a factor above 0, or max, not 'fast'"),
        (("run", "mm1", "--vary", "server.count"), "mqviz: argument --vary: must be PATH=VALUES as in server.count=1,2,4"),
        (("run", "mm1", "--vary", "sever.count=1,2"), "sever.count=1: there is no 'sever'; did you mean 'server'?"),
        (("run", "mm1", "--json", "-", "--csv", "-"), "mqviz: --json and --csv cannot both go to standard output"),
        (("run", "mm1", "--json", "x", "--csv", "x"), "mqviz: --json and --csv cannot both go to x"),
        (("run", "mm1", "--json", "nowhere/x.json"), "mqviz: nowhere/x.json cannot be written: no such file or directory"),
        (("run", "mm1", "--html", "."), "mqviz: . cannot be written: is a directory"),
        (("run", "mm1", "--vary", "server.count=1", "--png", "x.png"), "mqviz: --png shows one run: it does not go with --vary"),
    ],
)
def test_a_wrong_command_line_is_one_clear_line(
    arguments: tuple[str, ...], expected: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = call(capsys, *arguments)
    assert wrong.status == 2
    assert wrong.out == ""
    assert wrong.err.startswith(expected)
    assert wrong.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [("check", "mm1"), ("scenarios",), ("run", "mm1", "--until", "1", "--json", "-")])
def test_a_full_disk_is_one_line(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "mqviz", *arguments]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=surroundings(), timeout=60)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "mqviz: standard output: no space left on device"
    assert "Traceback" not in done.stderr


def test_a_mistake_of_ours_is_told_without_a_traceback(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("mqviz.cli.running.run", broken)
    failed = call(capsys, "run", "mm1")
    assert failed.status == 1
    assert failed.err == "mqviz: it failed, which is a mistake in mqviz: ZeroDivisionError: division by zero\n"
