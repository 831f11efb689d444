"""A screen without a monitor, the real program on it, and a hand with mouse and keys: Xvfb, xdotool, ImageMagick.

Nothing here looks into the program: what it shows is a picture, what it keeps are its files.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Self

PATIENCE = 30.0
_TOOLS = ("Xvfb", "xdotool", "import")
_GLANCE = 0.05
_GUARD = Path(__file__).parent.parent / "process_guard.py"


def is_installed() -> bool:
    """Whether there is all it takes."""
    return all(shutil.which(tool) for tool in _TOOLS)


def until(holds: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Look until it holds; fails with `what` when patience is over."""
    end = time.monotonic() + patience
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"not within {patience:.0f} s: {what}")
        time.sleep(_GLANCE)


class Screen:
    """A display of its own; ends with whoever made it, however that ends."""

    def __init__(self, width: int = 1440, height: int = 900) -> None:
        self.size = (width, height)
        folder = tempfile.mkdtemp(prefix="mqviz-screen-")
        self._guard = subprocess.Popen(
            [sys.executable, str(_GUARD), folder, ""], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
        _pipe(self._guard.stdin).write(json.dumps([command]).encode() + b"\n")
        _pipe(self._guard.stdin).flush()
        self.display = f":{_number(_pipe(self._guard.stdout))}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the display."""
        _pipe(self._guard.stdin).close()
        _pipe(self._guard.stdout).close()
        self._guard.wait(10)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program on this screen."""
        inherited = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
        return {**inherited, "DISPLAY": self.display}

    def hand(self, *words: str) -> str:
        """Let xdotool do something; gives what it says."""
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=20, check=False)
        return done.stdout.strip()

    def wait(self, seconds: float) -> None:
        """Let the program go on, as somebody does who looks."""
        time.sleep(seconds)

    def picture(self, path: Path, part: str = "") -> Path:
        """Keep what is to be seen, all of it or a part (`WIDTHxHEIGHT+X+Y`)."""
        crop = ["-crop", part, "+repage"] if part else []
        stamps = ["-define", "png:exclude-chunks=date,time"]
        subprocess.run(["import", "-window", "root", *crop, *stamps, str(path)], env=self.environment, check=True, timeout=30)
        return path


class Program:
    """`mqviz` as a user starts it, with a home of its own."""

    def __init__(self, screen: Screen, home: Path, *arguments: str, language: str = "en", theme: str = "light") -> None:
        self.screen = screen
        self.home = home
        folder = home / ".config" / "mqviz"
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "settings.toml").exists():
            (folder / "settings.toml").write_text(f'language = "{language}"\ntheme = "{theme}"\n', encoding="utf-8")
        environment = {**screen.environment, "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "LC_ALL": "C.UTF-8"}
        environment.pop("XDG_DATA_HOME", None)
        self._said = (home / "said.txt").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mqviz", *arguments], env=environment, cwd=home, stdout=self._said, stderr=subprocess.STDOUT
        )
        until(lambda: self.window, f"the window appears; it says: {self.said}")
        self._main = self.window
        screen.hand("windowmove", self._main, "0", "0")
        screen.hand("windowsize", self._main, *map(str, screen.size))
        self.come_back()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.terminate()
        self.process.wait(20)
        self._said.close()

    @property
    def said(self) -> str:
        """Everything that it wrote to its terminal."""
        return (self.home / "said.txt").read_text("utf-8", "replace")

    @property
    def window(self) -> str:
        """The id of its visible window; empty where there is none yet."""
        found = self.screen.hand("search", "--onlyvisible", "--pid", str(self.process.pid), "--name", "mqviz")
        return found.split()[-1] if found else ""

    @property
    def title(self) -> str:
        """The title of its window."""
        return self.screen.hand("getwindowname", self.window)

    def come_back(self) -> None:
        """The keys go to the window itself again: what a window manager does when a dialog has gone, and here there is none."""
        self.screen.hand("windowfocus", self._main)

    def dialog(self, title: str) -> tuple[int, int, int, int]:
        """Left, top, width and height of its dialog of this title, once it is there."""
        until(lambda: self._shown(title), f"the dialog {title}; it says: {self.said}")
        told = self.screen.hand("getwindowgeometry", "--shell", self._shown(title))
        values = dict(line.split("=") for line in told.splitlines())
        return int(values["X"]), int(values["Y"]), int(values["WIDTH"]), int(values["HEIGHT"])

    def has_dialog(self, title: str) -> bool:
        """Whether such a dialog is to be seen."""
        return bool(self._shown(title))

    def _shown(self, title: str) -> str:
        found = self.screen.hand("search", "--all", "--onlyvisible", "--pid", str(self.process.pid), "--name", title)
        return found.split()[-1] if found else ""

    def click_in(self, title: str, spot: tuple[int, int]) -> None:
        """Click into a dialog; from the right or the bottom where a number is negative."""
        left, top, width, height = self.dialog(title)
        x, y = spot
        self.click(left + (x if x >= 0 else width + x), top + (y if y >= 0 else height + y))

    def key(self, *keys: str) -> None:
        """Press keys, one after the other (`ctrl+s`, `Return`, `2`)."""
        self.screen.hand("key", "--delay", "40", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self.screen.hand("type", "--delay", "15", text)

    def click(self, x: int, y: int) -> None:
        """Click with the left button."""
        self.screen.hand("mousemove", str(x), str(y), "click", "1")

    def click_right(self, x: int, y: int) -> None:
        """Click with the right button."""
        self.screen.hand("mousemove", str(x), str(y), "click", "3")

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, move in a few steps, let go."""
        self.screen.hand("mousemove", *map(str, start), "mousedown", "1")
        for step in range(1, 9):
            x, y = (round(a + (b - a) * step / 8) for a, b in zip(start, end, strict=True))
            self.screen.hand("mousemove", str(x), str(y))
        self.screen.hand("mouseup", "1")


def _number(lines: IO[bytes]) -> int:
    """The display that was found; an Xvfb that finds the first one taken complains before it says so."""
    return next(int(line) for line in lines if line.strip().isdigit())


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream
