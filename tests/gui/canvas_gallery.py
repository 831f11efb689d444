"""Pictures of the canvas, to be looked at: `python -m tests.gui.canvas_gallery FOLDER [NAME ...]`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from mqviz.gui import theme
from mqviz.gui.canvas import TopologyView
from tests.gui import canvas_pictures
from tests.gui.canvas_pictures import Scene


def show(scene: Scene, width: int, height: int) -> TopologyView:
    """A view of a scene, a little later."""
    view = TopologyView()
    view.resize(width, height)
    view.show()
    for update in scene.updates():
        view.set_update(update)
        view.advance(canvas_pictures.STEP)
    view.advance(canvas_pictures.STEP)
    view.select(scene.selection)
    return view


def main(folder: Path, wanted: list[str]) -> None:
    """Writes each scene in light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    for name, (make, width, height) in canvas_pictures.GALLERY.items():
        for skin in ("light", "dark"):
            if wanted and name not in wanted and f"{name}-{skin}" not in wanted:
                continue
            theme.apply(app, theme.load(skin))
            view = show(make(), width, height)
            view.grab().save(str(folder / f"{name}-{skin}.png"))
            view.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
