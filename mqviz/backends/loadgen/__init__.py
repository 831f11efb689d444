"""The clients of a scenario as real clients of a real broker, on one loop of scheduler and sockets."""
