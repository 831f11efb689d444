"""Opening, saving and exporting: the dialogs, and what is said when a file is no good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from mqviz.errors import MqvizError, ScenarioError
from mqviz.gui.mistake_words import MistakeWords
from mqviz.gui.parts import Export
from mqviz.gui.words import Words
from mqviz.model.backend import FinalResult, Outcome, Recording
from mqviz.model.definitions import from_definitions, to_definitions
from mqviz.model.library import read_text
from mqviz.model.scenario import Scenario
from mqviz.viewmodel.document import Document, open_document
from mqviz.viewmodel.session import Session

_SHOWN = 12


class Files(QObject):
    """`opened(document, beside)`: a document was read; `told(text)`: what was done, in a line."""

    opened = Signal(object, bool)
    told = Signal(str)

    def __init__(self, window: QWidget, exports: tuple[Export, ...]) -> None:
        super().__init__(window)
        self._window = window
        self._words = MistakeWords(self)
        self._exports = {export.code: export for export in exports}

    def ask_open(self, *, beside: bool = False) -> None:
        """Let the user choose a scenario."""
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open scenario"), "", self._scenario_filter())
        if name:
            self.open(Path(name), beside=beside)

    def open(self, path: Path, *, beside: bool = False) -> None:
        """Read a scenario, or RabbitMQ definitions; says every mistake when it cannot."""
        try:
            document = self._imported(path) if path.suffix.lower() == ".json" else open_document(path)
        except ScenarioError as error:
            self.complain(self.tr("{0} cannot be opened").format(path.name), error.mistakes)
            return
        if document is not None:
            self.opened.emit(document, beside)

    def ask_import(self) -> None:
        """Let the user choose RabbitMQ definitions."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Import RabbitMQ definitions"), "", self.tr("RabbitMQ definitions (*.json)")
        )
        if name:
            self.open(Path(name))

    def _imported(self, path: Path) -> Document | None:
        imported = from_definitions(read_text(path))
        if imported.not_understood:
            title = self.tr("{0}: some of it has no place in a scenario and is left out").format(path.name)
            self.complain(title, imported.not_understood, warn=False)
        return Document(imported.scenario, key=path.stem)

    def save(self, session: Session) -> None:
        """Write the scenario with what was done by hand, where it came from, or where the user says."""
        path = session.document.path
        if path is None:
            self.ask_save(session)
        else:
            self._save(session, path)

    def ask_save(self, session: Session) -> None:
        """Let the user choose where to."""
        path = self._ask_path(self.tr("Save scenario"), f"{session.document.key or 'scenario'}.toml", self._scenario_filter())
        if path is not None:
            self._save(session, path)

    def _save(self, session: Session, path: Path) -> None:
        def write(outcome: Outcome) -> None:
            if self._is_refused(outcome):
                return
            recording: Scenario = outcome.answer
            self._guarded(path, lambda: session.document.save(path, recording))

        session.submit(Recording(), write)

    def export(self, session: Session, code: str, language: str) -> None:
        """Write the result so far."""
        export = self._exports[code]
        path = self._ask_path(self.tr("Save result"), f"{session.document.key or 'result'}{export.suffix}", f"*{export.suffix}")
        if path is None:
            return

        def write(outcome: Outcome) -> None:
            if self._is_refused(outcome):
                return
            self._guarded(path, lambda: _write_whole(path, export.write(outcome.answer, language)))

        finished = session.update.snapshot.finished
        session.submit(FinalResult(interrupted=not finished), write)

    def export_definitions(self, session: Session) -> None:
        """Write the topology as RabbitMQ definitions."""
        path = self._ask_path(self.tr("Export RabbitMQ definitions"), f"{session.document.key or 'definitions'}.json", "*.json")
        if path is not None:
            text = to_definitions(session.document.scenario)
            self._guarded(path, lambda: _write_whole(path, text.encode()))

    def save_picture(self, picture: QPixmap) -> None:
        """Write what the window shows."""
        path = self._ask_path(self.tr("Save picture"), "mqviz.png", self.tr("Pictures (*.png)"))
        if path is not None:
            self._guarded(path, lambda: _save_picture(picture, path))

    def copy_picture(self, picture: QPixmap) -> None:
        """Put what the window shows onto the clipboard."""
        QGuiApplication.clipboard().setPixmap(picture)
        self.told.emit(self.tr("The picture is on the clipboard."))

    def _is_refused(self, outcome: Outcome) -> bool:
        """A live broker has neither a scenario nor a result of its own."""
        if not outcome.done:
            self.told.emit(" ".join(filter(None, (Words().why_not(outcome.reason), outcome.detail))))
        return not outcome.done

    def _ask_path(self, title: str, name: str, kinds: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, name, kinds)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(Path(name).suffix)

    def _guarded(self, path: Path, write: Callable[[], None]) -> None:
        try:
            write()
        except (OSError, MqvizError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self.complain(self.tr("{0} was not saved").format(path.name), (reason,))
        else:
            self.told.emit(self.tr("Saved as {0}").format(path.name))

    def _scenario_filter(self) -> str:
        return self.tr("Scenarios (*.toml);;RabbitMQ definitions (*.json);;All files (*)")

    def complain(self, title: str, lines: tuple[str, ...], *, warn: bool = True) -> None:
        """Say what is wrong, line by line; all of many lines can be unfolded and copied."""
        lines = tuple(self._words.say(line) for line in lines)
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning if warn else QMessageBox.Icon.Information)
        box.setWindowTitle("mqviz")
        box.setText(title)
        more = self.tr("… and {0} more").format(len(lines) - _SHOWN) if len(lines) > _SHOWN else ""
        box.setInformativeText("\n".join((*lines[:_SHOWN], *filter(None, [more]))))
        if more:
            box.setDetailedText("\n".join(lines))
        box.setMinimumSize(QSize(480, 0))
        box.open()


def _write_whole(path: Path, content: bytes) -> None:
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


def _save_picture(picture: QPixmap, path: Path) -> None:
    if not picture.save(str(path)):
        raise MqvizError(f"{path.parent} cannot be written")
