"""What the forms of every layer share."""

from datetime import date

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from records.forms import Day, add_service_errors

AGAIN = "Choose the file again"


class Filing(forms.Form):
    on = Day()
    file = forms.FileField(required=False)


def page(on: str, *, with_file: bool = True) -> str:
    files = {"file": SimpleUploadedFile("plan.txt", b"The plan.")} if with_file else {}
    return str(as_crispy_form(Filing({"on": on}, files)))


def test_a_file_is_to_be_chosen_again_where_a_form_comes_back() -> None:
    assert AGAIN in page("")
    assert AGAIN not in page("2026-11-20")
    assert AGAIN not in page("", with_file=False)
    assert AGAIN not in str(as_crispy_form(Filing()))


def test_a_wrong_file_is_not_asked_for_again() -> None:
    filing = Filing({"on": "2026-11-20"}, {"file": SimpleUploadedFile("empty.txt", b"")})
    assert AGAIN not in str(as_crispy_form(filing))


@pytest.mark.parametrize(
    ("error", "field"),
    [
        ({"on": "Too early."}, "on"),
        ({"__all__": ValidationError("Too early.", code="on")}, "on"),
        ({"__all__": ValidationError("Too early.", code="signed_on")}, "__all__"),
        ({"signed_on": "Too early."}, "__all__"),
        ("Too early.", "__all__"),
    ],
)
def test_refusal_stands_beside_the_field_it_is_about(error: object, field: str) -> None:
    form = Filing({"on": "2026-11-20"})
    add_service_errors(form, ValidationError(error))
    assert form.errors == {field: ["Too early."]}


@pytest.mark.parametrize("day", ["1990-01-01", "2100-12-31"])
def test_day_at_the_edge_is_read(day: str) -> None:
    assert Day().clean(day) == date.fromisoformat(day)


@pytest.mark.parametrize("day", ["1989-12-31", "2101-01-01", "0001-01-01", "9999-12-31"])
def test_day_beyond_the_edge_is_refused_in_a_sentence(day: str) -> None:
    with pytest.raises(forms.ValidationError, match="1990 to 2100"):
        Day().clean(day)
