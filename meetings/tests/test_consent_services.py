"""Written consents: who is asked, what a signature is of, when it takes effect, what ends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from accounts.tests.personas import make_person
from charter_portal.celery import app
from charters.docket import AsOf
from charters.enums import HowDecided
from charters.models import Committee, Decision
from charters.services.uploads import Upload
from committees.enums import EndReason
from committees.models import Director, Membership
from committees.services import end_membership
from committees.tests.factories import a_board, a_company, a_director, a_seat, an_audit_committee
from committees.tests.recording import last_entry
from meetings.deadlines import signatures
from meetings.enums import ConsentStatus, HowSigned, Stopped
from meetings.home import asks
from meetings.models import ConsentSignature, WrittenConsent
from meetings.services import consents as services
from meetings.services import correct_body_rules, set_body_rules
from meetings.services.consent_meetings import call_meeting
from meetings.tasks import settle_consents
from records.enums import SystemActor
from records.models import LedgerEntry, Notice

pytestmark = pytest.mark.django_db

BY = SystemActor.OPERATOR


def at(month: int, day: int, hour: int = 17) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


SENT = at(11, 23, 15)
PAPER = Upload(b"Signed on paper.", "signed.txt")


class Body:
    """A committee of A (chair), B and C, each with an account."""

    def __init__(self) -> None:
        a_company()
        self.committee: Committee = an_audit_committee()
        self.users: dict[str, User] = {}
        self.directors: dict[str, Director] = {}
        self.seats: dict[str, Membership] = {}
        for name in "ABC":
            self.join(name, date(2020, 5, 1))

    def join(self, name: str, on: date) -> Director:
        self.users[name] = make_person(f"Director {name}", Role.DIRECTOR)
        self.directors[name] = a_director(f"Director {name}", self.users[name])
        self.seats[name] = a_seat(self.directors[name], self.committee, on)
        return self.directors[name]

    def leave(self, name: str, on: date, told: datetime) -> None:
        seat = Membership.objects.get(pk=self.seats[name].pk)
        end_membership(seat, ends_on=on, reason=EndReason.RESIGNED, by=BY, at=told)

    def consent(self, **given: Any) -> WrittenConsent:
        terms = {"title": "Engagement of counsel", "text": "RESOLVED, that counsel is engaged."}
        return services.prepare_consent(self.committee, **(terms | given), by=BY, at=SENT)

    def sent(self, **given: Any) -> WrittenConsent:
        return services.send_consent(self.consent(), by=BY, at=SENT, **given)

    def sign(
        self, consent: WrittenConsent, name: str, when: datetime, **given: Any
    ) -> ConsentSignature:
        return services.sign(consent, self.directors[name], by=self.users[name], at=when, **given)

    def on_paper(self, consent: WrittenConsent, names: str, on: date, when: datetime) -> None:
        who = [self.directors[name] for name in names]
        services.record_signatures(consent, who, signed_on=on, upload=PAPER, by=BY, at=when)


@pytest.fixture
def body() -> Body:
    return Body()


def stored(consent: WrittenConsent) -> WrittenConsent:
    return WrittenConsent.objects.get(pk=consent.pk)


def refusal_of(act: Callable[[], object]) -> str:
    """What the act is refused with."""
    with pytest.raises(ValidationError) as refused:
        act()
    return " ".join(refused.value.messages)


def told(kind: str) -> set[str]:
    return {str(notice.recipient) for notice in Notice.objects.filter(kind=kind)}


def test_takes_effect_with_the_last_signature_as_a_numbered_decision(body: Body) -> None:
    consent = body.sent()
    body.sign(consent, "A", at(11, 23))
    body.sign(consent, "B", at(11, 24))
    assert stored(consent).status == ConsentStatus.WAITING
    assert not Decision.objects.exists()

    body.sign(consent, "C", at(11, 25))
    consent = stored(consent)
    assert (consent.status, consent.effective_on) == (ConsentStatus.EFFECTIVE, date(2026, 11, 25))
    made = consent.decision
    assert (made.how, made.decided_on) == (HowDecided.WRITTEN_CONSENT, date(2026, 11, 25))
    assert (made.number, made.text) == ("2026-01", "RESOLVED, that counsel is engaged.")
    assert last_entry().action == "consent.effective"
    assert told("meetings.consent_effective") == {"Director A", "Director B", "Director C"}


def test_paper_counts_with_its_date_and_backdates_nothing_before_it_was_sent(body: Body) -> None:
    consent = body.sent()
    body.sign(consent, "A", at(11, 23))
    assert "sent on November 23, 2026" in refusal_of(
        lambda: body.on_paper(consent, "B", date(2026, 11, 20), at(11, 26))
    )
    assert "in the future" in refusal_of(
        lambda: body.on_paper(consent, "B", date(2026, 11, 27), at(11, 26))
    )
    body.on_paper(consent, "BC", date(2026, 11, 24), at(11, 26))
    assert stored(consent).effective_on == date(2026, 11, 24)
    how = set(ConsentSignature.objects.values_list("how", "document__title"))
    assert how == {(HowSigned.HERE, None), (HowSigned.ON_PAPER, "Engagement of counsel")}


def test_paper_of_the_day_it_was_sent_counts(body: Body) -> None:
    consent = body.sent()
    body.on_paper(consent, "ABC", date(2026, 11, 23), at(11, 24))
    assert stored(consent).effective_on == date(2026, 11, 23)


def test_a_consent_of_the_past_is_recorded_with_its_dates(body: Body) -> None:
    consent = body.sent(sent_on=date(2026, 6, 10))
    body.on_paper(consent, "ABC", date(2026, 6, 12), at(11, 24))
    assert stored(consent).effective_on == date(2026, 6, 12)


def test_what_somebody_signed_is_never_changed(body: Body) -> None:
    consent = body.sent()
    services.change_consent(consent, title="Counsel", text="RESOLVED.", by=BY, at=SENT)
    attachment = services.attach(consent, upload=PAPER, by=BY, at=SENT)
    signature = body.sign(consent, "A", at(11, 23))
    assert signature.content == stored(consent).signed_content()

    for change in (
        lambda: services.change_consent(consent, title="T", text="X", by=BY, at=at(11, 24)),
        lambda: services.attach(consent, upload=PAPER, by=BY, at=at(11, 24)),
        lambda: services.detach(attachment, by=BY, at=at(11, 24)),
    ):
        assert refusal_of(change) == (
            "Director A has signed. Withdraw this consent and start a new one."
        )
    services.withdraw_consent(consent, by=BY, at=at(11, 24))
    consent = stored(consent)
    assert (consent.status, consent.stopped_as) == (ConsentStatus.STOPPED, Stopped.WITHDRAWN)
    assert consent.signatures.get().content == signature.content


def test_the_digest_is_of_text_and_attachments(body: Body) -> None:
    consent = body.consent()
    digests = [consent.signed_content()]
    services.change_consent(consent, title=consent.title, text="RESOLVED.", by=BY, at=SENT)
    digests.append(stored(consent).signed_content())
    services.attach(consent, upload=PAPER, by=BY, at=SENT)
    digests.append(stored(consent).signed_content())
    assert len(set(digests)) == 3


def test_what_was_withdrawn_leaves_no_gap_in_the_numbers(body: Body) -> None:
    first, second = body.sent(), body.sent()
    body.sign(first, "A", at(11, 23))
    services.withdraw_consent(first, by=BY, at=at(11, 23))
    body.on_paper(second, "ABC", date(2026, 11, 24), at(11, 24))
    assert stored(second).decision.number == "2026-01"


def test_a_change_of_members_stops_it(body: Body) -> None:
    """G2: A and B signed; C leaves unsigned on the 25th, D comes."""
    consent = body.sent()
    body.sign(consent, "A", at(11, 23))
    body.sign(consent, "B", at(11, 24))
    body.leave("C", date(2026, 11, 25), at(11, 24, 18))
    body.join("D", date(2026, 11, 25))
    assert "Start a new one or call a meeting" in refusal_of(
        lambda: body.sign(consent, "C", at(11, 25))
    )
    assert "Start a new one or call a meeting" in refusal_of(
        lambda: body.sign(consent, "D", at(11, 25))
    )
    assert stored(consent).status == ConsentStatus.WAITING
    assert not Decision.objects.exists()


def test_who_is_yet_to_serve_signs_with_effect_from_the_seat(body: Body) -> None:
    body.leave("C", date(2026, 11, 26), at(11, 22))
    body.join("D", date(2026, 11, 26))
    consent = body.sent(members_on=date(2026, 11, 26))
    for name in "ABD":
        body.sign(consent, name, at(11, 24))
    assert stored(consent).status == ConsentStatus.WAITING

    services.settle_waiting(at=at(11, 25))
    assert stored(consent).status == ConsentStatus.WAITING
    services.settle_waiting(at=at(11, 26))
    assert stored(consent).effective_on == date(2026, 11, 26)
    assert app.conf.beat_schedule["meetings.settle_consents"]["task"] == settle_consents.name
    effective = LedgerEntry.objects.filter(action="consent.effective").get()
    assert effective.actor == "scheduler"


def test_what_took_effect_with_a_seat_is_not_taken_back_before_it_is_settled(body: Body) -> None:
    """G3, DGCL 141(f): D's seat begins at 5:00 UTC of the 26th; the scheduler comes later."""
    body.leave("C", date(2026, 11, 26), at(11, 22))
    body.join("D", date(2026, 11, 26))
    consent = body.sent(members_on=date(2026, 11, 26))
    signature, *__ = [body.sign(consent, name, at(11, 24)) for name in "ABD"]
    night = at(11, 26, 5)
    for taken_back in (
        lambda: services.withdraw_signature(signature, by=body.users["A"], at=night),
        lambda: services.withdraw_consent(consent, by=BY, at=night),
        lambda: services.decline(consent, body.directors["B"], by=BY, at=night),
    ):
        assert "is in effect" in refusal_of(taken_back)
    assert "needs no meeting" in refusal_of(
        lambda: call_meeting(consent, on=date(2026, 12, 1), time=time(9), by=BY, at=night)
    )
    services.settle_waiting(at=at(11, 26, 10))
    assert stored(consent).effective_on == date(2026, 11, 26)
    schedule = app.conf.beat_schedule["meetings.settle_consents"]["schedule"]
    assert schedule.hour == set(range(24))


