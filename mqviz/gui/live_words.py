"""What is known of the way to a live broker, in words: what failed, how to mend it, what is not told."""

from __future__ import annotations

from PySide6.QtCore import QObject

from mqviz.model.feed import Check, Missing, Trouble


class LiveWords(QObject):
    """Codes of `model.feed` in the language of the window."""

    def step(self, code: str) -> str:
        """What a test looks at."""
        return {
            "name": self.tr("Name"),
            "port": self.tr("Port"),
            "tls": self.tr("TLS"),
            "login": self.tr("Login"),
            "vhost": self.tr("Virtual host"),
            "management": self.tr("Management"),
            "rights": self.tr("Rights"),
            "statistics": self.tr("Statistics"),
        }.get(code, code)

    def well(self, check: Check) -> str:
        """A check that went well: what was found."""
        return check.detail or self.tr("all well")

    def trouble(self, trouble: Trouble) -> str:
        """What is wrong, as a sentence."""
        return {
            Trouble.NAME: self.tr("The host's name has no address."),
            Trouble.PORT: self.tr("Nobody listens on this port."),
            Trouble.TIMEOUT: self.tr("There was no answer in time."),
            Trouble.TLS: self.tr("The two sides could not agree on TLS."),
            Trouble.CERTIFICATE: self.tr("A certificate was not accepted."),
            Trouble.PLAIN: self.tr("One side speaks TLS and the other does not."),
            Trouble.PROTOCOL: self.tr("Something else listens there."),
            Trouble.LOGIN: self.tr("User or password is wrong."),
            Trouble.VHOST: self.tr("The virtual host cannot be entered."),
            Trouble.RIGHTS: self.tr("The account may not see this."),
            Trouble.PLUGIN: self.tr("The management plugin does not answer."),
            Trouble.STATISTICS: self.tr("The broker keeps no statistics."),
            Trouble.LOST: self.tr("The connection broke."),
            Trouble.UNTOLD: self.tr("RabbitMQ does not tell it."),
            Trouble.FAILED: self.tr("The broker answered with an error."),
        }[trouble]

    def mend(self, trouble: Trouble) -> str:
        """What can be done about it."""
        return {
            Trouble.NAME: self.tr("Check its spelling, and whether a VPN is needed to reach it."),
            Trouble.PORT: self.tr("Is the broker running? AMQP is usually 5672, with TLS 5671; management 15672."),
            Trouble.TIMEOUT: self.tr("A firewall may be in between. If the way is long, give it more time above."),
            Trouble.TLS: self.tr("Check that this is the TLS port (usually 5671) and which versions of TLS the broker allows."),
            Trouble.CERTIFICATE: self.tr(
                "Name the authority (CA) that has signed it, or, if the broker asks for one, a certificate of yours."
            ),
            Trouble.PLAIN: self.tr("Switch TLS on or off above, or take the other port: 5671 with TLS, 5672 without."),
            Trouble.PROTOCOL: self.tr("Check the port: AMQP is usually 5672, management 15672."),
            Trouble.LOGIN: self.tr("Type both again. “guest” may log in only from the broker's own machine."),
            Trouble.VHOST: self.tr("Check its name, and ask for permissions: rabbitmqctl set_permissions -p VHOST USER"),
            Trouble.RIGHTS: self.tr("Ask for the tag monitoring: rabbitmqctl set_user_tags USER monitoring"),
            Trouble.PLUGIN: self.tr("Check its address, or switch it on: rabbitmq-plugins enable rabbitmq_management"),
            Trouble.STATISTICS: self.tr(
                "Totals are shown, and, where the plugin rabbitmq_prometheus gives them, rates of the whole."
            ),
            Trouble.LOST: self.tr("Try again; the broker's log says more."),
            Trouble.UNTOLD: self.tr("Nothing can be done about it."),
            Trouble.FAILED: self.tr("The broker's log says more."),
        }[trouble]

    def missing(self, missing: Missing) -> str:
        """What is not shown, and why."""
        said = self.tr("{0}: {1}").format(self._what(missing.what), self.trouble(missing.trouble))
        if missing.what == "rates" and "://" in missing.detail:
            # Everything else is there; it is the endpoint beside it that is not.
            gives = self.tr("The plugin rabbitmq_prometheus would give them at {0}.").format(missing.detail)
            return f"{said} {gives}"
        return said

    def _what(self, code: str) -> str:
        return {
            "statistics": self.tr("Statistics"),
            "rates": self.tr("Rates"),
            "queue_rates": self.tr("Rates of single queues and exchanges"),
            "vhost_totals": self.tr("Rates of this virtual host alone (all of the node's are shown)"),
            "other_nodes": self.tr("Rates of the cluster's other nodes"),
            "limits": self.tr("Limits that come from policies"),
            "blocked": self.tr("Blocked connections"),
            "connections": self.tr("Connections"),
            "channels": self.tr("Channels and publishers"),
            "consumers": self.tr("Consumers"),
            "bindings": self.tr("Bindings"),
            "nodes": self.tr("Nodes, memory and disk"),
            "oldest": self.tr("Age of the oldest message"),
            "policies": self.tr("Policies"),
            "targets": self.tr("Exchanges that publishers publish to"),
            "other_vhosts": self.tr("Other virtual hosts"),
            "queues": self.tr("Queues"),
            "unacknowledged": self.tr("Unacknowledged messages"),
            "exchanges": self.tr("Exchanges"),
        }.get(code, code)
