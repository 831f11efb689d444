"""Draws the lower part of the window with a plausible run: `python -m tests.gui.charts_gallery FOLDER [NAME ...]`. To be looked at."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from mqviz.gui import theme
from mqviz.gui.chart_frame import Source
from mqviz.gui.charts import ChartPanel
from mqviz.viewmodel.chart_rows import Row
from tests.gui.plausible import recorder


def panel(width: int = 1150, height: int = 264, node: str = "queue:orders.new", seconds: float = 144.0) -> ChartPanel:
    """Curves of the plausible run."""
    result = ChartPanel()
    result.resize(width, height)
    result.set_sources([Source("run", recorder(seconds))])
    result.select(node)
    result.show()
    return result


def with_theory() -> QWidget:
    """A queue against its model."""
    result = panel()
    result.set_theory(Row.LATENCY, 0.06)
    result.set_theory(Row.DEPTH, None, "ρ ≥ 1")
    return result


SCENES: dict[str, Callable[[], QWidget]] = {
    "wide": panel,
    "whole": lambda: panel(node=""),
    "narrow": lambda: panel(700, 240),
    "large": lambda: panel(2400, 420),
    "young": lambda: panel(seconds=7.0),
    "theory": with_theory,
}


def main(folder: Path, names: list[str]) -> None:
    """Write a picture of every scene, light and dark."""
    app = QApplication([])
    assert isinstance(app, QApplication)
    for skin in ("light", "dark"):
        theme.apply(app, theme.load(skin))
        for name in names or SCENES:
            widget = SCENES[name]()
            app.processEvents()
            widget.grab().save(str(folder / f"{name}-{skin}.png"))
            widget.close()
            widget.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
