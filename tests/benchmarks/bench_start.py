"""Time from starting the process to the first paint of the window, beside a bare PySide6 window: python -m tests.benchmarks.bench_start

Interleaved runs, CPU time of the process (a machine that is busy otherwise does not count) and wall time; medians and spread.
"""

import os
import subprocess
import sys
import time
from statistics import median

RUNS = 7

WATCH = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and isinstance(watched, QMainWindow):
            print(time.process_time(), time.time() - float(sys.argv[1]))
            sys.stdout.flush()
            os._exit(0)
        return False

app = QApplication(["mqviz"])
watch = Watch()
app.installEventFilter(watch)
"""
BARE = WATCH + "window = QMainWindow(); window.resize(1440, 900); window.show(); app.exec()\n"
OURS = WATCH + "from mqviz import app as ours; ours.start()\n"


def once(program: str) -> tuple[float, float]:
    """CPU and wall seconds to the first paint."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    command = [sys.executable, "-c", program, str(time.time())]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    cpu, wall = map(float, done.stdout.split())
    return cpu, wall


def main() -> None:
    """Run both in turns and print medians and ratios."""
    once(BARE), once(OURS)
    bare, ours = zip(*((once(BARE), once(OURS)) for _ in range(RUNS)), strict=True)
    for column, name in enumerate(("CPU", "wall")):
        a, b = ([run[column] for run in runs] for runs in (bare, ours))
        figures = f"bare {median(a):.3f} s, mqviz {median(b):.3f} s ({min(b):.2f} to {max(b):.2f})"
        print(f"first paint, {name}: {figures}, ratio {median(b) / median(a):.2f}, {RUNS} runs")


if __name__ == "__main__":
    main()
