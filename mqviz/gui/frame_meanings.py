"""What each method of AMQP is for, in a sentence or two: what the conversation teaches."""

from __future__ import annotations

from PySide6.QtCore import QObject

from mqviz.model.frames import Frame


class FrameMeanings(QObject):
    """Explains frames in the language of the window."""

    def of(self, frame: Frame) -> str:
        """What a frame is for; empty where we have no words."""
        method = frame.method
        if not frame.to_broker and method in ("basic.ack", "basic.nack"):
            return self._confirms()[method]
        if not frame.to_broker and method == "basic.cancel":
            return self.tr("The broker ends the subscription by itself: the queue is gone.")
        family = {"connection": self._connection, "channel": self._channel, "exchange": self._topology, "queue": self._topology}
        family |= {"basic": self._basic, "confirm": self._modes, "tx": self._modes}
        told = family.get(frame.family, self._framing)().get(method) or self._content().get(method, "")
        return self.tr("The other side has done what it was asked for.") if not told and method.endswith("-ok") else told

    def _framing(self) -> dict[str, str]:
        return {
            "protocol": self.tr(
                "Before anything else the client says which protocol it speaks. A broker that does not answers with its own."
            ),
            "heartbeat": self.tr(
                "Nothing was said for a while: this only says “I am still here”. Two missed ones, and the connection counts as dead."
            ),
            "lost": self.tr(
                "The network broke or the process died, and nobody said goodbye. What was unacknowledged goes back to its queue."
            ),
        }

    def _content(self) -> dict[str, str]:
        return {
            "header": self.tr(
                "The second frame of a message: how long its body is, and its properties. A bit in the flags tells which are there."
            ),
            "body": self.tr(
                "The message itself, as bytes that mean nothing to the broker. A long body takes several frames, an empty one none."
            ),
        }

    def _connection(self) -> dict[str, str]:
        return {
            "connection.start": self.tr(
                "The broker introduces itself: product, version, what it is capable of, and by which mechanisms one can log in."
            ),
            "connection.start-ok": self.tr(
                "The client introduces itself and logs in. PLAIN sends user and password readably, hence TLS outside of one machine."
            ),
            "connection.tune": self.tr("The broker proposes limits: channels, size of a frame, seconds between heartbeats."),
            "connection.tune-ok": self.tr("The client agrees, or asks for less. From now on both keep to it."),
            "connection.open": self.tr("The client chooses a virtual host: a broker of its own inside the broker."),
            "connection.open-ok": self.tr("The handshake is done."),
            "connection.close": self.tr(
                "Either side ends the connection, with a code: 200 is a normal goodbye, 320 an operator’s, 5xx a broken rule."
            ),
            "connection.close-ok": self.tr("The other side agrees; then the network connection is closed."),
            "connection.blocked": self.tr("The broker is short of memory or disk and reads nothing more from connections that publish."),
            "connection.unblocked": self.tr("The broker has room again and reads on."),
        }

    def _channel(self) -> dict[str, str]:
        return {
            "channel.open": self.tr(
                "A channel is a conversation of its own within the connection: many of them share one network connection."
            ),
            "channel.open-ok": self.tr("The channel is there. All that follows carries its number."),
            "channel.close": self.tr(
                "The channel ends with a code: 404 not found, 406 precondition failed … The connection and its other channels stay."
            ),
            "channel.close-ok": self.tr("The other side agrees; the number is free again."),
            "channel.flow": self.tr("Asks the other side to pause or to go on. RabbitMQ does not let clients pause it."),
        }

    def _topology(self) -> dict[str, str]:
        return {
            "exchange.declare": self.tr(
                "Makes an exchange unless it is there. With other properties than it has, the channel is closed with 406."
            ),
            "exchange.bind": self.tr("What the source routes by this key goes on to the destination, another exchange."),
            "queue.declare": self.tr("Makes a queue unless it is there. Arguments set its limits: length, age, dead letters."),
            "queue.declare-ok": self.tr("The queue is there, with so many messages ready and so many consumers."),
            "queue.bind": self.tr("From now on the exchange routes messages that fit this key to the queue."),
            "queue.purge": self.tr("Throws away what is ready in the queue; what is unacknowledged stays."),
            "queue.delete": self.tr("Takes the queue away with all its messages; its consumers are cancelled."),
        }

    def _basic(self) -> dict[str, str]:
        return {
            "basic.qos": self.tr(
                "At most so many unacknowledged deliveries for each consumer that subscribes from now on: the prefetch. 0 is no limit."
            ),
            "basic.consume": self.tr("Subscribes to a queue: the broker pushes messages as they come, as far as the prefetch allows."),
            "basic.consume-ok": self.tr("The subscription is there; every delivery will carry its consumer tag."),
            "basic.cancel": self.tr("Ends a subscription. What was delivered may still be acknowledged."),
            "basic.publish": self.tr(
                "Hands a message to an exchange with a routing key. Nothing comes back, unless confirms are on or it is mandatory."
            ),
            "basic.return": self.tr("A mandatory message reached no queue and comes back to who published it."),
            "basic.deliver": self.tr(
                "A message for a subscription. The delivery tag is what the ack has to name; redelivered: somebody may have had it before."
            ),
            "basic.get": self.tr("Asks for one message instead of subscribing: each costs a round trip."),
            "basic.get-ok": self.tr("Here is one, and so many more are ready."),
            "basic.get-empty": self.tr("The queue has nothing ready."),
            "basic.ack": self.tr("The work is done: the broker may forget the message. “multiple” covers all deliveries up to this tag."),
            "basic.nack": self.tr("The work failed: back into the queue (requeue), or away, to the dead letters where there are some."),
            "basic.reject": self.tr(
                "Refuses one delivery: back into the queue (requeue), or away, to the dead letters where there are some."
            ),
            "basic.recover": self.tr("Everything unacknowledged on this channel goes back to its queue."),
        }

    def _confirms(self) -> dict[str, str]:
        return {
            "basic.ack": self.tr("A publisher confirm: the broker has taken charge of the message with this number on the channel."),
            "basic.nack": self.tr("A publisher confirm that says no: a queue did not take the message, so it has to be published again."),
        }

    def _modes(self) -> dict[str, str]:
        return {
            "confirm.select": self.tr("From now on the broker answers each publish with an ack or a nack, numbered from 1."),
            "tx.select": self.tr("Publishes and acks wait until the transaction is committed."),
            "tx.commit": self.tr("All that waited happens now."),
            "tx.rollback": self.tr("All that waited is forgotten."),
        }
