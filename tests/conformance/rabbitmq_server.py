"""The private RabbitMQ node as a server of the cases: one virtual host of it, and its levers."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from typing import Any

import pika

from mqviz.model.amqp import PolicySpec
from tests.rabbitmq_node import Vhost


class RabbitServer:
    """A `Server` in a virtual host of the node."""

    def __init__(self, vhost: Vhost) -> None:
        self._vhost = vhost
        self._node = vhost.node

    def parameters(self, **others: Any) -> pika.ConnectionParameters:
        """What pika needs to connect to the virtual host."""
        return self._vhost.parameters(**others)

    def normal(self, text: str) -> str:
        """The virtual host's name becomes `/`."""
        return re.sub(rf"\b{re.escape(self._vhost.name)}\b", "/", text)

    def restart(self) -> None:
        """The application goes down and up."""
        self._node.restart_app()

    def set_policy(self, policy: PolicySpec) -> None:
        """Sets or replaces a policy of the virtual host."""
        body = {
            "pattern": policy.pattern,
            "definition": policy.definition,
            "apply-to": policy.apply_to,
            "priority": policy.priority,
        }
        self._vhost.api("PUT", f"/api/policies/{{vhost}}/{policy.name}", body)

    def delete_policy(self, name: str) -> None:
        """Deletes a policy."""
        self._vhost.api("DELETE", f"/api/policies/{{vhost}}/{name}")

    def close_connection(self, name: str, reason: str) -> None:
        """As the management plugin does it: by the connection's process, with a reason."""
        find = "[Pid || [{pid, Pid}, {client_properties, Properties}] <- All, " + (f'lists:keymember(<<"{name}">>, 3, Properties)]')
        self._node.evaluate(
            "All = rabbit_networking:connection_info_all([pid, client_properties]), "
            f'[rabbit_networking:close_connection(Pid, "{reason}") || Pid <- {find}]'
        )

    def memory_alarm(self) -> AbstractContextManager[None]:
        """Inside, the node's memory is above the watermark."""
        return self._node.memory_alarm()

    def ack_timeout(self, seconds: float) -> AbstractContextManager[None]:
        """Channels opened inside must acknowledge within so many seconds."""
        return self._node.ack_timeout(seconds)
