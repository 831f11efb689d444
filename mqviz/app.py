"""Builds the parts, joins them, starts the window. The only place, with the command line, that knows both towers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_config_path
from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from mqviz import report, settings
from mqviz.backends.embedded import EmbeddedBackend
from mqviz.bundle import resource
from mqviz.clock import WallClock
from mqviz.gui import fonts, icons
from mqviz.gui.main_window import MainWindow
from mqviz.gui.parts import Export, Parts
from mqviz.gui.theme import Appearance
from mqviz.model.library import path_of, shipped
from mqviz.settings import Settings
from mqviz.viewmodel.document import Document, open_document, open_shipped

LANGUAGES = ("en", "ko")


def settings_path() -> Path:
    """Where the preferences are kept."""
    return user_config_path("mqviz", appauthor=False) / "settings.toml"


def exports() -> tuple[Export, ...]:
    """The ways to write a result."""
    return (
        Export("json", ".json", lambda result, language: report.as_json(result).encode()),
        Export("html", ".html", lambda result, language: report.as_html(result, language).encode()),
        Export("csv", ".csv", lambda result, language: report.as_csv(result).encode()),
    )


def language_of(chosen: str) -> str:
    """The language of the window: the chosen one, or the system's where we speak it, else English."""
    code = QLocale.system().name().partition("_")[0] if chosen == "system" else chosen
    return code if code in LANGUAGES else LANGUAGES[0]


class Program(QObject):
    """The running program: one window at a time, made anew when the language changes."""

    def __init__(self, app: QApplication, preferences: Settings, path: Path) -> None:
        super().__init__(app)
        self._app, self._path = app, path
        self._preferences = preferences
        self._translators: list[QTranslator] = []
        self.appearance = Appearance(app, preferences.theme)
        self.window = self._make()

    def _make(self) -> MainWindow:
        language = language_of(self._preferences.language)
        self._speak(language)
        clock = WallClock()
        parts = Parts(
            clock=clock,
            backend_for=lambda scenario: EmbeddedBackend(scenario, clock),
            exports=exports(),
            settings=self._preferences,
            save_settings=self._keep,
        )
        window = MainWindow(parts, self.appearance, language)
        window.language_chosen.connect(lambda _: QTimer.singleShot(0, self._again))
        return window

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
        """The same window in another language: what is open begins again."""
        old = self.window
        documents = [session.document for session in old.workspace.sessions]
        old.close()
        old.deleteLater()
        self.window = self._make()
        self.show(documents)

    def show(self, documents: Sequence[Document]) -> None:
        """Show the window, and after its first paint what is open in it."""
        self.window.show()
        QTimer.singleShot(0, lambda: self._fill(documents))

    def _fill(self, documents: Sequence[Document]) -> None:
        for number, document in enumerate(documents):
            self.window.open(document, beside=number > 0)
        QTimer.singleShot(0, self.window.complete)


def _qt_translations() -> str:
    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)


def start(path: Path | None = None) -> int:
    """Open the window on a scenario file, or on the first that ships; gives the exit status. Raises ScenarioError."""
    names = shipped()
    if path is None:
        return run(open_shipped(names[0]))
    name = next((name for name in names if path_of(name) == path), None)
    return run(open_shipped(name) if name else open_document(path))


def run(document: Document) -> int:
    """Run the window on a document until it is closed."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("mqviz")
    app.setApplicationDisplayName("mqviz")
    app.setDesktopFileName("mqviz")
    fonts.load()
    app.setWindowIcon(icons.window_icon())
    program = Program(app, settings.load(settings_path()), settings_path())
    program.show([document])
    return app.exec()
