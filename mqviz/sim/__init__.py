"""A synthetic world on the engine: producers, consumers, services and translators that live in virtual time."""
