"""The rows of the page of notices: fifty, each of a dozen values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from records.notice_rows import NoticeLine

register = template.Library()

ROW = (
    '<tr><th scope="row" class="notice-why">{}{}</th>'
    '<td data-label="{}">{}</td>'
    '<td class="list-date" data-label="{}">{}<span class="list-detail">{}</span></td>'
    '<td data-label="{}">{}<span class="list-detail">{}</span></td>{}</tr>'
)
ABOUT = '<span class="list-detail">{}</span>'
ACTS = '<td class="notice-acts">{}{}</td>'
ACT = '<a href="{}{}/{}/">{}<span class="hidden-words">: {}, {}</span></a>'


@register.simple_tag
def notice_rows(rows: Iterable[NoticeLine], may_change: bool) -> SafeString:
    return SafeString("".join(_drawn(rows, may_change=may_change)))


def _drawn(rows: Iterable[NoticeLine], *, may_change: bool) -> Iterator[SafeString]:
    to, created, status = _("To"), _("Created"), _("Status")
    here, again, cancel = reverse("notices"), _("Send again"), _("Cancel")
    for row in rows:
        acts = about = SafeString("")
        if row.about:
            about = format_html(ABOUT, row.about)
        if may_change:
            key, said = row.pk, (row.why, row.to)
            acts = format_html(
                ACTS,
                format_html(ACT, here, key, "send-again", again, *said)
                if row.may_send_again
                else "",
                format_html(ACT, here, key, "cancel", cancel, *said)
                if row.may_be_cancelled
                else "",
            )
        yield format_html(
            ROW,
            *(row.why, about, to, row.to),
            *(created, row.owed_on, row.owed_time),
            *(status, row.state, row.detail, acts),
        )
