"""The rows of the year, with hundreds of cells, most of them empty; and its months, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from charters.reports.year import WORD
from charters.templatetags.marks import mark, mark_in_cell
from records.templatetags.dates import short_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from charters.reports.year import YearCell, YearMark, YearRow

register = template.Library()


ROW = (
    '<tr><th scope="row" id="{key}" headers="duty g-{group}"><a href="{url}">'
    '<span class="reference">{reference}</span> <span>{title}</span></a></th>{cells}</tr>'
)
MONTH = (
    '<li><p><a href="{}"><span class="reference">{}</span> {}</a></p>'
    '<p>{} <span class="soft small">{}</span></p></li>'
)


@register.simple_tag
def year_rows(rows: Iterable[YearRow], group: int) -> SafeString:
    """The rows of a group, by its number in the page."""
    return format_html_join("", ROW, (_row(row, group) for row in rows))


@register.simple_tag
def month_marks(marks: Iterable[YearMark]) -> SafeString:
    """The marks of a month as a list."""
    shown = (
        (one.url, one.reference, one.title, mark(one.standing, one.label), short_day(one.on))
        for one in marks
    )
    return format_html_join("", MONTH, shown)


def _row(row: YearRow, group: int) -> dict[str, object]:
    return {
        "key": row.key,
        "group": group,
        "url": row.url,
        "reference": row.reference,
        "title": row.title,
        "cells": _cells(row),
    }


def _cells(row: YearRow) -> SafeString:
    """Their keys are the page's own; what the record says is escaped."""
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
