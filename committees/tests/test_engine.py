"""What this app shows the charter, reminds of, proposes and reports."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import User
from charters.docket import AsOf
from charters.enums import DutyKind, Standing
from charters.registry import AGENDA, REPORT_PARTS, ReportScope
from charters.reminders import DUTIES, Reminders
from charters.standing import Docket
from charters.tests.charters import Stage, set_the_stage
from committees import services
from committees.deadlines import DETERMINATIONS, LETTERS, QUESTIONNAIRES
from committees.duties.notices import NOTICE
from committees.enums import (
    AdviserRole,
    Conclusion,
    EndReason,
    FundingPurpose,
    LetterStepKind,
    PostingKind,
    Regulator,
    RelatedPersonBasis,
    ReviewKind,
    ReviewOutcome,
    SophisticationGround,
)
from committees.enums import DeterminationKind as Kind
from committees.models import Membership, RelatedPartyTransaction
from committees.tasks import send_annual_review_reminders
from committees.tests.factories import a_director, a_seat, seats
from committees.tests.recording import MANAGEMENT, NOW, TODAY, determined
from records.models import Notice

pytestmark = pytest.mark.django_db

MADE, KNOWN = date(2026, 3, 4), date(2026, 10, 1)


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


def docket(stage: Stage, day: date = TODAY) -> Docket:
    return Docket(stage.committee, day, stage.company)


def row(stage: Stage, key: str, kind: DutyKind = DutyKind.RECURRING, day: date = TODAY):  # type: ignore[no-untyped-def]
    duty = stage.committee.duties.filter(catalogue_key=key).first() or stage.duty(
        catalogue_key=key, kind=kind
    )
    return next(row for row in docket(stage, day).reading().duties if row.duty.pk == duty.pk)


def a_lease(stage: Stage, **given: object) -> RelatedPartyTransaction:
    terms = {
        "person": "Ben Okafor",
        "basis": RelatedPersonBasis.FAMILY,
        "terms": "Rent.",
        "amount": Decimal(200_000),
        "known_on": KNOWN,
    }
    return services.log_transaction(stage.committee, **(terms | NOW | given))


def determined_members(*users: User | None) -> list[Membership]:
    names = ("Ngozi Okafor", "Li Wei", "Ann Roe")
    users = (*users, *(None,) * (3 - len(users)))
    made = [a_seat(a_director(name, user)) for name, user in zip(names, users, strict=True)]
    for seat in made:
        determined(seat.director, Kind.INDEPENDENT, MADE)
        determined(seat.director, Kind.LITERATE, MADE)
    return made


def test_review_serves_its_fiscal_year(stage: Stage) -> None:
    terms = {"conclusion": Conclusion.ADEQUATE, **NOW}
    services.record_review(
        stage.committee,
        ReviewKind.CHARTER,
        held_on=date(2026, 11, 3),
        serves=date(2026, 12, 31),
        **terms,
    )
    found = row(stage, "charter-review")
    assert (found.standing, [piece.source for piece in found.evidence]) == (
        Standing.ON_FILE,
        ["committees.reviews"],
    )
    assert row(stage, "committee-evaluation").evidence == ()


def test_posting_and_uses_of_authority_are_listed(stage: Stage) -> None:
    day = date(2026, 4, 17)
    services.record_posting(stage.committee, PostingKind.PROXY, posted_on=day, **NOW)
    services.engage(
        stage.committee, adviser="Ash", role=AdviserRole.COUNSEL, scope="A.", engaged_on=day, **NOW
    )
    services.determine_funding(
        stage.committee, FundingPurpose.AUDITOR, amount=Decimal(9), determined_on=day, **NOW
    )
    sources = {
        key: [piece.source for piece in row(stage, key, kind).evidence]
        for key, kind in (
            ("charter-publication", DutyKind.RECURRING),
            ("advisers", DutyKind.AUTHORITY),
            ("funding", DutyKind.AUTHORITY),
        )
    }
    assert sources == {
        "charter-publication": ["committees.postings"],
        "advisers": ["committees.advisers"],
        "funding": ["committees.funding"],
    }


def test_transaction_arises_and_is_dealt_with_by_the_review(stage: Stage) -> None:
    key, kind = "related-party-review", DutyKind.EVENT
    lease = a_lease(stage)
    assert row(stage, key, kind).standing == Standing.DUE
    services.change_transaction(lease, signed_on=date(2026, 11, 2), **NOW)
    assert row(stage, key, kind).standing == Standing.NOT_ON_FILE
    [item] = [one for one in docket(stage).open_items() if one.rule.startswith("committees.")]
    assert item.because == (
        "Signed on November 2, 2026. No review by the committee is on file (Nasdaq 5630(a))."
    )
    assert docket(stage).open_item(item.key) == item
    services.review_transaction(
        lease, reviewed_on=date(2026, 11, 10), outcome=ReviewOutcome.RATIFIED, **NOW
    )
    assert row(stage, key, kind).standing == Standing.ON_FILE


def test_small_transaction_is_never_an_open_item(stage: Stage) -> None:
    a_lease(stage, amount=Decimal(120_000), signed_on=KNOWN)
    assert not [one for one in docket(stage).open_items() if one.rule.startswith("committees.")]


def test_expert_who_leaves_is_seen_ahead(stage: Stage) -> None:
    first, *_others = seats("Ngozi Okafor", "Li Wei", "Ann Roe", "Bo Lind")
    determined(first.director, Kind.SOPHISTICATED, MADE, grounds=[SophisticationGround.EMPLOYMENT])
    duty = stage.duty(catalogue_key="financial-sophistication", kind=DutyKind.CONDITION)
    assert [each for each in docket(stage).lapses() if each[0].pk == duty.pk] == []
    services.end_membership(first, ends_on=date(2027, 5, 4), reason=EndReason.RETIRED, **NOW)
    [lapse] = [lapse for each, lapse in docket(stage).lapses() if each.pk == duty.pk]
    assert lapse.on == date(2027, 5, 4)
    assert lapse.sentence.startswith("From May 4, 2027: No finding that a member")


def test_only_those_who_have_not_signed_are_reminded(
    stage: Stage, chair: User, member: User
) -> None:
    due, done, *_never = determined_members(chair, member)
    services.record_questionnaire(due.director, signed_on=date(2025, 11, 20), **NOW)
    services.record_questionnaire(done.director, signed_on=date(2026, 11, 2), **NOW)
    owed = Reminders(docket(stage), QUESTIONNAIRES).owed()
    assert [(str(each.person), each.due_on) for each in owed] == [(str(chair), TODAY)]


@pytest.mark.parametrize(
    ("seated", "due_on"),
    [
        (date(2015, 5, 1), date(2025, 1, 1)),  # before records begin: twelve months of records
        (date(2023, 12, 31), date(2025, 1, 1)),
        (date(2024, 1, 1), date(2024, 1, 1)),
        (TODAY, TODAY),  # a new member, on the first day in office
    ],
)
def test_member_who_has_never_signed_is_reminded_until_it_is_signed(
    stage: Stage, secretary: User, member: User, seated: date, due_on: date
) -> None:
    seat = a_seat(a_director(user=member), starts_on=seated)
    assert [deadline.due_on for __, deadline in questionnaires_of(stage).deadlines] == [due_on]
    send_annual_review_reminders()
    assert [notice.recipient for notice in Notice.objects.all()] == [member]
    services.record_questionnaire(seat.director, signed_on=TODAY, **NOW)
    assert questionnaires_of(stage).owed() == []


def left(stage: Stage, day: date, notified_on: date | None = None) -> None:
    """Three sit; one leaves on a day."""
    first, *_others = [a_seat(a_director(name)) for name in ("Ngozi Okafor", "Li Wei", "Ann Roe")]
    services.end_membership(
        first, ends_on=day, reason=EndReason.RESIGNED, exchange_notified_on=notified_on, **NOW
    )


def late_notices(stage: Stage, day: date = TODAY) -> list[str]:
    items = docket(stage, day).open_items()
    return [item.because for item in items if item.rule == "committees.exchange_notice"]


@pytest.mark.parametrize(
    ("notified_on", "day", "said"),
    [
        (None, date(2026, 11, 16), []),  # the date itself
        (None, date(2026, 11, 17), ["No notice is on record."]),
        (date(2026, 11, 16), TODAY, []),
        (date(2026, 11, 13), TODAY, []),  # before the seat ended
        (date(2026, 11, 17), TODAY, ["Given on November 17, 2026."]),
        (date(2026, 11, 18), date(2026, 11, 17), ["No notice is on record."]),
    ],
)
def test_exchange_is_notified_on_the_date_of_the_vacancy(
    stage: Stage, notified_on: date | None, day: date, said: list[str]
) -> None:
    left(stage, date(2026, 11, 16), notified_on)
    found = late_notices(stage, day)
    assert [each.partition("(c)(4)). ")[2] for each in found] == said


def test_secretary_is_reminded_of_the_notice_until_it_is_on_record(
    stage: Stage, secretary: User
) -> None:
    left(stage, TODAY)
    [owed] = Reminders(docket(stage), NOTICE).owed()
    assert owed.person is not None
    assert (owed.person.pk, owed.due_on) == (secretary.pk, TODAY)
    [seat] = Membership.objects.exclude(ends_on=None)
    services.record_exchange_notice(seat, on=TODAY, **NOW)
    assert Reminders(docket(stage), NOTICE).owed() == []


def test_four_who_become_three_notify_nobody(stage: Stage) -> None:
    a_seat(a_director("Max Member"))
    left(stage, date(2026, 11, 16))
    assert late_notices(stage) == []
    assert Reminders(docket(stage), NOTICE).deadlines == []


def test_vacancy_before_records_begin_or_filled_again_asks_for_no_notice(stage: Stage) -> None:
    left(stage, date(2023, 12, 31))
    assert late_notices(stage) == []
    a_seat(a_director("Max Member"), starts_on=date(2024, 2, 1))
    assert Reminders(docket(stage), NOTICE).deadlines == []


def test_who_no_longer_sits_signs_nothing(stage: Stage, member: User) -> None:
    seat = a_seat(a_director(user=member))
    services.end_membership(seat, ends_on=TODAY, reason=EndReason.RETIRED, **NOW)
    assert questionnaires_of(stage).deadlines == []


def questionnaires_of(stage: Stage) -> Reminders:
    return Reminders(docket(stage), QUESTIONNAIRES)


def test_determinations_are_renewed_within_a_year_of_the_oldest(stage: Stage) -> None:
    first, *_others = determined_members()
    determined(first.director, Kind.INDEPENDENT, TODAY)
    [(__, deadline)] = Reminders(docket(stage), DETERMINATIONS).deadlines
    assert deadline.due_on == date(2027, 3, 4)


def test_letter_reminds_until_it_is_answered(stage: Stage, secretary: User) -> None:
    letter = services.receive_letter(
        stage.committee,
        regulator=Regulator.SEC,
        matter="The annual report",
        dated_on=date(2026, 11, 10),
        received_on=date(2026, 11, 10),
        due_on=TODAY,
        **NOW,
    )
    [owed] = Reminders(docket(stage), LETTERS).owed()
    assert owed.is_for(secretary)
    proposed = [each for source in AGENDA for each in source.propose(docket(stage))]
    assert "Discuss the regulator’s letter: The annual report" in [one.title for one in proposed]
    services.record_letter_step(letter, LetterStepKind.ANSWERED, on=TODAY, **NOW)
    assert Reminders(docket(stage), LETTERS).deadlines == []


def test_task_owes_each_reminder_once(stage: Stage, secretary: User) -> None:
    stage.duty(catalogue_key="charter-review")
    send_annual_review_reminders()
    owed = set(Notice.objects.filter(recipient=secretary).values_list("key", flat=True))
    send_annual_review_reminders()
    assert owed
    assert Notice.objects.count() == len(owed)


def reviewed(stage: Stage, kind: ReviewKind, year: int) -> None:
    conclusion = Conclusion.ADEQUATE if kind is ReviewKind.CHARTER else Conclusion.HELD
    last, held_on = date(year, 12, 31), date(2026, 11, 3)
    services.record_review(
        stage.committee, kind, held_on=held_on, serves=last, conclusion=conclusion, **NOW
    )


@pytest.mark.parametrize(
    ("key", "kind"),
    [("charter-review", ReviewKind.CHARTER), ("committee-evaluation", ReviewKind.EVALUATION)],
)
def test_review_reminds_until_it_is_held_for_the_year(
    stage: Stage, secretary: User, key: str, kind: ReviewKind
) -> None:
    stage.duty(catalogue_key=key)

    def owed() -> list[tuple[str, date]]:
        return [(str(each.person), each.due_on) for each in Reminders(docket(stage), DUTIES).owed()]

    for year in (2024, 2025):
        reviewed(stage, kind, year)
    assert owed() == [(str(secretary), date(2026, 12, 31))], "those of earlier years, held late"
    reviewed(stage, kind, 2026)
    assert owed() == []


def test_determinations_remind_until_the_last_is_renewed(stage: Stage, secretary: User) -> None:
    made = determined_members()

    def owed() -> list[tuple[str, date]]:
        found = Reminders(docket(stage, date(2027, 3, 4)), DETERMINATIONS).owed()
        return [(str(each.person), each.due_on) for each in found]

    due = [(str(secretary), date(2027, 3, 4))]
    for seat in made:
        for kind in (Kind.INDEPENDENT, Kind.LITERATE):
            assert owed() == due
            determined(seat.director, kind, TODAY)
    assert owed() == []


def test_task_owes_nothing_to_whom_everything_is_done(stage: Stage, secretary: User) -> None:
    stage.duty(catalogue_key="charter-review")
    stage.duty(catalogue_key="committee-evaluation")
    for kind in ReviewKind:
        for year in (2024, 2025, 2026):
            reviewed(stage, kind, year)
    for seat in determined_members(secretary):
        for kind in (Kind.INDEPENDENT, Kind.LITERATE):
            determined(seat.director, kind, TODAY)
        services.record_questionnaire(seat.director, signed_on=TODAY, **NOW)
    send_annual_review_reminders()
    assert not Notice.objects.exists()


def told(stage: Stage, **seen: object) -> list[str]:
    as_of = AsOf(stage.committee, TODAY, stage.company, **seen)
    scope = ReportScope(as_of, date(2026, 1, 1), TODAY)
    parts = [part for part in REPORT_PARTS if part.name.startswith("committees.")]
    sections = [one for part in sorted(parts, key=lambda p: p.place) for one in part.compose(scope)]
    return [sentence.text for section in sections for sentence in section.sentences]


def test_report_tells_what_happened_without_counts(stage: Stage) -> None:
    determined_members()
    services.review_transaction(
        a_lease(stage), reviewed_on=date(2026, 11, 3), outcome=ReviewOutcome.APPROVED, **NOW
    )
    services.engage(
        stage.committee,
        adviser="Ash",
        role=AdviserRole.COUNSEL,
        scope="A.",
        engaged_on=KNOWN,
        restricted_roles=MANAGEMENT,
        **NOW,
    )
    found = told(stage)
    assert found[0].startswith("The members on November 20, 2026 were")
    assert (
        "On March 4, 2026 the Board determined that each of Ngozi Okafor, Ann Roe and Li Wei is "
        "independent for service on the Committee and financially literate."
    ) in found
    assert (
        "On November 3, 2026 the Committee reviewed and approved a transaction with Ben Okafor "
        "(immediate family of a director, officer or holder), $200,000."
    ) in found
    assert "The Committee engaged Ash as independent counsel on October 1, 2026." in found
    barred = told(stage, sees=lambda restriction: not restriction.roles)
    assert not [one for one in barred if "Ash" in one]
