"""What can be asked of a broker, and of whom: commands go down, updates come up."""

from __future__ import annotations

from enum import Flag, auto
from typing import Any, Protocol

from msgspec import Struct

from mqviz.model.amqp import NO_PROPERTIES, Arguments, Properties
from mqviz.model.faults import Fault
from mqviz.model.feed import Feed
from mqviz.model.frames import Frames
from mqviz.model.port import LOOPBACK, Port
from mqviz.model.scenario import Change, Scenario
from mqviz.model.snapshot import Event, LogEntry, Snapshot


class Can(Flag):
    """What a backend is able to do; what is missing is grey in the window."""

    NOTHING = 0
    PAUSE = auto()
    STEP = auto()
    SET_SPEED = auto()
    RESTART = auto()
    SPIKE = auto()
    KILL = auto()
    SLOW = auto()
    RESTART_BROKER = auto()
    CUT = auto()
    INJECT_FAULTS = auto()
    CHANGE = auto()
    PUBLISH = auto()
    PURGE = auto()
    SEE_MESSAGES = auto()
    ROUTE = auto()
    RECALL = auto()
    """What was done can be undone by beginning again. Where it is missing, what destroys asks first."""
    CHOOSE_FEED = auto()
    """The feed can be led: how often it asks, which virtual host, whether it may act."""
    CLONE = auto()
    LISTEN = auto()
    """The frames of a client's connection can be told."""
    OPEN_PORT = auto()
    """AMQP clients of this machine can be let in."""


class _Command(Struct, frozen=True, kw_only=True, tag=True):
    """`number` is chosen by who submits and comes back in the outcome."""

    number: int = 0


class Pause(_Command, frozen=True, kw_only=True):
    """Hold virtual time."""


class Resume(_Command, frozen=True, kw_only=True):
    """Let virtual time go on."""


class Step(_Command, frozen=True, kw_only=True):
    """Do the next thing that happens to a message, and pause."""


class SetSpeed(_Command, frozen=True, kw_only=True):
    """Virtual seconds for each wall second; infinity for as fast as it goes."""

    speed: float


class Restart(_Command, frozen=True, kw_only=True):
    """Begin again at virtual 0, with another scenario where one is given (else what is running now, without what was done by hand)."""

    scenario: Scenario | None = None


class Inject(_Command, frozen=True, kw_only=True):
    """Let this fault happen now (its `at` does not count). Answer: the id of the ActiveFault, or None where it was over at once."""

    fault: Fault


class EndFault(_Command, frozen=True, kw_only=True):
    """End the fault with this id."""

    id: int


class Apply(_Command, frozen=True, kw_only=True):
    """Make this change now (its `at` does not count)."""

    change: Change


class Publish(_Command, frozen=True, kw_only=True):
    """Publish one message. Answer: whether it was routed."""

    exchange: str
    routing_key: str
    body: bytes = b""
    properties: Properties = NO_PROPERTIES


class Peek(_Command, frozen=True, kw_only=True):
    """Look at messages without taking them. Answer: tuple of PeekedMessage, oldest first."""

    queue: str
    count: int = 20


class Waits(_Command, frozen=True, kw_only=True):
    """How long did messages wait in this queue? Answer: Summary, one sample for each settled copy so far."""

    queue: str


class Route(_Command, frozen=True, kw_only=True):
    """Where would this go? Answer: tuple of names of queues."""

    exchange: str
    routing_key: str
    headers: Arguments = {}


class SetReadOnly(_Command, frozen=True, kw_only=True):
    """Whether a live broker may only be looked at."""

    read_only: bool


class SetInterval(_Command, frozen=True, kw_only=True):
    """Ask a live broker every so many seconds; None: not at all."""

    seconds: float | None


class SetVirtualHost(_Command, frozen=True, kw_only=True):
    """Look at this virtual host alone."""

    name: str


class Refresh(_Command, frozen=True, kw_only=True):
    """Ask a live broker now."""


class Clone(_Command, frozen=True, kw_only=True):
    """Answer: a Scenario of what is there, with the measured rates as its load, as `Cloned`."""


class Listen(_Command, frozen=True, kw_only=True):
    """Tell the frames of this client's connection in the updates, and of no other: a client's name, or that of one of its members."""

    client: str


class OpenPort(_Command, frozen=True, kw_only=True):
    """Let AMQP clients of this machine in at this port (0: any). Answer: the Port; of a busy one (reason "port_busy") one that is free."""

    host: str = LOOPBACK
    port: int = 5672


class ClosePort(_Command, frozen=True, kw_only=True):
    """Close the AMQP port, and all connections that came through it."""


class StopListening(_Command, frozen=True, kw_only=True):
    """Tell no more frames."""


class FinalResult(_Command, frozen=True, kw_only=True):
    """Answer: the Result so far."""

    interrupted: bool = True


class Recording(_Command, frozen=True, kw_only=True):
    """Answer: the Scenario with everything done by hand written into it as faults and changes."""


Command = (
    Pause
    | Resume
    | Step
    | SetSpeed
    | Restart
    | Inject
    | EndFault
    | Apply
    | Publish
    | Peek
    | Waits
    | Route
    | SetReadOnly
    | SetInterval
    | SetVirtualHost
    | Refresh
    | Clone
    | Listen
    | StopListening
    | OpenPort
    | ClosePort
    | FinalResult
    | Recording
)


class Note(Struct, frozen=True, kw_only=True):
    """What could not be taken over: the thing it is about (`queue:work`), a code of the reason, and figures or words of the broker."""

    subject: str
    reason: str
    detail: str = ""


class Cloned(Struct, frozen=True, kw_only=True):
    """A live broker as a scenario, and what could not be taken over or had to be guessed."""

    scenario: Scenario
    notes: tuple[Note, ...] = ()


class PeekedMessage(Struct, frozen=True, kw_only=True):
    """A message as it lies in its queue. `age` in seconds; `deaths`: x-death entries."""

    message: int
    exchange: str
    routing_key: str
    size: int
    age: float
    redelivered: bool = False
    unacknowledged: bool = False
    properties: Properties = NO_PROPERTIES
    body: bytes = b""


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of the command with this number: done, or why not (a code and what it is about); the answer to a question."""

    number: int
    done: bool = True
    reason: str = ""
    detail: str = ""
    answer: Any = None


class Update(Struct, frozen=True, kw_only=True):
    """What is true now and what happened since the last update.

    `events` is a bounded sample, for the animation; counters are the truth. `log` is complete. `lag`: wall seconds behind the wanted pace.
    `feed`: how we know, of a live broker; None where we make it all ourselves. `frames`: of whom somebody listens to.
    `port`: where AMQP clients are let in; None: nowhere.
    """

    snapshot: Snapshot
    events: tuple[Event, ...] = ()
    log: tuple[LogEntry, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    speed: float = 1.0
    paused: bool = False
    lag: float = 0.0
    feed: Feed | None = None
    frames: Frames | None = None
    port: Port | None = None


class Backend(Protocol):
    """The only thing the window knows of brokers."""

    @property
    def can(self) -> Can:
        """What it is able to do."""

    def why_not(self, ability: Can) -> str:
        """A code for why an ability is missing ("live_broker", "read_only", "no_rights" ...); empty where it is there."""

    def submit(self, command: Command) -> None:
        """Take a command; never blocks. The answer is an Outcome in a later Update."""

    def run(self, budget: float) -> float | None:
        """Work at most `budget` wall seconds; in how many to be run again, or None for not before something is submitted."""

    def observe(self) -> Update:
        """What is true now, what happened since the last call."""

    def close(self) -> None:
        """End threads and sockets within two seconds."""
