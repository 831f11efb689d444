"""Make the pictures of the AMQP port: python -m tests.port_screenshots [FOLDER]

A real pika program publishes into a scenario whose simulated consumers work it off, and another consumes what simulated producers
publish; the window is pictured with both, its dialog open, its conversation told; light and dark, English and Korean, large and small.
Without a FOLDER: assets/screenshots.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pika
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from mqviz.app import parts
from mqviz.bundle import resource
from mqviz.clock import WallClock
from mqviz.gui.main_window import MainWindow
from mqviz.gui.shell import Shell
from mqviz.gui.theme import Appearance, Choice
from mqviz.model.backend import OpenPort
from mqviz.settings import Settings
from mqviz.viewmodel.document import open_shipped

FOLDER = Path(__file__).parent.parent / "assets" / "screenshots"
PATIENCE = 30.0


class Script:
    """A program of somebody else's: publishes orders, or works off a queue, until it is told to stop."""

    def __init__(self, uri: str, name: str, work: Callable[[pika.adapters.blocking_connection.BlockingChannel], None]) -> None:
        self._stops = Event()
        self._thread = Thread(target=self._run, args=(uri, name, work), daemon=True)
        self._thread.start()

    def _run(self, uri: str, name: str, work: Callable[[pika.adapters.blocking_connection.BlockingChannel], None]) -> None:
        parameters = pika.URLParameters(uri)
        parameters.client_properties = {"connection_name": name}
        connection = pika.BlockingConnection(parameters)
        channel = connection.channel()
        channel.basic_qos(prefetch_count=5)
        while not self._stops.is_set():
            work(channel)
            connection.process_data_events(0.03)
        connection.close()

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Tell it to end."""
        self._stops.set()


def publish(channel: pika.adapters.blocking_connection.BlockingChannel) -> None:
    """An order from Europe."""
    channel.basic_publish("events", "order.eu.new", b'{"order": 7}', pika.BasicProperties(content_type="application/json"))


def take(channel: pika.adapters.blocking_connection.BlockingChannel) -> None:
    """Work off what nobody else wants."""
    if not channel.consumer_tags:
        channel.basic_consume("leftovers", lambda ch, method, properties, body: ch.basic_ack(method.delivery_tag))


def until(app: QApplication, is_so: Callable[[], bool]) -> None:
    """Let the window run until something is so."""
    clock = WallClock()
    deadline = clock.now() + PATIENCE
    while not is_so():
        assert clock.now() < deadline, "it took too long"
        app.processEvents()


def picture(app: QApplication, folder: Path, theme: Choice, language: str, size: tuple[int, int]) -> None:
    """Two pictures: the window with external clients, and its dialog."""
    shell = Shell()
    shell.resize(*size)
    settings = Settings(theme=theme, language=language, hint_closed=True)
    window = MainWindow(shell, parts(WallClock(), settings, lambda changed: None), Appearance(app, theme), language)
    shell.show()
    window.open(open_shipped("topic-routing"))
    window.complete()
    session = window.session
    session.submit(OpenPort(port=0))
    until(app, lambda: session.update.port is not None)
    assert session.update.port is not None
    scripts = [Script(session.update.port.uri, "my-script", publish), Script(session.update.port.uri, "my-worker", take)]
    until(app, lambda: session.update.port is not None and len(session.update.port.clients) == 2)
    window.timeline.converse("producer:my-script")
    until(app, lambda: session.conversation.count > 60 and len(session.update.snapshot.consumers) == 4)
    panel = window.timeline.conversation
    panel.list.setCurrentIndex(panel.model.index(panel.model.rowCount() - 6, 0))
    window.view.canvas.select(("producer:my-script",))
    start = session.update.snapshot.time
    until(app, lambda: session.update.snapshot.time > start + 2.0)
    name = f"port-{theme}-{language}-{size[0]}"
    shell.grab().save(str(folder / f"{name}.png"))
    window.ports.open()
    assert window.ports.dialog is not None
    window.ports.dialog.choose("queue:leftovers")
    until(app, lambda: session.update.snapshot.time > start + 2.3)
    window.ports.dialog.grab().save(str(folder / f"{name}-dialog.png"))
    window.ports.dialog.close()
    for script in scripts:
        script.stop()
    until(app, lambda: all(script.is_over for script in scripts))
    shell.close()


def main(folder: Path) -> None:
    """All of them."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    picture(app, folder, "light", "en", (1440, 900))
    picture(app, folder, "dark", "en", (1024, 640))
    translator = QTranslator(app)
    translator.load("mqviz_ko", str(resource("translations")))
    app.installTranslator(translator)
    QLocale.setDefault(QLocale("ko"))
    picture(app, folder, "light", "ko", (1024, 640))
    picture(app, folder, "dark", "ko", (1440, 900))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
