"""Names of a scenario on the real broker: its own in a virtual host of its own, else under a prefix."""

from __future__ import annotations

from dataclasses import dataclass

import pika

from mqviz.model.amqp import Arguments, Properties
from mqviz.sim.requests import REPLY_TO

_EXCHANGES = ("x-dead-letter-exchange", "alternate-exchange", "dead-letter-exchange")
_FIELDS = tuple(name for name in Properties.__struct_fields__)


@dataclass(frozen=True, slots=True)
class Naming:
    """`prefix` stands before every queue and exchange; empty in a virtual host of its own."""

    prefix: str = ""

    def queue(self, name: str) -> str:
        """A queue as the broker knows it; addresses of direct replies are the broker's own."""
        return name if not self.prefix or name.startswith(REPLY_TO) else self.prefix + name

    def exchange(self, name: str) -> str:
        """An exchange as the broker knows it; the default exchange has no other name."""
        return self.prefix + name if name else name

    def is_given(self, exchange: str) -> bool:
        """Whether the broker has this exchange by itself."""
        return not exchange or (not self.prefix and exchange.startswith("amq."))

    def key(self, exchange: str, routing_key: str) -> str:
        """A routing key: to the default exchange it is the name of a queue."""
        return routing_key if exchange else self.queue(routing_key)

    def own_exchange(self, name: str) -> str:
        """The scenario's name of an exchange of the broker."""
        return name.removeprefix(self.prefix) if self.prefix else name

    def own_key(self, exchange: str, routing_key: str) -> str:
        """The scenario's form of a routing key that came with a delivery."""
        return routing_key.removeprefix(self.prefix) if self.prefix and not exchange else routing_key

    def arguments(self, given: Arguments) -> Arguments:
        """Arguments, or the definition of a policy, whose values name exchanges or, through the default exchange, queues."""
        made = {name: self.exchange(value) if name in _EXCHANGES else value for name, value in given.items()}
        for mark in ("x-", ""):
            key = f"{mark}dead-letter-routing-key"
            if key in made and made.get(f"{mark}dead-letter-exchange") == "":
                made[key] = self.queue(made[key])
        return made


def to_pika(properties: Properties, stamp: str) -> pika.BasicProperties:
    """Properties as pika sends them, with the stamp as message id."""
    made = pika.BasicProperties(**{name: value for name in _FIELDS if (value := getattr(properties, name)) is not None})
    made.message_id = stamp
    return made


def from_pika(properties: pika.BasicProperties) -> Properties:
    """Properties as they came, without the stamp."""
    values = {name: value for name in _FIELDS if (value := getattr(properties, name, None)) is not None}
    values.pop("message_id", None)
    return Properties(**values)
