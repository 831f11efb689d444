"""What could not be taken over from a live broker into a scenario, in words."""

from __future__ import annotations

from PySide6.QtCore import QObject

from mqviz.model.backend import Note


class NoteWords(QObject):
    """Codes of `Note` in the language of the window; a code without a word is shown as it is."""

    def line(self, note: Note) -> str:
        """What it is about, and why."""
        subject = note.subject.partition(":")[2] or note.subject
        said = self._reasons().get(note.reason, note.reason)
        return " ".join(filter(None, (f"{subject}:" if subject else "", said, note.detail)))

    def _reasons(self) -> dict[str, str]:
        return {}
