"""What can be opened from the left side: the scenarios that ship, and files that were open before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mqviz.errors import ScenarioError
from mqviz.gui.library_list import LibraryEntry
from mqviz.gui.library_panel import LibraryPanel
from mqviz.model.library import chapters, shipped, title_of
from mqviz.model.scenario import in_language
from mqviz.viewmodel.document import Document, open_document, open_shipped

_MOST_RECENT = 6


class Shelf(QObject):
    """`chosen(document)`: the user wants to see it; `failed(title, mistakes)`: it cannot be opened.

    `connection_chosen(key)`: a live broker; `connections` gives the entries of those.
    """

    chosen = Signal(object)
    failed = Signal(str, tuple)
    connection_chosen = Signal(str)

    def __init__(self, panel: LibraryPanel, language: str, unsaved: Path | None) -> None:
        super().__init__(panel)
        self._unsaved_in = unsaved
        self._panel = panel
        self._language = language
        self.recent: tuple[str, ...] = ()
        self.connections: Callable[[], tuple[LibraryEntry, ...]] = tuple
        panel.chosen.connect(self.open)

    def fill(self) -> None:
        """Read names and descriptions of what ships, and list the files that were open. Not before the first paint."""
        self._panel.set_entries((*self.connections(), *self._shipped(), *self._recent(), *self._unsaved()))

    def _shipped(self) -> list[LibraryEntry]:
        entries = []
        for chapter in chapters():
            group = in_language(chapter.title, self._language)
            for name in chapter.names:
                title, summary = (in_language(text, self._language) for text in title_of(name))
                entries.append(LibraryEntry(name, group, title, summary))
        return entries

    def _recent(self) -> list[LibraryEntry]:
        group = self.tr("Recent files")
        return [LibraryEntry(name, group, Path(name).stem, name, icon="document") for name in self.recent]

    def _unsaved(self) -> list[LibraryEntry]:
        """What was played with and not saved, newest first."""
        folder = self._unsaved_in
        paths = sorted(folder.glob("*.toml"), key=lambda path: path.stat().st_mtime, reverse=True) if folder else []
        group, summary = self.tr("Not saved"), self.tr("As it was left, with what was done by hand")
        return [LibraryEntry(str(path), group, path.stem, summary, icon="undo") for path in paths[:_MOST_RECENT]]

    def open(self, key: str) -> None:
        """Open an entry of the list."""
        if key in {entry.key for entry in self.connections()}:
            self.connection_chosen.emit(key)
            return
        path = Path(key)
        try:
            document = open_shipped(key) if key in shipped() else open_document(path)
        except ScenarioError as error:
            self.failed.emit(self.tr("{0} cannot be opened").format(path.name), error.mistakes)
        else:
            self.chosen.emit(document)

    def next(self) -> None:
        """Open what comes after the open one in the list; after the last the first."""
        names = shipped()
        place = names.index(self._panel.current()) + 1 if self._panel.current() in names else 0
        self.open(names[place % len(names)])

    def remember(self, path: Path) -> None:
        """A file was opened or saved."""
        name = str(path.resolve())
        self.recent = (name, *(each for each in self.recent if each != name))[:_MOST_RECENT]
        self.fill()

    def mark(self, document: Document) -> None:
        """Highlight what is open."""
        self._panel.set_current(document.key or str(document.path or ""))
