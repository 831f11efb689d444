"""`python -m mqviz` is the program, with its exit status; merely importing it starts nothing."""

import importlib
import runpy
import sys

import pytest

import mqviz


@pytest.mark.parametrize(("arguments", "status"), [(("--version",), 0), (("run", "no-such-scenario"), 2)])
def test_running_the_package_is_the_program(
    arguments: tuple[str, ...], status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["mqviz", *arguments])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("mqviz", run_name="__main__")
    assert ended.value.code in (status, None if status == 0 else status)
    said = capsys.readouterr()
    assert (mqviz.__version__ in said.out) is (status == 0)
    assert ("no-such-scenario" in said.err) is (status == 2)


def test_importing_it_does_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    importlib.import_module("mqviz.__main__")
    assert capsys.readouterr() == ("", "")