def test_a_signature_is_withdrawn_until_the_last_one_takes_effect(body: Body) -> None:
    body.leave("C", date(2026, 11, 26), at(11, 22))
    body.join("D", date(2026, 11, 26))
    consent = body.sent(members_on=date(2026, 11, 26))
    signature, *__ = [body.sign(consent, name, at(11, 24)) for name in "ABD"]
    services.withdraw_signature(signature, by=body.users["A"], at=at(11, 26, 4))
    assert stored(consent).stopped_as == Stopped.SIGNATURE_WITHDRAWN
    services.settle_waiting(at=at(11, 26, 10))
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("ahead", "is_refused"),
    [
        pytest.param(date(2027, 1, 22), False, id="60 days ahead"),
        pytest.param(date(2027, 1, 23), True, id="61 days ahead"),
        pytest.param(date(2026, 11, 22), True, id="before it is sent"),
    ],
)
def test_members_are_those_of_a_date_at_most_sixty_days_ahead(
    body: Body, ahead: date, is_refused: bool
) -> None:
    if is_refused:
        assert "up to 60 days" in refusal_of(lambda: body.sent(members_on=ahead))
    else:
        assert body.sent(members_on=ahead).members.count() == 3


def test_one_member_who_declines_ends_it_and_the_others_are_told(
    body: Body, secretary: User
) -> None:
    """G3: those who signed, those who have not, and the secretary."""
    consent = body.sent()
    body.sign(consent, "A", at(11, 23))
    services.decline(
        consent, body.directors["B"], reason="ZEPHYR", by=body.users["B"], at=at(11, 24)
    )
    consent = stored(consent)
    assert (consent.status, consent.stopped_as) == (ConsentStatus.STOPPED, Stopped.DECLINED)
    assert consent.signatures.count() == 1
    assert told("meetings.consent_ended") == {"Director A", "Director C", str(secretary)}
    assert "ended without effect" in refusal_of(lambda: body.sign(consent, "C", at(11, 24)))
    assert not LedgerEntry.objects.filter(facts__icontains="ZEPHYR").exists()


