"""Pictures of the window on live brokers, to be looked at: python -m tests.live_screenshots FOLDER [SCENE ...]

The brokers are made up (tests/gui/live_pictures.py), so that the same program draws the same pictures: light, dark and Korean, at
1600 x 1000 and 1024 x 640.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace as changed_parts
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from msgspec.structs import replace
from PySide6.QtCore import QLocale, QPoint, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from mqviz.app import parts
from mqviz.bundle import resource
from mqviz.clock import ManualClock
from mqviz.gui.main_window import MainWindow
from mqviz.gui.parts import Connection
from mqviz.gui.shell import Shell
from mqviz.gui.theme import Appearance, Choice
from mqviz.model.feed import Check, FeedState, LiveBroker, Missing, Tls, Trouble
from mqviz.settings import Settings
from mqviz.viewmodel.document import open_shipped
from tests.gui import live_pictures
from tests.gui.live_fake import Brokers, Pictures

LOOKS: dict[str, tuple[Choice, str, int, int]] = {
    "light": ("light", "en", 1600, 1000),
    "dark": ("dark", "en", 1600, 1000),
    "korean": ("light", "ko", 1600, 1000),
    "small": ("light", "en", 1024, 640),
    "small-dark-korean": ("dark", "ko", 1024, 640),
}
FRAME = 1 / 10
BROKER = LiveBroker(name="production", host="mq.example.org", user="oncall", management="http://mq.example.org:15672")
MISSING = (Missing(what="oldest", trouble=Trouble.STATISTICS), Missing(what="other_vhosts", trouble=Trouble.RIGHTS))
CHECKS = (
    Check(step="name", detail="mq.example.org is 203.0.113.7", seconds=0.02),
    Check(step="port", detail="5671", seconds=0.03),
    Check(step="tls", trouble=Trouble.CERTIFICATE, detail="unable to get local issuer certificate"),
)


class Stage:
    """One window with made-up brokers behind it."""

    def __init__(self, app: QApplication, look: str, pictures: Pictures) -> None:
        theme, language, width, height = LOOKS[look]
        self.app, self.clock, self.shell = app, ManualClock(), Shell()
        self.brokers = Brokers(self.clock, pictures, CHECKS)
        self.brokers.saved = [BROKER, replace(BROKER, name="staging", host="mq-staging.example.org")]
        self.brokers.events = lambda time: live_pictures.flows(pictures(time), time)
        self.shell.resize(width, height)
        settings = Settings(theme=theme, language=language, hint_closed=True)
        made = changed_parts(parts(self.clock, settings, lambda changed: None), live=self.brokers.live())
        self.window = MainWindow(self.shell, made, Appearance(app, theme), language)
        self.shell.show()

    def connect(self, *, beside: bool = False) -> None:
        """Open the made-up broker."""
        self.window.live.connect_to(Connection(BROKER, "secret"), beside)

    def turn(self, seconds: float) -> None:
        """Let time pass."""
        for frame in range(round(seconds / FRAME)):
            self.clock.advance(FRAME)
            self.window.pump.beat()
            if frame % 10 == 0:
                self.app.processEvents()
        self.app.processEvents()
        self.window.timeline.charts.redraw()

    def feed(self, **changes: object) -> None:
        """The feed is otherwise from now on."""
        self.brokers.made[-1].feed = replace(self.brokers.made[-1].feed, **changes)

    def save(self, path: Path, widget: QWidget | None = None, place: QPoint | None = None) -> None:
        """Write the picture and close the window."""
        self.app.processEvents()
        picture = self.shell.grab()
        if widget is not None:
            widget.render(picture, place or (self.shell.rect().center() - widget.rect().center()))
        picture.save(str(path))
        self.shell.close()


@contextmanager
def speaking(app: QApplication, language: str) -> Iterator[None]:
    """In the language of the window as long as it lasts."""
    before, translator = QLocale(), QTranslator(app)
    QLocale.setDefault(QLocale(language))
    if translator.load(f"mqviz_{language}", str(resource("translations"))):
        app.installTranslator(translator)
    try:
        yield
    finally:
        app.removeTranslator(translator)
        QLocale.setDefault(before)


def company(app: QApplication, look: str, path: Path) -> None:
    """A few dozen queues."""
    stage = Stage(app, look, live_pictures.company)
    stage.connect()
    stage.window.complete()
    stage.feed(missing=MISSING, tags=("monitoring",))
    stage.turn(72.0)
    stage.save(path)


def backlog(app: QApplication, look: str, path: Path) -> None:
    """A backlog that nobody consumes, selected; and a gap, since the broker was out of sight for a while."""
    stage = Stage(app, look, live_pictures.backlog)
    stage.connect()
    stage.window.complete()
    stage.turn(40.0)
    stage.feed(state=FeedState.BLIND, trouble=Trouble.LOST, blind_since=0.0, retry_in=2.0)
    stage.turn(20.0)
    stage.feed(state=FeedState.SEEING, trouble=None, blind_since=None, retry_in=None)
    stage.turn(41.0)
    stage.window.view.canvas.select(("queue:orders.new",))
    stage.turn(0.5)
    stage.save(path)


def alarm(app: QApplication, look: str, path: Path) -> None:
    """A memory alarm with blocked connections; acting is on."""
    stage = Stage(app, look, lambda time: live_pictures.alarm(time) if time > 22 else live_pictures.backlog(time))
    stage.connect()
    stage.window.complete()
    stage.turn(36.0)
    stage.feed(read_only=False)
    stage.turn(2.0)
    stage.save(path)


def blind(app: QApplication, look: str, path: Path) -> None:
    """The broker is out of sight."""
    stage = Stage(app, look, live_pictures.company)
    stage.connect()
    stage.window.complete()
    stage.turn(42.0)
    stage.feed(state=FeedState.BLIND, trouble=Trouble.LOST, blind_since=12.0, retry_in=4.0)
    stage.turn(12.0)
    stage.save(path)


def beside(app: QApplication, look: str, path: Path) -> None:
    """A simulated and a real session side by side."""
    stage = Stage(app, look, live_pictures.backlog)
    stage.window.open(open_shipped("topic-routing"))
    stage.window.complete()
    stage.connect(beside=True)
    stage.turn(62.0)
    stage.save(path)


def dialog(app: QApplication, look: str, path: Path) -> None:
    """The connect dialog with a failed test."""
    stage = Stage(app, look, live_pictures.company)
    stage.window.open(open_shipped("topic-routing"))
    stage.window.complete()
    stage.turn(5.0)
    stage.window.actions_by_code["connect"].trigger()
    box = stage.window.live.dialog
    assert box is not None
    secure = replace(BROKER, port=5671, management="https://mq.example.org:15671", tls=Tls())
    box.show_connection(Connection(secure, "secret"))
    box.test()
    for _ in CHECKS:
        box._look()
    stage.turn(0.1)
    stage.save(path, box)


def message(app: QApplication, look: str, path: Path) -> None:
    """Where would this message go?"""
    stage = Stage(app, look, live_pictures.backlog)
    stage.connect()
    stage.window.complete()
    stage.turn(30.0)
    stage.brokers.made[-1].routes = ("orders.new", "orders.priority", "audit.log")
    stage.window.acting.message("orders")
    box = stage.window.acting.message_dialog
    assert box is not None
    box.routing_key.setText("order.eu.vip")
    stage.turn(0.5)
    stage.save(path, box, QPoint(stage.shell.width() - box.width() - 16, 72))


def purge(app: QApplication, look: str, path: Path) -> None:
    """The question before a purge."""
    stage = Stage(app, look, live_pictures.backlog)
    stage.connect()
    stage.window.complete()
    stage.feed(read_only=False)
    stage.turn(30.0)
    stage.window.hand.toggle("purge", "queue:orders.new")
    stage.turn(0.2)
    stage.save(path, stage.window.acting.question)


def huge(app: QApplication, look: str, path: Path) -> None:
    """Five thousand queues."""
    stage = Stage(app, look, live_pictures.huge)
    stage.brokers.events = None
    stage.connect()
    stage.window.complete()
    stage.turn(21.0)
    stage.save(path)


SCENES: dict[str, Callable[[QApplication, str, Path], None]] = {
    each.__name__: each for each in (company, backlog, alarm, blind, beside, dialog, message, purge, huge)
}


def main(folder: Path, wanted: list[str], looks: list[str]) -> None:
    """Draw these scenes into a folder, in each of these looks."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    for name in wanted:
        for look in looks:
            with speaking(application, LOOKS[look][1]):
                SCENES[name](application, look, folder / f"{name}-{look}.png")


if __name__ == "__main__":
    words = sys.argv[2:]
    chosen, seen = [word for word in words if word in SCENES], [word for word in words if word in LOOKS]
    main(Path(sys.argv[1]), chosen or list(SCENES), seen or list(LOOKS))
