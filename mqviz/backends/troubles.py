"""What goes wrong on the way to a live broker, told as one of our troubles with the words of whoever noticed it."""

from __future__ import annotations

import socket
import ssl

from mqviz.errors import BackendError
from mqviz.model.feed import Trouble


class TroubleError(BackendError):
    """A live broker cannot be seen, or does not do what it was asked: which kind of trouble, and details without any password."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble.value}: {detail}" if detail else trouble.value)
        self.trouble = trouble
        self.detail = detail


LASTING = frozenset((Trouble.TLS, Trouble.CERTIFICATE, Trouble.PLAIN, Trouble.PROTOCOL, Trouble.LOGIN, Trouble.VHOST, Trouble.RIGHTS))
"""What does not go away by waiting: somebody has to mend it."""


def trouble_of(error: BaseException) -> TroubleError:
    """The trouble behind an error of a socket or of TLS, or behind what such an error was wrapped in."""
    chain = tuple(_causes(error))
    for each in chain:
        found = _known(each)
        if found is not None:
            return found
    return TroubleError(Trouble.LOST, str(chain[-1]) or type(chain[-1]).__name__)


def _causes(error: BaseException) -> list[BaseException]:
    """The error and what led to it, the innermost first."""
    chain: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in chain:
        chain.append(at)
        at = at.__cause__ or at.__context__
    return chain[::-1]


def _known(error: BaseException) -> TroubleError | None:
    if isinstance(error, TroubleError):
        return error
    if isinstance(error, socket.gaierror):
        return TroubleError(Trouble.NAME, error.strerror or "")
    if isinstance(error, ssl.SSLCertVerificationError):
        return TroubleError(Trouble.CERTIFICATE, error.verify_message)
    if isinstance(error, ssl.SSLError):
        return _of_tls(error)
    if isinstance(error, TimeoutError):
        return TroubleError(Trouble.TIMEOUT)
    if isinstance(error, ConnectionRefusedError):
        return TroubleError(Trouble.PORT)
    if isinstance(error, ConnectionError):
        return TroubleError(Trouble.LOST, error.strerror or "")
    if isinstance(error, OSError) and error.errno is not None:
        return TroubleError(Trouble.PORT, error.strerror or "")
    return None


_WANTS_CERTIFICATE = ("CERTIFICATE_REQUIRED", "ALERT_BAD_CERTIFICATE", "ALERT_UNKNOWN_CA", "HANDSHAKE_FAILURE", "CERTIFICATE_UNKNOWN")


def _of_tls(error: ssl.SSLError) -> TroubleError:
    reason = error.reason or str(error)
    if reason in ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"):
        return TroubleError(Trouble.PLAIN, reason.lower().replace("_", " "))
    wanted = any(word in reason for word in _WANTS_CERTIFICATE)
    return TroubleError(Trouble.CERTIFICATE if wanted else Trouble.TLS, reason.lower().replace("_", " "))
