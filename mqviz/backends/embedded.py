"""The simulator behind the window: a `Simulation`, paced against a clock, as a `Backend`."""

from __future__ import annotations

from mqviz.backends.telling import Teller
from mqviz.clock import Clock, Pacer
from mqviz.model.backend import Can, Command, Listen, Outcome, Pause, Restart, Resume, SetSpeed, Step, StopListening, Update
from mqviz.model.frames import Frames
from mqviz.model.scenario import Scenario
from mqviz.sim.simulation import Simulation

_ALL = ~(Can.CHOOSE_FEED | Can.CLONE)


class EmbeddedBackend:
    """Computes in slots that its owner lends it; the simulation is watched, which does not change it.

    Commands are done at the beginning of the next slot, or at the next `observe` where the run is paused.
    """

    def __init__(self, scenario: Scenario, clock: Clock, *, seed: int | None = None, speed: float = 1.0) -> None:
        self._clock = clock
        self._seed = seed
        self._pacer = Pacer(clock, speed)
        self._simulation = Simulation(scenario, seed=seed, watch=True)
        self._commands: list[Command] = []
        self._outcomes: list[Outcome] = []
        self._listened_to = ""
        self._teller: Teller | None = None
        self._closed = False

    @property
    def simulation(self) -> Simulation:
        """The run as it is now; another one after a restart."""
        return self._simulation

    @property
    def can(self) -> Can:
        """Everything but what is for live brokers."""
        return _ALL

    def why_not(self, ability: Can) -> str:
        """It lacks nothing else."""
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
        match command:
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
                self._listened_to = self._simulation.listen("")
            case _:
                return self._simulation.apply(command)
        return Outcome(number=command.number)

    def _restart(self, scenario: Scenario) -> None:
        self._simulation = Simulation(scenario, seed=self._seed, watch=True, listen=self._listened_to)
        self._teller = None
        self._pacer.set_speed(self._pacer.speed, 0.0)

    # -- listening ----------------------------------------------------------------------------------------

    def _listen(self, command: Command, client: str) -> Outcome:
        self._listened_to, self._teller = self._simulation.listen(client), None
        if not self._listened_to:
            return Outcome(number=command.number, done=False, reason="no_connection", detail=client)
        return Outcome(number=command.number, answer=self._listened_to)

    def _frames(self) -> Frames | None:
        """What the client that is listened to has said and heard since the last update."""
        if not self._listened_to:
            return None
        said, left_out = self._simulation.drain_heard()
        anew = self._teller is None
        self._teller = self._teller or Teller()
        return Frames(client=self._listened_to, frames=self._teller.tell(said), left_out=left_out, anew=anew)

    # -- time ---------------------------------------------------------------------------------------------

    def run(self, budget: float) -> float | None:
        """Work at most `budget` wall seconds; in how many to be run again, or None where nothing will happen without a command."""
        if self._closed:
            return None
        self._obey()
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
        simulation, pacer = self._simulation, self._pacer
        outcomes, self._outcomes = tuple(self._outcomes), []
        return Update(
            snapshot=simulation.snapshot(),
            events=simulation.drain_events(),
            log=simulation.drain_log(),
            outcomes=outcomes,
            frames=self._frames(),
            speed=pacer.speed,
            paused=pacer.paused,
            lag=0.0 if simulation.finished else pacer.lag(simulation.now),
        )

    def close(self) -> None:
        """There is no thread and no socket to end."""
        self._closed = True
