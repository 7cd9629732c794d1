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
from charter_portal.setup.suggested_roles import missing_roles
from charters.answers import Link
from charters.models import Committee, Completion
from charters.reports.charter import address
from charters.standing import Docket
from committees.models import Membership
from records.confirm import Detail
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
            self.of_owners,
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

    def lines(self, settings: Iterable[Setting]) -> tuple[Detail, ...]:
        if self.company is None:
            return ()
        words = said(self.company)
        waits = (_("default value, not confirmed yet"),)
        return tuple(
            Detail(
                s.label, words[s] or _("not given"), waits if s in self.company.to_confirm else ()
            )
            for s in settings
        )

    def of_company(self) -> Step:
        url = reverse("setup_company")
        return Step(
            _("The company"),
            _("The company's name, time zone and formats."),
            Link(_("Set up company"), url),
            self.has(COMPANY),
            self.lines(COMPANY),
            (Link(_("Change company"), url),),
        )

    def of_calendar(self) -> Step:
        url = reverse("setup_calendar")
        return Step(
            _("Calendar"),
            _("The fiscal year end, the filer status and the annual meeting."),
            Link(_("Set up calendar"), url),
            self.has(CALENDAR),
            (*self.lines(CALENDAR), *self._meetings(), *self._holidays()),
            (
                Link(_("Change calendar"), url),
                Link(_("Change holidays"), reverse("holidays")),
            ),
            self.waits_for_company,
        )

    def _meetings(self) -> list[Detail]:
        if self.company is None:
            return []
        last = self.company.annual_meetings.order_by("on").last()
        return [Detail(_("Annual meeting"), long_day(last.on) if last else _("none on record"))]

    def _holidays(self) -> list[Detail]:
        years = sorted({day.year for day in Holiday.objects.dates("on", "year")})
        if not years:
            return []
        words = _("filled in for %(first)s to %(last)s") % {"first": years[0], "last": years[-1]}
        return [Detail(_("Federal holidays"), words)]

    def of_record(self) -> Step:
        url = reverse("setup_record")
        return Step(
            _("Where records begin"),
            _(
                "The date from which the portal shows a status. Earlier due dates are shown as "
                "before records begin."
            ),
            Link(_("Set where records begin"), url),
            self.has(RECORD),
            self.lines(RECORD),
            (Link(_("Change where records begin"), url),),
            self.waits_for_company,
        )

    def of_people(self) -> Step:
        held = RoleTerm.objects.held(self.today).filter(user__is_active=True)
        found = User.objects.with_roles().filter(pk__in=held.values("user"))
        people = sorted(found, key=lambda user: _first_role(user, self.today))
        entered = [Detail(", ".join(_roles(user, self.today)), str(user)) for user in people]
        if entered and (missing := missing_roles(people, self.today)):
            entered.append(Detail(_("none"), ", ".join(missing)))
        return Step(
            _("People"),
            _("Who signs in, and with which roles."),
            Link(_("Add people"), reverse("setup_people")),
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
            Detail(
                _("Chair") if _chairs(seat, self.today) else _("Member"),
                str(seat.director),
                (_("since %(day)s") % {"day": long_day(seat.starts_on)},),
            )
            for seat in seats
        ]
        if seats and not chair:
            entered.append(Detail(_("Chair"), _("none on record")))
        return Step(
            _("The committee"),
            _("The directors, the members of the audit committee, and its chair."),
            Link(_("Add directors"), reverse("setup_committee")),
            bool(seats) and chair,
            tuple(entered),
            (
                Link(_("Add more directors"), reverse("setup_committee")),
                Link(_("Change members and chair"), reverse("committee")),
            ),
        )

    def of_charter(self) -> Step:
        version = self.docket.version if self.docket else None
        drafts = self.committee.charter_versions.drafts() if self.committee else ()
        entered = [Detail(_("Draft"), draft.title) for draft in drafts]
        action = Link(_("Import charter"), _led_from_here("charter_import"))
        if entered:
            draft = next(iter(drafts))
            action = Link(_("Open draft"), _leading_back(draft.get_absolute_url()))
        if version and version.effective_on:
            day = _("in effect from %(day)s") % {"day": long_day(version.effective_on)}
            entered.insert(0, Detail(_("Charter"), version.title, (day,)))
        return Step(
            _("The charter"),
            _("The text of the charter, and its adoption by the Board."),
            action,
            version is not None,
            tuple(entered),
            (
                Link(_("All versions"), reverse("charter_versions")),
                Link(_("Import another version"), _led_from_here("charter_import")),
            ),
        )

    def of_duties(self) -> Step:
        count = len(self.docket.reading().duties) if self.docket else 0
        words = ngettext(
            "%(n)s responsibility in effect", "%(n)s responsibilities in effect", count
        ) % {"n": count}
        has_version = self.docket is not None and self.docket.version is not None
        return Step(
            _("The responsibilities"),
            _("What the charter, the law and good practice ask, clause by clause."),
            Link(_("Choose responsibilities"), _led_from_here("charter_duties")),
            count > 0,
            (Detail(_("Responsibilities"), words),) if count else (),
            (Link(_("Choose more responsibilities"), _led_from_here("charter_duties")),),
            "" if has_version else _("The charter"),
        )

    def of_owners(self) -> Step:
        docket = self.docket
        duties = [duty for duty in docket.duties if docket.is_in_force(duty)] if docket else []
        owned = sum(duty.owner_id is not None for duty in duties)
        words = ngettext(
            "%(n)s responsibility has an owner", "%(n)s responsibilities have an owner", owned
        ) % {"n": owned}
        url = _led_from_here("charter_owners")
        return Step(
            _("Owners"),
            _("Who looks after each responsibility and is reminded of it."),
            Link(_("Give owners"), url),
            bool(duties) and owned == len(duties),
            (Detail(_("Owners"), words),) if owned else (),
            (Link(_("Change owners"), url),),
            "" if duties else _("The responsibilities"),
            is_optional=True,
        )

    def of_past(self) -> Step:
        found = Completion.objects.standing().filter(duty__committee=self.committee)
        count = found.count() if self.committee else 0
        words = ngettext("%(n)s completion", "%(n)s completions", count) % {"n": count}
        has_duties = self.docket is not None and bool(self.docket.duties)
        return Step(
            _("Past work"),
            _(
                "Responsibilities completed before today in the current year, with dates and "
                "documents."
            ),
            Link(_("Enter past work"), _led_from_here("backfill")),
            count > 0,
            (Detail(_("On record"), words),) if count else (),
            (
                Link(_("Enter more past work"), _led_from_here("backfill")),
                Link(_("Import a past version of the charter"), _led_from_here("charter_import")),
            ),
            "" if has_duties else _("The responsibilities"),
            is_optional=True,
        )

    def of_mail(self) -> Step:
        asked = mail.asked_by()
        url = reverse("setup_mail")
        return Step(
            _("Email"),
            _("Send yourself a test email."),
            Link(_("Send test email"), url),
            mail.has_arrived(),
            (Detail(_("Last test"), mail.what_became(asked)),) if asked else (),
            (Link(_("Send another test"), url),),
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
