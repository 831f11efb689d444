"""The real program on a real RabbitMQ, as somebody on call uses it: real mouse, real keys, a display of its own.

    python -m tests.e2e.test_live_user FOLDER

keeps a picture of each step in a folder. What came of it is asked of the broker, not of the program.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from mqviz.gui.parts import Connection
from mqviz.model.feed import LiveBroker
from tests.e2e.desktop import Program, Screen, is_installed, until
from tests.e2e.shop import LETTERS, Shop
from tests.e2e.twin import Place, Twin, application
from tests.rabbitmq_node import HOST, PASSWORD, USER, Node, Vhost, fast_statistics

PACKER, ORDERS, LETTER_BOX = "consumer:packer-a", "queue:orders", "queue:letters"
CONNECT, CLOSE, PURGE, MESSAGE = "Connect to RabbitMQ", "Close the connection of", "Purge letters", "A message"
DEED = (-70, -32)
"""The button at the right end of a question."""
ANSWER = 26

Keep = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Spots:
    """Where things are: on the window, and in its dialogs."""

    nodes: dict[str, Place]
    sign: Place
    acting: Place
    amqp: Place
    management: Place
    test: Place
    connect: Place
    routing_key: Place
    answer: Place


def spots(vhost: Vhost, size: Place) -> Spots:
    """Learnt from a window in this process on the same broker."""
    node = vhost.node
    management = f"http://{HOST}:{node.management_port}"
    broker = LiveBroker(name=_name(vhost), host=HOST, port=node.port, virtual_host=vhost.name, user=USER, management=management)
    with Twin(size, Connection(broker, PASSWORD)) as twin:
        nodes = twin.see(PACKER, ORDERS, LETTER_BOX)
        window, bar = twin.window, twin.window.view.live_bar
        window.live.ask()
        window.acting.message()
        dialog, message = window.live.dialog, window.acting.message_dialog
        assert dialog is not None
        assert message is not None
        form = dialog.form
        fields = (bar.sign, bar.acting, form.amqp, form.management, dialog.test_button, dialog.connect_button)
        found = [twin.middle(each) for each in (*fields, message.routing_key, message.answer)]
        dialog.close()
        message.close()
    return Spots(nodes, *found)


def _name(vhost: Vhost) -> str:
    return f"{HOST}:{vhost.node.port}"


class OnCall:
    """Somebody with this program, this broker, and something to keep pictures with."""

    def __init__(self, program: Program, vhost: Vhost, where: Spots, keep: Keep) -> None:
        self.program, self.vhost, self.where, self.keep = program, vhost, where, keep

    def connect(self) -> None:
        """Type the addresses, test, look at the checks, connect."""
        program, node, where = self.program, self.vhost.node, self.where
        program.key("ctrl+k")
        self._write(CONNECT, where.amqp, f"amqp://{USER}:{PASSWORD}@{HOST}:{node.port}/{quote(self.vhost.name, safe='')}")
        program.key("Tab")
        self._write(CONNECT, where.management, f"http://{HOST}:{node.management_port}")
        self.keep("1 where the broker is")
        program.click_in(CONNECT, where.test)
        program.screen.wait(2.0)
        self.keep("2 what the test found")
        program.click_in(CONNECT, where.connect)
        program.come_back()
        until(lambda: _name(self.vhost) in program.title, "the broker is shown")
        program.screen.wait(4.0)
        self.keep("3 the broker")

    def try_to_kill(self) -> None:
        """Read-only: nothing happens."""
        before = self._connections()
        self.program.click(*self.where.nodes[PACKER])
        self.program.key("2")
        self.program.screen.wait(1.0)
        self.keep("4 read-only")
        assert not self.program.has_dialog(CLOSE)
        assert self._connections() == before

    def act(self) -> None:
        """Read-only is switched off."""
        self.program.click(*self.where.acting)
        self.program.screen.wait(0.5)

    def purge(self) -> None:
        """From the queue's menu; its name has to be typed."""
        program = self.program
        program.click_right(*self.where.nodes[LETTER_BOX])
        program.screen.wait(0.5)
        self.keep("5 what can be done to a queue")
        program.key("Up", "Return")
        program.dialog(PURGE)
        program.click_in(PURGE, DEED)
        program.screen.wait(0.3)
        assert program.has_dialog(PURGE)
        assert self._depth("letters") == LETTERS
        program.type("letters")
        program.screen.wait(0.3)
        self.keep("6 the name is typed")
        program.click_in(PURGE, DEED)
        until(lambda: self._depth("letters") == 0, "the queue is empty")
        program.screen.wait(0.5)
        program.come_back()
        self.keep("7 purged")

    def kill(self) -> None:
        """A consumer's connection is closed; the broker delivers again what it held."""
        program, before = self.program, self._connections()
        program.click(*self.where.nodes[ORDERS])
        program.key("2")
        program.screen.wait(0.5)
        self.keep("8 whom to kill")
        program.click(*self.where.nodes[PACKER])
        program.dialog(CLOSE)
        program.screen.wait(0.5)
        self.keep("9 asks before it kills")
        program.click_in(CLOSE, DEED)
        program.screen.wait(0.5)
        program.come_back()
        self.keep("10 killed")
        until(lambda: self._connections().keys() >= before.keys() and self._connections() != before, "it was closed, and came back")
        until(lambda: self._told("orders", "redeliver") > 0, "the broker has delivered again")
        program.screen.wait(5.5)
        self.keep("11 delivered again")

    def route(self) -> None:
        """Where would it go? One key finds a queue, another does not, the first one again."""
        self.program.key("ctrl+m")
        self._ask("orders")
        self.keep("12 where it would go")
        found = self._answer()
        self._ask("nobody")
        self.keep("13 nowhere")
        assert self._answer() != found
        self._ask("orders")
        assert self._answer() == found
        self.program.key("Escape")
        self.program.come_back()

    def lose_it(self) -> None:
        """The broker goes down and comes back under the window."""
        seeing = self._sign()
        self.vhost.node.stop_app()
        until(lambda: self._sign() != seeing, "it says that it is blind")
        self.program.screen.wait(1.5)
        self.keep("14 blind")
        self.vhost.node.start_app()
        until(lambda: self._sign() == seeing, "it sees again")
        until(lambda: len(self._connections()) >= 3, "the clients are back")
        self.program.screen.wait(5.0)
        self.keep("15 seeing again")
        assert self.program.process.poll() is None

    def _write(self, title: str, field: Place, text: str) -> None:
        self.program.click_in(title, field)
        self.program.key("ctrl+a")
        self.program.type(text)

    def _ask(self, key: str) -> None:
        self._write(MESSAGE, self.where.routing_key, key)
        self.program.screen.wait(1.0)

    def _answer(self) -> bytes:
        left, top, width, _ = self.program.dialog(MESSAGE)
        part = f"{width - 48}x{ANSWER}+{left + 24}+{top + self.where.answer[1] - ANSWER // 2}"
        return self.program.screen.picture(self.program.home / "part.png", part).read_bytes()

    def _sign(self) -> int:
        """The colour of the sign that says LIVE, beside its letters."""
        x, y = self.where.sign
        path = self.program.screen.picture(self.program.home / "part.png", f"40x16+{x - 20}+{y - 8}")
        return QImage(str(path)).pixel(20, 1)

    def _connections(self) -> dict[str, str]:
        """The connections of the shop: each program's name, and which of its connections it is."""
        told: list[dict[str, Any]] = self.vhost.api("GET", "/api/vhosts/{vhost}/connections")
        return {each["user_provided_name"]: each["name"] for each in told if "user_provided_name" in each}

    def _depth(self, queue: str) -> int:
        return int(self.vhost.api("GET", f"/api/queues/{{vhost}}/{queue}").get("messages", 0))

    def _told(self, queue: str, figure: str) -> int:
        return int(self.vhost.api("GET", f"/api/queues/{{vhost}}/{queue}").get("message_stats", {}).get(figure, 0))


