"""Where on a broker a run takes place: a virtual host of its own where the account may make one, else under a prefix.

Everything is noted before it is made, and removed by what the note says.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from typing import Any

import pika
from msgspec.structs import replace
from pika.exceptions import AMQPError, ChannelClosedByBroker

from mqviz.backends.loadgen.admin import Admin
from mqviz.backends.loadgen.leftovers import Note, Notes, hold_port
from mqviz.backends.loadgen.naming import Naming
from mqviz.backends.loadgen.refusals import trouble_in
from mqviz.backends.tls import context_for
from mqviz.backends.troubles import TroubleError
from mqviz.clock import date_and_time
from mqviz.engine.broker import Broker
from mqviz.model.feed import LiveBroker
from mqviz.model.scenario import Scenario


class Place:
    """One run's place. `broker` has the virtual host in which it is; `may_set_policies`: whether the account may."""

    def __init__(self, broker: LiveBroker, password: str, notes: Notes, *, prefix: bool = False) -> None:
        self._password = password
        self._notes = notes
        self._alive: socket.socket = hold_port()
        self.run = f"mqviz-{re.sub('[^0-9]', '', date_and_time())}-{self._alive.getsockname()[1]}"
        tags = () if prefix else _tags(broker, password)
        self.own = "administrator" in tags
        self.may_set_policies = bool({"administrator", "policymaker"} & set(tags))
        self.naming = Naming("" if self.own else f"{self.run}.")
        self.broker = replace(broker, virtual_host=self.run) if self.own else broker
        self._note = Note(run=self.run, broker=self.broker, own=self.own, alive=self._alive.getsockname()[1])

    def prepare(self, scenario: Scenario) -> None:
        """Note what will be declared, make the virtual host, set the policies."""
        names = self.naming
        queues = [each.name for each in scenario.queues]
        exchanges = [each.name for each in scenario.exchanges]
        for change in scenario.changes:
            if change.declare is not None:
                queues += [each.name for each in change.declare.queues]
                exchanges += [each.name for each in change.declare.exchanges]
        self._note = replace(
            self._note,
            queues=tuple(names.queue(name) for name in queues),
            exchanges=tuple(names.exchange(name) for name in exchanges if not names.is_given(name)),
            policies=tuple(f"{self.naming.prefix}{each.name}" for each in scenario.policies),
        )
        self._notes.write(self._note)
        if self.own or (scenario.policies and self.may_set_policies):
            with closing(Admin(self.broker, self._password)) as admin:
                if self.own:
                    admin.make_virtual_host(self.run)
                self._set_policies(admin, scenario)

    def _set_policies(self, admin: Admin, scenario: Scenario) -> None:
        for each in scenario.policies:
            pattern = _under(self.naming.prefix, each.pattern)
            name, definition = f"{self.naming.prefix}{each.name}", self.naming.arguments(each.definition)
            admin.set_policy(self.broker.virtual_host, name, pattern, definition, each.apply_to, each.priority)

    def note_names(self, broker: Broker) -> None:
        """Something more was declared by hand: note it before the broker hears of it."""
        names = self.naming
        queues = {*self._note.queues, *(names.queue(name) for name in broker.queues)}
        exchanges = {*self._note.exchanges, *(names.exchange(name) for name in broker.exchanges if not names.is_given(name))}
        if queues != set(self._note.queues) or exchanges != set(self._note.exchanges):
            self._note = replace(self._note, queues=tuple(sorted(queues)), exchanges=tuple(sorted(exchanges)))
            self._notes.write(self._note)

    def parameters(self, name: str) -> pika.ConnectionParameters:
        """What pika needs to connect, for a client of that name."""
        return parameters_for(self.broker, self._password, name)

    def remove(self) -> None:
        """Everything that was made is deleted. TroubleError where the broker cannot be reached: the note stays."""
        remove(self._note, self._password, self._notes)
        self._alive.close()

    def forget(self) -> None:
        """Nothing was made: there is nothing to be removed."""
        self._notes.forget(self._note)
        self._alive.close()

    def abandon(self) -> None:
        """Nothing can be removed now: leave the note for the next start."""
        self._alive.close()


def _under(prefix: str, pattern: str) -> str:
    """A policy's pattern for names that have the prefix."""
    if not prefix:
        return pattern
    rest = pattern[1:] if pattern.startswith("^") else f".*{pattern}"
    return f"^{re.escape(prefix)}{rest}"


def _tags(broker: LiveBroker, password: str) -> tuple[str, ...]:
    """The account's tags; none where the management API does not answer us."""
    if not broker.management:
        return ()
    with suppress(TroubleError), closing(Admin(broker, password)) as admin:
        return admin.tags()
    return ()


def parameters_for(broker: LiveBroker, password: str, name: str) -> pika.ConnectionParameters:
    """What pika needs to connect to a broker."""
    tls = broker.tls
    ssl = None if tls is None else pika.SSLOptions(context_for(tls), tls.server_name or broker.host)
    return pika.ConnectionParameters(
        host=broker.host,
        port=broker.port,
        virtual_host=broker.virtual_host,
        credentials=pika.PlainCredentials(broker.user, password),
        ssl_options=ssl,
        socket_timeout=broker.connect_timeout,
        stack_timeout=broker.connect_timeout + broker.answer_timeout,
        client_properties={"connection_name": name, "product": "mqviz"},
    )


def remove(note: Note, password: str, notes: Notes) -> None:
    """Delete what a note names, and forget it."""
    if note.own or note.policies:
        with closing(Admin(note.broker, password)) as admin:
            if note.own:
                admin.delete_virtual_host(note.broker.virtual_host)
            else:
                for policy in note.policies:
                    admin.delete_policy(note.broker.virtual_host, policy)
    if not note.own:
        _delete_all(note, password)
    notes.forget(note)


def _delete_all(note: Note, password: str) -> None:
    try:
        connection = pika.BlockingConnection(parameters_for(note.broker, password, "mqviz clean-up"))
        with closing(connection):
            for queue in note.queues:
                _try(connection, partial(_delete_queue, queue))
            for exchange in note.exchanges:
                _try(connection, partial(_delete_exchange, exchange))
    except (AMQPError, OSError) as error:
        raise trouble_in(error) from None


def _delete_queue(name: str, channel: Any) -> None:
    channel.queue_delete(name)


def _delete_exchange(name: str, channel: Any) -> None:
    channel.exchange_delete(name)


def _try(connection: pika.BlockingConnection, step: Callable[[Any], object]) -> None:
    """What may not be deleted by this account was not declared by it either."""
    with suppress(ChannelClosedByBroker):
        channel = connection.channel()
        step(channel)
        channel.close()
