"""The three kinds of line: where a copy that comes back goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mqviz.clock import Scheduler
from mqviz.engine.broker import Broker
from mqviz.engine.message import Copy, Message
from mqviz.engine.order import ByPriority, Fifo, Line, ReturnsFirst
from mqviz.engine.queue import Queue
from mqviz.model.amqp import Properties

QUEUE = Queue(Broker(Scheduler()), "q")


def copy(serial: int, priority: int = 0) -> Copy:
    message = Message("", "q", Properties(priority=priority), b"", 0, serial, 0.0, None)
    return Copy(message, QUEUE, serial, 0.0)


def serials(line: Line) -> list[int]:
    return [each.serial for each in line]


@given(st.permutations(range(1, 9)), st.integers(0, 8))
def test_fifo_restores_original_places(order: list[int], ready: int) -> None:
    line = Fifo(copy(serial) for serial in sorted(order[:ready]))
    for serial in order[ready:]:
        line.restore(copy(serial))
    assert serials(line) == list(range(1, 9))


def test_priorities_go_first_and_keep_their_order() -> None:
    line = ByPriority(5)
    for serial, priority in enumerate((0, 5, 1, 9, 1), start=1):
        line.append(copy(serial, priority))
    assert serials(line) == [2, 4, 3, 5, 1]
    assert line.head().serial == 2
    assert [line.popleft().serial for _ in range(5)] == [2, 4, 3, 5, 1]
    assert len(line) == 0


def test_priorities_restore_within_their_level() -> None:
    line = ByPriority(2)
    for serial in (2, 4):
        line.append(copy(serial, 1))
    line.append(copy(5, 2))
    line.restore(copy(3, 1))
    line.restore(copy(1, 0))
    assert serials(line) == [5, 2, 3, 4, 1]


def test_returns_go_first_in_the_order_of_their_return() -> None:
    line = ReturnsFirst()
    line.append(copy(4))
    for serial in (3, 1):
        line.restore(copy(serial))
    assert serials(line) == [3, 1, 4]
    assert [line.popleft().serial for _ in range(3)] == [3, 1, 4]


@pytest.mark.parametrize("line", [Fifo(), ByPriority(1), ReturnsFirst()], ids=lambda line: type(line).__name__)
def test_clearing_leaves_nothing(line: Line) -> None:
    line.append(copy(2))
    line.restore(copy(1))
    line.clear()
    assert (len(line), serials(line)) == (0, [])