def use(program: Program, vhost: Vhost, where: Spots, keep: Keep) -> None:
    """Connect, look, act, lose the broker and have it back."""
    person = OnCall(program, vhost, where, keep)
    person.connect()
    person.try_to_kill()
    person.act()
    person.purge()
    person.kill()
    person.route()
    person.lose_it()


@pytest.mark.alone
@pytest.mark.rabbitmq
@pytest.mark.skipif(not is_installed(), reason="Xvfb, xdotool and ImageMagick are not installed: tests/run installs them")
def test_somebody_on_call_sees_kills_purges_asks_and_outlives_the_broker(
    tmp_path: Path, rabbitmq_vhost: Vhost, qapp: QApplication
) -> None:
    with Screen() as screen, Shop(rabbitmq_vhost) as shop:
        where = spots(rabbitmq_vhost, screen.size)
        with Program(screen, tmp_path) as program:
            use(program, rabbitmq_vhost, where, lambda step: None)
            assert "Traceback" not in program.said
    assert any("packer-a" in loss and "CONNECTION_FORCED" in loss for loss in shop.losses)
    log = next(tmp_path.rglob("actions.log")).read_text("utf-8")
    assert "packer-a" in log
    assert "letters" in log


DRESSES = (((1440, 900), "light", "en"), ((1024, 640), "light", "en"))


def tour(folder: Path) -> None:
    """Keep pictures of all steps, light and dark, large and small."""
    application()
    with Node(**fast_statistics()) as node:
        for size, theme, language in DRESSES:
            target = folder / f"{size[0]}x{size[1]}-{theme}-{language}"
            target.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory() as home, Screen(*size) as screen, node.vhost() as vhost, Shop(vhost):
                where = spots(vhost, size)
                with Program(screen, Path(home), theme=theme) as program:
                    use(program, vhost, where, lambda step, target=target, screen=screen: screen.picture(target / f"{step}.png"))


if __name__ == "__main__":
    tour(Path(sys.argv[1]))