def test_who_has_signed_withdraws_rather_than_declines(body: Body) -> None:
    consent = body.sent()
    signature = body.sign(consent, "A", at(11, 23))
    assert "Withdraw the signature" in refusal_of(
        lambda: services.decline(consent, body.directors["A"], by=BY, at=at(11, 23))
    )
    services.withdraw_signature(signature, by=body.users["A"], at=at(11, 24))
    assert stored(consent).stopped_as == Stopped.SIGNATURE_WITHDRAWN


def test_nobody_withdraws_a_signature_once_all_have_signed(body: Body) -> None:
    consent = body.sent()
    signature = body.sign(consent, "A", at(11, 23))
    body.on_paper(consent, "BC", date(2026, 11, 24), at(11, 24))
    assert "in effect" in refusal_of(
        lambda: services.withdraw_signature(signature, by=body.users["A"], at=at(11, 25))
    )


def test_a_member_with_an_interest_signs_and_says_so(body: Body) -> None:
    consent = body.sent(interested=[body.directors["B"]])
    assert "has an interest" in refusal_of(lambda: body.sign(consent, "B", at(11, 23)))
    signature = body.sign(consent, "B", at(11, 23), recites_interest=True)
    assert signature.recites_interest
    assert not body.sign(consent, "A", at(11, 23), recites_interest=True).recites_interest


