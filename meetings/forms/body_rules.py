"""The form for what the bylaws say of a body's meetings from a date on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from charters.enums import CommitteeKind
from charters.models import Committee
from meetings.enums import CountedVotes
from records.forms import Day, fieldsets

MOST = 400


class BodyRulesForm(forms.Form):
    """Left empty, the statute decides."""

    effective_on = Day(
        label=_("In effect from"),
        required=False,
        help_text=_(
            "Meetings and consents before this date keep the rules that were in effect then. The date "
            "may be ahead. Empty: today."
        ),
    )
    # The date whose rules the form was filled with.
    filled_for = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    notice_days = forms.IntegerField(
        label=_("Days of notice"),
        required=False,
        min_value=0,
        max_value=MOST,
        help_text=_("Calendar days before a meeting. Empty: not entered yet."),
    )
    notice_citation = forms.CharField(
        label=_("Where the bylaws say it"),
        required=False,
        max_length=100,
        help_text=_("For example: Bylaws, s. 3.5."),
    )
    quorum_part = forms.IntegerField(label=_("Quorum: more than"), min_value=1, max_value=MOST)
    quorum_of = forms.IntegerField(
        label=_("Of"),
        min_value=1,
        max_value=MOST,
        help_text=_("1 of 2 is the statute's majority. Any other fraction is rounded up."),
    )
    counted = forms.ChoiceField(label=_("A majority of"), choices=CountedVotes.choices)
    citation = forms.CharField(
        label=_("Where the bylaws set quorum or majority"), required=False, max_length=100
    )
    seats = forms.IntegerField(
        label=_("Seats of the Board"),
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=_(
            "All seats, vacant ones too: the Board's quorum is a majority of them. Empty: not entered "
            "yet, and no quorum of the Board is shown."
        ),
    )
    forbids_consents = forms.BooleanField(
        label=_("The bylaws do not allow written consents"), required=False
    )
    consents_citation = forms.CharField(
        label=_("Where the bylaws limit written consents"), required=False, max_length=100
    )
    first_number = forms.IntegerField(
        label=_("First resolution number"), min_value=1, max_value=100_000
    )
    first_number_year = forms.RegexField(
        r"^FY\d{4}T?$",
        label=_("In the fiscal year"),
        required=False,
        max_length=10,
        help_text=_("For example FY2026. Every other year begins with 1."),
    )

    def __init__(self, *args: Any, body: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_board = body.kind == CommitteeKind.BOARD
        if not is_board:
            del self.fields["seats"]
        quorum = ("quorum_part", "quorum_of", "counted", "citation")
        self.helper = fieldsets(
            (gettext("Date"), ("effective_on",)),
            (gettext("Notice"), ("notice_days", "notice_citation")),
            (gettext("Quorum and majority"), (*quorum, "seats") if is_board else quorum),
            (gettext("Written consents"), ("forbids_consents", "consents_citation")),
            (gettext("Resolutions"), ("first_number", "first_number_year")),
        )
