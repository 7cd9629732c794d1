"""What was recorded lately: the newest of every sort, and no sort that is older is read."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charters.answers import DatedEntry
from charters.models import Action, Completion, Decision
from charters.news import News, newest
from charters.standing import Docket
from charters.tests.charters import AT, Stage, set_the_stage

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


def completions(stage: Stage, *days: int) -> None:
    for number in days:
        duty = stage.duty(title=f"Duty {number}")
        stage.complete(duty, date(2026, 5, 5), at=AT - timedelta(days=number))


def news(*models: type) -> list[News]:
    return [
        News(model, model.objects.all, lambda row: DatedEntry(TODAY, str(row.pk)))
        for model in models
    ]


def instants(stage: Stage, since: datetime, most: int, *models: type) -> list[datetime]:
    docket = Docket(stage.committee, TODAY, stage.company)
    return [at for at, __ in newest(docket, news(*models), since, most)]


def test_the_newest_are_listed_first_and_no_more_than_asked_for(stage: Stage) -> None:
    completions(stage, 3, 1, 2)
    assert instants(stage, AT - timedelta(days=9), 2, Completion) == [
        AT - timedelta(days=1),
        AT - timedelta(days=2),
    ]


def test_what_was_recorded_at_the_instant_or_before_is_no_news(stage: Stage) -> None:
    completions(stage, 1, 2)
    assert instants(stage, AT - timedelta(days=2), 8, Completion) == [AT - timedelta(days=1)]
    assert instants(stage, AT - timedelta(days=1), 8, Completion) == []


def test_sort_without_a_record_or_with_older_ones_alone_is_not_read(stage: Stage) -> None:
    completions(stage, 1, 2)
    read: list[type] = []

    def asked(model: type) -> News:
        rows = lambda: (read.append(model), model.objects.all())[1]  # noqa: E731
        return News(model, rows, lambda row: DatedEntry(TODAY, str(row)))

    docket = Docket(stage.committee, TODAY, stage.company)
    found = newest(docket, map(asked, (Action, Completion, Decision)), AT - timedelta(days=9), 2)
    assert len(found) == 2
    assert read == [Completion]


def test_entry_that_is_not_shown_leaves_its_place_to_others(stage: Stage) -> None:
    completions(stage, 1, 2)
    hidden = News(Completion, Completion.objects.all, lambda row: None)
    docket = Docket(stage.committee, TODAY, stage.company)
    found = newest(docket, [hidden, *news(Completion)], AT - timedelta(days=9), 8)
    assert [at for at, __ in found] == [AT - timedelta(days=1), AT - timedelta(days=2)]


@pytest.mark.django_db(transaction=True)
def test_when_the_newest_was_recorded_is_asked_once_until_the_next_act(stage: Stage) -> None:
    completions(stage, 5)
    assert instants(stage, AT, 8, Completion) == []
    with CaptureQueriesContext(connection) as captured:
        assert instants(stage, AT, 8, Completion) == []
    assert [query["sql"].split('"')[1] for query in captured] == ["records_ledgerentry"]
    completions(stage, -1)
    assert instants(stage, AT, 8, Completion) == [AT + timedelta(days=1)]
