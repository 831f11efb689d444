"""How a verb of a channel fails: the channel, or the connection, closes as the reply code demands; then the caller hears of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from mqviz.errors import AmqpError

P = ParamSpec("P")
R = TypeVar("R")


class Failing(Protocol):
    """What a verb needs of its channel."""

    @property
    def is_open(self) -> bool:
        """Whether it can still be used."""

    def gone(self) -> AmqpError:
        """The error of a verb on a channel that is closed."""

    def fail(self, error: AmqpError, class_id: int, method_id: int) -> AmqpError:
        """Close what the error closes; gives it back to be raised."""


C = TypeVar("C", bound=Failing)


def verb(
    class_id: int, method_id: int
) -> Callable[[Callable[Concatenate[C, P], R]], Callable[Concatenate[C, P], R]]:
    """Marks a method of AMQP by its numbers. (publish, ack and the like do the same by hand: they are in a hurry.)"""

    def decorate(method: Callable[Concatenate[C, P], R]) -> Callable[Concatenate[C, P], R]:
        @wraps(method)
        def checked(channel: C, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not channel.is_open:
                raise channel.gone()
            try:
                return method(channel, *args, **kwargs)
            except AmqpError as error:
                raise channel.fail(error, class_id, method_id) from None

        return checked

    return decorate
