"""Responsibilities to choose from, as the forms of other apps offer them."""

import re
from datetime import date
from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charters.forms.fields import DutiesField
from charters.models import Clause, Duty
from charters.tests.charters import AT, Stage, set_the_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


class Asking(forms.Form):
    duties = DutiesField(label="Responsibilities")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duties"].queryset = Duty.objects.all()  # type: ignore[attr-defined]


def groups(form: Asking) -> list[tuple[str, list[str]]]:
    return [
        (str(group), [option["label"] for option in options])
        for group, options, __ in form.fields["duties"].widget.optgroups("duties", [])
    ]


def test_they_stand_under_their_clauses_in_the_charters_order(stage: Stage) -> None:
    stage.duty(title="Review the plan")
    stage.duty(stage.size, title="Have three directors")
    stage.duty(title="Question the plan")
    assert groups(Asking()) == [
        ("M-0", ["Have three directors"]),
        ("R-2", ["Review the plan", "Question the plan"]),
    ]


def test_clause_of_the_newest_charter_counts_and_a_draft_does_not(stage: Stage) -> None:
    duty = stage.duty(title="Review the plan")
    for reference, effective_on in (("R-9", date(2026, 1, 1)), ("R-draft", None)):
        version = stage.version.__class__.objects.create(
            committee=stage.committee,
            title="Audit Committee Charter",
            text="Review the audit plan.",
            adopted_on=effective_on,
            effective_on=effective_on,
            recorded_at=AT,
        )
        clause = Clause.objects.create(
            version=version, reference=reference, heading="Audit plan", order=1, text="Review."
        )
        duty.clauses.add(clause)
    assert groups(Asking()) == [("R-9 Audit plan", ["Review the plan"])]


def test_what_hangs_on_no_clause_is_offered_last(stage: Stage) -> None:
    loose = stage.duty(title="Loose")
    loose.clauses.clear()
    stage.duty(title="Review the plan")
    assert groups(Asking()) == [
        ("R-2", ["Review the plan"]),
        ("Under no clause", ["Loose"]),
    ]


def test_chosen_are_given_back_and_others_refused(stage: Stage) -> None:
    duty = stage.duty()
    form = Asking({"duties": [str(duty.pk)]})
    assert form.is_valid()
    assert list(form.cleaned_data["duties"]) == [duty]
    assert not Asking({"duties": ["0"]}).is_valid()


def test_twenty_make_no_more_queries_than_one(stage: Stage) -> None:
    counts = []
    for more in (1, 19):
        for number in range(more):
            stage.duty(title=f"Duty {number}")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            groups(Asking())
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_each_clause_opens_its_own_and_those_chosen_from_are_open(stage: Stage) -> None:
    chosen = stage.duty(title="Review the plan")
    stage.duty(stage.size, title="Have three directors")
    page = render_crispy_form(Asking({"duties": [str(chosen.pk)]}))
    opened = re.findall(r'<details class="choices-group"( open)?><summary>([^<]+)', page)
    assert opened == [("", "M-0"), (" open", "R-2")]
