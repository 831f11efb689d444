"""What is turned while a scenario runs: settings of clients, services and queues; things declared and deleted.

What does not fit (no such target, a setting that the target does not have, a broker that is down) is noted in the log as
`command_refused` and otherwise left: a change planned in a file may come when its target has gone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import UNSET

from mqviz.engine.channel import Channel
from mqviz.errors import AmqpError, BackendError
from mqviz.model.faults import Changed, Names
from mqviz.model.scenario import Change, Declared, ServiceSpec, TranslatorSpec
from mqviz.sim.caller import Caller
from mqviz.sim.consumer import Consumer
from mqviz.sim.faults import Faults
from mqviz.sim.operator import at_work
from mqviz.sim.population import ClientSpec, Member, Population, Target, bare
from mqviz.sim.producer import Producer
from mqviz.sim.service import Service
from mqviz.sim.topology import unbind
from mqviz.sim.translator import Translator
from mqviz.sim.world import World

NETWORK = "network"
"""The target of a change that concerns everybody's network, unless a client is called so."""

NO_LIMIT = "none"
"""Takes a queue's limit away, since TOML has no null."""


class Changes:
    """Applies changes. `apply` says what was refused: pairs of what it was about and why (codes)."""

    def __init__(self, world: World, population: Population, faults: Faults) -> None:
        self._world = world
        self._population = population
        self._faults = faults

    def plan(self, change: Change) -> None:
        """A change of the file: it is made at its `at`."""
        self._world.scheduler.call_at(change.at, self._apply, change)

    def _apply(self, change: Change) -> None:
        self.apply(change)

    def apply(self, change: Change) -> list[tuple[str, str]]:
        """Make it now."""
        refused: list[tuple[str, str]] = []
        if change.delete is not None:
            refused += self._delete(change.delete)
        if change.declare is not None:
            refused += self._declare(change.declare)
        if change.set is not None:
            refused += self._set(change.target or "", change.set)
        for subject, reason in refused:
            self._world.note("command_refused", subject, reason=reason)
        if not refused:
            self._world.note("change_applied", change.target or "")
        return refused

    # -- set --------------------------------------------------------------------------------------------

    def _set(self, target: str, changed: Changed) -> list[tuple[str, str]]:
        refused: list[tuple[str, str]] = []
        if target == NETWORK and not self._population.has(target):
            return self._set_network(changed)
        if isinstance(changed.arguments, dict):
            refused += self._set_arguments(bare(target), changed.arguments)
        if isinstance(changed.count, int):
            refused += self._set_count(bare(target), changed.count)
        return refused + self._turn_all(target, changed)

    def _turn_all(self, target: str, changed: Changed) -> list[tuple[str, str]]:
        """Set what each member has for itself."""
        names = [name for name in Changed.__struct_fields__ if name not in ("arguments", "count")]
        wanted = [(name, value) for name in names if (value := getattr(changed, name)) is not UNSET]
        targets = self._population.find(target) if wanted else []
        if wanted and not targets:
            return [(target, "no_such_target")]
        if self._population.is_client(bare(target)):
            self._population.group(bare(target)).turned.update(wanted)
        return [(target, "not_settable") for name, value in wanted if not all(_turn(each, name, value) for each in targets)]

    def _set_arguments(self, queue: str, arguments: dict[str, Any]) -> list[tuple[str, str]]:
        world = self._world
        wanted = {name: None if value == NO_LIMIT else value for name, value in arguments.items()}
        if queue not in world.broker.queues:
            return [(queue, "no_such_target")]
        world.topology.overrides.setdefault(queue, {}).update(wanted)
        world.broker.set_arguments(queue, wanted)
        return []

    def _set_network(self, changed: Changed) -> list[tuple[str, str]]:
        """The latency of everybody, also of those who come later."""
        latency = changed.latency
        if not isinstance(latency, float) or changed != Changed(latency=latency):
            return [(NETWORK, "not_settable")]
        self._world.network = msgspec.structs.replace(self._world.network, latency=latency)
        for group in self._population.groups:
            group.turned.pop("latency", None)
        for each in self._population.everybody:
            each.set_latency(latency)
        return []

    def _set_count(self, client: str, count: int) -> list[tuple[str, str]]:
        if not self._population.is_client(client) or client in self._population.translators:
            return [(client, "no_such_target")]
        self._start(self._population.resize(client, count))
        return []

    # -- declare ----------------------------------------------------------------------------------------

    def _declare(self, declared: Declared) -> list[tuple[str, str]]:
        topology = self._world.topology
        topology.exchanges |= {each.name: each for each in declared.exchanges}
        topology.queues |= {each.name: each for each in declared.queues}
        topology.bindings += declared.bindings
        refused = self._at_broker(lambda channel: topology.declare_all(channel))
        for service in declared.services:
            refused += self._declare_service(service)
        clients: tuple[ClientSpec, ...] = (*declared.consumers, *declared.translators, *declared.producers)
        for client in clients:
            refused += self._declare_client(client)
        return refused

    def _declare_service(self, spec: ServiceSpec) -> list[tuple[str, str]]:
        """A service comes; one that was deleted may come back as it was."""
        population = self._population
        known = population.services.get(spec.name)
        if not population.has(spec.name):
            self._faults.greet(population.add_service(spec))
        elif known is None or known.spec != spec or not known.retired:
            return [(spec.name, "name_taken")]
        else:
            known.retire(False)
        return []

    def _declare_client(self, spec: ClientSpec) -> list[tuple[str, str]]:
        """A client comes; one that was deleted may come back as it was."""
        population = self._population
        called = None if isinstance(spec, TranslatorSpec) else spec.call
        if called is not None and called not in population.services:
            return [(called, "no_such_target")]
        if not population.has(spec.name):
            self._start(population.add(spec))
        elif spec.name in population.services or population.group(spec.name).spec != spec or population.group(spec.name).present:
            return [(spec.name, "name_taken")]
        else:
            population.resize(spec.name, 1 if isinstance(spec, TranslatorSpec) else spec.count)
        return []

    def _start(self, newcomers: list[Member]) -> None:
        """They begin as the others of their client are by now."""
        for each in newcomers:
            for name, value in self._population.group(each.client).turned.items():
                _turn(each, name, value)
            self._faults.greet(each)
            each.start()

    def _at_broker(self, action: Callable[[Channel], None]) -> list[tuple[str, str]]:
        try:
            with at_work(self._world.broker) as channel:
                action(channel)
        except AmqpError as error:
            return [(error.text, "refused_by_broker")]
        except BackendError:
            return [("", "broker_down")]
        return []

    # -- delete -----------------------------------------------------------------------------------------

    def _delete(self, names: Names) -> list[tuple[str, str]]:
        topology = self._world.topology
        refused = []
        for client in names.clients:
            if not self._retire(client):
                refused.append((client, "no_such_target"))
        for binding in names.bindings:
            topology.bindings = [each for each in topology.bindings if each != binding]
        for name in names.queues:
            topology.forget_queue(name)
        for name in names.exchanges:
            topology.exchanges.pop(name, None)
        if names.queues or names.exchanges or names.bindings:
            refused += self._at_broker(lambda channel: _delete_at(channel, names))
        return refused

    def _retire(self, client: str) -> bool:
        found = self._population.find(client)
        for each in found:
            each.retire(True)
        return bool(found)


