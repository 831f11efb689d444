"""Passwords of live brokers, kept by the system's keyring and by nothing else: no file, no log, no error text has them."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringError

from mqviz.errors import BackendError
from mqviz.model.feed import LiveBroker

SERVICE = "mqviz"
_IN_FILES = "keyrings.alt"
"""Backends that write files of their own, some without any cipher."""


def is_available() -> bool:
    """Whether this system has a keyring that may be trusted with a password."""
    try:
        found = list(_backends(keyring.get_keyring()))
    except (KeyringError, RuntimeError):
        return False
    return bool(found) and all(map(_is_safe, found))


def password_of(broker: LiveBroker) -> str | None:
    """The password that was kept, None where there is none (or no keyring)."""
    try:
        return keyring.get_password(SERVICE, account(broker)) if is_available() else None
    except (KeyringError, RuntimeError, OSError):
        return None


def keep(broker: LiveBroker, password: str) -> None:
    """Keep the password. BackendError where there is no keyring, or it refuses."""
    if not is_available():
        raise BackendError("this system has no keyring, so the password is not kept: it will be asked for again")
    try:
        keyring.set_password(SERVICE, account(broker), password)
    except (KeyringError, RuntimeError, OSError) as error:
        raise BackendError(f"the keyring did not keep the password: {type(error).__name__}") from None


def forget(broker: LiveBroker) -> None:
    """Forget the password, if there is one."""
    if password_of(broker) is None:
        return
    try:
        keyring.delete_password(SERVICE, account(broker))
    except (KeyringError, RuntimeError, OSError) as error:
        raise BackendError(f"the keyring did not forget the password: {type(error).__name__}") from None


def account(broker: LiveBroker) -> str:
    """What the password belongs to: a user of one broker, whatever the virtual host."""
    return f"{broker.user}@{broker.host}:{broker.port}"


def _backends(ring: KeyringBackend) -> Iterator[KeyringBackend]:
    if isinstance(ring, chainer.ChainerBackend):
        # The first of a chain is asked first, and takes what is kept.
        yield from ring.backends[:1]
    else:
        yield ring


def _is_safe(ring: KeyringBackend) -> bool:
    return not isinstance(ring, fail.Keyring | null.Keyring) and not type(ring).__module__.startswith(_IN_FILES)
