"""How a written consent comes about and ends: prepared, changed, sent, withdrawn, put to a meeting."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.models import Duty
from charters.services.uploads import Upload
from charters.views.base import audit_committee, has_committee, nothing_yet
from committees.models import Director
from meetings.forms import consents as forms
from meetings.forms.meetings import WhenForm
from meetings.models import ConsentAttachment, WrittenConsent
from meetings.permissions import consents_open_to
from meetings.services import consents as services
from meetings.services.consent_meetings import call_meeting
from records.calendar import DAY, Period
from records.confirm import ActView, Detail
from records.dates import long_day
from records.views.base import PageView

if TYPE_CHECKING:
    from datetime import date

    from charters.models import Committee
    from records.models import Company

from meetings.views.consents import ConsentActView, company_of


def text_offers(view: PageView) -> dict[str, Any]:
    """What the forms about the text offer: responsibilities, and recent fiscal years."""
    return {
        "duties": Duty.objects.order_by("title"),
        "years": years_to_serve(company_of(view), view.today),
    }


def years_to_serve(company: Company, today: date) -> list[Period]:
    """The fiscal year, the one before and the next, this one first."""
    calendar = company.calendar
    year = calendar.year_of(today)
    return [year, calendar.year_of(year.first - DAY), calendar.year_of(year.last + DAY)]


class ConsentPrepareView(ActView):
    permission_required = "meetings.change_consent"
    is_ready = property(has_committee)
    committee: cached_property[Committee | None] = cached_property(audit_committee)
    instead = nothing_yet
    form_class = forms.ConsentForm
    title = lazy("Draft a written consent")
    why = lazy("A resolution that every member signs, without a meeting.")
    note = lazy("Nobody else sees a draft. A written consent does not count as a meeting.")
    submit_label = lazy("Save draft")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | text_offers(self)

    def get_initial(self) -> dict[str, Any]:
        return {"body": self.committee}

    def get_cancel_url(self) -> str:
        return reverse("consents")

    def act(self, **given: Any) -> tuple[str, str]:
        made = services.prepare_consent(given.pop("body"), **given, **self.signed)
        return made.get_absolute_url(), _("The draft was saved. Attach papers, then send it.")


class ConsentChangeView(ConsentActView):
    form_class = forms.ConsentTextForm
    title = lazy("Change text")
    why = lazy("The text can change until the first member signs.")
    submit_label = lazy("Save changes")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | text_offers(self)

    def get_initial(self) -> dict[str, Any]:
        consent = self.object
        return {
            "title": consent.title,
            "text": consent.text,
            "duties": [duty.pk for duty in consent.duties.all()],
            "serves": consent.serves.isoformat() if consent.serves else "",
        }

    def get_stored(self) -> dict[str, Any]:
        return super().get_stored() | {
            "duties": ", ".join(duty.title for duty in self.object.duties.all())
        }

    def act(self, **given: Any) -> tuple[str, str]:
        services.change_consent(self.object, **given, **self.signed)
        return self.done(_("The text was saved."))


class ConsentAttachView(ConsentActView):
    changes_object = False
    form_class = forms.AttachmentForm
    title = lazy("Attach a paper")
    why = lazy("Members sign the text together with its attachments.")
    submit_label = lazy("Attach")

    def act(self, title: str, document: Any) -> tuple[str, str]:
        upload = Upload(document, document.name, title.strip())
        services.attach(self.object, upload=upload, **self.signed)
        return self.done(_("The paper was attached."))


class ConsentDetachView(ActView):
    """Remove an attachment. The object is the attachment, the record that changes its consent."""

    permission_required = "meetings.change_consent"
    form_class = forms.WithdrawForm
    is_reviewed = True
    is_rehearsed = False
    title = lazy("Remove attachment")
    submit_label = lazy("Remove attachment")

    def get_queryset(self) -> QuerySet[ConsentAttachment]:
        seen = consents_open_to(self.user).order_by().values("pk")
        return ConsentAttachment.objects.filter(consent__in=seen).select_related("consent")

    def get_records(self) -> list[WrittenConsent]:
        return [self.object.consent]

    def get_cancel_url(self) -> str:
        return str(self.object.consent.get_absolute_url())

    def recorded(self, given: dict[str, Any]) -> list[Detail]:
        return [
            Detail(_("Consent"), self.object.consent.title),
            Detail(_("Attachment"), self.object.title),
        ]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("The document stays on file. Members no longer sign it with this consent.")

    def act(self) -> tuple[str, str]:
        consent = services.detach(self.object, **self.signed)
        return consent.get_absolute_url(), _("The attachment was removed.")


class ConsentSendView(ConsentActView):
    form_class = forms.SendForm
    is_reviewed = True
    title = lazy("Send for signature")
    why = lazy("Every member is asked to sign. Emails say that a consent is waiting, nothing more.")
    submit_label = lazy("Send for signature")

    def get_form_kwargs(self) -> dict[str, Any]:
        seats = Director.objects.filter(memberships__committee=self.object.body_id).distinct()
        return super().get_form_kwargs() | {"members": seats}

    def recorded(self, given: dict[str, Any]) -> list[Detail]:
        found = [Detail(_("Body"), str(self.object.body)), self.text_of_consent(), *self.papers()]
        if given["interested"]:
            names = tuple(str(director) for director in given["interested"])
            found.append(Detail(_("Members with an interest"), names[0], names[1:]))
        for term, name in ((_("Members on"), "members_on"), (_("Sign by"), "sign_by")):
            if given[name]:
                found.append(Detail(term, long_day(given[name])))
        if given["sent_on"]:
            found.append(Detail(_("Sent on"), long_day(given["sent_on"])))
        return found

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _(
            "It takes effect when every member has signed. One member who declines ends it. After "
            "the first signature the text cannot change."
        )

    def act(self, **given: Any) -> tuple[str, str]:
        services.send_consent(self.object, **given, **self.signed)
        return self.done(_("The consent was sent for signature."))


class ConsentWithdrawView(ConsentActView):
    form_class = forms.WithdrawForm
    is_reviewed = True
    title = lazy("Withdraw consent")
    submit_label = lazy("Withdraw consent")

    def recorded(self, given: dict[str, Any]) -> list[Detail]:
        return [Detail(_("Consent"), self.object.title), self.text_of_consent()]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _(
            "It stays on record with its signatures and has no effect. Members who were asked to "
            "sign are notified that it ended."
        )

    def act(self) -> tuple[str, str]:
        services.withdraw_consent(self.object, **self.signed)
        return self.done(_("The consent was withdrawn."))


class ConsentMeetingView(ConsentActView):
    """The way on where a consent is not unanimous: text and papers go to a special meeting."""

    changes_object = False
    form_class = WhenForm
    title = lazy("Call a special meeting")
    why = lazy("Its agenda begins with this resolution and the PDFs attached to it.")
    note = lazy("Give notice to every member from the meeting’s page.")
    submit_label = lazy("Plan meeting")

    def act(self, **given: Any) -> tuple[str, str]:
        meeting = call_meeting(self.object, **given, **self.signed)
        return meeting.get_absolute_url(), _("The special meeting was planned. Give notice of it.")
