"""The guide's steps. Whether one is done is computed from the records each time it is asked, so the
guide can be left at any moment and resumed on any device, in any order."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import RoleTerm, User
from charter_portal.setup import mail
from charter_portal.setup.guide import Guide, Step
from charter_portal.setup.hats import missing_roles
from committees.models import Attestation, Committee, Duty, Membership
from committees.reports.charter import Link, address
from committees.standing import Docket
from records.confirm import Line
from records.dates import long_day
from records.enums import Setting
from records.models import Holiday
from records.views.wording import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from records.models import Company

COMPANY = (
    Setting.NAME,
    Setting.TICKER,
    Setting.EXCHANGE,
    Setting.STATE,
    Setting.TIME_ZONE,
    Setting.CURRENCY,
    Setting.LOCALE,
    Setting.PAPER_SIZE,
    Setting.NEW_ACCOUNTS,
)
CALENDAR = (Setting.FISCAL_YEAR_END, Setting.FILER_STATUS)
RECORD = (Setting.RECORDS_BEGIN, Setting.ANNUALLY)
# The first secretary alone is no company: acts of weight take a second person's hand.
PEOPLE_AT_LEAST = 2


def is_open(company: Company | None) -> bool:
    """Whether there is nothing to live by yet: no company, or no duty of a charter."""
    return company is None or not Duty.objects.exists()


def guide(company: Company | None, today: date) -> Guide:
    return _Records(company, today).guide()


class _Records:
    """What the steps are read from, each sort of record once."""

    def __init__(self, company: Company | None, today: date) -> None:
        self.company, self.today = company, today

    def guide(self) -> Guide:
        steps: tuple[Callable[[], Step], ...] = (
            self.of_company,
            self.of_calendar,
            self.of_record,
            self.of_people,
            self.of_committee,
            self.of_charter,
            self.of_duties,
            self.of_past,
            self.of_mail,
        )
        return Guide(tuple(step() for step in steps))

    @cached_property
    def committee(self) -> Committee | None:
        return Committee.objects.audit()

    @cached_property
    def docket(self) -> Docket | None:
        if self.company is None or self.committee is None:
            return None
        return Docket(self.committee, self.today, self.company)

    @cached_property
    def waits_for_company(self) -> str:
        return "" if self.company else _("The company")

    def has(self, settings: Iterable[Setting]) -> bool:
        """Whether somebody has said so of each, and none is a default."""
        return self.company is not None and not set(settings) & set(self.company.to_confirm)

    def lines(self, settings: Iterable[Setting]) -> tuple[Line, ...]:
        if self.company is None:
            return ()
        words = said(self.company)
        waits = (_("assumed; nobody has confirmed it yet"),)
        return tuple(
            Line(s.label, words[s] or _("not given"), waits if s in self.company.to_confirm else ())
            for s in settings
        )

    def of_company(self) -> Step:
        url = reverse("setup_company")
        return Step(
            _("The company"),
            _("Whose record this is, and how days and sums are written."),
            Link(_("Enter the company"), url),
            self.has(COMPANY),
            self.lines(COMPANY),
            (Link(_("Change the company"), url),),
        )

    def of_calendar(self) -> Step:
        url = reverse("setup_calendar")
        return Step(
            _("The calendar"),
            _("When the fiscal year ends, which filer the company is, and its annual meeting."),
            Link(_("Enter the calendar"), url),
            self.has(CALENDAR),
            (*self.lines(CALENDAR), *self._meetings(), *self._holidays()),
            (
                Link(_("Change the calendar"), url),
                Link(_("Change the holidays"), reverse("holidays")),
            ),
            self.waits_for_company,
        )

    def _meetings(self) -> list[Line]:
        if self.company is None:
            return []
        last = self.company.annual_meetings.order_by("on").last()
        return [Line(_("Annual meeting"), long_day(last.on) if last else _("none on record"))]

    def _holidays(self) -> list[Line]:
        years = sorted({day.year for day in Holiday.objects.dates("on", "year")})
        if not years:
            return []
        words = _("filled in for %(first)s to %(last)s") % {"first": years[0], "last": years[-1]}
        return [Line(_("Federal holidays"), words)]

    def of_record(self) -> Step:
        url = reverse("setup_record")
        return Step(
            _("Where the record begins"),
            _("What fell due before that day is before the record, and never shown as missing."),
            Link(_("Say where the record begins"), url),
            self.has(RECORD),
            self.lines(RECORD),
            (Link(_("Change where the record begins"), url),),
            self.waits_for_company,
        )

    def of_people(self) -> Step:
        held = RoleTerm.objects.held(self.today).filter(user__is_active=True)
        found = User.objects.with_roles().filter(pk__in=held.values("user"))
        people = sorted(found, key=lambda user: _first_role(user, self.today))
        entered = [Line(", ".join(_roles(user, self.today)), str(user)) for user in people]
        if entered and (missing := missing_roles(people, self.today)):
            entered.append(Line(_("Nobody yet"), ", ".join(missing)))
        return Step(
            _("The people"),
            _("Who signs in, and in which roles. One person may hold several."),
            Link(_("Add the people"), reverse("setup_people")),
            len(people) >= PEOPLE_AT_LEAST,
            tuple(entered),
            (
                Link(_("Add more people"), reverse("setup_people")),
                Link(_("Change people and roles"), reverse("people")),
            ),
        )

    def of_committee(self) -> Step:
        seats: list[Membership] = []
        if self.committee:
            seated = self.committee.memberships.in_office(self.today)
            seats = list(seated.select_related("director").prefetch_related("chair_terms"))
        chair = any(_chairs(seat, self.today) for seat in seats)
        entered = [
            Line(
                _("Chair") if _chairs(seat, self.today) else _("Member"),
                str(seat.director),
                (_("since %(day)s") % {"day": long_day(seat.starts_on)},),
            )
            for seat in seats
        ]
        if seats and not chair:
            entered.append(Line(_("Chair"), _("none on record")))
        return Step(
            _("The committee"),
            _("The directors, their seats on the Board and on the audit committee, and its chair."),
            Link(_("Seat the directors"), reverse("setup_committee")),
            bool(seats) and chair,
            tuple(entered),
            (
                Link(_("Add more directors"), reverse("setup_committee")),
                Link(_("Change seats and chair"), reverse("committee")),
            ),
        )

    def of_charter(self) -> Step:
        version = self.docket.version if self.docket else None
        drafts = self.committee.charter_versions.drafts() if self.committee else ()
        entered = [Line(_("Draft"), draft.title) for draft in drafts]
        action = Link(_("Import the charter"), _led_from_here("charter_import"))
        if entered:
            draft = next(iter(drafts))
            action = Link(_("Open the draft"), _leading_back(draft.get_absolute_url()))
        if version and version.effective_on:
            day = _("in effect from %(day)s") % {"day": long_day(version.effective_on)}
            entered.insert(0, Line(_("Charter"), version.title, (day,)))
        return Step(
            _("The charter"),
            _("Its text is taken apart into clauses; the Board's adoption is recorded with it."),
            action,
            version is not None,
            tuple(entered),
            (
                Link(_("All versions"), reverse("charter_versions")),
                Link(_("Load another version"), _led_from_here("charter_import")),
            ),
        )

    def of_duties(self) -> Step:
        count = len(self.docket.reading().duties) if self.docket else 0
        words = ngettext("%(n)s duty in force", "%(n)s duties in force", count) % {"n": count}
        has_version = self.docket is not None and self.docket.version is not None
        return Step(
            _("The duties"),
            _("What the charter, the law and good practice ask, each on its clause."),
            Link(_("Choose the duties"), _led_from_here("charter_duties")),
            count > 0,
            (Line(_("Duties"), words),) if count else (),
            (Link(_("Choose more duties"), _led_from_here("charter_duties")),),
            "" if has_version else _("The charter"),
        )

    def of_past(self) -> Step:
        found = Attestation.objects.standing().filter(duty__committee=self.committee)
        count = found.count() if self.committee else 0
        words = ngettext("%(n)s attestation", "%(n)s attestations", count) % {"n": count}
        has_duties = self.docket is not None and bool(self.docket.duties)
        return Step(
            _("What happened before"),
            _("The duties performed already in the running year, with their days and papers."),
            Link(_("Enter what happened before"), _led_from_here("backfill")),
            count > 0,
            (Line(_("On record"), words),) if count else (),
            (
                Link(_("Enter more"), _led_from_here("backfill")),
                Link(_("Load a past version of the charter"), _led_from_here("charter_import")),
            ),
            "" if has_duties else _("The duties"),
            is_optional=True,
        )

    def of_mail(self) -> Step:
        asked = mail.asked_by()
        url = reverse("setup_mail")
        return Step(
            _("The mail"),
            _("Send yourself a test mail, to see that what the portal owes people reaches them."),
            Link(_("Send a test mail"), url),
            mail.has_arrived(),
            (Line(_("Last test"), mail.what_became(asked)),) if asked else (),
            (Link(_("Test it again"), url),),
        )


def _led_from_here(name: str) -> str:
    return _leading_back(reverse(name))


def _leading_back(url: str) -> str:
    """A page of the charter that leads back to the guide once it has recorded something."""
    return address(url, next=reverse("setup"))


def _chairs(seat: Membership, day: date) -> bool:
    return any(term.covers(day) for term in seat.chair_terms.all())


def _first_role(user: User, day: date) -> int:
    """The order of people: as the roles are listed."""
    held = user.roles(day)
    return next(place for place, role in enumerate(Role) if role in held)


def _roles(user: User, day: date) -> list[str]:
    held = user.roles(day)
    return [str(role.label) for role in Role if role in held]
