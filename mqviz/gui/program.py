"""The running program: one window, which is filled after its first paint, and made anew when the language changes."""

from __future__ import annotations

import sys
from base64 import b64decode
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from mqviz.bundle import resource
from mqviz.gui.shell import Shell
from mqviz.gui.theme import Appearance
from mqviz.settings import Settings

if TYPE_CHECKING:
    from mqviz.gui.main_window import MainWindow
    from mqviz.gui.parts import Connection
    from mqviz.viewmodel.document import Document

LANGUAGES = ("en", "ko")

Documents = Callable[[], "Sequence[Document | Connection]"]
Keep = Callable[[Settings], None]
MakeWindow = Callable[[Shell, Appearance, Settings, Keep, str], "MainWindow"]
"""Makes what is in the window; it loads the rest of the program, so it is called after the first paint."""


def language_of(chosen: str) -> str:
    """The language of the window: the chosen one, or the system's where we speak it, else English."""
    code = QLocale.system().name().partition("_")[0] if chosen == "system" else chosen
    return code if code in LANGUAGES else LANGUAGES[0]


class Program(QObject):
    """`window`: what is in the shell; None until the shell was painted."""

    def __init__(self, app: QApplication, make_window: MakeWindow, preferences: Settings, keep: Keep) -> None:
        super().__init__(app)
        self._app, self._make_window, self._keep_settings = app, make_window, keep
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

    def show(self, documents: Documents) -> None:
        """Show the window, and after its first paint what is open in it."""
        self.shell.shown.connect(lambda: self._fill(documents()), Qt.ConnectionType.QueuedConnection)
        self.shell.show()

    def _fill(self, documents: Sequence[Document | Connection]) -> None:
        language = language_of(self._preferences.language)
        self._speak(language)
        self.window = window = self._make_window(self.shell, self.appearance, self._preferences, self._keep, language)
        window.language_chosen.connect(lambda _: QTimer.singleShot(0, self._again))
        for number, document in enumerate(documents):
            window.open_again(document, beside=number > 0)
        window.complete()

    def _speak(self, language: str) -> None:
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators = []
        QLocale.setDefault(QLocale(language))
        theirs = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for folder, name in ((str(resource("translations")), f"mqviz_{language}"), (theirs, f"qtbase_{language}")):
            translator = QTranslator(self._app)
            if translator.load(name, folder):
                self._app.installTranslator(translator)
                self._translators.append(translator)

    def _keep(self, preferences: Settings) -> None:
        self._preferences = preferences
        self._keep_settings(preferences)

    def _again(self) -> None:
        """Another window in another language, where the old one was: what is open begins again."""
        assert self.window is not None
        documents = self.window.opened
        old = self.shell
        old.close()
        self.shell = self._make_shell()
        self.show(lambda: documents)
        old.deleteLater()


def run(make_window: MakeWindow, preferences: Settings, keep: Keep, documents: Documents) -> int:
    """Run the program until its window is closed; gives the exit status."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("mqviz")
    app.setApplicationDisplayName("mqviz")
    app.setDesktopFileName("mqviz")
    program = Program(app, make_window, preferences, keep)
    program.show(documents)
    return app.exec()
