"""What rows, curves and faults are called on the chart."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from mqviz.gui.chart_axes import clock, duration, figure
from mqviz.viewmodel.chart_rows import Plan, Row
from mqviz.viewmodel.fault_spans import FaultSpan


class ChartWords(QObject):
    """The chart's codes in the language of the window."""

    def row(self, row: Row) -> str:
        """The title of a row."""
        return {
            Row.RATES: self.tr("Rates"),
            Row.DEPTH: self.tr("Depth"),
            Row.LATENCY: self.tr("Latency"),
            Row.FAILURES: self.tr("Failures"),
        }[row]

    def about(self, row: Row, plan: Plan) -> str:
        """What a row is of, and its unit."""
        whole = self.tr("all of the broker") if plan.counted else self.tr("all services") if plan.calls else self.tr("all queues")
        name = plan.node.partition(":")[2] or whole
        return {
            Row.RATES: self.tr("{0} · requests/s").format(name) if plan.calls else self.tr("{0} · msg/s").format(name),
            Row.DEPTH: self.tr("requests") if plan.calls else self.tr("messages"),
            Row.LATENCY: self.tr("end to end"),
            Row.FAILURES: self.tr("per second"),
        }[row]

    def curve(self, code: str) -> str:
        """The short name of a curve."""
        return {
            "in": self.tr("In"),
            "out": self.tr("Out"),
            "deliver": self.tr("Deliver"),
            "ack": self.tr("Ack"),
            "publish": self.tr("Publish"),
            "confirm": self.tr("Confirm"),
            "completed": self.tr("Done"),
            "ready": self.tr("Ready"),
            "unacked": self.tr("Unacked"),
            "waiting": self.tr("Waiting"),
            "in_service": self.tr("At work"),
            "unconfirmed": self.tr("Unconf."),
            "redelivered": self.tr("Redel."),
            "dead_lettered": self.tr("Dead"),
            "dropped": self.tr("Drop"),
            "failed_calls": self.tr("Calls"),
            "unroutable": self.tr("Unroutable"),
            "returned": self.tr("Return"),
            "nacked": self.tr("Nack"),
            "timed_out": self.tr("Timeout"),
            "refused": self.tr("Refused"),
            "failed": self.tr("Failed"),
            "invalid": self.tr("Invalid"),
            **self._counted(),
        }.get(code, code)

    def _counted(self) -> dict[str, str]:
        """RabbitMQ's own names, which its users know."""
        return {
            "counted_publish": self.tr("Publish"),
            "counted_confirm": self.tr("Publisher confirm"),
            "counted_publish_in": self.tr("Publish (in)"),
            "counted_publish_out": self.tr("Publish (out)"),
            "counted_deliver": self.tr("Deliver (manual)"),
            "counted_deliver_no_ack": self.tr("Deliver (auto)"),
            "counted_ack": self.tr("Consumer ack"),
            "counted_redeliver": self.tr("Redelivered"),
            "counted_get": self.tr("Get (manual)"),
            "counted_get_no_ack": self.tr("Get (auto)"),
            "counted_get_empty": self.tr("Get (empty)"),
            "counted_return_unroutable": self.tr("Unroutable return"),
            "counted_drop_unroutable": self.tr("Unroutable drop"),
        }

    def explained(self, code: str) -> str:
        """What a curve counts, as a whole line."""
        return {
            "in": self.tr("Messages or requests that came in, per second"),
            "out": self.tr("Copies that went out, per second"),
            "deliver": self.tr("Deliveries to consumers, per second"),
            "ack": self.tr("Acknowledgements, per second"),
            "publish": self.tr("Messages published, per second"),
            "confirm": self.tr("Messages that the broker confirmed, per second"),
            "completed": self.tr("Work finished, per second"),
            "ready": self.tr("Messages in the queue that wait for a consumer"),
            "unacked": self.tr("Messages delivered and not yet acknowledged, on top of the ready ones"),
            "waiting": self.tr("What waits for its turn"),
            "in_service": self.tr("Requests that workers are busy with"),
            "unconfirmed": self.tr("Published messages whose confirm has not come yet"),
            "p50": self.tr("Half of the messages were faster, from arrival to the end of the work"),
            "p95": self.tr("95 % were faster, from arrival to the end of the work"),
            "p99": self.tr("99 % were faster, from arrival to the end of the work"),
            **self._failures(),
            **self._counted_explained(),
        }.get(code, "")

    def _counted_explained(self) -> dict[str, str]:
        return {
            "counted_publish": self.tr("Messages that came in from clients, per second"),
            "counted_confirm": self.tr("Confirms to publishers, per second"),
            "counted_publish_in": self.tr("Messages from clients into exchanges, per second"),
            "counted_publish_out": self.tr("Messages from exchanges into queues, per second"),
            "counted_deliver": self.tr("Deliveries to consumers that acknowledge by hand, per second"),
            "counted_deliver_no_ack": self.tr("Deliveries to consumers that acknowledge automatically, per second"),
            "counted_ack": self.tr("Acknowledgements of consumers, per second"),
            "counted_redeliver": self.tr("Deliveries of messages that had been delivered before, per second"),
            "counted_get": self.tr("Messages fetched one by one and acknowledged by hand, per second"),
            "counted_get_no_ack": self.tr("Messages fetched one by one and acknowledged automatically, per second"),
            "counted_get_empty": self.tr("Fetches from an empty queue, per second"),
            "counted_return_unroutable": self.tr("Mandatory messages sent back since they matched no binding, per second"),
            "counted_drop_unroutable": self.tr("Messages thrown away since they matched no binding, per second"),
        }

    def _failures(self) -> dict[str, str]:
        return {
            "redelivered": self.tr("Deliveries of messages that had been delivered before"),
            "dead_lettered": self.tr("Messages that went to a dead-letter exchange"),
            "dropped": self.tr("Messages thrown away: dropped, refused, expired, rejected or lost"),
            "failed_calls": self.tr("Direct calls that were refused, timed out or failed"),
            "unroutable": self.tr("Messages that matched no binding"),
            "returned": self.tr("Mandatory messages that came back unroutable"),
            "nacked": self.tr("Messages that the broker did not take"),
            "timed_out": self.tr("Requests whose answer came too late"),
            "refused": self.tr("Requests for which there was no place to wait"),
            "failed": self.tr("Requests that failed"),
            "invalid": self.tr("Messages that could not be translated"),
        }

    def fault(self, span: FaultSpan) -> str:
        """What the flag of a fault says: what happened, to whom, and how long it lasted."""
        figures = dict(span.figures)
        text = self._fault(span.kind, span.target.partition(":")[2] or span.target, figures)
        if span.until is None or span.is_moment:
            return text
        return self.tr("{0} · {1}").format(text, duration(span.until - span.since))

    def _fault(self, kind: str, target: str, figures: dict[str, Any]) -> str:
        if kind == "spike" and "messages" in figures:
            return self.tr("Spike +{0}").format(figure(figures["messages"]))
        if kind == "spike" and "factor" not in figures:
            return self.tr("Spike")
        if kind == "cut" and target:
            return self.tr("Cut {0}").format(target)
        template = {
            "spike": self.tr("Spike ×{factor}"),
            "kill": self.tr("Kill {target}"),
            "stop": self.tr("Stop {target}"),
            "hang": self.tr("{target} hangs"),
            "slow": self.tr("Slow {target} ×{factor}"),
            "fail": self.tr("{target} fails {share} %"),
            "poison": self.tr("Poison message"),
            "delay": self.tr("Delay +{delay}"),
            "cut": self.tr("Network cut"),
            "restart": self.tr("Broker restart"),
            "down": self.tr("Broker down"),
            "memory_alarm": self.tr("Memory alarm"),
            "purge": self.tr("Purge {target}"),
        }.get(kind, kind)
        factor, delay = f"{figures.get('factor', 1.0):.3g}", duration(figures.get("seconds"))
        share = f"{100.0 * figures.get('share', 1.0):.3g}"
        return template.format(target=target, factor=factor, delay=delay, share=share)

    def fault_at(self, span: FaultSpan) -> str:
        """A fault with its moment, and whether it is still at work."""
        text = f"{clock(span.since, 0.1)}  {self.fault(span)}"
        return self.tr("{0} · in effect").format(text) if span.until is None else text

    def now(self) -> str:
        """The newest moment, at the right end of the axis."""
        return self.tr("now")

    def nothing(self) -> str:
        """What stands in the row of failures while there are none."""
        return self.tr("nothing failed in this time")

    def theory(self) -> str:
        """What stands on a theory line."""
        return self.tr("theory")

    def mean_and_greatest(self) -> str:
        """What the two figures over a stretch of time are."""
        return self.tr("mean / max")

    def faults(self, count: int) -> str:
        """A flag for several."""
        return self.tr("{0} faults").format(count)
