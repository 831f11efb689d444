"""All clients and services of a run, by name: made from their specs, found by target, more or fewer of them as it runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from mqviz.model.scenario import ConsumerSpec, ProducerSpec, ServiceSpec, TranslatorSpec, members
from mqviz.sim.caller import Caller
from mqviz.sim.consumer import Consumer
from mqviz.sim.producer import Producer
from mqviz.sim.service import Service
from mqviz.sim.translator import Translator
from mqviz.sim.world import World

ClientSpec = ProducerSpec | ConsumerSpec | TranslatorSpec
Member = Producer | Caller | Consumer | Translator
Target = Member | Service

S = TypeVar("S")
M = TypeVar("M", bound=Member)


class Group(Generic[S, M]):
    """A client of the file: its spec, and its members in the order of their numbers, those that have left among them.

    `turned`: what was set for all of them since, and holds for those who come later.
    """

    def __init__(self, spec: S) -> None:
        self.spec = spec
        self.turned: dict[str, Any] = {}
        self.members: list[M] = []

    @property
    def present(self) -> list[M]:
        """Those that have not left for good."""
        return [each for each in self.members if not each.retired]


AnyGroup = Group[ProducerSpec, Producer | Caller] | Group[ConsumerSpec, Consumer] | Group[TranslatorSpec, Translator]


class Population:
    """Who is there. Dictionaries keep the order in which the file, then the run, brought them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.producers: dict[str, Group[ProducerSpec, Producer | Caller]] = {}
        self.consumers: dict[str, Group[ConsumerSpec, Consumer]] = {}
        self.translators: dict[str, Group[TranslatorSpec, Translator]] = {}
        self.services = world.services

    # -- coming -----------------------------------------------------------------------------------------

    def add_service(self, spec: ServiceSpec) -> Service:
        """A service begins."""
        world = self._world
        service = self.services[spec.name] = Service(world.scheduler, spec, world.seed, world.measures)
        return service

    def add(self, spec: ClientSpec) -> list[Member]:
        """A client begins, with all its members; they are not connected yet."""
        if isinstance(spec, ProducerSpec):
            self.producers[spec.name] = Group(spec)
        elif isinstance(spec, ConsumerSpec):
            self.consumers[spec.name] = Group(spec)
        else:
            self.translators[spec.name] = Group(spec)
        return self.resize(spec.name, 1 if isinstance(spec, TranslatorSpec) else spec.count)

    def resize(self, client: str, count: int) -> list[Member]:
        """So many members: new ones, which are given back, or some that left come back; or the last ones leave."""
        made: list[Member] = []
        group = self.group(client)
        for i, name in enumerate(members(client, max(count, len(group.members)))):
            if i >= len(group.members):
                made.append(self._make(client, name))
            elif group.members[i].retired != (i >= count):
                group.members[i].retire(i >= count)
        return made

    def _make(self, client: str, name: str) -> Member:
        world = self._world
        member: Member
        if client in self.producers:
            spec = self.producers[client].spec
            member = Producer(world, spec, name) if spec.call is None else Caller(world, spec, name)
            self.producers[client].members.append(member)
        elif client in self.consumers:
            member = Consumer(world, self.consumers[client].spec, name)
            self.consumers[client].members.append(member)
        else:
            member = Translator(world, self.translators[client].spec, client)
            self.translators[client].members.append(member)
        world.node_of[member.name] = member.node
        return member

    def has(self, name: str) -> bool:
        """Whether there is, or was, a client or a service of that name."""
        return name in self.services or self.is_client(name)

    def is_client(self, name: str) -> bool:
        """Whether it is the name of a client, and neither of one of its members nor of a service."""
        return name in self.producers or name in self.consumers or name in self.translators

    # -- finding ----------------------------------------------------------------------------------------

    def group(self, client: str) -> AnyGroup:
        """The client of that name; KeyError where there is none."""
        return self.producers.get(client) or self.consumers.get(client) or self.translators[client]

    @property
    def groups(self) -> Iterator[AnyGroup]:
        """All clients."""
        yield from self.producers.values()
        yield from self.consumers.values()
        yield from self.translators.values()

    @property
    def everybody(self) -> Iterator[Member]:
        """All members of all clients, those that have left too."""
        for group in self.groups:
            yield from group.members

    def find(self, target: str) -> list[Target]:
        """What a target of the file means: all members of a client, one of them, or a service."""
        name = bare(target)
        if name in self.services:
            return [self.services[name]]
        return [each for each in self.everybody if name in (each.client, each.name)]


def bare(target: str) -> str:
    """The name in a target, which may have the prefix of a node's id."""
    kind, colon, name = target.partition(":")
    return name if colon and kind in ("producer", "consumer", "service", "translator", "queue", "exchange") else target
