"""A million small messages fit into 600 MB, the program included."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.long
def test_a_million_small_messages_fit_into_600_mb() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_memory"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout.split()[0]) < 600, done.stdout
