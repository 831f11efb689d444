"""Play, pause, step, speed, restart: time is one for all sessions of the window, so that two runs can be compared."""

from __future__ import annotations

from math import inf

from PySide6.QtCore import QObject, Signal

from mqviz.gui.workspace import Workspace
from mqviz.model.backend import Can, Command, EndFault, Pause, Restart, Resume, SetSpeed, Step

SPEEDS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, inf)


class Runs(QObject):
    """Hands the commands of time to every session that has the ability. `speed_changed(factor)`: by the user."""

    speed_changed = Signal(float)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace

    def _to_all(self, command: Command, ability: Can) -> None:
        for session in self._workspace.sessions:
            if ability in session.backend.can:
                session.submit(command)

    @property
    def _paused(self) -> bool:
        active = self._workspace.active
        return active is not None and active.session.update.paused

    @property
    def speed(self) -> float:
        """The pace of the active session."""
        active = self._workspace.active
        return active.session.update.speed if active is not None else 1.0

    def play(self, on: bool) -> None:
        """Let time go on, or hold it; what has come to its end begins again."""
        active = self._workspace.active
        if active is not None and active.session.update.snapshot.finished:
            self.restart()
        else:
            self._to_all(Resume() if on else Pause(), Can.PAUSE)

    def toggle(self) -> None:
        """The opposite of what is."""
        self.play(self._paused)

    def step(self) -> None:
        """The next thing that happens, alone."""
        self._to_all(Step(), Can.STEP)

    def set_speed(self, speed: float) -> None:
        """Virtual seconds for each wall second."""
        self._to_all(SetSpeed(speed=speed), Can.SET_SPEED)
        self.speed_changed.emit(speed)

    def faster(self) -> None:
        """The next greater of the usual speeds."""
        self.set_speed(next((speed for speed in SPEEDS if speed > self.speed * 1.001), inf))

    def slower(self) -> None:
        """The next smaller of the usual speeds."""
        self.set_speed(next((speed for speed in reversed(SPEEDS) if speed < self.speed * 0.999), SPEEDS[0]))

    def restart(self) -> None:
        """All of them begin again at 0, with the documents as they are now."""
        for session in self._workspace.sessions:
            if Can.RESTART in session.backend.can:
                session.submit(Restart(scenario=session.document.scenario))
        if self._paused:
            self.play(True)

    def end_faults(self) -> None:
        """Take back everything that is at work on the active session."""
        active = self._workspace.active
        if active is not None:
            for fault in active.session.update.snapshot.faults:
                active.session.submit(EndFault(id=fault.id))
