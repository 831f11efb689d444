"""How the page looks, light or dark as the reader's system is."""

from __future__ import annotations

from mqviz.report.charts import DARK, LIGHT
from mqviz.report.svg import FONT, Palette

_RULES = """
body { margin: 0; background: var(--window); color: var(--text); font: 15px/1.55 FONT; }
main { max-width: 960px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 28px; line-height: 1.25; margin: 0; }
h2 { font-size: 18px; margin: 40px 0 12px; }
h3 { font-size: 14px; margin: 20px 0 6px; }
.facts, .by, dd, figcaption, .card span, th { color: var(--muted); }
.lead { font-size: 17px; max-width: 68ch; }
.warn { border-left: 3px solid var(--dead); padding: 4px 12px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px; margin: 24px 0; }
.card, figure, .table { background: var(--panel); border: 1px solid var(--grid); border-radius: 10px; }
.card { padding: 12px 14px; }
.card b { display: block; font-size: 21px; font-variant-numeric: tabular-nums; }
.card span { font-size: 13px; }
figure { margin: 0 0 16px; padding: 14px 16px; }
figcaption { font-size: 13px; font-weight: 600; margin-bottom: 8px; }
svg { display: block; width: 100%; height: auto; }
.table { overflow-x: auto; padding: 4px 14px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { padding: 7px 10px; text-align: right; border-bottom: 1px solid var(--grid); white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
th:first-child, td:first-child { text-align: left; }
th { font-weight: 600; }
dt { font-weight: 600; margin-top: 10px; }
dd { margin: 0; }
"""


def style() -> str:
    """The page's style sheet."""
    dark = f"@media (prefers-color-scheme: dark) {{ :root {{ {_variables(DARK)} }} }}"
    return f"\n:root {{ {_variables(LIGHT)} }}\n{dark}{_RULES.replace('FONT', FONT)}"


def _variables(palette: Palette) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in palette.items())
