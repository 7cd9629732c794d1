"""The page of a duty, and the verbs on it: add, change, end, not applicable, applies again."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from accounts.tests.personas import make_person
from charters.enums import Cadence, DutyKind, Layer
from charters.models import Duty, Inapplicability
from charters.tests.charters import AT, Stage, set_the_stage
from records.models import LedgerEntry
from records.stale import VERSION

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
NEW = {
    "title": "Look at the insurance programme",
    "kind": "recurring",
    "cadence": "times",
    "times": "1",
    "months": "12",
    "due_month": "10",
    "due_day": "",
    "layer": "GP",
    "citation": "",
    "counterparty": "",
    "owner": "",
    "in_force_from": "2026-01-01",
}


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


@pytest.fixture
def duty(stage: Stage) -> Duty:
    return stage.duty()


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


def text(page) -> str:
    return " ".join(page.content.decode().replace("&#x27;", "'").split())


def errors(page) -> dict[str, list[str]]:
    return dict(page.context["form"].errors)


def labels(page) -> list[str]:
    return [action.label for action in page.context["actions"]]


def standing(client: Client, duty: Duty, as_of: str = "") -> tuple[str, str]:
    line = client.get(duty.get_absolute_url(), {"as_of": as_of}).context["page"].line
    return line.row.standing.label, line.because


# The page.


def test_the_terms_are_told_in_words(client: Client, stage: Stage, management: User) -> None:
    duty = stage.duty(
        due_month=6, layer=Layer.LAW, citation="Rule 3526", owner=management, counterparty="Board"
    )
    page = client.get(duty.get_absolute_url())
    assert [(term.term, term.text) for term in page.context["page"].terms] == [
        ("Kind", "Recurring"),
        ("How often", "once in each fiscal year"),
        ("Due", "by June 30 each fiscal year"),
        ("Source", "Law"),
        ("Citation", "Rule 3526"),
        ("With", "the Board"),
        ("Owner", "Mona Manager"),
        ("In effect", "since January 1, 2024"),
    ]


@pytest.mark.parametrize(
    ("kind", "how_often"),
    [
        (DutyKind.RECURRING, ["once in each fiscal year"]),
        (DutyKind.CONDITION, ["at all times"]),
        (DutyKind.AUTHORITY, ["when the committee chooses"]),
        (DutyKind.EVENT, []),
    ],
)
def test_how_often_is_said_where_the_kind_does_not_say_it(
    client: Client, stage: Stage, kind: DutyKind, how_often: list[str]
) -> None:
    page = client.get(stage.duty(kind=kind).get_absolute_url())
    found = [term.text for term in page.context["page"].terms if term.term == "How often"]
    assert found == how_often


@pytest.mark.parametrize(
    ("terms", "due"),
    [
        (
            {"cadence": Cadence.QUARTERLY, "due_month": 2},
            "November 30, 2026 in the fourth quarter of fiscal year 2026, and the same in each quarter",
        ),
        ({"cadence": Cadence.MONTHS}, None),
        ({"kind": DutyKind.CONDITION}, None),
        ({"due_month": 2, "due_day": 30}, "by February 28 each fiscal year"),
    ],
)
def test_the_due_day_is_told_where_there_is_one(
    client: Client, stage: Stage, terms: dict, due: str | None
) -> None:
    page = client.get(stage.duty(**terms).get_absolute_url())
    assert {t.term: t.text for t in page.context["page"].terms}.get("Due") == due


def test_history_and_past_periods_stand_newest_first(
    client: Client, stage: Stage, duty: Duty
) -> None:
    stage.complete(duty, date(2024, 5, 5), note="Once.")
    stage.complete(duty, date(2026, 2, 5), serves=date(2025, 12, 31), note="Late.")
    page = client.get(duty.get_absolute_url()).context["page"]
    assert [(entry.on, entry.text) for entry in page.history] == [
        (date(2026, 2, 5), "Late."),
        (date(2024, 5, 5), "Once."),
    ]
    assert [(gap.on, gap.text, gap.detail, gap.url) for gap in page.gaps] == [
        (
            date(2025, 12, 31),
            "No record in time for fiscal year 2025",
            "Not closed yet.",
            f"/open-items/charters.gap:duty-{duty.pk}:FY2025/",
        )
    ]


def test_what_was_closed_stands_beside_the_period(client: Client, stage: Stage, duty: Duty) -> None:
    for period in ("FY2024", "FY2025"):
        stage.close_gap(duty, period)
    gaps = client.get(duty.get_absolute_url()).context["page"].gaps
    assert [gap.detail for gap in gaps] == ["Under review: Counsel has it."] * 2


def test_page_is_read_as_of_a_day(client: Client, stage: Stage, duty: Duty) -> None:
    stage.complete(duty, date(2026, 5, 5))
    page = client.get(duty.get_absolute_url() + "?as_of=2026-05-04")
    assert page.context["page"].history == ()
    assert "Status as of May 4, 2026." in text(page)


def test_actions_depend_on_what_the_duty_is(client: Client, duty: Duty) -> None:
    address = duty.get_absolute_url()
    assert labels(client.get(address)) == ["Change details", "Not applicable", "End responsibility"]
    client.post(f"{address}not-applicable/", {"starts_on": "2026-01-01", "reason": "None."})
    assert labels(client.get(address))[1] == "Mark as applicable"
    client.post(f"{address}end/", {"until": "2026-12-31"})
    assert labels(client.get(address)) == ["Change details", "Mark as applicable"]


def test_a_director_has_no_verbs(client_of: ClientOf, duty: Duty, chair: User) -> None:
    client = client_of(chair)
    page = client.get(duty.get_absolute_url())
    assert (page.status_code, labels(page), page.context["primary"]) == (200, [], None)
    for verb in ("change", "end", "not-applicable", "apply"):
        assert client.post(f"{duty.get_absolute_url()}{verb}/", {}).status_code == 403


def test_an_owner_without_standings_reads_terms_word_and_due_day_only(
    client_of: ClientOf, stage: Stage, management: User
) -> None:
    duty = stage.duty(owner=management)
    stage.complete(duty, date(2024, 5, 5), note="Private words.")
    stage.close_gap(duty, "FY2025")
    page = client_of(management).get(duty.get_absolute_url(), {"as_of": "2024-06-01"})
    shown = page.context["page"]
    assert (page.context["as_of"], shown.history, shown.gaps, shown.line.because) == (
        AT.date(),
        (),
        (),
        "",
    )
    assert (shown.line.row.standing.label, shown.line.row.due_on) == ("due", date(2026, 12, 31))
    words = text(page)
    assert "Review the audit plan" in words
    assert "once in each fiscal year" in words
    for hidden in ("Private words", "Counsel", "counsel", "FY2025", "2025", "/completions/"):
        assert hidden not in words
    [ask] = client_of(management).get("/").context["asks"]
    assert (ask.sentence, ask.because) == ("Review the audit plan", "")


def test_with_counsel_is_said_to_management_and_why_is_not(
    client_of: ClientOf, stage: Stage, duty: Duty
) -> None:
    stage.complete(duty, date(2024, 5, 5))
    stage.close_gap(duty, "FY2025")
    both = make_person("Dora Manages", Role.DIRECTOR, Role.MANAGEMENT)
    client = client_of(both)
    key = f"/open-items/charters.gap:duty-{duty.pk}:FY2025/"
    for path in (duty.get_absolute_url(), key, "/open-items/?show=closed"):
        words = text(client.get(path))
        assert "Under review" in words
        assert "Counsel has it" not in words
    assert client.get("/open-items/?show=closed").context["rows"][0].reason == ""
    # Nor once the role has ended: it was held on the day of the closing.
    both.roleterm_set.filter(role=Role.MANAGEMENT).update(ends_on=date(2026, 11, 21))
    with time_machine.travel(date(2026, 12, 1), tick=False):
        assert "Counsel has it" not in text(client_of(both).get(key))
        assert "Counsel has it" in text(client_of(make_person("Don", Role.DIRECTOR)).get(key))


def test_owners_are_chosen_among_who_may_read_of_duties(
    client: Client, stage: Stage, secretary: User, administrator: User, outsider: User
) -> None:
    people = [
        secretary,
        make_person("Mia", Role.MANAGEMENT),
        make_person("Ian", Role.INTERNAL_AUDITOR),
        make_person("Ann", Role.ADMINISTRATOR, Role.DIRECTOR),
    ]
    make_person("Eli", Role.EXTERNAL_AUDITOR)
    owners = client.get("/charter/R-2/duty/").context["form"].fields["owner"].queryset
    assert set(owners) == set(people)
    for nobody in (administrator, outsider):
        page = client.post("/charter/R-2/duty/", NEW | {"owner": str(nobody.pk)})
        assert list(errors(page)) == ["owner"]


# Adding.


def test_a_duty_of_ones_own_is_added(client: Client, stage: Stage) -> None:
    page = client.post("/charter/R-2/duty/", NEW, follow=True)
    assert page.redirect_chain == [("/charter/R-2/", 302)]
    duty = Duty.objects.get()
    assert (duty.title, duty.layer, duty.due_month, duty.due_day, duty.catalogue_key) == (
        "Look at the insurance programme",
        "GP",
        10,
        None,
        "",
    )
    assert [clause.reference for clause in duty.clauses.all()] == ["R-2"]
    assert "insurance" not in str(LedgerEntry.objects.get(action="duty.added").facts)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"times": "0"}, "times"),
        ({"times": "53"}, "times"),
        ({"months": "121"}, "months"),
        ({"due_month": "13"}, "due_month"),
        ({"due_day": "32"}, "due_day"),
        ({"cadence": "quarterly", "due_month": "4"}, "due_month"),
        ({"kind": "wish"}, "kind"),
        ({"layer": "XX"}, "layer"),
        ({"owner": "999"}, "owner"),
        ({"in_force_from": ""}, "in_force_from"),
        ({"cadence": "quarterly", "due_month": ""}, "due_month"),
    ],
)
def test_impossible_terms_are_refused_beside_their_field(
    client: Client, stage: Stage, given: dict, field: str
) -> None:
    page = client.post("/charter/R-2/duty/", NEW | given)
    assert list(errors(page)) == [field]
    assert page.context["form"]["citation"].value() == ""
    assert not Duty.objects.exists()


def test_a_duty_is_added_to_a_clause_in_effect_only(client: Client, stage: Stage) -> None:
    assert client.post("/charter/R-9/duty/", NEW).status_code == 404
    assert not Duty.objects.exists()


def test_nobody_else_adds_a_duty(
    client_of: ClientOf, stage: Stage, chair: User, management: User
) -> None:
    for user, status in ((chair, 403), (management, 404)):
        assert client_of(user).post("/charter/R-2/duty/", NEW).status_code == status
    assert not Duty.objects.exists()


# Changing the terms.


def test_changed_terms_hold_for_past_days_too(client: Client, stage: Stage, duty: Duty) -> None:
    stage.complete(duty, date(2024, 5, 5))
    stage.complete(duty, date(2025, 5, 5))
    assert standing(client, duty, "2026-07-01")[0] == "on file"
    client.post(f"/duties/{duty.pk}/change/", NEW | {"due_month": "6", "layer": "CH"})
    assert standing(client, duty, "2026-07-01")[0] == "not on file"
    assert set(LedgerEntry.objects.get(action="duty.changed").facts) == {
        "title",
        "due_month",
    }


def test_terms_that_stay_leave_no_line(client: Client, duty: Duty) -> None:
    given = {
        name: value if (value := getattr(duty, name)) is not None else ""
        for name in NEW
        if name not in ("owner", "in_force_from")
    }
    page = client.post(f"/duties/{duty.pk}/change/", given)
    assert page.status_code == 302
    assert not LedgerEntry.objects.filter(action="duty.changed").exists()


def test_an_owner_named_meanwhile_is_not_taken_away(
    client: Client, duty: Duty, secretary: User, chair: User
) -> None:
    url, terms = (
        f"/duties/{duty.pk}/change/",
        {n: v for n, v in NEW.items() if n != "in_force_from"},
    )
    opened = client.get(url).context["form"]
    client.post(url, terms | {"owner": chair.pk})
    page = client.post(url, terms | {"title": "Another", VERSION: opened[VERSION].value()})
    assert errors(page)["owner"] == [f"On record now: {chair}"]
    assert page.context["form"]["title"].value() == "Another"
    duty.refresh_from_db()
    assert (duty.owner, duty.title) == (chair, NEW["title"])


def test_refused_terms_change_nothing(client: Client, duty: Duty) -> None:
    page = client.post(f"/duties/{duty.pk}/change/", NEW | {"times": "0"})
    assert list(errors(page)) == ["times"]
    assert "Review the audit plan" in str(page.context["title"])
    duty.refresh_from_db()
    assert duty.title == "Review the audit plan"


# Ending.


def test_an_ended_duty_is_asked_for_no_more(client: Client, duty: Duty) -> None:
    client.post(f"/duties/{duty.pk}/end/", {"until": "2026-06-30"})
    references = [
        [line.row.duty.title for line in client.get(f"/charter/R-2/?as_of={day}").context["duties"]]
        for day in ("2026-06-30", "2026-07-01")
    ]
    assert references == [["Review the audit plan"], []]
    assert "from January 1, 2024 until June 30, 2026" in text(client.get(duty.get_absolute_url()))


@pytest.mark.parametrize(
    ("until", "says"),
    [
        (
            "2023-12-31",
            ("A responsibility ends on or after the date it took effect. Enter a later date."),
        ),
        ("", "This field is required."),
    ],
)
def test_an_end_before_the_beginning_is_refused(
    client: Client, duty: Duty, until: str, says: str
) -> None:
    page = client.post(f"/duties/{duty.pk}/end/", {"until": until})
    assert errors(page) == {"until": [says]}
    duty.refresh_from_db()
    assert duty.in_force_until is None


# Not applicable, and applicable again.

NONE = {"starts_on": "2026-06-01", "reason": "The company has no internal audit function."}


def test_not_applicable_with_its_reason_and_day(client: Client, duty: Duty) -> None:
    client.post(f"/duties/{duty.pk}/not-applicable/", NONE)
    assert standing(client, duty) == (
        "not applicable",
        "Not applicable since June 1, 2026: The company has no internal audit function.",
    )
    assert standing(client, duty, "2026-05-31")[0] != "not applicable"
    entry = LedgerEntry.objects.get(action="duty.declared_not_applicable")
    assert "internal audit" not in str(entry.facts)


@pytest.mark.parametrize("reason", ["", "   "])
def test_not_applicable_needs_a_reason(client: Client, duty: Duty, reason: str) -> None:
    page = client.post(f"/duties/{duty.pk}/not-applicable/", NONE | {"reason": reason})
    assert errors(page) == {"reason": ["This field is required."]}
    assert not Inapplicability.objects.exists()


def test_not_applicable_twice_is_refused(client: Client, duty: Duty) -> None:
    client.post(f"/duties/{duty.pk}/not-applicable/", NONE)
    page = client.post(f"/duties/{duty.pk}/not-applicable/", NONE | {"starts_on": "2026-09-01"})
    assert errors(page) == {
        "starts_on": [("The responsibility is already not applicable on that date.")]
    }
    page = client.post(f"/duties/{duty.pk}/not-applicable/", NONE | {"starts_on": "2026-01-01"})
    assert errors(page) == {
        "starts_on": [("The responsibility is already not applicable on that date.")]
    }
    assert Inapplicability.objects.count() == 1


def test_it_applies_again_from_a_day(client: Client, duty: Duty) -> None:
    client.post(f"/duties/{duty.pk}/not-applicable/", NONE)
    client.post(f"/duties/{duty.pk}/apply/", {"on": "2026-09-01"})
    words = [standing(client, duty, day)[0] for day in ("2026-08-31", "2026-09-01")]
    assert words[0] == "not applicable"
    assert words[1] != "not applicable"
    again = NONE | {"starts_on": "2026-09-01"}
    assert client.post(f"/duties/{duty.pk}/not-applicable/", again).status_code == 302


@pytest.mark.parametrize("on", ["2026-06-01", "2026-05-31"])
def test_it_applies_again_after_the_day_it_ceased_to(client: Client, duty: Duty, on: str) -> None:
    client.post(f"/duties/{duty.pk}/not-applicable/", NONE)
    page = client.post(f"/duties/{duty.pk}/apply/", {"on": on})
    assert errors(page) == {"on": ["Enter a date after the one on which it stopped applying."]}


def test_what_applies_cannot_apply_again(client: Client, duty: Duty) -> None:
    page = client.post(f"/duties/{duty.pk}/apply/", {"on": "2026-09-01"})
    assert errors(page) == {"__all__": ["This responsibility already applies."]}
