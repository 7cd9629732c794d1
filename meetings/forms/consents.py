"""Forms about written consents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from charters.forms.fields import DutiesField
from charters.models import Committee
from charters.sentences import period_name
from committees.models import Director
from meetings.models import WrittenConsent
from meetings.reports.words import capital
from records.calendar import Period
from records.forms import Day, Records

LONGEST_TEXT = 10_000
LONGEST_REASON = 2_000


class ConsentTextForm(forms.Form):
    """What the members are asked to sign."""

    title = forms.CharField(
        label=_("Title"),
        max_length=WrittenConsent._meta.get_field("title").max_length,
        help_text=_("For example: Engagement of independent counsel."),
    )
    text = forms.CharField(
        label=_("Resolution"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Word for word, as the members sign it."),
    )
    duties = DutiesField(
        label=_("Responsibilities it serves"),
        help_text=_("Recorded as performed when the consent takes effect."),
    )
    serves = forms.TypedChoiceField(
        label=_("For the fiscal year"),
        required=False,
        coerce=date.fromisoformat,
        empty_value=None,
    )

    def __init__(self, *args: Any, duties: Any, years: Sequence[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duties"].queryset = duties  # type: ignore[attr-defined]
        self.fields["serves"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *((year.last.isoformat(), capital(period_name(year))) for year in years),
        ]


class ConsentForm(ConsentTextForm):
    """A new consent: also whose it is, and from whom it is restricted."""

    body = forms.ModelChoiceField(Committee.objects.all(), label=_("Body"), empty_label=None)
    restricted_roles = forms.BooleanField(
        label=_("Restrict from management"),
        required=False,
        help_text=_(
            "Nobody who holds a role in management will see it, whatever other role they hold. A "
            "restriction cannot be removed."
        ),
    )

    field_order = ("body", "title", "text", "duties", "serves", "restricted_roles")

    def clean_restricted_roles(self) -> frozenset[Role]:
        return frozenset({Role.MANAGEMENT} if self.cleaned_data["restricted_roles"] else ())


class AttachmentForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), required=False, max_length=200, help_text=_("Empty: the file’s name.")
    )
    document = forms.FileField(
        label=_("File"), help_text=_("PDF, Word, Excel, image or text, up to 50 MB.")
    )


class MembersField(Records):
    """Members as boxes to tick."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Director.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)


class SendForm(forms.Form):
    """Who is asked to sign, and until when."""

    members_on = Day(
        label=_("Members on"),
        required=False,
        help_text=_(
            "Empty: the members on the date it is sent. Give a later date where a seat begins or "
            "ends before the last signature, at most 60 days ahead."
        ),
    )
    interested = MembersField(
        label=_("Members with an interest in it"),
        required=False,
        help_text=_(
            "They sign too and state their interest, or the consent cannot take effect. A special "
            "meeting is the other way."
        ),
    )
    sign_by = Day(
        label=_("Sign by"), required=False, help_text=_("Members who have not signed are reminded.")
    )
    sent_on = Day(
        label=_("Sent on"),
        required=False,
        help_text=_("Empty: today. Give an earlier date where it was sent on paper or by email."),
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["interested"].queryset = members  # type: ignore[attr-defined]


class SignForm(forms.Form):
    """Asks nothing: the page shows what is signed."""


class SignWithInterestForm(forms.Form):
    recites_interest = forms.BooleanField(
        label=_("I have an interest in this matter and sign with that known to every member.")
    )


class PaperForm(forms.Form):
    """A paper that members signed."""

    directors = MembersField(label=_("Signed by"))
    signed_on = Day(
        label=_("Signed on"), help_text=_("The date on the paper or of the email, not today’s.")
    )
    recites_interest = forms.BooleanField(
        label=_("Members with an interest state it on the paper"), required=False
    )
    document = forms.FileField(
        label=_("Signed paper"), help_text=_("PDF, Word, image or text, up to 50 MB.")
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["directors"].queryset = members  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    """A member declines. The reason is for the chair and the corporate secretary."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown to the chair and the corporate secretary only."),
    )


class DeclineForMemberForm(DeclineForm):
    """The secretary records that a member declined."""

    director = forms.ModelChoiceField(Director.objects.none(), label=_("Member"), empty_label=None)
    declined_on = Day(label=_("Declined on"))

    field_order = ("director", "declined_on", "reason")

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["director"].queryset = members  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Asks nothing: the page shows what is withdrawn."""
