"""Values that everyone may hold: what can be declared, asked and seen. They compute nothing with side effects."""
