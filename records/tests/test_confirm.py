"""Two steps before what binds: shown, confirmed, recorded; and back with everything typed."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client

from accounts.models import User
from records.acts import rehearse
from records.confirm import Replay
from records.enums import SystemActor
from records.forms import add_service_errors
from records.models import AnnualMeeting, Company, FiscalYearEnd, LedgerEntry
from records.services import company as services

pytestmark = pytest.mark.django_db

SIGNED = {"by": SystemActor.OPERATOR, "at": datetime(2026, 1, 5, 12, tzinfo=UTC)}
ADD = "/company/annual-meetings/add/"


@pytest.fixture
def client(client_of: Callable[..., Client], secretary: User) -> Client:
    services.set_up(name="Larch Instruments, Inc.", **SIGNED)
    return client_of(secretary)


def test_first_post_shows_what_will_be_recorded_and_records_nothing(client: Client) -> None:
    entries = LedgerEntry.objects.count()
    page = client.post(ADD, {"on": "2026-05-20"})
    assert page.templates[0].name == "records/confirm.html"
    assert [line.text for line in page.context["recorded"]] == ["May 20, 2026"]
    assert '<input type="hidden" name="on" value="2026-05-20">' in page.content.decode()
    assert not AnnualMeeting.objects.exists()
    assert LedgerEntry.objects.count() == entries


def test_second_post_records(client: Client) -> None:
    page = client.post(ADD, {"on": "2026-05-20", "confirmed": "1"}, follow=True)
    assert AnnualMeeting.objects.get().on == date(2026, 5, 20)
    assert "The annual meeting was recorded." in page.content.decode()
    assert LedgerEntry.objects.order_by("sequence").last().action == "annual_meeting.recorded"


def test_what_the_page_holds_can_be_posted_as_it_is(client: Client) -> None:
    form = client.post(ADD, {"on": "2026-05-20"}).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    assert typed == {"on": "2026-05-20", "confirmed": "1"}


def test_back_returns_to_the_form_as_it_was_filled(client: Client) -> None:
    page = client.post(ADD, {"on": "2026-05-20", "confirmed": "1", "back": "1"})
    assert page.templates[0].name == "records/act.html"
    assert page.context["form"]["on"].value() == "2026-05-20"
    assert not AnnualMeeting.objects.exists()


def test_refusal_stands_beside_the_field_before_anything_is_confirmed(client: Client) -> None:
    client.post(ADD, {"on": "2026-05-20", "confirmed": "1"})
    page = client.post(ADD, {"on": "2026-05-20"})
    assert page.templates[0].name == "records/act.html"
    assert page.context["form"].errors == {"on": ["That annual meeting is already on record."]}
    assert page.context["form"]["on"].value() == "2026-05-20"


def test_what_changed_meanwhile_is_refused_at_the_second_post(client: Client) -> None:
    assert client.post(ADD, {"on": "2026-05-20"}).context["recorded"]
    client.post(ADD, {"on": "2026-05-20", "confirmed": "1"})
    page = client.post(ADD, {"on": "2026-05-20", "confirmed": "1"})
    assert "already" in page.context["form"].errors["on"][0]
    assert AnnualMeeting.objects.count() == 1


def test_invalid_form_is_never_confirmed(client: Client) -> None:
    page = client.post(ADD, {"on": "the day after", "confirmed": "1"})
    assert page.status_code == 200
    assert "on" in page.context["form"].errors
    assert page.context["form"]["on"].value() == "the day after"


def test_form_without_fields_shows_the_page_to_confirm_at_once(client: Client) -> None:
    client.post(ADD, {"on": "2026-05-20", "confirmed": "1"})
    address = f"/company/annual-meetings/{AnnualMeeting.objects.get().pk}/remove/"
    page = client.get(address)
    assert page.templates[0].name == "records/confirm.html"
    assert "Back to the form" not in page.content.decode()
    client.post(address, {"confirmed": "1"})
    assert not AnnualMeeting.objects.exists()


def test_refusal_of_a_form_without_fields_stands_above_its_button(client: Client) -> None:
    end = FiscalYearEnd.objects.get()
    page = client.post(f"/company/fiscal-year-ends/{end.pk}/remove/", {"confirmed": "1"})
    assert page.status_code == 200
    assert "This is the only rule" in page.content.decode()
    assert FiscalYearEnd.objects.exists()


def test_replay_keeps_every_value_of_a_field() -> None:
    form = Replay(QueryDict("kind=a&kind=b&note=two%0Alines&back=1&csrfmiddlewaretoken=x"))
    drawn = "".join(str(field) for field in form)
    assert drawn.count('name="kind"') == 2
    assert "two\nlines" in drawn
    assert "csrfmiddlewaretoken" not in drawn
    assert "back" not in drawn
    assert 'name="confirmed" value="1"' in drawn


def test_rehearsal_records_nothing_and_raises_what_the_act_would(client: Client) -> None:
    company, entries = Company.objects.get(), LedgerEntry.objects.count()
    on = date(2026, 5, 20)
    rehearse(lambda: services.record_annual_meeting(company, on=on, **SIGNED))
    assert not AnnualMeeting.objects.exists()
    assert LedgerEntry.objects.count() == entries
    services.record_annual_meeting(company, on=on, **SIGNED)
    with pytest.raises(ValidationError):
        rehearse(lambda: services.record_annual_meeting(company, on=on, **SIGNED))


class OneField(forms.Form):
    on = forms.DateField()


@pytest.mark.parametrize(
    ("refusal", "expected"),
    [
        (ValidationError({"on": "Not that day."}), {"on": ["Not that day."]}),
        (ValidationError({"elsewhere": "Not so."}), {"__all__": ["Not so."]}),
        (ValidationError("Not at all."), {"__all__": ["Not at all."]}),
        (
            ValidationError({"on": "Not that day.", "elsewhere": "Not so."}),
            {"on": ["Not that day."], "__all__": ["Not so."]},
        ),
    ],
)
def test_refusal_of_a_service_finds_its_field(
    refusal: ValidationError, expected: dict[str, list[str]]
) -> None:
    form = OneField({"on": "2026-05-20"})
    assert form.is_valid()
    add_service_errors(form, refusal)
    assert form.errors == expected
