"""Passwords go to the system's keyring or nowhere."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked
from msgspec.structs import replace

from mqviz.backends import secrets
from mqviz.errors import BackendError
from mqviz.model.feed import LiveBroker

BROKER = LiveBroker(user="shop", host="rabbit")


class Ring(KeyringBackend):
    """A keyring of this test's own: the machine's is nobody's to write into."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_locked:
            raise KeyringLocked(password)
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring() -> Iterator[Ring]:
    before = keyring.get_keyring()
    ring = Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_a_password_is_kept_for_all_virtual_hosts_of_a_broker_and_forgotten(ring: Ring) -> None:
    secrets.keep(BROKER, "hidden")
    assert secrets.password_of(replace(BROKER, virtual_host="other")) == "hidden"
    assert secrets.password_of(replace(BROKER, host="elsewhere")) is None
    secrets.forget(BROKER)
    secrets.forget(BROKER)
    assert secrets.password_of(BROKER) is None


def test_a_keyring_that_refuses_is_told_without_the_password(ring: Ring) -> None:
    ring.is_locked = True
    with pytest.raises(BackendError, match="KeyringLocked") as error:
        secrets.keep(BROKER, "hidden")
    assert "hidden" not in str(error.value)


def test_without_a_keyring_nothing_is_kept(ring: Ring) -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    assert not secrets.is_available()
    assert secrets.password_of(BROKER) is None
    with pytest.raises(BackendError, match="no keyring"):
        secrets.keep(BROKER, "hidden")


def test_a_keyring_that_writes_files_is_not_trusted(ring: Ring) -> None:
    Ring.__module__, before = "keyrings.alt.file", Ring.__module__
    try:
        assert not secrets.is_available()
    finally:
        Ring.__module__ = before
