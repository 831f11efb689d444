"""AMQP 0-9-1 semantics as RabbitMQ 3.10.8 has them, without input/output: driven by calls and by the scheduler."""
