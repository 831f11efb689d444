"""Sentences that can be put into another language: a text in English that remembers its template and what it was filled with.

The lower layers speak English, for the command line; the window finds the template among its own words and fills in the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Self


class Said(str):
    """A text made by `say`; `values` may be such texts themselves."""

    __slots__ = ("template", "values")

    template: str
    values: tuple[Any, ...]

    def __new__(cls, template: str, values: tuple[Any, ...]) -> Self:
        made = super().__new__(cls, template.format(*values))
        made.template, made.values = template, values
        return made


def say(template: str, *values: Any) -> Said:
    """The template, filled with values in the places `{0}`, `{1}` ..."""
    return Said(template, values)


def listed(parts: Iterable[str], joint: str = ", ") -> Said:
    """Several texts in a row."""
    every = tuple(parts)
    return Said(joint.join(f"{{{i}}}" for i in range(len(every))), every)


def translated(text: str, template_for: Callable[[str], str]) -> str:
    """The text in another language; `template_for` gives a template in that language, or the same one where it knows none."""
    if not isinstance(text, Said):
        return text
    values = (translated(each, template_for) if isinstance(each, str) else each for each in text.values)
    return template_for(text.template).format(*values)