def test_only_members_are_asked_and_each_signs_once_and_in_person(body: Body) -> None:
    consent = body.sent()
    stranger = a_director("Stranger", make_person("Stranger", Role.DIRECTOR))
    assert "was not asked" in refusal_of(
        lambda: services.sign(consent, stranger, by=stranger.user, at=at(11, 23))
    )
    assert "Only the member signs" in refusal_of(
        lambda: services.sign(consent, body.directors["A"], by=body.users["B"], at=at(11, 23))
    )
    body.sign(consent, "A", at(11, 23))
    assert "signed already" in refusal_of(lambda: body.sign(consent, "A", at(11, 24)))


def test_a_restriction_that_would_bar_a_member_is_refused_when_it_is_sent(body: Body) -> None:
    boss = make_person("Chief", Role.DIRECTOR, Role.MANAGEMENT)
    a_seat(a_director("Chief", boss), body.committee)
    consent = body.consent(restricted_roles={Role.MANAGEMENT})
    assert "could not read" in refusal_of(lambda: services.send_consent(consent, by=BY, at=SENT))


def test_responsibilities_come_with_the_fiscal_year_they_serve(body: Body) -> None:
    assert refusal_of(lambda: body.consent(text=" ")) == "Enter the resolution."


def test_the_database_keeps_a_consent_from_being_in_effect_without_its_decision(
    body: Body,
) -> None:
    consent = body.sent()
    with pytest.raises(IntegrityError), transaction.atomic():
        WrittenConsent.objects.filter(pk=consent.pk).update(effective_on=date(2026, 11, 24))
    with pytest.raises(IntegrityError), transaction.atomic():
        WrittenConsent.objects.filter(pk=consent.pk).update(stopped_as=Stopped.DECLINED)


def test_only_the_secretary_sees_a_draft(body: Body, secretary: User, management: User) -> None:
    consent = body.consent()
    day = date(2026, 11, 24)

    def sees(user: User) -> bool:
        return WrittenConsent.objects.visible_to(user, on=day).exists()

    assert (sees(secretary), sees(body.users["A"]), sees(management)) == (True, False, False)
    services.send_consent(consent, by=BY, at=SENT)
    assert (sees(secretary), sees(body.users["A"]), sees(management)) == (True, True, False)


