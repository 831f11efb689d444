"""The result of a run, of several or of a series, as JSON, CSV, a page or a picture."""

from mqviz.report.csv_text import as_csv
from mqviz.report.json_text import as_json
from mqviz.report.page import as_html
from mqviz.report.picture import as_png
from mqviz.report.runs import Repeated, Varied

__all__ = ["Repeated", "Varied", "as_csv", "as_html", "as_json", "as_png"]
