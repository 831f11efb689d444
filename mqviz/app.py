"""Builds the parts, joins them, starts the window. The only place, with the command line, that knows both towers.

The window is painted before the rest of the program is imported, which takes most of a second: so most imports stand in the functions.
"""

from __future__ import annotations

import sys
from base64 import b64decode
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_config_path
from PySide6.QtCore import QByteArray, QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from mqviz import settings
from mqviz.bundle import resource
from mqviz.gui.shell import Shell
from mqviz.gui.theme import Appearance
from mqviz.settings import Settings

if TYPE_CHECKING:
    from mqviz.gui.main_window import MainWindow
    from mqviz.gui.parts import Export, Parts
    from mqviz.viewmodel.document import Document

LANGUAGES = ("en", "ko")


def settings_path() -> Path:
    """Where the preferences are kept."""
    return user_config_path("mqviz", appauthor=False) / "settings.toml"


def language_of(chosen: str) -> str:
    """The language of the window: the chosen one, or the system's where we speak it, else English."""
    code = QLocale.system().name().partition("_")[0] if chosen == "system" else chosen
    return code if code in LANGUAGES else LANGUAGES[0]


def exports() -> tuple[Export, ...]:
    """The ways to write a result."""
    from mqviz import report
    from mqviz.gui.parts import Export

    return (
        Export("json", ".json", lambda result, language: report.as_json(result).encode()),
        Export("html", ".html", lambda result, language: report.as_html(result, language).encode()),
        Export("csv", ".csv", lambda result, language: report.as_csv(result).encode()),
    )


class Program(QObject):
    """The running program: one window, which is filled after its first paint, and anew when the language changes."""

    def __init__(self, app: QApplication, preferences: Settings, path: Path) -> None:
        super().__init__(app)
        self._app, self._path = app, path
        self._preferences = preferences
        self._translators: list[QTranslator] = []
        self.window: MainWindow | None = None
        self.appearance = Appearance(app, preferences.theme)
        self.shell = self._make_shell()

    def _make_shell(self) -> Shell:
        shell = Shell()
        if self._preferences.window_geometry:
            shell.restoreGeometry(QByteArray(b64decode(self._preferences.window_geometry)))
        return shell

    def show(self, documents: Callable[[], Sequence[Document]]) -> None:
        """Show the window, and after its first paint what is open in it."""
        self.shell.shown.connect(lambda: self.fill(documents()), Qt.ConnectionType.QueuedConnection)
        self.shell.show()

    def fill(self, documents: Sequence[Document]) -> None:
        """Put everything into the window, then what is open."""
        from mqviz.gui import icons
        from mqviz.gui.main_window import MainWindow

        self._app.setWindowIcon(icons.window_icon())
        language = language_of(self._preferences.language)
        self._speak(language)
        self.window = window = MainWindow(self.shell, self._parts(), self.appearance, language)
        window.language_chosen.connect(lambda _: QTimer.singleShot(0, self._again))
        for number, document in enumerate(documents):
            window.open(document, beside=number > 0)
        window.complete()

    def _parts(self) -> Parts:
        from mqviz.backends.embedded import EmbeddedBackend
        from mqviz.clock import WallClock
        from mqviz.gui.parts import Parts

        clock = WallClock()
        return Parts(
            clock=clock,
            backend_for=lambda scenario: EmbeddedBackend(scenario, clock),
            exports=exports(),
            settings=self._preferences,
            save_settings=self._keep,
        )

    def _speak(self, language: str) -> None:
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators = []
        QLocale.setDefault(QLocale(language))
        for folder, name in ((str(resource("translations")), f"mqviz_{language}"), (_qt_translations(), f"qtbase_{language}")):
            translator = QTranslator(self._app)
            if translator.load(name, folder):
                self._app.installTranslator(translator)
                self._translators.append(translator)

    def _keep(self, preferences: Settings) -> None:
        self._preferences = preferences
        settings.save(self._path, preferences)

    def _again(self) -> None:
        """Another window in another language, where the old one was: what is open begins again."""
        assert self.window is not None
        documents = [session.document for session in self.window.workspace.sessions]
        old = self.shell
        old.close()
        self.shell = self._make_shell()
        self.show(lambda: documents)
        old.deleteLater()


def _qt_translations() -> str:
    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)


def start(path: Path | None = None) -> int:
    """Open the window on a scenario file, or on the first that ships; gives the exit status. Raises ScenarioError."""
    document = None if path is None else _document(path)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("mqviz")
    app.setApplicationDisplayName("mqviz")
    app.setDesktopFileName("mqviz")
    program = Program(app, settings.load(settings_path()), settings_path())
    program.show(lambda: [document or _first()])
    return app.exec()


def _document(path: Path) -> Document:
    from mqviz.model.library import path_of, shipped
    from mqviz.viewmodel.document import open_document, open_shipped

    name = next((name for name in shipped() if path_of(name) == path), None)
    return open_shipped(name) if name else open_document(path)


def _first() -> Document:
    from mqviz.model.library import shipped
    from mqviz.viewmodel.document import open_shipped

    return open_shipped(shipped()[0])
