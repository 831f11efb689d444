"""Runs commands until its standard input ends, then kills them and removes a folder.

Whoever starts a guard holds the other end of the pipe. When that process ends, in order, by Ctrl-C
or by SIGKILL, the pipe closes and nothing of what was started outlives it.

    python process_guard.py FOLDER USER  <one JSON line: [[command, argument, ...], ...]

USER is whom the commands run as, when the guard itself is root; "" for nobody else. The last
command's output is the guard's own. The guard ends when its input ends or any command does.
"""

import json
import os
import select
import shutil
import subprocess
import sys
from pathlib import Path


def main(folder: Path, user: str) -> None:
    """Starts the commands, waits for the end of the input or of a command, and clears up."""
    commands = json.loads(_first_line())
    children = [_start(command, folder, user, last=command is commands[-1]) for command in commands]
    try:
        ends = [os.pidfd_open(child.pid) for child in children]
        select.select([sys.stdin.fileno(), *ends], [], [])
    finally:
        for child in children:
            child.kill()
            child.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _first_line() -> str:
    """One line, unbuffered: what follows must stay in the pipe for `select`."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(sys.stdin.fileno(), 1)
        if not byte:
            raise SystemExit("no commands")
        line += byte
    return line.decode()


def _start(command: list[str], folder: Path, user: str, last: bool) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=None if last else subprocess.DEVNULL,
        stderr=subprocess.STDOUT if last else subprocess.DEVNULL,
        start_new_session=True,
        user=user or None,
        group=user or None,
        extra_groups=[] if user else None,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
