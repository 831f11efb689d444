"""What queueing theory expects of a queue: Little's law, M/M/c, M/G/1, M/M/c/K, loss, and time to drain.

lambda (`arrival`) and mu (`service`) are rates per second for one server, times are in seconds. Formulas and their names
follow Gross, Shortle, Thompson, Harris: Fundamentals of Queueing Theory, 4th edition ("GSTH"), chapters 2 and 5.
"""

from __future__ import annotations

from math import exp, inf, log

from msgspec import Struct


class Expectation(Struct, frozen=True, kw_only=True):
    """The steady state of a queue. `waiting` and `present`: mean numbers; infinite where it never settles (rho >= 1)."""

    utilisation: float
    waiting_probability: float
    wait: float
    time_in_system: float
    waiting: float
    present: float


def utilisation(arrival: float, service: float, servers: int = 1) -> float:
    """rho = lambda / (c mu): the share of time that a server is busy, above 1 where it cannot keep up."""
    return arrival / (servers * service)


def little(arrival: float, time: float) -> float:
    """L = lambda W: the mean number of those that stay `time` seconds each (Little 1961; GSTH 1.4)."""
    return arrival * time


def erlang_b(load: float, servers: int) -> float:
    """The share that M/M/c/c turns away at so many erlangs (GSTH 2.6), by the stable recursion over c."""
    blocked = 1.0
    for server in range(1, servers + 1):
        blocked = load * blocked / (server + load * blocked)
    return blocked


def erlang_c(load: float, servers: int) -> float:
    """The probability that an arrival at M/M/c has to wait, 1 where it never settles (GSTH 2.4)."""
    if load >= servers:
        return 1.0
    blocked = erlang_b(load, servers)
    return blocked / (1.0 - load / servers * (1.0 - blocked))


def mm1(arrival: float, service: float) -> Expectation:
    """Poisson arrivals, exponential service, one server (GSTH 2.2)."""
    return mmc(arrival, service, 1)


def mmc(arrival: float, service: float, servers: int) -> Expectation:
    """Poisson arrivals, exponential service, c servers of one queue (GSTH 2.4)."""
    waits = erlang_c(arrival / service, servers)
    spare = servers * service - arrival
    return _expectation(arrival, service, servers, waits, waits / spare if spare > 0 else inf)


def mg1(arrival: float, mean: float, sd: float) -> Expectation:
    """Poisson arrivals, any service time with this mean and standard deviation, one server (Pollaczek-Khinchine; GSTH 5.1)."""
    rho = arrival * mean
    wait = arrival * (mean * mean + sd * sd) / (2 * (1 - rho)) if rho < 1 else inf
    return _expectation(arrival, 1 / mean, 1, min(rho, 1.0), wait)


def _expectation(arrival: float, service: float, servers: int, waits: float, wait: float) -> Expectation:
    time = wait + 1 / service
    return Expectation(
        utilisation=utilisation(arrival, service, servers),
        waiting_probability=waits,
        wait=wait,
        time_in_system=time,
        waiting=little(arrival, wait),
        present=little(arrival, time),
    )


def wait_quantile(arrival: float, service: float, servers: int, share: float) -> float:
    """The wait that `share` (below 1) of all arrivals at M/M/c do not exceed: P(W > t) = C e^(-(c mu - lambda) t) (GSTH 2.4)."""
    waits = erlang_c(arrival / service, servers)
    spare = servers * service - arrival
    if spare <= 0:
        return inf
    return max(0.0, log(waits / (1 - share)) / spare) if waits > 0 else 0.0


def time_quantile(arrival: float, service: float, share: float) -> float:
    """The time in system that `share` of all arrivals at M/M/1 do not exceed; it is exponential (GSTH 2.2)."""
    return -log(1 - share) / (service - arrival) if service > arrival else inf


def late_share(arrival: float, service: float, servers: int, limit: float) -> float:
    """The share of arrivals at M/M/c that wait longer than `limit` seconds."""
    spare = servers * service - arrival
    return erlang_c(arrival / service, servers) * exp(-spare * limit) if spare > 0 else 1.0


class LossExpectation(Struct, frozen=True, kw_only=True):
    """A queue with limited room: `blocked` is the share turned away, the others' figures are of those let in."""

    blocked: float
    utilisation: float
    wait: float
    time_in_system: float
    waiting: float
    present: float


def mmck(arrival: float, service: float, servers: int, places: int) -> LossExpectation:
    """M/M/c/K: at most `places` in the system, those in service included; the rest is turned away (GSTH 2.5)."""
    if places < servers:
        raise ValueError(f"{places} places for {servers} servers")
    chances = _chances(arrival / service, servers, places)
    entering = arrival * (1 - chances[-1])
    waiting = sum((n - servers) * chance for n, chance in enumerate(chances) if n > servers)
    present = sum(n * chance for n, chance in enumerate(chances))
    return LossExpectation(
        blocked=chances[-1],
        utilisation=entering / (servers * service),
        wait=waiting / entering if entering else 0.0,
        time_in_system=present / entering if entering else 1 / service,
        waiting=waiting,
        present=present,
    )


def _chances(load: float, servers: int, places: int) -> list[float]:
    """How likely it is to find 0, 1 ... places in the system; scaled as it goes, so that nothing overflows."""
    weights = [1.0]
    for n in range(1, places + 1):
        weights.append(weights[-1] * load / min(n, servers))
        if weights[-1] > 1e100:
            weights = [weight / weights[-1] for weight in weights]
    total = sum(weights)
    return [weight / total for weight in weights]


def time_to_drain(backlog: float, arrival: float, service: float, servers: int = 1) -> float:
    """Seconds until a backlog is worked off while more arrives: n / (c mu - lambda); infinite where it only grows."""
    if backlog <= 0:
        return 0.0
    spare = servers * service - arrival
    return backlog / spare if spare > 0 else inf
