"""Which filer the company is, from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records.confirm import Detail
from records.forms import FilerStatusForm
from records.models import FilerStatus
from records.services import company as services
from records.views.company.rows import Column, Line, RowKind, RowList, Words, removing
from records.views.wording import filer_words, since_long, since_words, status_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from records.models import Company
    from records.views.company.rows import RowFormView


class FilerStatusRows(RowKind):
    name = "filer_status"
    model = FilerStatus
    form_class = FilerStatusForm
    keeps_one = True
    add = staticmethod(services.set_filer_status)
    correct = staticmethod(services.correct_filer_status)
    remove = staticmethod(services.remove_filer_status)
    to_add = Words(
        title=lazy("Add filer status"),
        why=lazy("The category sets the due dates of filings. It applies from a date."),
        submit_label=lazy("Record filer status"),
        sentence=lazy("The filer status was recorded."),
    )
    to_correct = Words(
        title=lazy("Correct filer status"),
        why=lazy("Use this for an entry made by mistake. If the status changed, add a new one."),
        submit_label=lazy("Record correction"),
        sentence=lazy("The filer status was corrected."),
    )
    to_remove = removing(lazy("Remove filer status"))

    def recorded(self, view: RowFormView, given: dict[str, Any]) -> Sequence[Detail]:
        words = filer_words(given["category"], is_smaller_reporting=given["is_smaller_reporting"])
        return [
            Detail(_("From"), since_long(given["effective_from"])),
            Detail(_("Filer status"), words),
        ]

    def removed(self, row: FilerStatus) -> Sequence[Detail]:
        return [
            Detail(_("Removed: from"), since_long(row.effective_from)),
            Detail(_("Filer status"), status_words(row)),
        ]

    def listed(self, company: Company) -> RowList:
        lines = []
        for status in company.filer_statuses.order_by("-effective_from"):
            words, since = status_words(status), since_words(status.effective_from)
            lines.append(Line(status.pk, words, [since], f"{words}, {since}"))
        return RowList(
            kind=self,
            caption=_("Filer status, newest first"),
            head=_("Category"),
            columns=[Column(_("From"), is_date=True)],
            lines=lines,
            nothing=_("None on record."),
        )


FILER_STATUSES = FilerStatusRows()
