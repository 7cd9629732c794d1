"""Dates that were entered in error, corrected with a reason; what stood there stays on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from auditors.forms.corrections import CorrectDatesForm
from auditors.models import AnnualReview, Engagement, Letter
from auditors.reports import corrections as reports
from auditors.reports.words import year as year_words
from auditors.services import corrections as services
from auditors.views.base import AuditorActView
from auditors.views.engagements import engagements_open_to
from records.confirm import Detail
from records.dates import long_day

if TYPE_CHECKING:
    from accounts.models import User
    from records.calendar import Calendar

Dates = dict[str, date | None]
HELD_ON = "held_on_"


class Corrected:
    """A sort of record whose dates can be corrected: which rows, which dates, and the service."""

    asked: tuple[str, ...] = ()
    note: Any = ""

    def rows(self, user: User) -> QuerySet[Any]:
        raise NotImplementedError

    def stands(self, row: Any) -> Iterator[reports.Standing]:
        yield from reports.standing(row, self.asked)

    def of_what(self, row: Any, calendar: Calendar) -> str:
        """What the title names, where the row has no page of its own to lead back to."""
        return ""

    def correct(self, row: Any, dates: Dates, reason: str, **signed: Any) -> None:
        raise NotImplementedError


class CorrectDatesView(AuditorActView):
    """The dates of one record, as they stand. Each address names the sort of record."""

    corrected = Corrected()
    form_class = CorrectDatesForm
    is_reviewed = True
    title = lazy("Correct dates")
    why = lazy("For a date that was entered in error. The earlier date stays on record.")
    submit_label = lazy("Record correction")

    def get_queryset(self) -> QuerySet[Any]:
        return self.corrected.rows(self.user)

    def get_title(self) -> str:
        named = self.corrected.of_what(self.object, self.calendar)
        return f"{self.title}: {named}" if named else str(self.title)

    def get_note(self) -> Any:
        return self.corrected.note

    def stands(self) -> list[reports.Standing]:
        return list(self.corrected.stands(self.object))

    def get_version(self, *, lock: bool = False) -> str:
        """The dates themselves: a record of this app has no revision."""
        row = self.object
        if lock:
            row = type(row)._default_manager.select_for_update().get(pk=row.pk)
        stands = self.corrected.stands(row)
        return ".".join([str(row.pk), *(f"{each.name}-{each.on}" for each in stands)])

    def get_stored(self) -> dict[str, Any]:
        return {each.name: each.on for each in self.stands()}

    def offer(self, form: Any) -> None:
        for each in self.stands():
            form.ask(each.name, each.label, each.on, required=each.is_needed)

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        changed = [
            Detail(each.label, _was_and_is(each.on, given[each.name]))
            for each in self.stands()
            if given[each.name] != each.on
        ]
        return [*changed, Detail(_("Reason"), given["reason"])]

    def act(self, reason: str, **dates: date | None) -> tuple[str, str]:
        self.corrected.correct(self.object, dates, reason, **self.signed)
        return self.done(_("The correction is recorded."))


def _was_and_is(before: date, after: date | None) -> str:
    said = {"before": long_day(before)}
    if after is None:
        return _("%(before)s is removed") % said
    return _("%(after)s instead of %(before)s") % (said | {"after": long_day(after)})


class CorrectedLetter(Corrected):
    asked = reports.OF_LETTER

    def rows(self, user: User) -> QuerySet[Letter]:
        return Letter.objects.visible_to(user).with_history()

    def stands(self, row: Letter) -> Iterator[reports.Standing]:
        yield from super().stands(row)
        for each in row.discussions.all():
            yield reports.Standing(f"{HELD_ON}{each.pk}", _("Discussed on"), each.held_on, True)

    def correct(self, row: Letter, dates: Dates, reason: str, **signed: Any) -> None:
        held = {
            int(name.removeprefix(HELD_ON)): day
            for name, day in dates.items()
            if name.startswith(HELD_ON) and day is not None
        }
        own = {name: dates[name] for name in self.asked}
        services.correct_letter(row, dates=own, discussed=held, reason=reason, **signed)


class CorrectedEngagement(Corrected):
    asked = reports.OF_ENGAGEMENT

    def rows(self, user: User) -> QuerySet[Engagement]:
        return engagements_open_to(user)

    def correct(self, row: Engagement, dates: Dates, reason: str, **signed: Any) -> None:
        services.correct_engagement(row, dates=dates, reason=reason, **signed)


class CorrectedReview(Corrected):
    asked = reports.OF_REVIEW
    note = lazy("A committee report that was issued stays as it was issued.")

    def rows(self, user: User) -> QuerySet[AnnualReview]:
        return AnnualReview.objects.all()

    def of_what(self, row: AnnualReview, calendar: Calendar) -> str:
        return year_words(row.year_ends_on, calendar)

    def correct(self, row: AnnualReview, dates: Dates, reason: str, **signed: Any) -> None:
        services.correct_review(row, dates=dates, reason=reason, **signed)
