"""CPU of the window for each frame while the engine is busy: python -m tests.benchmarks.bench_window [MESSAGES_PER_SECOND]

The real window with canvas, curves, inspector and ledger, offscreen, at 1x. Told apart: the engine's own slots, and all the rest (pump,
observation, recording, canvas, curves). Frames per second on a busy machine only say how busy it is, so CPU time is what counts.
"""

import os
import sys
import time
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from mqviz.app import make_window
from mqviz.gui.program import Program
from mqviz.model.parsing import parse
from mqviz.settings import Settings
from mqviz.viewmodel.document import Document

SECONDS = 6.0
RUNS = 3

SCENARIO = """format = 1
name = "Busy"
seed = 1
[[exchanges]]
name = "orders"
type = "topic"
[[queues]]
name = "a"
[[queues]]
name = "b"
[[bindings]]
source = "orders"
destination = "a"
routing_key = "a.*"
[[bindings]]
source = "orders"
destination = "b"
routing_key = "b.*"
[[producers]]
name = "left"
exchange = "orders"
routing_key = "a.x"
load = {{ shape = "poisson", rate = {rate} }}
[[producers]]
name = "right"
exchange = "orders"
routing_key = "b.x"
load = {{ shape = "poisson", rate = {rate} }}
[[consumers]]
name = "servers"
queue = "a"
count = 4
prefetch = 50
service = {{ distribution = "exponential", mean = {mean} }}
[[consumers]]
name = "others"
queue = "b"
count = 4
prefetch = 50
service = {{ distribution = "exponential", mean = {mean} }}
"""


class Meter:
    """CPU seconds spent in calls of one method."""

    def __init__(self, holder: object, name: str) -> None:
        self.spent = 0.0
        self._call = getattr(holder, name)
        setattr(holder, name, self)

    def __call__(self, *arguments: object) -> object:
        start = time.process_time()
        try:
            return self._call(*arguments)
        finally:
            self.spent += time.process_time() - start


def once(app: QApplication, rate: float) -> tuple[float, float, float, float]:
    """CPU ms a frame without and of the engine, frames a second, messages a second."""
    text = SCENARIO.format(rate=rate / 2, mean=3.0 / rate * 2)
    program = Program(app, make_window, Settings(language="en", theme="dark"), lambda settings: None)
    program.show(lambda: [Document(parse(text))])
    while program.window is None or program.window.session.update.snapshot.time == 0.0:
        _spin(0.5)
    _spin(1.0)
    engine = Meter(program.window.session.backend, "run")
    frames = [0]
    program.window.pump.framed.connect(lambda _: frames.__setitem__(0, frames[0] + 1))
    before = program.window.session.update.snapshot
    cpu = time.process_time()
    _spin(SECONDS)
    cpu = time.process_time() - cpu
    after = program.window.session.update.snapshot
    program.shell.close()
    handled = sum(queue.acknowledged for queue in after.queues) - sum(queue.acknowledged for queue in before.queues)
    rest = (cpu - engine.spent) / frames[0] * 1000
    return rest, engine.spent / frames[0] * 1000, frames[0] / SECONDS, handled / SECONDS


def _spin(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def main(rate: float) -> None:
    """Print medians of a few runs."""
    app = QApplication([])
    runs = [once(app, rate) for _ in range(RUNS)]
    rest, engine, frames, handled = (median(column) for column in zip(*runs, strict=True))
    spread = f"{min(run[0] for run in runs):.1f} to {max(run[0] for run in runs):.1f}"
    print(f"{handled:,.0f} messages/s: canvas, curves and pump {rest:.1f} ms of CPU a frame ({spread}), engine {engine:.1f} ms,")
    print(f"{frames:.0f} frames/s, {RUNS} runs of {SECONDS:.0f} s")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20_000.0)
