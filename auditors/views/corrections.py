"""Dates that were entered in error, corrected with a reason; what stood there stays on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from auditors.forms.corrections import CorrectDatesForm
from auditors.models import AnnualReview, Letter
from auditors.reports import corrections as reports
from auditors.reports.words import year as year_words
from auditors.services import corrections as services
from auditors.views.base import AuditorActView
from auditors.views.engagements import engagements_here
from records.confirm import Detail
from records.dates import long_day

HELD_ON = "held_on_"


class CorrectDatesView(AuditorActView):
    """The dates of one record, as they stand."""

    form_class = CorrectDatesForm
    is_reviewed = True
    title = lazy("Correct dates")
    why = lazy("For a date that was entered in error. The earlier date stays on record.")
    submit_label = lazy("Record correction")
    asked: tuple[str, ...] = ()

    def stands(self, row: Any) -> Iterator[reports.Standing]:
        yield from reports.standing(row, self.asked)

    def get_version(self, *, lock: bool = False) -> str:
        """The dates themselves: a record of this app has no revision."""
        row = self.object
        if lock:
            row = type(row)._default_manager.select_for_update().get(pk=row.pk)
        return ".".join([str(row.pk), *(f"{each.name}-{each.on}" for each in self.stands(row))])

    def get_stored(self) -> dict[str, Any]:
        return {each.name: each.on for each in self.stands(self.object)}

    def offer(self, form: Any) -> None:
        for each in self.stands(self.object):
            form.ask(each.name, each.label, each.on, required=each.is_needed)

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        changed = [
            Detail(each.label, _was_and_is(each.on, given[each.name]))
            for each in self.stands(self.object)
            if given[each.name] != each.on
        ]
        return [*changed, Detail(_("Reason"), given["reason"])]

    def act(self, reason: str, **dates: date | None) -> tuple[str, str]:
        self.correct(dates, reason)
        return self.done(_("The correction is recorded."))

    def correct(self, dates: dict[str, date | None], reason: str) -> None:
        raise NotImplementedError


def _was_and_is(before: date, after: date | None) -> str:
    said = {"before": long_day(before)}
    if after is None:
        return _("%(before)s is removed") % said
    return _("%(after)s instead of %(before)s") % (said | {"after": long_day(after)})


class CorrectLetterView(CorrectDatesView):
    permission_required = "auditors.receive_letter"
    asked = reports.OF_LETTER

    def get_queryset(self) -> QuerySet[Letter]:
        return Letter.objects.visible_to(self.user).with_history()

    def stands(self, row: Letter) -> Iterator[reports.Standing]:
        yield from super().stands(row)
        for each in row.discussions.all():
            yield reports.Standing(f"{HELD_ON}{each.pk}", _("Discussed on"), each.held_on, True)

    def correct(self, dates: dict[str, date | None], reason: str) -> None:
        held = {
            int(name.removeprefix(HELD_ON)): day
            for name, day in dates.items()
            if name.startswith(HELD_ON) and day is not None
        }
        own = {name: dates[name] for name in self.asked}
        services.correct_letter(
            self.object, dates=own, discussed=held, reason=reason, **self.signed
        )


class CorrectEngagementView(CorrectDatesView):
    get_queryset = engagements_here
    asked = reports.OF_ENGAGEMENT

    def correct(self, dates: dict[str, date | None], reason: str) -> None:
        services.correct_engagement(self.object, dates=dates, reason=reason, **self.signed)


class CorrectReviewView(CorrectDatesView):
    permission_required = "auditors.record_review"
    queryset = AnnualReview.objects.all()
    asked = reports.OF_REVIEW
    note = lazy("A committee report that was issued stays as it was issued.")

    def get_title(self) -> str:
        return f"{self.title}: {year_words(self.object.year_ends_on, self.calendar)}"

    def correct(self, dates: dict[str, date | None], reason: str) -> None:
        services.correct_review(self.object, dates=dates, reason=reason, **self.signed)
