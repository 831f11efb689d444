"""What pika says when a connection cannot be made, as one of our troubles."""

from __future__ import annotations

from collections.abc import Iterator

from pika import exceptions

from mqviz.backends.troubles import TroubleError, trouble_of
from mqviz.model.feed import Trouble

_KNOWN: tuple[tuple[type[BaseException], Trouble], ...] = (
    (exceptions.ProbableAuthenticationError, Trouble.LOGIN),
    (exceptions.AuthenticationError, Trouble.LOGIN),
    (exceptions.ProbableAccessDeniedError, Trouble.VHOST),
    (exceptions.IncompatibleProtocolError, Trouble.PROTOCOL),
    (exceptions.ProtocolVersionMismatch, Trouble.PROTOCOL),
)
_CODES = {403: Trouble.RIGHTS, 404: Trouble.FAILED, 406: Trouble.FAILED, 530: Trouble.VHOST}


def trouble_in(error: BaseException) -> TroubleError:
    """The trouble behind an error of pika's, which may hold others."""
    every = list(_all(error))
    for each in every:
        for kind, trouble in _KNOWN:
            if isinstance(each, kind):
                return TroubleError(trouble, _words(each))
    for each in every:
        code = getattr(each, "reply_code", None)
        if code is not None:
            return TroubleError(_CODES.get(code, Trouble.FAILED), _words(each))
    for each in every:
        if isinstance(each, OSError):
            return trouble_of(each)
    return TroubleError(Trouble.TIMEOUT if "timed out" in str(error).lower() else Trouble.LOST, _words(error))


def _words(error: BaseException) -> str:
    text = getattr(error, "reply_text", "")
    return str(text) if text else ""


def _all(error: BaseException) -> Iterator[BaseException]:
    yield error
    nested = (*getattr(error, "exceptions", ()), getattr(error, "exception", None), *error.args, error.__cause__)
    for each in nested:
        if isinstance(each, BaseException):
            yield from _all(each)
