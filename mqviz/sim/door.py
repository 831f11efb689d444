"""A caller's way to a service, over a network link of its own: the request goes there, the answer comes back."""

from __future__ import annotations

from typing import Any

from mqviz.sim.link import Link
from mqviz.sim.service import Answer, End, Service


class Door:
    """Asks one service. What is under way when the link is cut is lost; the service may have done it all the same."""

    def __init__(self, service: Service, link: Link) -> None:
        self._service = service
        self._link = link

    def ask(self, answer: Answer, argument: Any) -> None:
        """A request; `answer(argument, end)` is called when the answer is back."""
        if self._link.direct:
            self._service.ask(answer, argument)
        else:
            self._link.up.send(self._knock, (answer, argument))

    def set_latency(self, latency: float) -> None:
        """Another network latency on the way there and back."""
        self._link.set_latency(latency)

    def _knock(self, asked: tuple[Answer, Any]) -> None:
        self._service.ask(self._answered, asked)

    def _answered(self, asked: tuple[Answer, Any], end: End) -> None:
        if self._link.direct:
            asked[0](asked[1], end)
        else:
            self._link.down.send(self._return, (asked, end))

    def _return(self, answered: tuple[tuple[Answer, Any], End]) -> None:
        (answer, argument), end = answered
        answer(argument, end)
