"""What stands behind the window: the simulator, or a live broker, each as a `Backend`."""
