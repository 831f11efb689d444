"""Policies that are wrong: what `check` refuses in a scenario file, RabbitMQ refuses too, and takes what `check` takes."""

from __future__ import annotations

from typing import Any

import pytest
import tomli_w

from mqviz.errors import ScenarioError
from mqviz.model.parsing import parse
from tests.rabbitmq_node import Node, NodeError, is_installed

pytestmark = pytest.mark.skipif(not is_installed(), reason="rabbitmq-server is not installed")

RIGHT: list[dict[str, Any]] = [
    {"definition": {"max-length": 0}},
    {"definition": {"max-length": 1, "overflow": "reject-publish"}, "apply-to": "queues", "priority": 7},
    {"definition": {"message-ttl": 0, "expires": 1}},
    {"definition": {"dead-letter-routing-key": "k"}},
    {"definition": {"alternate-exchange": "amq.fanout"}, "apply-to": "exchanges"},
    {"definition": {"delivery-limit": 3, "max-length-bytes": 10}, "pattern": ""},
]
WRONG: list[dict[str, Any]] = [
    {"definition": {}},
    {"definition": {"max-length": 1}, "pattern": "("},
    {"definition": {"max-length": 1}, "apply-to": "queue"},
    {"definition": {"max-length": 1}, "priority": "high"},
    {"definition": {"max-lenght": 1}},
    {"definition": {"max-length": -1}},
    {"definition": {"max-length": "3"}},
    {"definition": {"max-length-bytes": 1.5}},
    {"definition": {"overflow": "drop"}},
    {"definition": {"message-ttl": -1}},
    {"definition": {"expires": 0}},
    {"definition": {"dead-letter-exchange": 3}},
    {"definition": {"delivery-limit": -1}},
]
NEWER = ("classic_queues", "quorum_queues")
"""What a policy may apply to in newer versions of RabbitMQ; 3.10.8 does not know them."""


def is_taken_by_check(policy: dict[str, Any]) -> bool:
    try:
        parse(tomli_w.dumps({"queues": [{"name": "q"}], "policies": [{"name": "p", "pattern": "^q", **policy}]}))
    except ScenarioError:
        return False
    return True


@pytest.fixture(scope="module")
def is_taken_by_the_node(rabbitmq: Node) -> Any:
    with rabbitmq.vhost() as vhost:

        def answer(policy: dict[str, Any]) -> bool:
            try:
                vhost.api("PUT", "/api/policies/{vhost}/p", {"pattern": "^q", **policy})
            except NodeError as error:
                assert "Validation failed" in str(error)
                return False
            return True

        yield answer


@pytest.mark.parametrize("policy", RIGHT, ids=str)
def test_what_is_right_for_us_is_right_for_rabbitmq(policy: dict[str, Any], is_taken_by_the_node: Any) -> None:
    assert is_taken_by_check(policy)
    assert is_taken_by_the_node(policy)


@pytest.mark.parametrize("policy", WRONG, ids=str)
def test_what_is_wrong_for_us_is_wrong_for_rabbitmq(policy: dict[str, Any], is_taken_by_the_node: Any) -> None:
    assert not is_taken_by_check(policy)
    assert not is_taken_by_the_node(policy)


@pytest.mark.parametrize("apply_to", NEWER)
def test_kinds_of_queues_are_for_newer_versions(apply_to: str, is_taken_by_the_node: Any) -> None:
    policy = {"definition": {"max-length": 1}, "apply-to": apply_to}
    assert is_taken_by_check(policy)
    assert not is_taken_by_the_node(policy)
