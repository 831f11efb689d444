"""A broker with 5,000 queues, 5,000 bindings and 1,000 consumers: what is promised of speed and thrift, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rabbitmq_node import is_installed


@pytest.mark.long
@pytest.mark.alone
@pytest.mark.rabbitmq
@pytest.mark.timeout(900)
@pytest.mark.skipif(not is_installed(), reason="rabbitmq-server is not installed")
def test_a_big_broker_is_seen_soon_and_cheaply() -> None:
    command = [sys.executable, "-m", "tests.benchmarks.bench_live", "--json"]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["first picture after, s"] < found["whole picture after, s"] / 2
    assert found["whole / the broker's own time"] < 2.0
    assert found["share of a core"] < 0.15
    assert found["memory (peak), MB"] < 400
    assert found["longest observation, s of CPU"] < 0.1
