"""CPU of the curves beside pyqtgraph drawing the same rows, and of recording: python -m tests.benchmarks.bench_charts

A drawing is what `ChartPanel.refresh` does with all curves, legends and flags, and Qt's painting of it; there are ten a second, so a
frame at 30 frames a second bears a third. pyqtgraph draws four plots with as many curves of 600 points, without legends and flags.
"""

import os
import time
from collections import deque
from collections.abc import Callable
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pyqtgraph
from PySide6.QtWidgets import QApplication

from mqviz.gui import theme
from mqviz.gui.chart_frame import Source
from mqviz.gui.charts import ChartPanel
from mqviz.model.backend import Update
from mqviz.model.histogram import Histogram
from mqviz.model.snapshot import BindingStats, ConsumerStats, ProducerStats, QueueStats, Snapshot
from mqviz.viewmodel.recorder import Recorder
from tests.gui.plausible import Run, recorder

RUNS = 5
DRAWINGS = 40
WIDTH, HEIGHT = 1150, 264


def cpu(work: Callable[[int], None], times: int) -> float:
    """CPU milliseconds of one piece of work."""
    started = time.process_time()
    for place in range(times):
        work(place)
    return (time.process_time() - started) / times * 1e3


def panel(app: QApplication, ratio_width: int = WIDTH) -> Callable[[int], None]:
    """One drawing of ours, a tenth of a second later each time."""
    run = Run()
    source = recorder(144.0, run)
    result = ChartPanel(pause_ms=0)
    result.resize(ratio_width, HEIGHT)
    result.set_sources([Source("run", source)])
    result.select("queue:orders.new")
    result.show()
    app.processEvents()
    coming = deque(run.advance() for _ in range(10 + (RUNS + 1) * DRAWINGS))

    def draw(place: int) -> None:
        source.append(coming.popleft())
        result.refresh()
        app.processEvents()

    draw.keep = result  # type: ignore[attr-defined]  # else it is gone before it is drawn
    return draw


def by_pyqtgraph(app: QApplication) -> Callable[[int], None]:
    """The same number of curves and bars in pyqtgraph, as its documentation recommends."""
    pyqtgraph.setConfigOptions(antialias=True, background="w")
    view = pyqtgraph.GraphicsLayoutWidget()
    view.resize(WIDTH, HEIGHT)
    plots = [view.addPlot(row=row, col=0) for row in range(4)]
    times = np.linspace(0.0, 120.0, 600)
    for plot in plots:
        plot.showGrid(x=True)
        plot.setXLink(plots[0])
        plot.showAxis("right")
        plot.hideAxis("left")
    styles = [pyqtgraph.mkPen(colour, width=1) for colour in "rgb"]
    curves = [plot.plot(times, times, pen=style) for plot in plots[:3] for style in styles]
    plots[1].addItem(pyqtgraph.FillBetweenItem(curves[3], curves[4], brush=pyqtgraph.mkBrush(0, 100, 200, 80)))
    bars = [pyqtgraph.BarGraphItem(x=np.arange(60) * 2, height=np.ones(60), width=1.6, brush=colour) for colour in "rgb"]
    for each in bars:
        plots[3].addItem(each)
    view.show()
    luck = np.random.default_rng(1)

    def draw(place: int) -> None:
        shift = place * 0.1
        for number, curve in enumerate(curves):
            curve.setData(times + shift, 200 + 100 * np.sin(times + shift + number) + luck.random(600))
        for each in bars:
            each.setOpts(x=np.arange(60) * 2 + shift, height=luck.random(60))
        plots[0].setXRange(shift, 120 + shift, padding=0)
        app.processEvents()

    draw.keep = view  # type: ignore[attr-defined]
    return draw


def updates(count: int) -> list[Update]:
    """50 queues and 200 clients, observed each tenth of a second."""
    latency, luck = Histogram(), np.random.default_rng(1)
    result = []
    for place in range(count):
        latency.extend(luck.exponential(0.05, 200).tolist())
        queues = tuple(QueueStats(name=f"q{k}", messages_ready=place, enqueued=place, delivered=place) for k in range(50))
        producers = tuple(ProducerStats(name=f"p{k}.1", client=f"p{k}", exchange="x", routing_key="", published=place) for k in range(100))
        consumers = tuple(ConsumerStats(name=f"c{k}.1", client=f"c{k}", queue="q1", delivered=place) for k in range(100))
        bindings = tuple(
            BindingStats(source="x", destination=f"q{k}", destination_type="queue", routing_key="", messages=place) for k in range(50)
        )
        fields = {"queues": queues, "producers": producers, "consumers": consumers, "bindings": bindings}
        result.append(Update(snapshot=Snapshot(time=place * 0.1, latency=latency.counts(), **fields)))
    return result


def main() -> None:
    """Print medians and spread."""
    app = QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.load("light"))
    ours, peer = panel(app), by_pyqtgraph(app)
    cpu(ours, 10), cpu(peer, 10)
    pairs = [(cpu(ours, DRAWINGS), cpu(peer, DRAWINGS)) for _ in range(RUNS)]
    a, b = zip(*pairs, strict=True)
    spread = f"{min(a):.2f} to {max(a):.2f}"
    print(f"a drawing: {median(a):.2f} ms of CPU ({spread}), pyqtgraph {median(b):.2f}, ratio {median(a) / median(b):.2f}, {RUNS} runs")
    print(f"a frame at 30 frames a second: {median(a) / 3:.2f} ms (target 3)")
    observed = updates(600)
    costs = []
    for _ in range(RUNS):
        record = Recorder()
        costs.append(cpu(lambda place, into=record: into.append(observed[place]), len(observed)))
    print(f"recording a row of 50 queues and 200 clients: {median(costs):.3f} ms ({min(costs):.3f} to {max(costs):.3f}), {RUNS} runs")


if __name__ == "__main__":
    main()
