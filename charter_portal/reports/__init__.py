"""The report to the Board: what it covers, what it says, how it is set.

`compose` builds a frozen dataclass of plain values from the records; `render` makes the PDF of
it and asks nothing else. Between the two lies JSON, so that an issued report can be set again.
"""

from charter_portal.reports.compose import compose, open_items
from charter_portal.reports.plain import from_json, to_json
from charter_portal.reports.render import render, render_html, render_paper, render_paper_html
from charter_portal.reports.report import Ask, BoardReportData
from charter_portal.reports.scope import Scope

__all__ = [
    "Ask",
    "BoardReportData",
    "Scope",
    "compose",
    "from_json",
    "open_items",
    "render",
    "render_html",
    "render_paper",
    "render_paper_html",
    "to_json",
]
