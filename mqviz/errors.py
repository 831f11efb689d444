"""Our one family of errors."""

from __future__ import annotations


class MqvizError(Exception):
    """Anything that mqviz itself has to say about something that went wrong."""


class AmqpError(MqvizError):
    """A peer broke a rule of AMQP: reply code, RabbitMQ's text, and what closes because of it.

    `code` decides the scope: a soft error (AMQP 0-9-1, 1.2) closes the channel, a hard one the connection.
    `class_id` and `method_id` name the method at fault, 0 where there is none.
    """

    SOFT = frozenset({311, 313, 403, 404, 405, 406})

    def __init__(self, code: int, text: str, class_id: int = 0, method_id: int = 0) -> None:
        super().__init__(f"{code} {text}")
        self.code = code
        self.text = text
        self.class_id = class_id
        self.method_id = method_id

    @property
    def closes_connection(self) -> bool:
        """Whether the whole connection closes, not only the channel."""
        return self.code not in self.SOFT


class ScenarioError(MqvizError):
    """A file that cannot be used, with every mistake in it: one line each, with its place."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class BackendError(MqvizError):
    """A broker could not be reached or refused what it was asked."""
