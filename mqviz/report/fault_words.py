"""Faults in the words of the page and the picture."""

from __future__ import annotations

from mqviz.model.result import FaultSpell
from mqviz.report.numbers import seconds, significant
from mqviz.report.words import word


def fault_name(fault: FaultSpell, language: str) -> str:
    """What happened, how much, and to whom: "Spike ×10 shop"."""
    target = (fault.target or "").removeprefix("queue:")
    named = word(f"fault_{fault.kind}", language)
    return " ".join(part for part in (named, _size(fault, language), target) if part)


def _size(fault: FaultSpell, language: str) -> str:
    figures = fault.figures
    if "messages" in figures:
        return f"+{significant(figures['messages'])}"
    if "factor" in figures:
        return f"×{significant(figures['factor'])}"
    if "seconds" in figures:
        return f"+{seconds(figures['seconds'])}"
    if "share" in figures:
        return f"{significant(100.0 * figures['share'])} %"
    return word(f"side_{figures['side']}", language) if "side" in figures and fault.target is None else ""


def fault_span(fault: FaultSpell, language: str) -> tuple[str, str]:
    """When it began, and how long it lasted; one that outlasts the run says so."""
    if fault.end is None:
        return seconds(fault.begin), word("outlasts", language)
    return seconds(fault.begin), "–" if fault.end == fault.begin else seconds(fault.end - fault.begin)
