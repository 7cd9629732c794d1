"""Forms of the charter: the text to import, its passages to correct, its adoption."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from charters.forms.decisions import AdoptedByForm
from charters.models import Clause
from charters.proposals import Carried
from charters.reading.prose import first_foreign
from charters.reading.structure import Role, TextPassage
from records.dates import long_day
from records.forms import Day, fieldsets


class ImportForm(forms.Form):
    """A file, or the text itself."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("Word (.docx), Markdown or plain text, up to 2 MB."),
    )
    text = forms.CharField(
        label=_("Or paste the text"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not cleaned.get("text") and not self.errors:
            raise forms.ValidationError(_("Choose a file or paste the text."))
        if cleaned.get("file") and cleaned.get("text"):
            raise forms.ValidationError(_("Choose a file or paste the text, not both."))
        return cleaned


class PreviewForm(forms.Form):
    """What the charter is called, and what an empty installation takes from it."""

    full_text = forms.CharField(widget=forms.HiddenInput(), strip=False)
    title = forms.CharField(label=_("Title"), max_length=200)
    company = forms.CharField(label=_("Company"), max_length=200, required=False)

    def __init__(self, *args: Any, asks_company: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_company:
            self.fields["company"].required = True
            self.fields["company"].help_text = _(
                "The portal uses default settings for it. You confirm them later."
            )
        else:
            del self.fields["company"]

    def clean_full_text(self) -> str:
        """The text as it was read: a browser sends its lines with carriage returns."""
        text: str = self.cleaned_data["full_text"]
        return text.replace("\r\n", "\n")


LINES_SHOWN = 5
JOIN = "join"
# As many as one form can send (DATA_UPLOAD_MAX_NUMBER_FIELDS), and more than charters have.
MOST_PASSAGES = 700
ROLES = [
    (Role.CLAUSE.value, _("Clause")),
    (Role.SECTION.value, _("Section heading")),
    (Role.LEAD_IN.value, _("Lead-in to a list")),
    (Role.UNPLACED.value, _("Plain passage")),
    (Role.TITLE.value, _("Title")),
    (Role.COMPANY.value, _("Company")),
    (JOIN, _("Part of the passage above")),
]


# A clause is read at an address that ends in its reference; these words are taken there.
OTHER_ADDRESSES = frozenset({"import", "versions", "duties"})
CITABLE = RegexValidator(
    rf"^(?!(?:{'|'.join(sorted(OTHER_ADDRESSES))})$)[^\W_][\w.()-]*\Z",
    _("Write letters and digits, as in R-1g or M-0.1."),
)


class PassageForm(forms.Form):
    """One passage of the text: what it is, and by which reference it is cited."""

    role = forms.ChoiceField(label=_("This is"), choices=ROLES)
    reference = forms.CharField(
        label=_("Reference"), max_length=20, required=False, validators=[CITABLE]
    )
    heading = forms.CharField(label=_("Short name"), max_length=150, required=False)
    text = forms.CharField(widget=forms.HiddenInput())
    marker = forms.CharField(widget=forms.HiddenInput(), required=False)
    under = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    level = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role") == Role.CLAUSE and cleaned.get("reference") == "":
            self.add_error("reference", _("Enter a reference for the clause, such as R-1g."))
        return cleaned


class BasePassageFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        if any(self.errors):
            return
        seen: dict[str, int] = {}
        for number, form in enumerate(self.forms):
            reference = form.cleaned_data.get("reference", "")
            if form.cleaned_data.get("role") != Role.CLAUSE:
                continue
            if reference in seen:
                form.add_error(
                    "reference", _("Another clause has this reference. Enter a different one.")
                )
            seen[reference] = number
        if not seen:
            raise forms.ValidationError(_("Mark at least one passage as a clause."))

    def stands_in(self, text: str) -> bool:
        """Whether the passages are those of the text; if not, says so beside the first that is not."""
        foreign = first_foreign((form.cleaned_data["text"] for form in self.forms), text)
        if foreign is not None:
            self.forms[foreign].add_error(
                None, _("The text of this passage changed. Import the charter again.")
            )
        return foreign is None

    def passages(self) -> list[TextPassage]:
        """The passages as corrected, joined ones with the one above, in their order."""
        rows = [form.cleaned_data for form in self.forms]
        found: list[TextPassage] = []
        section = ""
        for order, row in enumerate(rows):
            if row["role"] == JOIN and found:
                found[-1] = _joined(found[-1], row["text"])
                continue
            role = Role.UNPLACED if row["role"] == JOIN else Role(row["role"])
            section = row["text"] if role is Role.SECTION else section
            found.append(
                TextPassage(
                    role=role,
                    text=row["text"],
                    order=order,
                    marker=row["marker"],
                    section=section,
                    reference=row["reference"] if role in (Role.CLAUSE, Role.LEAD_IN) else "",
                    parent=_reference_of(rows, row["under"]),
                    level=row["level"] or 0,
                )
            )
        return found

    def headings(self) -> dict[str, str]:
        """Short names by reference."""
        rows = [form.cleaned_data for form in self.forms]
        return {row["reference"]: row["heading"] for row in rows if row["role"] == Role.CLAUSE}


def _joined(above: TextPassage, text: str) -> TextPassage:
    return replace(above, text=f"{above.text} {text}")


def _reference_of(rows: list[dict[str, Any]], under: int | None) -> str:
    """The reference that the passage above it in the outline bears now."""
    if under is None or not 0 <= under < len(rows):
        return ""
    while under and rows[under]["role"] == JOIN:
        under -= 1
    row = rows[under]
    return row["reference"] if row["role"] in (Role.CLAUSE, Role.LEAD_IN) else ""


PassageFormSet = forms.formset_factory(
    PassageForm,
    formset=BasePassageFormSet,
    extra=0,
    max_num=MOST_PASSAGES,
    absolute_max=MOST_PASSAGES,
    validate_max=True,
)


class AdoptionDaysForm(forms.Form):
    """The day of adoption and the first day in effect."""

    adopted_on = Day(label=_("Adopted by the Board on"))
    effective_on = Day(
        label=_("In effect from"),
        required=False,
        help_text=_("Leave empty to use the date of adoption."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_adopted_on(self) -> date:
        day: date = self.cleaned_data["adopted_on"]
        if day > self.today:
            raise forms.ValidationError(
                _(
                    "This date is in the future. Record the adoption "
                    "after the Board adopts the charter."
                )
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "effective_on" in cleaned:
            cleaned["effective_on"] = cleaned["effective_on"] or cleaned.get("adopted_on")
        return cleaned


class ClauseField(forms.ChoiceField):
    """A clause, or none of them: that is an answer too, and nothing that may be left out."""

    def validate(self, value: str) -> None:
        if not self.valid_value(value):
            super().validate(value)


class AdoptForm(AdoptedByForm, AdoptionDaysForm):
    """The Board's adoption, and what becomes of duties whose clause has changed.

    Which these are depends on the first day in effect: another date may ask about others.
    """

    use_required_attribute = False  # a browser takes no empty answer where one is required

    field_order = ("adopted_on", "effective_on", "decision", "how", "number")

    def __init__(
        self,
        *args: Any,
        asked: Sequence[Carried],
        clauses: Sequence[Clause],
        said: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        """`asked` are the duties whose clause reads otherwise here, each with the one proposed;
        `said` is what the charter's own text says of its adoption."""
        super().__init__(*args, **kwargs)
        if said:
            self.fields["adopted_on"].help_text = _("The charter says: %(words)s") % {
                "words": " ".join(f"“{each}”" for each in said[:LINES_SHOWN])
            }
        self.unnamed = self.is_bound and bool(self.decisions) and "decision" not in self.data
        hangs_on = [(clause.reference, _short(clause)) for clause in clauses]
        self.questions = {f"duty_{each.duty.pk}": each for each in asked}
        for name, each in self.questions.items():
            self.fields[name] = ClauseField(
                label=each.duty.title,
                choices=[_without(each), *hangs_on],
                initial=_proposed(each),
            )
        self.unasked = [name for name in self.questions if self.is_bound and name not in self.data]
        if self.unasked:
            proposed = {name: _proposed(self.questions[name]) for name in self.unasked}
            typed = {name: self.data.get(name) for name in self.data}
            self.data = typed | proposed

    @property
    def helper(self) -> FormHelper | None:
        if not self.questions:
            return None
        return fieldsets(
            (
                gettext("The Board's adoption"),
                tuple(name for name in self.field_order if name in self.fields),
            ),
            (gettext("Responsibilities whose clause changed"), tuple(self.questions)),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.unnamed:
            raise forms.ValidationError(
                _("The Board has decisions on record for that date. Choose the one that applies.")
            )
        if self.unasked and cleaned.get("effective_on"):
            raise forms.ValidationError(
                _(
                    "With an effective date of %(day)s, this version follows a different "
                    "text. Check the responsibilities whose clause changed."
                )
                % {"day": long_day(cleaned["effective_on"])}
            )
        return cleaned


def _without(carried: Carried) -> tuple[str, Any]:
    ends = _("ends with the previous version") if carried.ends else _("is not in this version")
    return "", ends


def _proposed(carried: Carried) -> str:
    return carried.clause.reference if carried.clause else ""


class ChooseDutiesForm(forms.Form):
    """Which duties of the catalogue to add, each on which clause, from which day."""

    in_force_from = Day(label=_("In effect from"))

    def __init__(
        self, *args: Any, proposals: list[Any], clauses: list[Clause], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = proposals
        choices: list[tuple[str, Any]] = [("", _("do not add"))]
        choices += [(clause.reference, _short(clause)) for clause in clauses]
        for proposal in proposals:
            self.fields[f"entry_{proposal.key}"] = forms.ChoiceField(
                label=proposal.title,
                choices=choices,
                initial=proposal.reference,
                required=False,
                help_text=proposal.help_text,
            )


def _short(clause: Clause) -> str:
    return f"{clause.reference} {clause.heading or clause.text[:60]}"
