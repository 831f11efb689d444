"""What a run asks of the management API: who we are, a virtual host of its own, policies. Short requests before and after a run."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import httpx

from mqviz.backends.tls import context_for
from mqviz.backends.troubles import TroubleError, trouble_of
from mqviz.model.amqp import Arguments
from mqviz.model.feed import LiveBroker, Trouble


class Admin:
    """A client of the management API. TroubleError for what fails."""

    def __init__(self, broker: LiveBroker, password: str) -> None:
        verify = context_for(broker.tls) if broker.tls is not None else True
        self._broker = broker
        self._client = httpx.Client(
            base_url=broker.management,
            auth=(broker.user, password),
            timeout=httpx.Timeout(broker.answer_timeout, connect=broker.connect_timeout),
            verify=verify,
            trust_env=False,
        )

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def tags(self) -> tuple[str, ...]:
        """What the account may do."""
        told = self._ask("GET", "/api/whoami").json().get("tags", ())
        return tuple(told.split(",")) if isinstance(told, str) else tuple(told)

    def make_virtual_host(self, name: str) -> None:
        """A virtual host in which this account may do everything."""
        self._ask("PUT", f"/api/vhosts/{_quoted(name)}", {"description": "an experiment of mqviz"})
        everything = {"configure": ".*", "write": ".*", "read": ".*"}
        self._ask("PUT", f"/api/permissions/{_quoted(name)}/{_quoted(self._broker.user)}", everything)

    def delete_virtual_host(self, name: str) -> None:
        """With all that is in it; no error where there is none."""
        self._ask("DELETE", f"/api/vhosts/{_quoted(name)}", gone=True)

    def set_policy(self, virtual_host: str, name: str, pattern: str, definition: Arguments, apply_to: str, priority: int) -> None:
        """Set a policy."""
        body = {"pattern": pattern, "definition": definition, "apply-to": apply_to, "priority": priority}
        self._ask("PUT", f"/api/policies/{_quoted(virtual_host)}/{_quoted(name)}", body)

    def delete_policy(self, virtual_host: str, name: str) -> None:
        """No error where there is none."""
        self._ask("DELETE", f"/api/policies/{_quoted(virtual_host)}/{_quoted(name)}", gone=True)

    def _ask(self, method: str, path: str, body: Any = None, *, gone: bool = False) -> httpx.Response:
        try:
            answer = self._client.request(method, path, json=body)
        except httpx.TimeoutException:
            raise TroubleError(Trouble.TIMEOUT, self._broker.management) from None
        except httpx.TransportError as error:
            raise trouble_of(error) from None
        if answer.status_code == 401:
            raise TroubleError(Trouble.LOGIN, self._broker.user)
        if answer.status_code == 403:
            raise TroubleError(Trouble.RIGHTS, f"{method} {path}")
        if answer.status_code >= 400 and not (gone and answer.status_code == 404):
            raise TroubleError(Trouble.FAILED, f"{method} {path}: {answer.status_code}")
        return answer


def _quoted(name: str) -> str:
    return quote(name, safe="")
