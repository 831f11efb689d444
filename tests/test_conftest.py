"""The net under every test holds: a stray warning fails it, a missing RabbitMQ is loud."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(folder: Path, body: str, fixtures: str = "", **environment: str) -> str:
    """What pytest says of one test, with our conftest as a plugin."""
    file = folder / "test_one.py"
    file.write_text(f"import logging, pytest, warnings\n{body.format(fixtures=fixtures)}\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-c", "pyproject.toml", str(file)]
    variables = {"PATH": "", "QT_QPA_PLATFORM": "offscreen", **environment}
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True).stdout


def one(statement: str) -> str:
    return f"def test_one({{fixtures}}):\n    {statement}"


LOUD = "logging.getLogger('mqviz.engine').warning('queue %s is odd', 'work')"


@pytest.mark.parametrize(
    "statement",
    [
        LOUD,
        "warnings.warn('old', DeprecationWarning)",
        "from PySide6.QtCore import qWarning; qWarning('odd')",
    ],
)
def test_a_stray_warning_fails_a_test(tmp_path: Path, statement: str) -> None:
    fixtures = "qtbot" if "Qt" in statement else ""
    said = run(tmp_path, one(statement), fixtures)
    assert "1 failed" in said or "1 error" in said


@pytest.mark.parametrize(
    "statement",
    [
        f"{LOUD}; assert take_warnings() == ['queue work is odd']",
        "logging.getLogger('mqviz.engine').info('fine')",
        "logging.getLogger('pika').warning('lost')",
    ],
)
def test_an_expected_warning_and_the_words_of_others_pass(tmp_path: Path, statement: str) -> None:
    assert "1 passed" in run(tmp_path, one(statement), "take_warnings")


def test_without_rabbitmq_the_tests_against_it_are_skipped_loudly(tmp_path: Path) -> None:
    said = run(tmp_path, one("pass"), "rabbitmq")
    assert "1 skipped" in said
    assert "1 tests against RabbitMQ did NOT run" in said


def test_without_rabbitmq_the_tests_against_it_fail_in_ci(tmp_path: Path) -> None:
    said = run(tmp_path, one("pass"), "rabbitmq", CI="true")
    assert "1 error" in said
    assert "rabbitmq-server is not installed" in said


@pytest.mark.parametrize(
    ("marker", "option", "outcome"),
    [
        ("long", "", "1 deselected"),
        ("long", "--long", "1 passed"),
        ("alone", "", "1 passed"),
        ("alone", "--alone=without", "1 deselected"),
        ("rabbitmq", "--alone=only", "1 deselected"),
    ],
)
def test_marked_tests_run_when_they_are_asked_for(tmp_path: Path, marker: str, option: str, outcome: str) -> None:
    said = run(tmp_path, f"@pytest.mark.{marker}\n{one('pass')}", PYTEST_ADDOPTS=option)
    assert outcome in said
