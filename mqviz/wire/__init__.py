"""AMQP 0-9-1 on the wire: bytes to engine calls and back."""
