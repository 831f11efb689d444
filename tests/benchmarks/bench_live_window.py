"""CPU of the window on a large live broker, frame by frame: python -m tests.benchmarks.bench_live_window [QUEUES]

5,000 queues with as many bindings and 1,000 consumers, made up (tests/gui/live_pictures.py), so that the broker's own work is not counted;
a poll every 5 s brings all of it anew. The real window offscreen with canvas, curves and inspector; each frame is timed by the CPU clock
of this process. Told: the frames of a poll, the frames between two polls, and the greatest of all, over several runs.
"""

import os
import sys
import time
from dataclasses import replace as changed_parts
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from mqviz.app import parts
from mqviz.clock import ManualClock
from mqviz.gui.main_window import MainWindow
from mqviz.gui.parts import Connection
from mqviz.gui.shell import Shell
from mqviz.gui.theme import Appearance
from mqviz.model.feed import LiveBroker
from mqviz.settings import Settings
from mqviz.viewmodel.document import open_shipped
from tests.gui import live_pictures
from tests.gui.live_fake import Brokers

RUNS = 3
POLLS = 6
FRAME = 1 / 30
ALLOWED = 100.0
"""Milliseconds of CPU in any frame."""


def once(app: QApplication, queues: int) -> tuple[list[float], list[float]]:
    """CPU milliseconds of the frames in which a poll came in, and of all others."""
    clock, shell = ManualClock(), Shell()
    shell.resize(1440, 900)
    pictures = [live_pictures.huge(5.0 * poll, queues) for poll in range(POLLS + 2)]
    brokers = Brokers(clock, lambda now: pictures[min(round(now / 5.0), POLLS + 1)])
    made = changed_parts(parts(clock, Settings(language="en"), lambda changed: None), live=brokers.live())
    window = MainWindow(shell, made, Appearance(app, "light"), "en")
    shell.show()
    window.open(open_shipped("topic-routing"))
    window.complete()
    for _ in range(30):  # a scenario is open, as when a user connects: the window's own first painting is not what is measured
        clock.advance(FRAME)
        window.pump.beat()
        app.processEvents()
    window.live.connect_to(Connection(LiveBroker(name="large"), "secret"))
    at_polls: list[float] = []
    between: list[float] = []
    seen = None
    for _ in range(round(5.0 * POLLS / FRAME)):
        clock.advance(FRAME)
        start = time.process_time()
        window.pump.beat()
        app.processEvents()
        spent = (time.process_time() - start) * 1000
        now = window.session.update.snapshot.queues
        (between if now is seen else at_polls).append(spent)
        seen = now
    shell.close()
    return at_polls, between


def main(queues: int) -> None:
    """Print what the frames of several runs have cost."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    runs = [once(app, queues) for _ in range(RUNS)]
    first = [polls[0] for polls, _ in runs]
    polls = [each for polls, _ in runs for each in polls[1:]]
    between = [each for _, others in runs for each in others]
    print(f"{queues:,} queues, {RUNS} runs of {POLLS} polls, load {os.getloadavg()[0]:.1f}, ms of CPU a frame (limit {ALLOWED:.0f}):")
    for name, values in (("first picture", first), ("a poll", polls), ("between two polls", between)):
        ordered = sorted(values)
        p99 = ordered[int(0.99 * (len(ordered) - 1))]
        print(f"  {name:18} median {median(values):6.1f}   p99 {p99:6.1f}   greatest {ordered[-1]:6.1f}   of {len(values)}")
    share = sum(polls) / len(polls) / 50.0 + sum(between) / len(between) / (FRAME * 10.0)
    print(f"  share of one core at 30 frames a second: {share:.1f} %")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
