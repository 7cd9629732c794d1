"""The rows of long lists, and the entries of a dated line: a page has a hundred of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from records.dates import unbroken_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from charters.answers import DatedEntry
    from charters.reports.deadlines import DeadlineRow
    from charters.reports.open_items import OpenItemRow

register = template.Library()

NOTHING = SafeString("")
LINK = '<a href="{}">{}</a>'
DETAIL = '<p class="dated-detail">{}</p>'
ENTRY = '<li><time datetime="{}">{}</time><div><p>{}</p>{}{}{}{}</div></li>'
OPEN_ITEM = (
    '<tr><th scope="row"><a href="{}">{}{}</a> <span class="list-detail">{}</span></th>'
    '<td>{}</td><td class="list-date" data-label="{}">{}</td><td data-label="{}">{}</td></tr>'
)
REFERENCE = '<span class="reference">{}</span> '
DEADLINE = (
    '<tr><th scope="row">{} <span class="list-detail">{}</span></th>'
    '<td class="list-date" data-label="{}">{}</td><td class="list-date" data-label="{}">{}</td></tr>'
)


@register.simple_tag
def dated_entries(entries: Iterable[DatedEntry]) -> SafeString:
    return format_html_join("", ENTRY, map(_entry, entries))


def _entry(entry: DatedEntry) -> tuple[object, ...]:
    recorded = NOTHING
    if entry.recorded_on and entry.recorded_on != entry.on:
        recorded = _recorded(entry.recorded_on, get_language())
    return (
        entry.on.isoformat(),
        unbroken_day(entry.on),
        format_html(LINK, entry.url, entry.text) if entry.url else entry.text,
        format_html(DETAIL, entry.detail) if entry.detail else NOTHING,
        _files(entry) if entry.files else NOTHING,
        _withdraw(entry) if entry.withdraw_url else NOTHING,
        recorded,
    )


def _files(entry: DatedEntry) -> SafeString:
    shown = (render_to_string("components/file.html", {"file": file}) for file in entry.files)
    return SafeString("".join(shown))


def _withdraw(entry: DatedEntry) -> SafeString:
    words = format_html('{}<span class="hidden-words">: {}</span>', _("Withdraw"), entry.text)
    return format_html(DETAIL, format_html(LINK, entry.withdraw_url, words))


@lru_cache(maxsize=4_096)
def _recorded(day: date, language: str | None) -> SafeString:
    """A page says it of the same few dates over and over."""
    return format_html(DETAIL, _("recorded %(day)s") % {"day": unbroken_day(day)})


@register.simple_tag
def open_item_rows(rows: Iterable[OpenItemRow]) -> SafeString:
    return format_html_join("", OPEN_ITEM, _open_items(rows))


def _open_items(rows: Iterable[OpenItemRow]) -> Iterator[tuple[object, ...]]:
    on, closed_as = _("Date"), _("Closed as")
    still_open = format_html('<span class="soft">{}</span>', _("open"))
    for row in rows:
        reference = format_html(REFERENCE, row.reference) if row.reference else NOTHING
        yield (
            *(row.url, reference, row.title, row.layer, row.because),
            *(on, unbroken_day(row.on), closed_as, row.closing or still_open),
        )


@register.simple_tag
def deadline_rows(rows: Iterable[DeadlineRow]) -> SafeString:
    return format_html_join("", DEADLINE, _deadlines(rows))


def _deadlines(rows: Iterable[DeadlineRow]) -> Iterator[tuple[object, ...]]:
    next_reminder, due, was_due = _("Next reminder"), _("Due"), _("Was due")
    for row in rows:
        because = row.because
        if row.whom:
            because = f"{because} {_('Reminders to %(whom)s.') % {'whom': row.whom}}"
        yield (
            format_html(LINK, row.url, row.what) if row.url else row.what,
            *(because, was_due if row.is_past else due, unbroken_day(row.due_on)),
            *(next_reminder, unbroken_day(row.next_on)),
        )
