"""CPU time of a frame of the canvas with 200 nodes and 2,000 dots, beside one item for each dot: python -m tests.benchmarks.bench_canvas

Both are painted offscreen in turns; figures of all nodes change all the time. CPU time of the process, medians and spread of several runs.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from msgspec.structs import replace
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QGraphicsEllipseItem, QGraphicsScene, QGraphicsView

from mqviz.gui import theme
from mqviz.gui.canvas import TopologyView
from mqviz.model.backend import Update
from mqviz.model.snapshot import Event, EventKind, ExchangeStats, QueueStats, Snapshot
from mqviz.viewmodel import journeys
from mqviz.viewmodel.part import Choice
from mqviz.viewmodel.recorder import Recorder
from tests.viewmodel.pictures import binding, consumer, producer

RUNS = 5
FRAMES = 120
FRAME = 1 / 60
NODES = 200
DOTS = 2000
SIZE = 928, 574
MOST_A_FRAME = 100


def topology(nodes: int) -> Snapshot:
    """A quarter producers, a tenth exchanges, a third queues, the rest consumers."""
    producers, exchanges, queues = nodes // 4, nodes // 10, nodes // 3
    consumers = nodes - producers - exchanges - queues
    return Snapshot(
        time=0.0,
        exchanges=tuple(ExchangeStats(name=f"exchange{i}", type="topic") for i in range(exchanges)),
        queues=tuple(QueueStats(name=f"queue{i}", max_length=2000, consumers=1) for i in range(queues)),
        bindings=tuple(binding(f"exchange{i % exchanges}", f"queue{i}", f"key.{i}") for i in range(queues)),
        producers=tuple(producer(f"producer{i}.1", f"exchange{i % exchanges}") for i in range(producers)),
        consumers=tuple(consumer(f"consumer{i}.1", f"queue{i % queues}", prefetch_count=10) for i in range(consumers)),
    )


def at(snapshot: Snapshot, frame: int) -> Snapshot:
    """The snapshot some frames later: every figure is another."""
    return replace(
        snapshot,
        time=frame * FRAME,
        queues=tuple(
            replace(queue, messages_ready=(frame * 7 + index * 31) % 2000, messages_unacknowledged=frame % 90, enqueued=frame * 9)
            for index, queue in enumerate(snapshot.queues)
        ),
        producers=tuple(replace(one, published=frame * (5 + index % 7)) for index, one in enumerate(snapshot.producers)),
        consumers=tuple(
            replace(one, acknowledged=frame * (3 + index % 5), messages_unacknowledged=(frame + index) % 11)
            for index, one in enumerate(snapshot.consumers)
        ),
    )


def events(snapshot: Snapshot, frame: int, count: int) -> tuple[Event, ...]:
    """So many steps of messages over all lines, there and back."""
    ways = [(EventKind.PUBLISH, f"producer:{one.name}", f"exchange:{one.exchange}") for one in snapshot.producers]
    ways += [(EventKind.ROUTE, f"exchange:{one.source}", f"queue:{one.destination}") for one in snapshot.bindings]
    ways += [(EventKind.DELIVER, f"queue:{one.queue}", f"consumer:{one.name}") for one in snapshot.consumers]
    ways += [(EventKind.REQUEUE, target, source) for kind, source, target in ways if kind is EventKind.DELIVER]
    ways += [(EventKind.RETURN, target, source) for kind, source, target in ways if kind is EventKind.PUBLISH]
    ways += [(EventKind.UNROUTABLE, f"exchange:{one.name}", "") for one in snapshot.exchanges] * 3
    chosen = (ways[(frame * 17 + index * 5) % len(ways)] for index in range(count))
    return tuple(
        Event(time=frame * FRAME, kind=kind, source=source, target=target, message=frame * 1000 + index)
        for index, (kind, source, target) in enumerate(chosen)
    )


class Canvas:
    """Ours, through everything that the window does in a frame."""

    def __init__(self, nodes: int, dots: int) -> None:
        self.view, self.recorder, self.base = TopologyView(), Recorder(), topology(nodes)
        self.view.stage.choice = Choice(whole=nodes)
        self.view.resize(*SIZE)
        self.view.show()
        self.wanted = dots
        QApplication.processEvents()
        for frame in range(90):
            self.frame(frame)

    def frame(self, frame: int) -> None:
        """One frame; as many dots are sent as are needed to keep their number."""
        missing = max(0, self.wanted - len(self.view.stage.traffic))
        happened = events(self.base, frame, min(missing, MOST_A_FRAME))
        self.update = Update(snapshot=at(self.base, frame), events=happened, speed=0.1)
        self.recorder.append(self.update)
        start = time.process_time()
        self.view.set_update(self.update, self.recorder)
        self.view.advance(FRAME)
        self.view.viewport().repaint()
        self.spent = time.process_time() - start


class ItemPerDot:
    """The peer: an ellipse item for each dot over the same number of rectangles."""

    def __init__(self, nodes: int, dots: int) -> None:
        self.scene = QGraphicsScene()
        self.view = QGraphicsView(self.scene)
        self.view.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.view.resize(*SIZE)
        self.view.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(nodes):
            self.scene.addRect(index % 20 * 46, index // 20 * 56, 40, 30)
        self.dots = [QGraphicsEllipseItem(0, 0, 8, 8) for _ in range(dots)]
        for dot in self.dots:
            dot.setBrush(QBrush(QColor("#0072B2")))
            dot.setPen(QPen(QColor("#FFFFFF"), 1.3))
            self.scene.addItem(dot)
        self.view.show()
        QApplication.processEvents()
        self.spent = 0.0

    def frame(self, frame: int) -> None:
        """One frame: every item is moved."""
        start = time.process_time()
        for index, dot in enumerate(self.dots):
            dot.setPos((index * 37 + frame * 3) % 900, (index * 53) % 560)
        self.view.viewport().repaint()
        self.spent = time.process_time() - start


def per_frame(frame: Callable[[int], None], spent: Callable[[], float], start: int) -> tuple[float, float]:
    """Mean and worst milliseconds of CPU a frame."""
    times = []
    for index in range(start, start + FRAMES):
        frame(index)
        times.append(spent())
    return 1000 * sum(times) / FRAMES, 1000 * max(times)


def main(nodes: int, dots: int) -> None:
    """Runs both in turns."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.load("light"))
    journeys.AT_MOST = float("inf")  # the canvas would thin such traffic out
    canvas, peer = Canvas(nodes, dots), ItemPerDot(nodes, dots)
    ours: list[tuple[float, float]] = []
    theirs: list[tuple[float, float]] = []
    for run in range(RUNS):
        ours.append(per_frame(canvas.frame, lambda: canvas.spent, 90 + run * FRAMES))
        theirs.append(per_frame(peer.frame, lambda: peer.spent, run * FRAMES))
    mine, other = [mean for mean, _ in ours], [mean for mean, _ in theirs]
    print(f"{nodes} nodes, {dots} dots wanted, {len(canvas.view.stage.traffic)} there, {RUNS} runs of {FRAMES} frames, ms of CPU a frame:")
    print(f"canvas {median(mine):.2f} ({min(mine):.2f} to {max(mine):.2f}), worst frame {max(worst for _, worst in ours):.1f}")
    print(f"item per dot {median(other):.2f} ({min(other):.2f} to {max(other):.2f}); ratio {median(other) / median(mine):.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=NODES)
    parser.add_argument("--dots", type=int, default=DOTS)
    given = parser.parse_args()
    main(given.nodes, given.dots)