def _delete_at(channel: Channel, names: Names) -> None:
    for binding in names.bindings:
        unbind(channel, binding)
    for queue in names.queues:
        channel.delete_queue(queue)
    for exchange in names.exchanges:
        channel.delete_exchange(exchange)


_SETTERS: dict[tuple[type[Target], str], Callable[[Any, Any], None]] = {
    (Producer, "latency"): Producer.set_latency,
    (Caller, "latency"): Caller.set_latency,
    (Consumer, "latency"): Consumer.set_latency,
    (Translator, "latency"): Translator.set_latency,
    (Producer, "rate"): lambda producer, rate: producer.workload.set_rate(rate),
    (Producer, "confirm"): Producer.set_confirm,
    (Producer, "size"): Producer.set_size,
    (Producer, "priority"): Producer.set_priority,
    (Caller, "rate"): lambda caller, rate: caller.workload.set_rate(rate),
    (Consumer, "prefetch"): Consumer.set_prefetch,
    (Consumer, "workers"): Consumer.set_workers,
    (Consumer, "service"): Consumer.set_service,
    (Service, "workers"): Service.set_workers,
    (Service, "accept"): lambda service, accept: setattr(service, "accept", accept),
    (Service, "timeout"): lambda service, timeout: setattr(service, "timeout", timeout),
    (Service, "service"): Service.set_service,
    (Translator, "service"): Translator.set_service,
}
"""What can be turned on what."""


def _turn(target: Target, name: str, value: Any) -> bool:
    setter = _SETTERS.get((type(target), name))
    if setter is not None:
        setter(target, value)
    return setter is not None
