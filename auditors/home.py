"""What the home page asks about the auditor, and what was recorded lately."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import User
from accounts.withheld import without_withheld
from auditors.models import Approval, Finding, Letter, ServiceRequest
from auditors.sentences import amount, work_begins
from auditors.services.requests import delegates_for
from charters.answers import Ask, DatedEntry
from charters.docket import AsOf
from charters.news import News
from charters.registry import HOME, HomePart
from charters.standing import Docket
from records.clock import day_of
from records.dates import long_day


def asks(as_of: AsOf, user: User) -> Iterator[Ask]:
    """A delegate decides, the secretary brings it to a meeting, management plans."""
    roles = user.roles_today
    if Role.DIRECTOR in roles and Role.MANAGEMENT not in roles:
        yield from _decisions(as_of, user)
    if user.has_perm("auditors.record_approval") and Role.MANAGEMENT not in roles:
        if user.withheld.keys(ServiceRequest):
            yield from _to_bring(as_of, user)
        else:
            yield from Docket.of(as_of).listed(_to_bring)
    if Role.MANAGEMENT in roles:
        yield from _plans(as_of, user)


def _decisions(as_of: AsOf, user: User) -> Iterator[Ask]:
    """What this person may decide as a delegate, within the limits and not in their own matter."""
    rows = ServiceRequest.objects.visible_to(user).open().order_by("starts_on")
    for row, delegates in delegates_for(rows, on=as_of.day):
        if str(user.pk) not in {each.user for each in delegates}:
            continue
        yield Ask(
            sentence=_("Decide on a service of the auditor: %(subject)s, %(fee)s.")
            % {"subject": row, "fee": amount(row.money)},
            because=work_begins(row.starts_on, as_of.day),
            url=row.get_absolute_url(),
            button=_("Open request"),
            on=row.starts_on,
        )


def _to_bring(as_of: AsOf, user: User | None = None) -> Iterator[Ask]:
    """The same for every reader, but for one from whom a request is withheld."""
    waiting = ServiceRequest.objects.open().order_by("starts_on")
    shown = Approval.objects.live().to_present().filter(approved_on__lte=as_of.day)
    if user:
        waiting = without_withheld(waiting, user)
        shown = without_withheld(shown, user, "request")
    if count := len(waiting):
        yield Ask(
            sentence=ngettext(
                "%(n)s service request needs a decision.",
                "%(n)s service requests need a decision.",
                count,
            )
            % {"n": count},
            because=work_begins(waiting[0].starts_on, as_of.day),
            url=reverse("service_requests"),
            button=_("Open requests"),
            on=waiting[0].starts_on,
        )
    if count := shown.count():
        yield Ask(
            sentence=ngettext(
                "%(n)s approval is to be presented to the committee.",
                "%(n)s approvals are to be presented to the committee.",
                count,
            )
            % {"n": count},
            because=_("At the next scheduled meeting."),
            url=f"{reverse('service_requests')}?show=decided",
            button=_("Open requests"),
        )


def _plans(as_of: AsOf, user: User) -> Iterator[Ask]:
    """A finding of one's own without a plan."""
    rows = Finding.objects.visible_to(user, on=as_of.day).open(as_of.day)
    for row in rows.filter(owner=user, plans=None):
        yield Ask(
            sentence=_("Enter the plan for a finding: %(finding)s.") % {"finding": row},
            because=_("Reported on %(on)s.") % {"on": long_day(row.told_on)},
            url=reverse("finding_plan", args=[row.pk]),
            button=_("Record plan"),
        )


def activity(as_of: AsOf, user: User) -> Iterator[News]:
    """What was asked, received and found, as far as this person may see it."""
    yield News(
        ServiceRequest,
        lambda: ServiceRequest.objects.visible_to(user),
        lambda row: DatedEntry(
            day_of(row.asked_at, as_of.company),
            _("Service request: %(subject)s") % {"subject": row},
            row.get_absolute_url(),
        ),
        at="asked_at",
    )
    yield News(
        Letter, lambda: Letter.objects.visible_to(user).select_related("firm"), _letter_received
    )
    yield News(
        Finding,
        lambda: Finding.objects.visible_to(user, on=as_of.day),
        lambda row: DatedEntry(
            row.told_on, _("Finding: %(finding)s") % {"finding": row}, row.get_absolute_url()
        ),
    )


def _letter_received(letter: Letter) -> DatedEntry:
    said = {"kind": letter.get_kind_display(), "firm": letter.firm}
    text = _("Received: %(kind)s of %(firm)s") % said
    return DatedEntry(letter.received_on, text, letter.get_absolute_url())


HOME.add(HomePart("auditors.home", asks, activity, order=8))
