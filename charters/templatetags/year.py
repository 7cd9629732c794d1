"""The cells of the year: hundreds, most of them empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from charters.reports.year import WORD
from charters.templatetags.marks import mark_in_cell
from records.templatetags.dates import short_day

if TYPE_CHECKING:
    from charters.reports.year import YearCell, YearMark, YearRow

register = template.Library()


@register.simple_tag
def year_cells(row: YearRow) -> SafeString:
    """The cells of a row. Their keys are the page's own; what the record says is escaped."""
    return SafeString("".join(_cell(cell, row.key) for cell in row.cells))


def _cell(cell: YearCell, row: str) -> str:
    now = ' class="is-now"' if cell.is_now else ""
    return f'<td headers="m-{cell.month_key} {row}"{now}>{_marks(cell) if cell.marks else ""}</td>'


def _marks(cell: YearCell) -> SafeString:
    shown = ((one.url, short_day(one.on), _shape(one)) for one in cell.marks)
    return format_html_join("", '<a href="{}" title="{}">{}</a>', shown)


def _shape(one: YearMark) -> SafeString:
    if one.standing == WORD:
        return format_html('<span class="closed-word">{}</span>', one.label)
    return mark_in_cell(one.standing, one.label)