def test_bylaws_of_a_date_that_forbid_consents_refuse_the_next_and_leave_the_last(
    body: Body,
) -> None:
    first, waiting = body.sent(), body.sent()
    body.on_paper(first, "ABC", date(2026, 11, 24), at(11, 24))
    set_body_rules(
        body.committee,
        effective_on=date(2026, 11, 25),
        forbids_consents=True,
        consents_citation="Bylaws, s. 3.9",
        by=BY,
        at=at(11, 24),
    )
    body.sign(waiting, "A", at(11, 24))
    words = "The bylaws do not allow written consents"
    assert words in refusal_of(lambda: body.sign(waiting, "B", at(11, 26)))
    later = body.consent()
    assert words in refusal_of(lambda: services.send_consent(later, by=BY, at=at(11, 26)))
    services.settle(first, by=BY, at=at(11, 26))
    assert stored(first).status == ConsentStatus.EFFECTIVE


def test_a_consent_of_the_board_asks_for_its_seats_and_for_a_majority_of_them(body: Body) -> None:
    board = a_board()
    for name in "ABC":
        a_seat(body.directors[name], board)

    def draft() -> WrittenConsent:
        terms = {"title": "Engagement of counsel", "text": "RESOLVED, that counsel is engaged."}
        return services.prepare_consent(board, **terms, by=BY, at=SENT)

    assert "Record the number under Meeting rules" in refusal_of(
        lambda: services.send_consent(draft(), by=BY, at=SENT)
    )
    year = date(2026, 1, 1)
    rules = set_body_rules(board, seats=7, effective_on=year, by=BY, at=SENT)
    of_seven = services.send_consent(draft(), by=BY, at=SENT)
    body.on_paper(of_seven, "ABC", date(2026, 11, 23), at(11, 24))
    assert stored(of_seven).status == ConsentStatus.WAITING
    assert "Fewer members serve than a quorum needs" in refusal_of(
        lambda: body.on_paper(of_seven, "A", date(2026, 11, 24), at(11, 24))
    )
    correct_body_rules(rules, seats=5, by=BY, at=at(11, 25))
    services.settle(of_seven, by=BY, at=at(11, 25))
    assert stored(of_seven).effective_on == date(2026, 11, 23)


def test_a_consent_that_waits_for_the_number_of_seats_alone_is_not_taken_back(body: Body) -> None:
    """All have signed; the number that is then on record says that it was in effect all along."""
    board = a_board()
    for name in "ABC":
        a_seat(body.directors[name], board)
    rules = set_body_rules(board, seats=5, effective_on=date(2026, 1, 1), by=BY, at=SENT)
    consent = services.prepare_consent(board, title="Counsel", text="RESOLVED.", by=BY, at=SENT)
    consent = services.send_consent(consent, by=BY, at=SENT)
    correct_body_rules(rules, effective_on=date(2026, 12, 1), by=BY, at=SENT)
    first, *__ = [body.sign(consent, name, at(11, 24)) for name in "ABC"]
    for taken_back in (
        lambda: services.withdraw_signature(first, by=body.users["A"], at=at(11, 25)),
        lambda: services.withdraw_consent(consent, by=BY, at=at(11, 25)),
    ):
        assert "Record the number under Meeting rules" in refusal_of(taken_back)
    assert stored(consent).status == ConsentStatus.WAITING


@pytest.mark.parametrize("number", [1, 10])
def test_home_and_deadlines_read_seats_and_rules_once(body: Body, number: int) -> None:
    for _time in range(number):
        body.sent(sign_by=date(2026, 12, 1))
    docket, member = AsOf(body.committee, date(2026, 11, 24)), body.users["A"]
    for find, each in ((lambda: asks(docket, member), 1), (lambda: signatures(docket), 3)):
        with CaptureQueriesContext(connection) as asked:
            assert len(list(find())) == each * number
        tables = [query["sql"].split('FROM "')[1].split('"')[0] for query in asked]
        assert tables.count("meetings_bodyrules") == 1
        assert tables.count("committees_membership") == 1
