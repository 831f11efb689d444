"""Colours, type scale and spacing, and how they reach every widget of the program.

A `Theme` is one frozen value read from `resources/themes/`. `apply` turns it into a palette and one style sheet over Fusion;
widgets that paint themselves ask `current()` while painting, so that a change of theme needs no bookkeeping in them:
the new style sheet makes Qt repaint everything.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from enum import IntEnum, StrEnum
from functools import cache
from string import Template
from typing import Literal, get_args

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from mqviz.bundle import asset, resource
from mqviz.errors import MqvizError
from mqviz.gui import fonts

Choice = Literal["system", "light", "dark"]
"""What the user prefers: the system's scheme, or one of ours always."""


class Space(IntEnum):
    """Distances in device-independent pixels: a grid of 4."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24


class Radius(IntEnum):
    """Corner radii in device-independent pixels."""

    SMALL = 4
    CONTROL = 6
    CARD = 10


class State(StrEnum):
    """What can be true of a message, or of a thing that works: each has a colour and a shape."""

    READY = "ready"
    UNACKED = "unacked"
    REDELIVERED = "redelivered"
    DEAD_LETTERED = "dead_lettered"
    DROPPED = "dropped"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class Theme:
    """All colours of the window. Whoever needs a translucent variant copies the `QColor` first."""

    name: str
    dark: bool
    ready: QColor
    unacked: QColor
    redelivered: QColor
    dead_lettered: QColor
    dropped: QColor
    accent: QColor
    ok: QColor
    live: QColor
    ready_soft: QColor
    unacked_soft: QColor
    redelivered_soft: QColor
    danger_soft: QColor
    accent_soft: QColor
    ok_soft: QColor
    live_soft: QColor
    warning_soft: QColor
    text: QColor
    text_second: QColor
    text_third: QColor
    text_disabled: QColor
    text_warning: QColor
    text_on_accent: QColor
    text_on_live: QColor
    window: QColor
    panel: QColor
    canvas: QColor
    canvas_dot: QColor
    card: QColor
    field: QColor
    well: QColor
    tray: QColor
    track: QColor
    chip: QColor
    hover: QColor
    pressed: QColor
    row_alternate: QColor
    hairline: QColor
    border: QColor
    border_strong: QColor
    edge: QColor
    grid: QColor
    knob: QColor
    scroll: QColor
    accent_hover: QColor
    accent_pressed: QColor
    glow: QColor
    shadow: QColor
    tip: QColor
    tip_text: QColor

    def of(self, state: State) -> QColor:
        """The colour of a state."""
        colour: QColor = getattr(self, state.value)
        return colour

    def tokens(self) -> dict[str, str]:
        """Every colour by name as a style sheet writes it."""
        named = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value.name(QColor.NameFormat.HexArgb) for name, value in named if isinstance(value, QColor)}


@cache
def load(name: str) -> Theme:
    """The theme `light` or `dark`; raises `MqvizError` when its file lacks a colour, or has one that is none."""
    document = tomllib.loads(resource(f"themes/{name}.toml").read_text("utf-8"))
    colours = {key: QColor(value) for key, value in document["colors"].items()}
    wrong = [key for key, colour in colours.items() if not colour.isValid()]
    wanted = {field.name for field in fields(Theme)} - {"name", "dark"}
    if wrong or wanted != set(colours):
        raise MqvizError(f"themes/{name}.toml: {sorted(wrong) or sorted(wanted ^ set(colours))}")
    return Theme(name=document["name"], dark=document["dark"], **colours)


class _Applied(QObject):
    """Holds the one theme that the program wears; like QApplication's palette there is only one."""

    changed = Signal(object)
    theme: Theme | None = None


_applied = _Applied()


def current() -> Theme:
    """The theme that was applied last; light before the first time."""
    return _applied.theme or load("light")


def notifier() -> _Applied:
    """Its signal `changed(Theme)` fires after each change, for what is drawn into pixmaps or icons."""
    return _applied


def apply(app: QApplication, theme: Theme) -> None:
    """Dresses the whole program; cheap when nothing changes."""
    if _applied.theme is theme:
        return
    first = _applied.theme is None
    _applied.theme = theme
    if first:
        app.setStyle("Fusion")
        app.setFont(fonts.font())
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))
    _applied.changed.emit(theme)


def style_sheet(theme: Theme) -> str:
    """The style sheet of the program in a theme's colours."""
    template = Template(resource("themes/window.qss").read_text("utf-8"))
    indicators = asset("indicators").as_posix()
    return template.substitute(theme.tokens(), indicators=indicators, theme=theme.name)


_ROLES: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "row_alternate",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "card",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "dead_lettered",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "text_on_accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent_pressed",
    QPalette.ColorRole.ToolTipBase: "tip",
    QPalette.ColorRole.ToolTipText: "tip_text",
    QPalette.ColorRole.PlaceholderText: "text_third",
    QPalette.ColorRole.Light: "hover",
    QPalette.ColorRole.Midlight: "hairline",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border_strong",
    QPalette.ColorRole.Shadow: "shadow",
    QPalette.ColorRole.Accent: "accent",
}
_TEXT_ROLES = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def palette(theme: Theme) -> QPalette:
    """What Fusion, pyqtgraph and dialogs of the system go by."""
    result = QPalette()
    for role, name in _ROLES.items():
        result.setColor(role, getattr(theme, name))
    for role in _TEXT_ROLES:
        result.setColor(QPalette.ColorGroup.Disabled, role, theme.text_disabled)
    return result


class Appearance(QObject):
    """Keeps the program in the wanted theme, following the system's light and dark when asked to."""

    def __init__(self, app: QApplication, choice: Choice = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice: Choice = choice
        app.styleHints().colorSchemeChanged.connect(self._dress)
        self.choose(choice)

    @property
    def choice(self) -> Choice:
        """What was chosen last."""
        return self._choice

    def choose(self, choice: Choice) -> None:
        """Takes effect at once; raises `ValueError` for a theme that does not exist."""
        if choice not in get_args(Choice):
            raise ValueError(choice)
        self._choice = choice
        QGuiApplication.styleHints().setColorScheme(_SCHEMES[choice])  # title bars of the system follow this
        self._dress()

    def _dress(self) -> None:
        apply(self._app, load(self._wanted()))

    def _wanted(self) -> str:
        if self._choice != "system":
            return self._choice
        return "dark" if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"


_SCHEMES: dict[Choice, Qt.ColorScheme] = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


def set_role(widget: QWidget, role: str) -> None:
    """Gives a widget one of the looks of `window.qss`, e.g. `primary` or `danger` for a button, `panel` for a frame."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
