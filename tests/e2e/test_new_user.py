"""The real program as a stranger uses it: real mouse, real keys, a display of its own.

    python -m tests.e2e.test_new_user FOLDER

keeps a picture of each step in a folder: light and dark, English and Korean, small and large. Nothing here looks into the program;
where things are on its screen is learnt from the same window, of the same size, in this process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from mqviz.app import make_window
from mqviz.gui.controls.fault_button import FaultButton
from mqviz.gui.program import Program as Window
from mqviz.settings import Settings
from mqviz.viewmodel.document import open_document
from tests.e2e.desktop import Program, Screen, is_installed, until

SCENARIO = """format = 1
name = "As a user would"
seed = 5
duration = 600.0
[[queues]]
name = "work"
durable = true
[[producers]]
name = "shop"
routing_key = "work"
persistent = true
load = { shape = "poisson", rate = 40.0 }
[[consumers]]
name = "server"
queue = "work"
count = 2
prefetch = 10
service = { distribution = "exponential", mean = 0.04 }
"""
Place = tuple[int, int]
Keep = Callable[[str], None]


def places(path: Path, size: tuple[int, int], app: QApplication) -> dict[str, Place]:
    """Where nodes and buttons are in a window of this size that shows this file."""
    program = Window(app, make_window, Settings(language="en", theme="light"), lambda settings: None)
    program.shell.resize(*size)
    program.show(lambda: [open_document(path)])
    while program.window is None or not program.window.view.canvas.positions:
        app.processEvents()
    for _ in range(50):
        app.processEvents()
    found = _places(program)
    program.shell.close()
    return found


def _places(program: Window) -> dict[str, Place]:
    assert program.window is not None
    canvas, top = program.window.view.canvas, program.window.top
    nodes = {node: canvas.viewport().mapTo(program.shell, canvas.mapFromScene(*place)) for node, place in canvas.positions.items()}
    keys = top.findChildren(FaultButton)
    buttons = {f"fault:{kind}": _middle(button, program.shell) for kind, button in zip(top.faults, keys, strict=True)}
    return {name: (place.x(), place.y()) for name, place in (nodes | buttons).items()}


def _middle(widget: QWidget, shell: QWidget) -> QPoint:
    return widget.mapTo(shell, widget.rect().center())


def use(program: Program, where: dict[str, Place], scenario: Path, keep: Keep) -> Path:
    """Spike, kill, see redelivery, mend, run to the end, save both; gives the file with the result."""
    until(lambda: "As a user would" in program.title, "the scenario is open")
    program.screen.wait(2.0)
    keep("1 running")
    program.key("1")
    program.screen.wait(1.5)
    keep("2 spike")
    program.key("2")
    keep("3 whom to kill")
    program.click(*where["consumer:server.2"])
    program.screen.wait(1.5)
    keep("4 killed")
    program.click(*where["queue:work"])
    program.screen.wait(0.5)
    keep("5 the queue and its redelivered messages")
    program.click(*where["consumer:server.2"])
    program.click(*where["fault:kill"])
    program.screen.wait(0.5)
    keep("6 back again")
    program.key(*["bracketright"] * 7)
    until(lambda: _stands(program), "the run has ended", 120.0)
    keep("7 the end")
    result = program.home / "result.json"
    program.key("ctrl+s")
    program.screen.wait(1.0)
    program.key("ctrl+e")
    program.screen.wait(1.0)
    keep("8 saving the result")
    program.key("ctrl+a")
    program.type(str(result))
    program.key("Return")
    until(result.exists, "the result is saved")
    return result


def _stands(program: Program) -> bool:
    """Whether the clock in the top bar stands: two pictures of it are the same."""
    pictures = []
    for name in ("a.png", "b.png"):
        pictures.append(program.screen.picture(program.home / name, "150x50+455+5").read_bytes())
        program.screen.wait(0.7)
    return pictures[0] == pictures[1]


@pytest.mark.alone
@pytest.mark.skipif(not is_installed(), reason="Xvfb, xdotool and ImageMagick are not installed: tests/run installs them")
def test_a_stranger_breaks_it_sees_redelivery_and_saves_what_can_be_repeated(tmp_path: Path, qapp: QApplication) -> None:
    scenario = tmp_path / "work.toml"
    scenario.write_text(SCENARIO, encoding="utf-8")
    with Screen() as screen:
        where = places(scenario, screen.size, qapp)
        with Program(screen, tmp_path, str(scenario)) as program:
            result = use(program, where, scenario, lambda step: None)
            assert "Traceback" not in program.said
    told = json.loads(result.read_text("utf-8"))
    assert told["queues"]["work"]["redelivered"] > 0
    assert told["ledger"]["nothing_lost"]
    command = [sys.executable, "-m", "mqviz", "run", str(scenario), "--json", "-"]
    again = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=120)
    assert again.stdout.strip() == result.read_text("utf-8").strip()


def tour(folder: Path) -> None:
    """Keep pictures of all steps in each dress and size."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    for size in ((1440, 900), (1024, 640), (2560, 1440)):
        for theme, language in (("light", "en"), ("dark", "ko"), ("dark", "en")):
            with tempfile.TemporaryDirectory() as home, Screen(*size) as screen:
                scenario = Path(home) / "work.toml"
                scenario.write_text(SCENARIO, encoding="utf-8")
                where = places(scenario, size, app)
                target = folder / f"{size[0]}x{size[1]}-{theme}-{language}"
                target.mkdir(parents=True, exist_ok=True)
                with Program(screen, Path(home), str(scenario), theme=theme, language=language) as program:
                    use(program, where, scenario, lambda step, target=target, screen=screen: screen.picture(target / f"{step}.png"))


if __name__ == "__main__":
    tour(Path(sys.argv[1]))
