"""Load shapes: when the messages of one producer arrive, as values. `sim.arrivals` makes the times of them."""

from __future__ import annotations

from msgspec import Struct


class _Load(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="shape", rename={"start": "from"}
):
    """What every shape takes: from when, until when (virtual seconds), how many at most; `random`: a Poisson process of that rate."""

    start: float = 0.0
    until: float | None = None
    random: bool = False


class ConstantLoad(_Load, frozen=True, kw_only=True, tag="constant"):
    """`rate` messages a second, evenly; the first at `from`."""

    rate: float
    messages: int | None = None


class PoissonLoad(_Load, frozen=True, kw_only=True, tag="poisson"):
    """Independent arrivals, `rate` a second on average."""

    rate: float
    messages: int | None = None


class BurstLoad(_Load, frozen=True, kw_only=True, tag="burst"):
    """`messages` at one instant `at`, and again `every` so many seconds where given (until `until`)."""

    messages: int
    at: float = 0.0
    every: float | None = None


class StepLoad(_Load, frozen=True, kw_only=True, tag="step"):
    """`rate` a second, from `at` on `to` a second."""

    rate: float
    to: float
    at: float
    messages: int | None = None


class RampLoad(_Load, frozen=True, kw_only=True, tag="ramp"):
    """`rate` a second, from `at` on changing evenly to `to` a second within `over` seconds."""

    rate: float
    to: float
    at: float = 0.0
    over: float
    messages: int | None = None


class SineLoad(_Load, frozen=True, kw_only=True, tag="sine"):
    """`rate + amplitude * sin(2 pi (t + phase) / period)` a second, never below 0; phase in seconds."""

    rate: float
    amplitude: float
    period: float
    phase: float = 0.0
    messages: int | None = None


class OnOffLoad(_Load, frozen=True, kw_only=True, tag="on_off"):
    """`rate` a second for `on` seconds, nothing for `off` seconds, and so on."""

    rate: float
    on: float
    off: float
    messages: int | None = None


class ScheduleLoad(_Load, frozen=True, kw_only=True, tag="schedule"):
    """Pairs of (rate, seconds), one after the other; again from the start if cyclic."""

    steps: tuple[tuple[float, float], ...]
    cyclic: bool = False
    messages: int | None = None


class TraceLoad(_Load, frozen=True, kw_only=True, tag="trace"):
    """Times in seconds from a column of a CSV file beside the scenario; `times` is filled in when the file is read."""

    file: str
    column: str = "time"
    messages: int | None = None
    times: tuple[float, ...] = ()


Load = (
    ConstantLoad
    | PoissonLoad
    | BurstLoad
    | StepLoad
    | RampLoad
    | SineLoad
    | OnOffLoad
    | ScheduleLoad
    | TraceLoad
)
