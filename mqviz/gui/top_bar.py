"""The top of the window: run, pause, step, pace, virtual time, and what can be broken.

It knows no backend: it shows what it is told and says by signal what the user wants. It names the keys (1 to 5, space, Ctrl+R,
full stop), but they belong to the window's actions. Below 1440 px it gives up words step by step, down to pictures at 1024.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QWidget

from mqviz.gui import icons, theme
from mqviz.gui.controls.fault_button import FaultButton
from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.controls.labels import label, section
from mqviz.gui.controls.speed_slider import SpeedSlider
from mqviz.gui.controls.virtual_clock import VirtualClock
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Space

HEIGHT = 60
FAULTS = {"spike": "spike", "kill": "kill", "slow": "slow", "restart": "broker-restart", "cut": "cut"}
"""Kinds of faults in the order of their keys, with their icons."""


Words = Literal["long", "short", "none"]


@dataclass(frozen=True, slots=True)
class _Fit:
    """How much room the bar takes: what it still shows."""

    words: Words
    slider: int
    caption: bool = False
    name: bool = True


_FITS = (
    _Fit("long", 210, caption=True),
    _Fit("long", 210),
    _Fit("long", 170),
    _Fit("short", 210, caption=True),
    _Fit("short", 210),
    _Fit("short", 170),
    _Fit("none", 210),
    _Fit("none", 170),
    _Fit("none", 168, name=False),
)


class TopBar(QFrame):
    """All signals are wishes; what is true comes back through the setters."""

    restart_requested = Signal()
    play_toggled = Signal(bool)
    step_requested = Signal()
    speed_chosen = Signal(float)
    fault_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._paused = False
        self._reasons: dict[str, str] = {}
        self._needs = [0]
        self._make_parts()
        self._arrange()
        self._connect()
        self._dress()
        self._retranslate()

    # Building

    def _make_parts(self) -> None:
        self._logo = QLabel()
        self._name = label("mqviz", "", Size.CLOCK, Weight.SEMIBOLD)
        self._restart = IconButton("restart", "", size=18)
        self._play = IconButton("pause", "", token="text_on_accent", size=18)
        self._step = IconButton("step", "", size=18)
        self._speed = SpeedSlider("")
        self._clock = VirtualClock()
        self._caption = section("")
        self._faults = {kind: FaultButton(icon, "", str(key)) for key, (kind, icon) in enumerate(FAULTS.items(), 1)}
        self._controls: dict[str, QWidget] = {"restart_run": self._restart, "play": self._play, "step": self._step, "speed": self._speed}
        self._trailing = QHBoxLayout()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.setSpacing(Space.S)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.addWidget(self._logo)
        row.addWidget(self._name)
        row.addSpacing(Space.M)
        row.addWidget(self._transport())
        row.addSpacing(Space.S)
        row.addWidget(self._speed)
        row.addWidget(self._clock)
        row.addStretch(1)
        row.addWidget(self._caption)
        row.addSpacing(Space.XS)
        for button in self._faults.values():
            row.addWidget(button)
        row.addLayout(self._trailing)

    def _transport(self) -> QFrame:
        track = QFrame()
        track.setProperty("role", "track")
        row = QHBoxLayout(track)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(1)
        for button in (self._restart, self._play, self._step):
            button.setFixedSize(37, 30)
            row.addWidget(button)
        self._play.setProperty("role", "primary")
        track.setFixedHeight(36)
        return track

    def _connect(self) -> None:
        self._restart.clicked.connect(self.restart_requested)
        self._play.clicked.connect(self.toggle_play)
        self._step.clicked.connect(self.step_requested)
        self._speed.chosen.connect(self.speed_chosen)
        theme.notifier().changed.connect(self._dress)
        for kind, button in self._faults.items():
            button.clicked.connect(lambda _=False, kind=kind: self.fault_requested.emit(kind))

    # Words

    def changeEvent(self, event: QEvent) -> None:
        """Speaks another language at once."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._caption.setText(self.tr("Inject fault"))
        self._speed.setAccessibleName(self.tr("Speed"))
        self._name_controls()
        self._measure()
        self._fit(self.width())

    def _name_controls(self) -> None:
        hints = self._control_hints()
        names = {"restart_run": self.tr("Restart"), "play": self.tr("Play") if self._paused else self.tr("Pause"), "step": self.tr("Step")}
        for kind, widget in self._controls.items():
            reason = self._reasons.get(kind, "")
            widget.setEnabled(not reason)
            widget.setAccessibleName(names.get(kind, widget.accessibleName()))
            widget.setToolTip(reason or hints[kind])
        token = "text_on_accent" if self._play.isEnabled() else "text_disabled"
        self._play.set_icon("play" if self._paused else "pause", token)

    def _control_hints(self) -> dict[str, str]:
        return {
            "restart_run": self.tr("Start again from the beginning (Ctrl+R)"),
            "play": self.tr("Play (Space)") if self._paused else self.tr("Pause (Space)"),
            "step": self.tr("Go on to the next event (full stop)"),
            "speed": self.tr("How fast virtual time runs; at the right end as fast as it goes"),
        }

    def _word_faults(self, words: Words) -> None:
        texts = self._short_texts() if words == "short" else self._long_texts()
        hints = self._fault_hints()
        for kind, button in self._faults.items():
            button.set_compact(words == "none")
            button.set_text(texts[kind], hints[kind])

    def _long_texts(self) -> dict[str, str]:
        return {
            "spike": self.tr("Spike"),
            "kill": self.tr("Kill consumer"),
            "slow": self.tr("Slow consumer"),
            "restart": self.tr("Broker restart"),
            "cut": self.tr("Network cut"),
        }

    def _short_texts(self) -> dict[str, str]:
        return {
            "spike": self.tr("Spike"),
            "kill": self.tr("Kill"),
            "slow": self.tr("Slow"),
            "restart": self.tr("Broker"),
            "cut": self.tr("Cut"),
        }

    def _fault_hints(self) -> dict[str, str]:
        return {
            "spike": self.tr("Spike: the producers send many times as much for a while (1)"),
            "kill": self.tr("Kill consumer: what it holds unacked goes back to the queue (2)"),
            "slow": self.tr("Slow consumer: its work takes much longer (3)"),
            "restart": self.tr("Broker restart: only durable queues and persistent messages survive (4)"),
            "cut": self.tr("Network cut: connections drop, and what was on its way is lost (5)"),
        }

    # What is true

    def show_clock(
        self, time: float, lag: float, speed: float, paused: bool, *, live: bool = False, ended: bool = False, held: bool = False
    ) -> None:
        """Virtual seconds, lag in wall seconds, pace; called every frame. `live`: a real broker's. `ended`: it stands for good.

        `held`: external clients lead the pace.
        """
        self._clock.show_time(time, lag, speed, paused, live, ended, held)
        paused = paused or ended
        self._speed.set_speed(speed)
        if paused != self._paused:
            self._paused = paused
            self._name_controls()

    def set_available(self, kind: str, available: bool, reason: str = "") -> None:
        """Greys a fault, or `restart_run`, `play`, `step`, `speed`, with the reason as its tooltip."""
        told = "" if available else reason or self.tr("Not possible here")
        if kind in self._faults:
            self._faults[kind].set_reason(told)
        elif kind not in self._controls:
            raise KeyError(kind)
        elif told != self._reasons.get(kind, ""):
            self._reasons[kind] = told
            self._name_controls()

    def set_active(self, kind: str, active: bool) -> None:
        """Shows that a fault of this kind is in effect somewhere."""
        self._faults[kind].set_active(active)

    def set_armed(self, kind: str, armed: bool) -> None:
        """Shows that a fault waits for its target to be picked."""
        self._faults[kind].set_armed(armed)

    @property
    def faults(self) -> tuple[str, ...]:
        """The kinds that have a button, in the order of their keys."""
        return tuple(self._faults)

    def add_trailing(self, widget: QWidget) -> None:
        """Puts something at the right end, e.g. what the window is connected to."""
        self._trailing.addWidget(widget)
        self._measure()
        self._fit(self.width())

    def toggle_play(self) -> None:
        """Wishes for the opposite of what is."""
        if self._play.isEnabled():
            self.play_toggled.emit(self._paused)

    # Fitting

    def sizeHint(self) -> QSize:
        """As wide as the window."""
        return QSize(1440, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Pictures only."""
        return QSize(min(self._needs), HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shows as many words as there is room for."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _measure(self) -> None:
        layout = self.layout()
        assert layout is not None
        needs = []
        for fit in _FITS:
            self._wear(fit)  # Qt may ask for the smallest size meanwhile
            layout.invalidate()
            needs.append(layout.minimumSize().width())
        self._needs = needs
        self._worn = _FITS[-1]

    def _fit(self, width: int) -> None:
        fit = next((fit for fit, need in zip(_FITS, self._needs, strict=True) if need <= width), _FITS[-1])
        if fit is not self._worn:
            self._wear(fit)

    def _wear(self, fit: _Fit) -> None:
        self._worn = fit
        self._caption.setVisible(fit.caption)
        self._name.setVisible(fit.name)
        self._speed.setFixedWidth(fit.slider)
        self._word_faults(fit.words)

    def _dress(self) -> None:
        self._logo.setPixmap(icons.logo(28))
