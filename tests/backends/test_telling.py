"""The frames of a simulated client are those of AMQP: another codec reads them, and they come to whoever listens."""

from __future__ import annotations

import pytest
from pamqp import frame as peer

from mqviz.backends.embedded import EmbeddedBackend
from mqviz.clock import ManualClock
from mqviz.model.backend import Listen, Restart, StopListening
from mqviz.model.frames import LOST, Frame, Frames
from mqviz.model.library import find, read_scenario
from mqviz.model.scenario import Scenario
from tests.backends.test_embedded import WORK
from tests.sim.worlds import server, shop, world


def listened(backend: EmbeddedBackend, clock: ManualClock, seconds: float) -> list[Frame]:
    """Let it run in frames of a tenth of a second; all that was heard."""
    found: list[Frame] = []
    for _ in range(round(seconds * 10)):
        clock.advance(0.1)
        backend.run(1.0)
        update = backend.observe()
        found += () if update.frames is None else update.frames.frames
    return found


def names(scenario: Scenario) -> list[str]:
    publishers = [each.name for each in scenario.producers if each.call is None]
    return [*publishers, *(each.name for each in scenario.consumers), *(each.name for each in scenario.translators)]


@pytest.mark.parametrize("name", ["topic-routing", "confirms-full-queue", "broker-restart", "request-reply"])
def test_another_codec_reads_every_frame_alike(name: str, clock: ManualClock) -> None:
    scenario = read_scenario(find(name))
    for client in names(scenario)[:3]:
        backend = EmbeddedBackend(scenario, clock)
        backend.submit(Listen(client=client))
        for each in listened(backend, clock, 3.0):
            if each.method == LOST or len(each.raw) != each.size:
                continue
            size, channel, found = peer.unmarshal(each.raw)
            assert (size, channel) == (each.size, each.channel)
            if "." in each.method:
                assert found.name.replace(".", "").lower() == each.method.replace("-", "").replace(".", "")


def test_nobody_listens_unless_asked(clock: ManualClock) -> None:
    backend = EmbeddedBackend(WORK, clock)
    assert backend.observe().frames is None
    backend.submit(Listen(client="server"))
    assert isinstance(backend.observe().frames, Frames)
    backend.submit(StopListening())
    assert backend.observe().frames is None


def test_who_has_no_connection_is_refused(clock: ManualClock) -> None:
    backend = EmbeddedBackend(WORK, clock)
    backend.submit(Listen(client="work"))
    update = backend.observe()
    assert (update.outcomes[0].done, update.outcomes[0].reason) == (False, "no_connection")
    assert update.frames is None


def test_a_restart_is_heard_from_the_first_word(clock: ManualClock) -> None:
    backend = EmbeddedBackend(WORK, clock)
    listened(backend, clock, 1.0)
    backend.submit(Listen(client="server"))
    late = listened(backend, clock, 0.5)
    assert late[0].recalled and late[0].method == "protocol"
    backend.submit(Restart())
    first = backend.observe().frames
    assert first is not None and first.anew
    assert [each.method for each in first.frames[:3]] == ["protocol", "connection.start", "connection.start-ok"]
    assert not any(each.recalled for each in first.frames) and first.frames[0].number == 1


def test_a_long_body_is_shown_by_its_beginning(clock: ManualClock) -> None:
    backend = EmbeddedBackend(world(shop(size=300_000), server()), clock)
    backend.submit(Listen(client="shop"))
    bodies = [each for each in listened(backend, clock, 0.1) if each.method == "body"]
    assert [each.size for each in bodies[:3]] == [131_072, 131_072, 300_000 - 2 * 131_064 + 8]
    assert all(len(each.raw) < 1100 for each in bodies)
