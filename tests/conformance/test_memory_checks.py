"""When RabbitMQ looks at its memory: at intervals, not at each message. The engine's watermark does as it does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mqviz.engine.alarms import CHECK_INTERVAL
from tests.rabbitmq_node import Node, is_installed

pytestmark = pytest.mark.skipif(not is_installed(), reason="rabbitmq-server is not installed")

MONITOR = "vm_memory_monitor"
MEGABYTE = 1_000_000


def test_the_engine_looks_as_often_as_the_node(rabbitmq: Node) -> None:
    assert rabbitmq.evaluate(f"{MONITOR}:get_check_interval()") == f"{CHECK_INTERVAL * 1000:.0f}"


@contextmanager
def looking_every(node: Node, milliseconds: int) -> Iterator[None]:
    """Inside, the node looks at its memory so often only; a new interval begins anew."""
    node.evaluate(f"{MONITOR}:set_check_interval({milliseconds})")
    try:
        yield
    finally:
        node.evaluate(f"{MONITOR}:set_check_interval({CHECK_INTERVAL * 1000:.0f})")


@contextmanager
def watermark(node: Node, value: str) -> Iterator[None]:
    """Inside, the watermark is another."""
    before = node.evaluate(f"{MONITOR}:get_vm_memory_high_watermark()")
    node.evaluate(f"{MONITOR}:set_vm_memory_high_watermark({value})")
    try:
        yield
    finally:
        node.evaluate(f"{MONITOR}:set_vm_memory_high_watermark({before})")


@contextmanager
def hogging(node: Node, size: int) -> Iterator[None]:
    """Inside, the node holds so many bytes more."""
    node.evaluate(f"persistent_term:put(mqviz_hog, binary:copy(<<1>>, {size}))")
    try:
        yield
    finally:
        node.evaluate("persistent_term:erase(mqviz_hog), [garbage_collect(Each) || Each <- processes()], ok")


def has_alarm(node: Node) -> bool:
    return "memory" in node.evaluate("rabbit_alarm:get_alarms()")


def test_between_two_looks_memory_may_pass_the_watermark(rabbitmq: Node) -> None:
    absolute = f"{{absolute, {int(rabbitmq.evaluate(f'{MONITOR}:get_process_memory()')) + 60 * MEGABYTE}}}"
    with looking_every(rabbitmq, 3_600_000), watermark(rabbitmq, absolute):
        assert not has_alarm(rabbitmq)
        with hogging(rabbitmq, 200 * MEGABYTE):
            assert not has_alarm(rabbitmq)
            # A new watermark is compared at once, with what there is by then.
            rabbitmq.evaluate(f"{MONITOR}:set_vm_memory_high_watermark({absolute})")
            assert has_alarm(rabbitmq)
    assert not has_alarm(rabbitmq)
