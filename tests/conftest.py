"""What every test gets: no stray warning, plain fixtures, and a private RabbitMQ node for who asks.

A test that expects a warning in the log takes it with `take_warnings`; one that is left fails the test.
"""

import logging
import os
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, settings

from mqviz.clock import ManualClock, Scheduler
from tests.rabbitmq_node import Node, Vhost, fast_statistics, is_installed

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

NO_RABBITMQ = "rabbitmq-server is not installed: tests/run installs it"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests marked long")
    parser.addoption(
        "--alone",
        choices=("with", "without", "only"),
        default="with",
        help="what to do with the tests marked alone",
    )


def pytest_configure(config: pytest.Config) -> None:
    # Slow because something runs beside it is no mistake; nor may a run depend on luck. With --long
    # there is time for more examples than last time.
    settings.register_profile("mqviz", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile("long", settings.get_profile("mqviz"), derandomize=False, max_examples=1_000)
    settings.load_profile("long" if config.getoption("--long") else "mqviz")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "rabbitmq" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.rabbitmq)
    left_out = [item for item in items if not _is_wanted(item, config)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _is_wanted(item: pytest.Item, config: pytest.Config) -> bool:
    if item.get_closest_marker("long") and not config.getoption("--long"):
        return False
    alone = item.get_closest_marker("alone") is not None
    return {"with": True, "without": not alone, "only": alone}[config.getoption("--alone")]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.getreports("skipped")
    count = sum(NO_RABBITMQ in str(report.longrepr) for report in skipped)
    if count:
        text = f"{count} tests against RabbitMQ did NOT run: {NO_RABBITMQ}"
        terminalreporter.write_sep("!", text, red=True, bold=True)


@pytest.fixture(autouse=True)
def no_stray_warning(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fails a test that leaves a warning of ours in the log."""
    yield
    stray = _warnings(caplog)
    assert not stray, f"stray warnings in the log: {stray}"


@pytest.fixture
def take_warnings(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """A function that gives the warnings logged so far, and so makes them expected."""

    def take() -> list[str]:
        taken = _warnings(caplog)
        caplog.clear()
        return taken

    return take


def _warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    return [
        record.getMessage()
        for record in records
        if record.levelno >= logging.WARNING and record.name.partition(".")[0] == "mqviz"
    ]


@pytest.fixture
def clock() -> ManualClock:
    """Wall time, turned by hand."""
    return ManualClock()


@pytest.fixture
def scheduler() -> Scheduler:
    """Virtual time at 0, with nothing to do yet."""
    return Scheduler()


@pytest.fixture(scope="session")
def rabbitmq() -> Iterator[Node]:
    """The session's private RabbitMQ node; see tests/rabbitmq_node.py for what it can do."""
    if not is_installed():
        if os.environ.get("CI") == "true":
            pytest.fail(NO_RABBITMQ, pytrace=False)
        pytest.skip(NO_RABBITMQ)
    with Node(**fast_statistics()) as node:
        yield node


@pytest.fixture
def rabbitmq_vhost(rabbitmq: Node) -> Iterator[Vhost]:
    """A virtual host of its own for one test on the private node."""
    with rabbitmq.vhost() as vhost:
        yield vhost
