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
        return {
            "name": self.tr("its name has no place in a scenario; it is left out."),
            "unknown_exchange_type": self.tr("this type of exchange is unknown to the simulator; it is left out:"),
            "queue_type": self.tr("this type of queue is not simulated; it is left out:"),
            "argument": self.tr("an argument is left out:"),
            "policy": self.tr("what its policy says stands as arguments now:"),
            "renamed": self.tr("is called otherwise in the scenario:"),
            "exclusive": self.tr("is exclusive on the broker; in the scenario anybody may consume from it."),
            "binding": self.tr("a binding is left out, to"),
            "too_many_queues": self.tr("There are more queues than a scenario may have:"),
            "no_rates": self.tr("Rates were not measured yet, so nobody publishes. Clone again a few seconds later."),
            "keys_guessed": self.tr("RabbitMQ does not count by routing key: keys are made up that give the measured rates."),
            "backlog": self.tr("its backlog is taken over in part:"),
            "service_guessed": self.tr("how long its work takes is guessed from its rate:"),
        }
