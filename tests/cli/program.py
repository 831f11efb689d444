"""Runs the real program, as a user does."""

import os
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Done:
    """What a command line came to."""

    status: int
    out: str
    err: str


def mqviz(*arguments: str, **environment: str) -> Done:
    """`mqviz ARGUMENTS` in a process of its own, without a display unless one is given."""
    done = subprocess.run([sys.executable, "-m", "mqviz", *arguments], capture_output=True, env=surroundings(**environment), timeout=120)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def surroundings(**environment: str) -> dict[str, str]:
    """The environment of a terminal without a display."""
    left_out = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LC_ALL", "LC_MESSAGES", "LANG"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8", **environment}
