"""The simulator behind the window: a `Simulation`, paced against a clock, as a `Backend`."""

from __future__ import annotations

from collections.abc import Callable

from mqviz.backends.port import AmqpPort
from mqviz.backends.serving import MEMORY_LIMIT
from mqviz.backends.telling import Teller
from mqviz.clock import Clock, Pacer, unix_time
from mqviz.errors import BackendError
from mqviz.model.backend import (
    Can,
    ClosePort,
    Command,
    EndFault,
    Inject,
    Listen,
    OpenPort,
    Outcome,
    Pause,
    Restart,
    Resume,
    SetSpeed,
    Step,
    StopListening,
    Update,
)
from mqviz.model.faults import Cut
from mqviz.model.frames import Frames
from mqviz.model.scenario import Scenario
from mqviz.sim.simulation import Simulation
from mqviz.wire.relay import free_port

_ALL = ~(Can.CHOOSE_FEED | Can.CLONE)
_PACE = Can.PAUSE | Can.STEP | Can.SET_SPEED
"""What is missing while external clients are connected: their time cannot be turned."""


def _nobody_wakes() -> None:
    """Whoever drives the backend looks often enough."""


class EmbeddedBackend:
    """Computes in slots that its owner lends it; the simulation is watched, which does not change it.

    Commands are done at the beginning of the next slot, or at the next `observe` where the run is paused. `wake` is called, from
    another thread, when an external client has sent something.
    """

    def __init__(
        self, scenario: Scenario, clock: Clock, *, seed: int | None = None, speed: float = 1.0, wake: Callable[[], None] = _nobody_wakes
    ) -> None:
        self._clock = clock
        self._wake = wake
        self._seed = seed
        self._pacer = Pacer(clock, speed)
        self._simulation = Simulation(scenario, seed=seed, watch=True)
        self._commands: list[Command] = []
        self._outcomes: list[Outcome] = []
        self._listened_to = ""
        self._is_external = False
        self._teller: Teller | None = None
        self._port: AmqpPort | None = None
        self._led: tuple[float, bool] | None = None
        self._closed = False

    @property
    def simulation(self) -> Simulation:
        """The run as it is now; another one after a restart."""
        return self._simulation

    @property
    def can(self) -> Can:
        """Everything but what is for live brokers, and the pace while external clients are connected."""
        return _ALL if self._led is None else _ALL & ~_PACE

    def why_not(self, ability: Can) -> str:
        """It lacks nothing else."""
        if self._led is not None and ability in _PACE:
            return "external_clients"
        return "" if ability in _ALL else "simulated"

    # -- commands -----------------------------------------------------------------------------------------

    def submit(self, command: Command) -> None:
        """Take a command; its outcome comes with a later update."""
        self._commands.append(command)

    def _obey(self) -> None:
        commands, self._commands = self._commands, []
        self._outcomes += [self._do(command) for command in commands]

    def _do(self, command: Command) -> Outcome:
        now = self._simulation.now
        if self._led is not None and isinstance(command, Pause | Step | SetSpeed):
            return Outcome(number=command.number, done=False, reason="external_clients")
        match command:
            case OpenPort(host=host, port=port):
                return self._open_port(command, host, port)
            case ClosePort():
                self._close_port()
            case Inject() | EndFault():
                return self._harm(command)
            case Pause():
                self._pacer.pause(now)
            case Resume():
                self._pacer.resume(now)
            case SetSpeed(speed=speed):
                if not speed > 0.0:
                    return Outcome(number=command.number, done=False, reason="bad_speed", detail=str(speed))
                self._pacer.set_speed(speed, now)
            case Step():
                self._pacer.pause(now)
                return Outcome(number=command.number, answer=self._simulation.step())
            case Restart(scenario=scenario):
                self._restart(scenario or self._simulation.scenario)
            case Listen(client=client):
                return self._listen(command, client)
            case StopListening():
                self._hear("")
            case _:
                return self._simulation.apply(command)
        return Outcome(number=command.number)

    def _restart(self, scenario: Scenario) -> None:
        self._simulation = Simulation(scenario, seed=self._seed, watch=True, listen="" if self._is_external else self._listened_to)
        self._teller = None
        if self._port is not None:
            self._port.move_to(self._simulation.broker)
            self._let_in()
        self._pacer.set_speed(self._pacer.speed, 0.0)

    # -- external clients -----------------------------------------------------------------------------------

    def _open_port(self, command: Command, host: str, port: int) -> Outcome:
        self._close_port()
        address, simulation = (host, port), self._simulation
        try:
            self._port = AmqpPort(address, simulation.broker, self._clock, self._wake, self._count_foreign, self._note)
        except BackendError as error:
            return Outcome(number=command.number, done=False, reason="port_busy", detail=str(error), answer=free_port(host))
        self._let_in()
        return Outcome(number=command.number, answer=self._port.port)

    def _let_in(self) -> None:
        """A broker that strangers come to has the real date, does not end, and guards its memory."""
        simulation = self._simulation
        simulation.is_open = True
        simulation.broker.epoch = unix_time() - simulation.now
        if simulation.broker.spec.memory_limit is None:
            simulation.broker.set_memory_limit(MEMORY_LIMIT)

    def _close_port(self) -> None:
        if self._port is not None:
            self._port.close()
            self._port = None
        self._simulation.is_open = False
        self._lead()

    def _count_foreign(self) -> None:
        self._simulation.count_foreign()

    def _note(self, what: str, who: str, **facts: object) -> None:
        """What happened to a connection, for the event log."""
        name = str(facts.get("name") or who)
        if what in ("opened", "closed", "lost", "failed", "refused"):
            reason = str(facts.get("reason") or facts.get("text") or "")
            self._simulation.note(f"external_{what}", name, **({"reason": reason} if reason else {}))

    def _lead(self) -> None:
        """Time goes as it does for external clients while there are some, and as before when the last has gone."""
        is_led = self._port is not None and bool(self._port.guests)
        if is_led == (self._led is not None):
            return
        now = self._simulation.now
        if self._led is None:
            self._led = self._pacer.speed, self._pacer.paused
            self._pacer.resume(now)
            self._pacer.set_speed(1.0, now)
        else:
            speed, was_paused = self._led
            self._led = None
            self._pacer.set_speed(speed, now)
            if was_paused:
                self._pacer.pause(now)

    def _harm(self, command: Inject | EndFault) -> Outcome:
        """Faults of external clients are ours, all others the simulation's; a cut of the whole network is for both."""
        port, now = self._port, self._simulation.now
        if port is None:
            return self._simulation.apply(command)
        if isinstance(command, EndFault):
            return Outcome(number=command.number) if port.end_fault(command.id) else self._simulation.apply(command)
        try:
            return Outcome(number=command.number, answer=port.inject(command.fault, now))
        except KeyError:
            if isinstance(command.fault, Cut) and command.fault.target is None:
                port.cut_all()
            return self._simulation.apply(command)

    # -- listening ----------------------------------------------------------------------------------------

    def _listen(self, command: Command, client: str) -> Outcome:
        self._hear(client)
        if not self._listened_to:
            return Outcome(number=command.number, done=False, reason="no_connection", detail=client)
        return Outcome(number=command.number, answer=self._listened_to)

    def _hear(self, client: str) -> None:
        """Listen to a simulated or an external client, or to nobody."""
        external = "" if self._port is None else self._port.listen(client)
        self._is_external = bool(external)
        self._listened_to = self._simulation.listen("" if external else client) or external
        self._teller = None

    def _frames(self) -> Frames | None:
        """What the client that is listened to has said and heard since the last update."""
        if not self._listened_to:
            return None
        anew = self._teller is None
        if self._is_external and self._port is not None:
            self._teller = self._teller or Teller()
            return self._port.heard(self._listened_to, anew)
        said, left_out = self._simulation.drain_heard()
        self._teller = self._teller or Teller()
        return Frames(client=self._listened_to, frames=self._teller.tell(said), left_out=left_out, anew=anew)

    # -- time ---------------------------------------------------------------------------------------------

    def run(self, budget: float) -> float | None:
        """Work at most `budget` wall seconds; in how many to be run again, or None where nothing will happen without a command."""
        if self._closed:
            return None
        self._obey()
        port = self._port
        if port is None:
            return self._compute(budget)
        port.turn(self._simulation.now, budget)
        self._lead()
        wish = self._compute(budget)
        port.flush(self._simulation.now)
        return 0.0 if port.is_busy else wish

    def _compute(self, budget: float) -> float | None:
        """Let virtual time pass."""
        if self._pacer.paused or self._simulation.finished:
            return None
        simulation, clock = self._simulation, self._clock
        until = clock.now() + budget
        target = self._pacer.target(simulation.now)
        if not simulation.run_until(target, lambda: clock.now() >= until):
            return 0.0
        return None if simulation.finished else self._pacer.wait_for(simulation.now, simulation.scheduler.next_at)

    def observe(self) -> Update:
        """What is true now, what happened since the last call."""
        if not self._closed:
            self._obey()
        simulation, pacer, port = self._simulation, self._pacer, self._port
        outcomes, self._outcomes = tuple(self._outcomes), []
        snapshot = simulation.snapshot()
        return Update(
            snapshot=snapshot if port is None else port.added_to(snapshot),
            events=simulation.drain_events(),
            log=simulation.drain_log(),
            outcomes=outcomes,
            frames=self._frames(),
            port=None if port is None else port.port,
            speed=pacer.speed,
            paused=pacer.paused,
            lag=0.0 if simulation.finished else pacer.lag(simulation.now),
        )

    def close(self) -> None:
        """Close the port, where there is one."""
        self._close_port()
        self._closed = True
