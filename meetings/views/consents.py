"""Written consents: the list, one consent, and what the acts on it share."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from charters.answers import Link
from charters.views.base import audit_committee, has_committee, nothing_yet
from committees.models import Director
from meetings.models import WrittenConsent
from meetings.permissions import consents_open_to
from meetings.reports.consents import consent_page, consent_row, is_stopped, size_wanted_on
from meetings.reports.words import size_url
from meetings.rulings import is_in_effect
from records import clock
from records.confirm import ActView, Detail
from records.views.base import PageView

if TYPE_CHECKING:
    from datetime import datetime

    from records.models import Company


class ConsentsView(PageView, ListView):  # type: ignore[type-arg]
    """Every consent a person may see, the newest first."""

    permission_required = "meetings.view_consent"
    is_ready = property(has_committee)
    committee = cached_property(audit_committee)
    instead = nothing_yet
    template_name = "meetings/consents.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[WrittenConsent]:
        return consents_open_to(self.user).with_signatures()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "rows": [consent_row(each, company_of(self)) for each in context["object_list"]]
        }


class ConsentView(PageView, DetailView):  # type: ignore[type-arg]
    """One consent: the text, who has signed, and what can be done with it."""

    permission_required = "meetings.view_consent"
    template_name = "meetings/consent_detail.html"

    def get_queryset(self) -> QuerySet[WrittenConsent]:
        return consents_open_to(self.user).with_signatures()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        acts = list(self.acts())
        may_change = self.user.has_perm("meetings.change_consent") and is_unsigned(self.object)
        return super().get_context_data(
            consent=self.object,
            page=consent_page(self.object, self.user, clock.now(), company_of(self)),
            first=acts[0] if acts else None,
            acts=acts[1:],
            may_detach=may_change,
            **kwargs,
        )

    def acts(self) -> list[Link]:
        """What this person can do with it now, the first as a button."""
        consent, found = self.object, []
        is_secretary = self.user.has_perm("meetings.change_consent")
        if consent.effective_on or is_in_effect(consent, clock.now(), company_of(self).zone):
            return []
        if consent.stopped_at:
            return [self.call_meeting()] if is_secretary and consent.sent_at else []
        args = [consent.pk]
        if may_sign(consent, self.user, clock.now(), company_of(self)):
            found += [
                Link(_("Read and sign"), reverse("consent_sign", args=args)),
                Link(_("Decline"), reverse("consent_decline", args=args)),
            ]
        elif consent.is_waiting and own_signature(consent, self.user):
            found.append(
                Link(_("Withdraw your signature"), reverse("consent_signature_withdraw", args=args))
            )
        if is_secretary:
            found += self.acts_of_the_secretary()
        return found

    def call_meeting(self) -> Link:
        return Link(_("Call a special meeting"), reverse("consent_meeting", args=[self.object.pk]))

    def acts_of_the_secretary(self) -> list[Link]:
        consent, args = self.object, [self.object.pk]
        found = []
        if consent.sent_at is None:
            found.append(Link(_("Send for signature"), reverse("consent_send", args=args)))
        elif not is_stopped(consent, clock.now(), company_of(self)):
            found += [
                Link(_("Record signed paper"), reverse("consent_paper", args=args)),
                Link(_("Record that a member declined"), reverse("consent_decline", args=args)),
            ]
        if day := size_wanted_on(consent, clock.now(), company_of(self)):
            found.append(Link(_("Record number of seats"), size_url(consent.body, day)))
        if is_unsigned(consent):
            found += [
                Link(_("Change text"), reverse("consent_change", args=args)),
                Link(_("Attach a paper"), reverse("consent_attach", args=args)),
            ]
        if consent.sent_at:
            found.append(self.call_meeting())
        found.append(Link(_("Withdraw consent"), reverse("consent_withdraw", args=args)))
        return list(dict.fromkeys(found))


def company_of(view: PageView) -> Company:
    """The company, which is set up before there is a consent."""
    assert view.company is not None  # noqa: S101
    return view.company


def is_unsigned(consent: WrittenConsent) -> bool:
    """Whether what it says may still change."""
    return not (consent.effective_on or consent.stopped_at or len(consent.signatures.all()))


def own_signature(consent: WrittenConsent, user: Any) -> Any:
    return next((s for s in consent.signatures.all() if s.director.user_id == user.pk), None)


def own_seat(consent: WrittenConsent, user: Any) -> Director | None:
    """The member that this person is, of those who are asked to sign."""
    asked = (member.director for member in consent.members.all())
    return next((director for director in asked if director.user_id == user.pk), None)


def may_sign(consent: WrittenConsent, user: Any, now: datetime, company: Company) -> bool:
    """Whether a person is asked to sign a consent, has not yet, and still can."""
    return (
        consent.is_waiting
        and own_seat(consent, user) is not None
        and own_signature(consent, user) is None
        and not is_stopped(consent, now, company)
    )


def denial_of_strangers(consent: WrittenConsent, user: Any) -> str | None:
    if own_seat(consent, user) is None:
        return _("You are not among the members asked to sign this consent.")
    return None


class ConsentActView(ActView):
    """One act on a consent: a form, one service, and back to the consent."""

    permission_required = "meetings.change_consent"

    def get_queryset(self) -> QuerySet[WrittenConsent]:
        return consents_open_to(self.user).with_signatures()

    def get_title(self) -> str:
        return f"{self.title}: {self.object.title}"

    def get_cancel_url(self) -> str:
        return str(self.object.get_absolute_url())

    def text_of_consent(self) -> Detail:
        lines = tuple(filter(None, map(str.strip, self.object.text.splitlines())))
        return Detail(_("Resolution"), lines[0], lines[1:])

    def papers(self) -> list[Detail]:
        titles = tuple(each.title for each in self.object.attachments.all())
        return [Detail(_("Attachments"), titles[0], titles[1:])] if titles else []

    def members(self) -> Any:
        """The directors who are asked to sign and have not."""
        asked = self.object.members.values("director")
        signed = self.object.signatures.values("director")
        return Director.objects.filter(pk__in=asked).exclude(pk__in=signed)
