"""mqviz: a message broker one can watch."""

from typing import Any


def __getattr__(name: str) -> Any:
    """The version, read from the installed package only when somebody asks."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version

    return version("mqviz")
