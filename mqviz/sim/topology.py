"""What the file declares, and how clients declare it again: a program brings its own queue with it when it connects."""

from __future__ import annotations

from mqviz.engine.channel import Channel
from mqviz.model.amqp import Arguments, BindingSpec, ExchangeSpec, QueueSpec


class Topology:
    """Exchanges, queues and bindings of the scenario by name, changed as the run changes them.

    After a restart of the broker, or when an exclusive or auto-delete queue has gone, the consumer of a queue declares it
    again with its bindings and their exchanges, as RabbitMQ's clients do on reconnection; a producer declares its exchange.
    """

    def __init__(self) -> None:
        self.exchanges: dict[str, ExchangeSpec] = {}
        self.queues: dict[str, QueueSpec] = {}
        self.bindings: list[BindingSpec] = []
        self.overrides: dict[str, Arguments] = {}

    def declare_all(self, channel: Channel) -> None:
        """Declare everything but exclusive queues, which belong to their consumers' connections."""
        for exchange in self.exchanges:
            self.declare_exchange(channel, exchange)
        for name, spec in self.queues.items():
            if not spec.exclusive and name not in channel.broker.queues:
                self._declare(channel, name)
        for binding in self.bindings:
            if not self._is_exclusive(binding):
                bind(channel, binding)

    def _is_exclusive(self, binding: BindingSpec) -> bool:
        queue = self.queues.get(binding.destination)
        return binding.destination_type == "queue" and queue is not None and queue.exclusive

    def declare_exchange(self, channel: Channel, name: str) -> None:
        """Declare an exchange of the file, unless it is there."""
        spec = self.exchanges.get(name)
        if spec is None or name in channel.broker.exchanges:
            return
        channel.declare_exchange(
            name,
            spec.type,
            durable=spec.durable,
            auto_delete=spec.auto_delete,
            internal=spec.internal,
            arguments=dict(spec.arguments),
        )

    def declare_queue(self, channel: Channel, name: str) -> None:
        """Declare a queue of the file with its bindings, unless it is there."""
        if name not in self.queues or name in channel.broker.queues:
            return
        self._declare(channel, name)
        for binding in self.bindings:
            if binding.destination_type == "queue" and binding.destination == name:
                self.declare_exchange(channel, binding.source)
                bind(channel, binding)

    def _declare(self, channel: Channel, name: str) -> None:
        spec = self.queues[name]
        channel.declare_queue(
            name,
            durable=spec.durable,
            exclusive=spec.exclusive,
            auto_delete=spec.auto_delete,
            arguments=dict(spec.arguments),
        )
        if name in self.overrides:
            channel.broker.set_arguments(name, self.overrides[name])

    def forget_queue(self, name: str) -> None:
        """A queue is deleted for good: nobody declares it again."""
        self.queues.pop(name, None)
        self.overrides.pop(name, None)
        self.bindings = [each for each in self.bindings if each.destination_type != "queue" or each.destination != name]


def bind(channel: Channel, binding: BindingSpec) -> None:
    """Make a binding."""
    verb = channel.bind_exchange if binding.destination_type == "exchange" else channel.bind
    verb(binding.destination, binding.source, binding.routing_key, dict(binding.arguments))


def unbind(channel: Channel, binding: BindingSpec) -> None:
    """Take a binding away."""
    verb = channel.unbind_exchange if binding.destination_type == "exchange" else channel.unbind
    verb(binding.destination, binding.source, binding.routing_key, dict(binding.arguments))
