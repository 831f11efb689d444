"""TLS towards a live broker: the files that a user names become a context, or an error that names the file."""

from __future__ import annotations

import ssl
from collections.abc import Callable

from mqviz.backends.troubles import TroubleError
from mqviz.model.feed import Tls, Trouble


def context_for(tls: Tls) -> ssl.SSLContext:
    """A client's context. TroubleError (certificate) for a file that is not there, or is no PEM file of its kind."""
    context = ssl.create_default_context()
    if not tls.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if tls.ca:
        _load("ca", tls.ca, lambda: context.load_verify_locations(tls.ca))
    if tls.certificate:
        key = tls.key or None
        # Without a password of ours, OpenSSL would ask for one on the terminal.
        _load("certificate", tls.certificate, lambda: context.load_cert_chain(tls.certificate, key, password=""))
    return context


def _load(what: str, path: str, load: Callable[[], None]) -> None:
    try:
        load()
    except ssl.SSLError as error:
        reason = (error.reason or "not a PEM file").lower().replace("_", " ")
        raise TroubleError(Trouble.CERTIFICATE, f"{what} {path}: {reason}") from None
    except OSError as error:
        raise TroubleError(Trouble.CERTIFICATE, f"{what} {path}: {(error.strerror or str(error)).lower()}") from None
