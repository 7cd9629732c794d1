"""Forms of the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from records.forms import Day, only_for
from whistleblower import tickets
from whistleblower.crypto import codes
from whistleblower.enums import (
    Arrival,
    Category,
    Country,
    FirstDay,
    Ladder,
    Outcome,
    ResponseKind,
)
from whistleblower.forms.public import QUIET

MOST = 50_000


class Text(forms.CharField):
    """A text for the case. Nothing typed is cut, and nothing is kept on the device."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(QUIET | {"rows": 6}))
        super().__init__(**kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        try:
            value.encode()
        except UnicodeEncodeError:
            raise forms.ValidationError(
                lazy("This text has characters that cannot be stored. Remove them.")
            ) from None
        if len(value) > MOST:
            said = lazy("This text is too long: %(count)d characters. At most %(most)d fit.")
            raise forms.ValidationError(said, params={"count": len(value), "most": MOST})


def reason(help_text: Any = "") -> Text:
    return Text(
        label=lazy("Reason"),
        help_text=help_text,
        widget=forms.Textarea(QUIET | {"rows": 3}),
    )


class PassphraseForm(forms.Form):
    passphrase = forms.CharField(
        label=lazy("Passphrase"),
        help_text=lazy("Six words. Capital letters, spaces and dashes do not matter."),
        widget=forms.PasswordInput(QUIET),
    )


class NothingForm(forms.Form):
    """An act that asks nothing."""


class CategoryForm(forms.Form):
    category = forms.ChoiceField(label=lazy("Category"), choices=Category.choices)
    country = forms.ChoiceField(
        label=lazy("Country"),
        choices=Country.choices,
        help_text=lazy("Decides how long the case is retained. Information only, not advice."),
    )


class NextDateForm(forms.Form):
    next_on = Day(label=lazy("Next date"))
    what = Text(label=lazy("What is to be done"), required=False, widget=forms.TextInput(QUIET))


class NoteForm(forms.Form):
    text = Text(label=lazy("Text"), help_text=lazy("Only readers of this case see it."))


class PresentedForm(forms.Form):
    on = Day(label=lazy("Presented on"))


class AttorneyForm(forms.Form):
    on = Day(label=lazy("Received on"))
    ladder = forms.ChoiceField(label=lazy("What was received"), choices=Ladder.choices)


class ResponseForm(forms.Form):
    on = Day(label=lazy("Date"))
    kind = forms.ChoiceField(
        label=lazy("What was said to the attorney"), choices=ResponseKind.choices
    )
    text = Text(label=lazy("Text"), help_text=lazy("Only readers of this case see it."))


class AwardForm(forms.Form):
    on = Day(
        label=lazy("Disclosed on"),
        help_text=lazy(
            "To the committee, the chief legal or compliance officer, or the person's supervisor."
        ),
    )
    known_before = forms.BooleanField(label=lazy("They knew it already"), required=False)
    received_on = Day(
        label=lazy("Learned on"),
        help_text=lazy("Only if they knew it already: when this person learned of it."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_for(self, {"known-before": ("received_on",)})


class ReplyForm(forms.Form):
    text = Text(
        label=lazy("Message to the reporter"),
        help_text=lazy("Text only. Do not ask who wrote, where from or on which shift."),
    )


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label=lazy("Outcome"), choices=Outcome.choices)
    text = Text(label=lazy("Message to the reporter"))
    reason = reason(lazy("For the readers only."))


class ReasonForm(forms.Form):
    reason = reason()


class LongerForm(forms.Form):
    until = Day(
        label=lazy("Retain until"),
        help_text=lazy("The date on which a reader looks at the reason again."),
    )
    reason = reason(lazy("Why this case has to be retained longer. Only readers of it see this."))


class ReleaseForm(forms.Form):
    place = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = reason()


class ConfirmForm(forms.Form):
    place = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ReaderForm(forms.Form):
    """Names one reader of the list."""

    def __init__(self, *args: Any, readers: list[tuple[str, str]], field: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields[field] = forms.ChoiceField(label=lazy("Reader"), choices=readers)
        self.fields["reason"] = reason()


INTAKE = "intake"


def sealed_code(language: str, at: datetime) -> str:
    """A new code as a page carries it that does not show it."""
    return tickets.issue(INTAKE, at, code=codes.new_code(language))


def opened_code(sealed: str, at: datetime) -> str:
    """The code; empty where it is none of ours."""
    held = tickets.read(INTAKE, sealed, at, None)
    return str(held["code"]) if held else ""


class IntakeForm(forms.Form):
    """What came by letter, by telephone or in person."""

    arrival = forms.ChoiceField(label=lazy("How it came"), choices=Arrival.choices)
    received_on = Day(label=lazy("Received on"), help_text=lazy("Deadlines run from this date."))
    what = Text(
        label=lazy("What was reported"),
        help_text=lazy(
            "In the person's own words as far as you can. Read notes of a call or a visit back to "
            "the person. Do not record sound unless the person agrees, and do not write down a "
            "number that a telephone showed."
        ),
        widget=forms.Textarea(QUIET | {"rows": 10}),
    )
    name = Text(
        label=lazy("Name and contact"),
        help_text=lazy(
            "Only if the person gave them and agrees. For the lead and independent counsel."
        ),
        required=False,
        widget=forms.Textarea(QUIET | {"rows": 2}),
    )
    out = forms.MultipleChoiceField(
        label=lazy("People whom it concerns"),
        help_text=lazy("They get no key, nor do the officers above and below them."),
        required=False,
        widget=forms.CheckboxSelectMultiple(QUIET),
    )
    others = Text(
        label=lazy("Other people whom it concerns"),
        help_text=lazy(
            "If you name anybody here, independent counsel reads it first. You see who would read it "
            "before it is recorded."
        ),
        required=False,
        widget=forms.TextInput(QUIET),
    )
    can_hand_over = forms.BooleanField(
        label=lazy("I can hand the code to the reporter"),
        help_text=lazy(
            "The code lets the reporter read what you recorded and the answers. It is shown once, "
            "and only if you are a reader of the case. Otherwise nobody sees it, and the reporter "
            "cannot come back with a code."
        ),
        required=False,
    )
    language = forms.ChoiceField(label=lazy("Language of the code"))
    urgent = forms.BooleanField(
        label=lazy("Somebody is in danger or evidence is being destroyed"), required=False
    )
    # Sealed: the page of somebody who may not see the code does not hold it.
    code = forms.CharField(widget=forms.HiddenInput)
    # Who would read, as the page said before: what is recorded goes to these.
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    typed = forms.CharField(widget=forms.HiddenInput, required=False, initial="1")

    def __init__(
        self,
        *args: Any,
        people: list[tuple[str, str]],
        languages: Any,
        at: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["out"].choices = people  # type: ignore[attr-defined]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        code = opened_code(self.cleaned_data["code"], self.at)
        if not code:
            raise forms.ValidationError(lazy("Open the form again: it has lost its code."))
        return code


class FirstDayForm(forms.Form):
    step = forms.ChoiceField(label=lazy("Step"), choices=FirstDay.choices)
    text = Text(
        label=lazy("What was done or decided"),
        help_text=lazy("Only readers of this case see it."),
        widget=forms.Textarea(QUIET | {"rows": 3}),
    )


class SheetForm(forms.Form):
    """The recovery sheet and the passphrase, typed back."""

    passphrase = forms.CharField(label=lazy("Passphrase"), widget=forms.PasswordInput(QUIET))
    sheet = forms.CharField(
        label=lazy("The 24 words of the recovery sheet"),
        widget=forms.PasswordInput(QUIET),
    )


class LostForm(forms.Form):
    sheet = forms.CharField(
        label=lazy("The 24 words of the recovery sheet"),
        widget=forms.PasswordInput(QUIET),
    )


class GiveUpForm(forms.Form):
    is_sure = forms.BooleanField(
        label=lazy("I have lost both. My old key opens nothing from now on."),
        widget=forms.CheckboxInput(QUIET),
    )
