"""Make the pictures of the README, by the program itself on a clock turned by hand: python -m tests.screenshots

They go to assets/screenshots/: light.png and dark.png. The same program draws the same pictures.
"""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from mqviz.app import parts
from mqviz.clock import ManualClock
from mqviz.gui.main_window import MainWindow
from mqviz.gui.shell import Shell
from mqviz.gui.theme import Appearance, Choice
from mqviz.model.backend import Inject
from mqviz.model.faults import Kill, Slow, Spike
from mqviz.settings import Settings
from mqviz.viewmodel.document import open_shipped

FOLDER = Path(__file__).parent.parent / "assets" / "screenshots"
SIZE = (1440, 900)
FRAME = 1 / 30
STORY = {
    8.0: Spike(target="shop-eu", factor=3.0, lasts=6.0),
    16.0: Slow(target="warehouse.1", factor=6.0, lasts=12.0),
    24.0: Kill(target="ledger.1", lasts=3.0),
    34.0: Kill(target="alarm.1"),
}
LENGTH = 37.0


def picture(app: QApplication, theme: Choice) -> None:
    """One picture in one theme."""
    clock, shell = ManualClock(), Shell()
    shell.resize(*SIZE)
    settings = Settings(theme=theme, language="en", hint_closed=True)
    window = MainWindow(shell, parts(clock, settings, lambda changed: None), Appearance(app, theme), "en")
    shell.show()
    window.open(open_shipped("topic-routing"))
    window.complete()
    story = dict(STORY)
    for frame in range(round(LENGTH / FRAME)):
        for moment in [moment for moment in story if frame * FRAME >= moment]:
            window.session.submit(Inject(fault=story.pop(moment)))
        clock.advance(FRAME)
        window.pump.beat()
        if frame % 30 == 0:
            app.processEvents()
    window.view.canvas.select(("queue:europe",))
    for _ in range(12):
        clock.advance(FRAME)
        window.pump.beat()
    app.processEvents()
    window.timeline.charts.redraw()
    FOLDER.mkdir(parents=True, exist_ok=True)
    shell.grab().save(str(FOLDER / f"{theme}.png"))
    shell.close()


if __name__ == "__main__":
    application = QApplication([])
    picture(application, "light")
    picture(application, "dark")
