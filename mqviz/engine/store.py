"""What must outlive a crash goes through here; a log on disk may stand behind it. In memory there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol

from mqviz.engine.message import Message
from mqviz.model.amqp import BindingSpec, ExchangeSpec, PolicySpec, QueueSpec

Definition = ExchangeSpec | QueueSpec | BindingSpec | PolicySpec
"""Something durable that was declared."""


class Kept(NamedTuple):
    """A message of a durable queue, as it comes back.

    `redelivered`: it had been delivered before, or may have been; `expires`: virtual time from which it is expired;
    `deliveries`: how often it had been delivered, for a quorum queue.
    """

    queue: str
    serial: int
    message: Message
    redelivered: bool
    expires: float | None = None
    deliveries: int = 0


class Store(Protocol):
    """Remembers durable definitions, persistent messages in durable queues, and all messages in quorum queues."""

    def definitions(self) -> Iterable[Definition]:
        """What was declared and not deleted before the crash, in that order."""

    def messages(self) -> Iterable[Kept]:
        """What was kept and not forgotten before the crash, in the order of serials for each queue."""

    def declared(self, what: Definition) -> None:
        """A durable exchange, queue or binding, or a policy, is there now."""

    def deleted(self, what: Definition) -> None:
        """It is gone; a queue with all its messages."""

    def keep(self, queue: str, serial: int, message: Message, expires: float | None) -> None:
        """A message entered a queue; it will be expired at virtual time `expires`."""

    def delivered(self, queue: str, serial: int) -> None:
        """It went out, for the first time or from a quorum queue: it comes back redelivered."""

    def forget(self, queue: str, serial: int) -> None:
        """It is settled or gone."""

    def when_safe(self, action: Callable[[Any, bool], None], argument: Any) -> None:
        """Call back, perhaps at once, when everything told so far would outlive a crash: publishes are confirmed then.

        The second argument is false where that could not be done, as on a full disk.
        """
