"""The pages of written consents: what each person is shown and can do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.tests.test_reauthentication import PASSWORD, signed_in
from charters.models import Committee
from charters.services.uploads import Upload
from committees.enums import EndReason
from committees.models import Director, Membership
from committees.services import designate_chair, end_membership
from committees.tests.factories import a_director, a_seat
from meetings.enums import ConsentStatus, MeetingKind
from meetings.models import Meeting, WrittenConsent
from meetings.services import consents as services
from meetings.tests.factories import a_body, a_pdf
from records.enums import SystemActor
from records.models import LedgerEntry
from records.stale import VERSION

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
SIGNED: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": AT}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(AT, tick=False) as moving:
        yield moving


@pytest.fixture
def committee(chair: User, member: User) -> Committee:
    body = a_body()
    first = a_seat(a_director("Clara Chair", chair), body)
    a_seat(a_director("Max Member", member), body)
    designate_chair(first, starts_on=date(2021, 1, 1), **SIGNED)
    return body


def drafted(committee: Committee, **given: Any) -> WrittenConsent:
    terms = {"title": "Counsel", "text": "RESOLVED, that counsel is engaged.\nAt once."}
    return services.prepare_consent(committee, **(terms | given), **SIGNED)


def sent(committee: Committee, **given: Any) -> WrittenConsent:
    return services.send_consent(drafted(committee), **given, **SIGNED)


def shown(client: Client, consent: WrittenConsent) -> str:
    page = unescape(client.get(consent.get_absolute_url()).content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def address(name: str, consent: WrittenConsent) -> str:
    return reverse(name, args=[consent.pk])


def stored(consent: WrittenConsent) -> WrittenConsent:
    return WrittenConsent.objects.get(pk=consent.pk)


def test_the_secretary_drafts_sends_and_records_paper(
    committee: Committee, secretary: User, client_of: ClientOf
) -> None:
    client = client_of(secretary)
    page = client.post(
        reverse("consent_prepare"),
        {"body": committee.pk, "title": "Counsel", "text": "RESOLVED."},
    )
    consent = WrittenConsent.objects.get()
    assert page.url == consent.get_absolute_url()
    assert "Draft" in shown(client, consent)

    review = client.get(address("consent_send", consent))
    version = review.context["form"][VERSION].value()
    review = client.post(address("consent_send", consent), {VERSION: version})
    assert "One member who declines ends it" in review.content.decode()
    client.post(address("consent_send", consent), {VERSION: version, "confirmed": "1"})
    assert "0 of 2 members have signed" in shown(client, consent)

    paper = client.post(
        address("consent_paper", consent),
        {
            "directors": list(Director.objects.values_list("pk", flat=True)),
            "signed_on": "2026-11-23",
            "document": SimpleUploadedFile("signed.txt", b"Signed."),
        },
    )
    assert paper.status_code == 302
    assert "In effect since November 23, 2026, resolution 2026-01" in shown(client, consent)
    assert "Signed on paper or by email on November 23, 2026" in shown(client, consent)


def test_nothing_is_offered_once_the_last_seat_has_begun(
    committee: Committee, chair: User, secretary: User, client_of: ClientOf, clock: Any
) -> None:
    """Two members have signed, and one whose seat begins with November 26."""
    a_seat(third := a_director("Cid C"), committee, date(2026, 11, 26))
    consent = sent(committee, members_on=date(2026, 11, 26))
    asked = Director.objects.filter(pk__in=consent.members.values("director"))
    assert third in asked
    services.record_signatures(
        consent,
        list(asked),
        signed_on=AT.date(),
        upload=Upload(b"Signed.", "signed.txt"),
        **SIGNED,
    )
    offered = ("Withdraw your signature", "Withdraw consent", "Call a special meeting")
    for moment, is_offered in (("2026-11-26T04:59Z", True), ("2026-11-26T05:00Z", False)):
        clock.move_to(datetime.fromisoformat(moment))
        pages = shown(client_of(chair), consent) + shown(client_of(secretary), consent)
        assert [words in pages for words in offered] == [is_offered] * 3


def test_a_member_reads_all_and_signs_with_a_fresh_sign_in(
    committee: Committee, chair: User, clock: Any
) -> None:
    consent = sent(committee)
    chair.set_password(PASSWORD)
    chair.save()
    client = signed_in(chair)
    clock.shift(timedelta(hours=2))
    url = address("consent_sign", consent)
    assert client.get(url).url.startswith("/sign-in/again/")
    asked = client.post(url, {"confirmed": "1", VERSION: "x"})
    assert asked.status_code == 200
    assert not consent.signatures.exists()

    client = signed_in(chair)
    review = client.get(url)
    assert "RESOLVED, that counsel is engaged." in review.content.decode()
    version = review.context["form"][VERSION].value()
    client.post(url, {"confirmed": "1", VERSION: version})
    assert consent.signatures.get().director.user == chair
    assert "Withdraw your signature" in shown(client, consent)


def test_opening_a_link_signs_and_declines_nothing(
    committee: Committee, chair: User, client_of: ClientOf
) -> None:
    """I4: a mail gateway opens every link of an email."""
    consent, client = sent(committee), client_of(chair)
    entries = LedgerEntry.objects.count()
    for name in ("consent", "consent_sign", "consent_decline"):
        for _time in range(3):
            assert client.get(address(name, consent)).status_code == 200
    assert LedgerEntry.objects.count() == entries


def test_the_reason_of_who_declined_is_for_the_chair_and_the_secretary(
    committee: Committee,
    chair: User,
    member: User,
    secretary: User,
    company_counsel: User,
    client_of: ClientOf,
) -> None:
    consent = sent(committee)
    client = client_of(member)
    version = client.get(address("consent_decline", consent)).context["form"][VERSION].value()
    given = {"reason": "ZEPHYR", VERSION: version, "confirmed": "1"}
    client.post(address("consent_decline", consent), given)
    assert "Not unanimous on November 23, 2026: a member declined" in shown(client, consent)
    sees = {user: "ZEPHYR" in shown(client_of(user), consent) for user in (chair, member, secretary, company_counsel)}  # fmt: skip
    assert sees == {chair: True, member: True, secretary: True, company_counsel: False}
    assert "Call a special meeting" in shown(client_of(secretary), consent)
    assert "Call a special meeting" not in shown(client_of(member), consent)


def test_a_change_of_members_is_said_with_its_dates(
    committee: Committee, secretary: User, member: User, client_of: ClientOf
) -> None:
    consent = sent(committee)
    seat = Membership.objects.get(director__user=member)
    end_membership(seat, ends_on=date(2026, 11, 25), reason=EndReason.RESIGNED, **SIGNED)
    a_seat(a_director("Dora Director"), committee, date(2026, 11, 25))
    with time_machine.travel(datetime(2026, 11, 25, 15, tzinfo=UTC)):
        page = shown(client_of(secretary), consent)
    assert (
        "Members changed: Max Member until November 25, 2026 and Dora Director from November 25, "
        "2026. This consent cannot take effect as sent. Start a new one or call a meeting."
    ) in page
    assert "Record signed paper" not in page


def test_who_has_an_interest_is_asked_to_say_so(
    committee: Committee, chair: User, client_of: ClientOf
) -> None:
    consent = sent(committee, interested=Director.objects.filter(user=chair))
    client = client_of(chair)
    assert "A special meeting is the other way" in shown(client, consent)
    url = address("consent_sign", consent)
    version = client.get(url).context["form"][VERSION].value()
    refused = client.post(url, {"confirmed": "1", VERSION: version})
    assert "recites_interest" in refused.context["form"].errors
    client.post(url, {"confirmed": "1", VERSION: version, "recites_interest": "on"})
    assert "States an interest in this matter." in shown(client, consent)


def test_a_special_meeting_takes_text_and_papers_over(
    committee: Committee, secretary: User, client_of: ClientOf
) -> None:
    consent = drafted(committee)
    services.attach(consent, upload=Upload(a_pdf("ZEPHYR"), "terms.pdf", "Terms"), **SIGNED)
    services.send_consent(consent, **SIGNED)
    client = client_of(secretary)
    answer = client.post(address("consent_meeting", consent), {"on": "2026-12-01", "time": "09:00"})
    meeting = Meeting.objects.get()
    assert answer.url == meeting.get_absolute_url()
    assert (meeting.kind, meeting.body) == (MeetingKind.SPECIAL, committee)
    item = meeting.items.get()
    assert (item.title, item.recommendation) == ("Counsel", consent.text)
    assert [paper.title for paper in item.papers.all()] == ["Terms"]
    assert stored(consent).status == ConsentStatus.WAITING


def test_the_list_takes_as_many_queries_for_ten_as_for_one(
    committee: Committee, secretary: User, client_of: ClientOf
) -> None:
    client = client_of(secretary)
    sent(committee)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("consents")).status_code == 200
        return len(asked)

    queries()
    one = queries()
    for _time in range(9):
        sent(committee)
    assert queries() == one
