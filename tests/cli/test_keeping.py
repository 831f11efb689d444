"""`mqviz serve --data`: what is durable outlives the program, even kill -9 at any moment."""

import itertools
import logging
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pika.exceptions import NackError

from mqviz.cli import main
from tests.cli.keeping import PERSISTENT, Kept, Load, kept, number_of


@pytest.fixture(autouse=True)
def quiet_pika(monkeypatch: pytest.MonkeyPatch) -> None:
    """It complains when a server is killed."""
    monkeypatch.setattr(logging.getLogger("pika"), "level", logging.CRITICAL)


def keep_three(server: Kept) -> None:
    with server.channel() as channel:
        channel.exchange_declare("x", "topic", durable=True)
        channel.queue_declare("q", durable=True)
        channel.queue_bind("q", "x", "a.#")
        for body in (b"1", b"2", b"3"):
            channel.basic_publish("x", "a.b", body, PERSISTENT)
        channel.basic_publish("x", "a.b", b"transient")


def test_everything_is_there_after_a_kill(tmp_path: Path) -> None:
    with kept(tmp_path / "data") as server:
        keep_three(server)
    with kept(tmp_path / "data") as server:
        assert "3 messages in 1 durable queues, after a crash" in server.said
        assert server.drain() == [(b"1", True), (b"2", True), (b"3", True)]
        with server.channel() as channel:
            channel.basic_publish("x", "a.c", b"4", PERSISTENT)
    with kept(tmp_path / "data") as server:
        assert server.drain() == [(b"4", True)]


def test_after_a_good_end_only_what_went_out_is_redelivered(tmp_path: Path) -> None:
    with kept(tmp_path / "data") as server:
        keep_three(server)
        connection = server.connect()
        connection.channel().basic_get("q")
        assert "Traceback" not in server.end()
    with kept(tmp_path / "data") as server:
        assert "crash" not in server.said
        assert server.drain() == [(b"1", True), (b"2", False), (b"3", False)]


def test_a_declaration_is_safe_once_it_is_answered(tmp_path: Path) -> None:
    for number in range(3):
        with kept(tmp_path / "data") as server:
            server.connect().channel().queue_declare(f"q{number}", durable=True)
    with kept(tmp_path / "data") as server, server.channel() as channel:
        for number in range(3):
            channel.queue_declare(f"q{number}", passive=True)


def test_a_transaction_is_safe_once_it_is_answered(tmp_path: Path) -> None:
    with kept(tmp_path / "data") as server:
        keep_three(server)
        channel = server.connect().channel()
        channel.tx_select()
        channel.basic_ack(channel.basic_get("q")[0].delivery_tag)
        channel.basic_publish("", "q", b"5", PERSISTENT)
        channel.tx_commit()
    with kept(tmp_path / "data") as server:
        assert [body for body, _ in server.drain()] == [b"2", b"3", b"5"]


def test_a_folder_belongs_to_one_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with kept(tmp_path / "data") as server:
        assert main(["serve", "--listen", "127.0.0.1:0", "--data", str(tmp_path / "data")]) == 2
    said = capsys.readouterr().err
    assert said == f"mqviz: {tmp_path / 'data'}: process {server.program.pid} works with this folder\n"


def test_damage_is_named_and_salvaged_only_if_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with kept(tmp_path / "data") as server:
        keep_three(server)
    file = tmp_path / "data" / "0000000001.journal"
    content = bytearray(file.read_bytes())
    place = content.rindex(b"\xa5mqB", 0, content.index(b"a.b"))
    content[place + 30] ^= 1
    file.write_bytes(content)
    assert main(["serve", "--listen", "127.0.0.1:0", "--data", str(tmp_path / "data")]) == 2
    said = capsys.readouterr().err
    assert f"{file}: damaged at byte {place}; --salvage goes on with what can be read" in said
    assert file.read_bytes() == content
    with kept(tmp_path / "data", "--salvage") as server:
        assert f"bytes from byte {place} on are damaged; kept as {tmp_path / 'data' / 'aside'}" in server.said
        assert [body for body, _ in server.drain()] == [b"2", b"3"]


@pytest.mark.parametrize("options", [["--salvage"], ["--disk-free-limit", "5"], ["--data", "d", "--disk-free-limit", "5MB"]])
def test_options_that_make_no_sense(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", *options]) == 2
    assert capsys.readouterr().err.startswith("mqviz: ")


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("Dear")
    assert main(["serve", "--listen", "127.0.0.1:0", "--data", str(tmp_path)]) == 2
    assert "this folder holds something else" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_scenario_finds_its_queues_again(tmp_path: Path) -> None:
    for _ in range(2):
        with kept(tmp_path / "data", "competing-consumers") as server, server.channel() as channel:
            channel.queue_declare("mine", durable=True)
            channel.basic_publish("", "mine", b"1", PERSISTENT)
    with kept(tmp_path / "data", "competing-consumers") as server:
        assert len(server.drain("mine")) == 2


# -- kill -9 under load -------------------------------------------------------------------------


def kill_again_and_again(folder: Path, times: int, seed: int) -> int:
    """Load, kill, look: nothing confirmed is lost, order is kept. How many messages were confirmed."""
    luck, total, load = Random(seed), 0, None
    with kept(folder, "--disk-free-limit", "0") as server, server.channel() as channel:
        channel.queue_declare("q", durable=True)
    for _ in range(times + 1):
        with kept(folder, "--disk-free-limit", "0") as server:
            if load is not None:
                found = [number_of(body) for body, _ in server.drain()] if load.sent else []
                assert found == sorted(set(found))
                missing = load.confirmed - load.acked - set(found)
                assert not missing, f"{len(missing)} of {len(load.confirmed)} confirmed messages are lost"
                assert max(found, default=0) <= load.sent
                total += len(load.confirmed)
            load = Load(server, luck, luck.uniform(0.005, 0.4))
            load.run()
    return total


def test_a_handful_of_kills_loses_nothing_confirmed(tmp_path: Path) -> None:
    assert kill_again_and_again(tmp_path / "data", 4, seed=1) > 0


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_two_hundred_kills_lose_nothing_confirmed(tmp_path: Path) -> None:
    confirmed = kill_again_and_again(tmp_path / "data", 200, seed=2)
    print(f"200 kills, {confirmed} messages confirmed")
    assert confirmed > 10_000


# -- a disk that is really full -----------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with 3 MB."""
    mount = shutil.which("mount")
    if mount is None or os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    place = tmp_path / "small"
    place.mkdir()
    if subprocess.run([mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def publish_until_refused(channel: Any) -> int:
    """How many messages of 20 KB were accepted before."""
    for number in itertools.count(1):
        try:
            channel.basic_publish("", "q", b"%d " % number + bytes(20_000), PERSISTENT)
        except NackError:
            return number - 1
    raise AssertionError


def test_a_full_disk_refuses_and_goes_on_when_there_is_room(small_disk: Path) -> None:
    with kept(small_disk / "data", "--disk-free-limit", "0") as server, server.channel() as channel:
        channel.queue_declare("q", durable=True)
        accepted = publish_until_refused(channel)
        assert accepted > 50
        blocked = server.block()
        found = [number_of(body) for body, _ in server.drain()]
        assert found == list(range(1, accepted + 2))
        blocked.wait_for("")
        assert blocked.heard == ["low on disk", ""]
        channel.basic_publish("", "q", b"1000 ", PERSISTENT)
    with kept(small_disk / "data", "--disk-free-limit", "0") as server:
        assert [number_of(body) for body, _ in server.drain()] == [999, 1000]
