"""Minutes on their pages: read in part, changed by paragraph, approved, corrected, as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from accounts.models import User
from charter_portal.tests.test_bad_input import filled, places_on
from charters.enums import HowDecided
from charters.services import record_decision
from charters.services.uploads import Upload
from meetings import services
from meetings.models import Minutes, Paragraph
from meetings.reports.minutes_pdf import minutes_html
from meetings.reports.recording import printed_unrestricted
from meetings.services.holding import TakenUp
from meetings.tests.holding import ENTERED, Scene, a_scene
from records.models import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(secretary_in_management: User) -> Scene:
    """Concluded, with an item from which one of the two secretaries is recused."""
    scene = a_scene()
    plan, secret = scene.item("Audit plan"), scene.item("ZEPHYR")
    services.recuse(secret, user=secretary_in_management, **ENTERED)
    scene.enter(TakenUp(plan), TakenUp(secret))
    services.conclude_meeting(scene.meeting, **ENTERED)
    return scene


def text_of(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def save(client: Client, address: str, **typed: str) -> int:
    held = filled(places_on(client.get(address)))
    answer = client.post(address, {**held, **typed, "confirmed": "1"})
    return answer.status_code


def test_draft_is_for_those_who_write_it(
    scene: Scene, client_of: Callable[..., Client], secretary: User, member: User
) -> None:
    minutes = Minutes.objects.get()
    address = minutes.get_absolute_url()
    assert client_of(member).get(address).status_code == 404
    assert save(client_of(secretary), f"{address}circulate/") == 302
    assert client_of(member).get(address).status_code == 200
    register = client_of(member).get("/minutes/").content.decode()
    assert "Minutes of August 4, 2026, draft 1, circulated" in register


def test_second_save_of_a_paragraph_shows_both_texts(
    scene: Scene, client_of: Callable[..., Client], secretary: User
) -> None:
    paragraph = Paragraph.objects.get(heading="1. Audit plan")
    address = f"/minutes/paragraphs/{paragraph.pk}/change/"
    client = client_of(secretary)
    mine = filled(places_on(client.get(address)))
    theirs = filled(places_on(client.get(address)))
    client.post(address, {**mine, "text": "The members discussed the audit plan."})
    refused = client.post(address, {**theirs, "text": "The members approved the audit plan."})
    page = refused.content.decode()
    assert "Sara Secretary saved this paragraph at" in page
    assert "<del>discussed</del>" in page
    assert "<ins>approved</ins>" in page
    assert refused.context["form"]["text"].value() == "The members approved the audit plan."
    again = filled(places_on(refused))
    assert client.post(address, again).status_code == 302
    assert Paragraph.objects.get(pk=paragraph.pk).text == "The members approved the audit plan."


def test_different_paragraphs_never_collide(
    scene: Scene, client_of: Callable[..., Client], secretary: User
) -> None:
    client = client_of(secretary)
    one, two = Paragraph.objects.filter(item=None)[:2]
    addresses = [f"/minutes/paragraphs/{row.pk}/change/" for row in (one, two)]
    opened = [filled(places_on(client.get(address))) for address in addresses]
    for address, held in zip(addresses, opened, strict=True):
        assert client.post(address, {**held, "text": "Changed."}).status_code == 302


def test_recused_secretary_is_refused_the_paragraph(
    scene: Scene, client_of: Callable[..., Client], secretary_in_management: User
) -> None:
    paragraph = Paragraph.objects.get(heading="2. ZEPHYR")
    client = client_of(secretary_in_management)
    refused = client.get(f"/minutes/paragraphs/{paragraph.pk}/change/")
    assert refused.status_code == 403
    assert "ZEPHYR" not in refused.content.decode()


def test_approval_and_correction(
    scene: Scene,
    client_of: Callable[..., Client],
    secretary: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("records.pdf.is_available", lambda: False)
    record_decision(
        scene.body,
        decided_on=date(2026, 8, 5),
        how=HowDecided.WRITTEN_CONSENT,
        text="Approve the minutes.",
        **ENTERED,
    )
    address, client = Minutes.objects.get().get_absolute_url(), client_of(secretary)
    save(client, f"{address}circulate/")
    approval = Minutes.objects.get().meeting.body.decisions.get(how="written_consent").pk
    assert save(client, f"{address}approve/", decision=str(approval)) == 302
    assert save(client, f"{address}correct/", decision=str(approval), text="Read Bob B.") == 302
    page = client.get(address).content.decode()
    assert "approved August 5, 2026, corrected August 5, 2026." in page
    assert "Read Bob B." in page
    assert "/change/" not in page


def test_register_makes_as_many_queries_for_many_as_for_one(
    scene: Scene, client_of: Callable[..., Client], secretary: User
) -> None:
    client = client_of(secretary)
    client.get("/minutes/")
    with CaptureQueriesContext(connection) as one:
        client.get("/minutes/")
    for month in (1, 2, 3):
        services.backfill_meeting(
            scene.body,
            on=date(2026, month, 6),
            minutes=Upload(b"Minutes.", "minutes.txt"),
            **ENTERED,
        )
    with CaptureQueriesContext(connection) as many:
        page = client.get("/minutes/").content.decode()
    assert page.count("Minutes of ") >= 4
    assert len(many) == len(one) <= 20


@pytest.mark.pdf
def test_pdf_holds_nothing_of_a_restricted_item(
    scene: Scene, client_of: Callable[..., Client], secretary: User, secretary_in_management: User
) -> None:
    address = f"{Minutes.objects.get().get_absolute_url()}pdf/"
    whole = client_of(secretary).get(address).content
    part = client_of(secretary_in_management).get(address).content
    assert "ZEPHYR" in text_of(whole)
    assert "ZEPHYR" not in text_of(part)
    assert "2. Restricted item" in text_of(part)


def test_only_approved_minutes_have_lines_to_sign_on(scene: Scene, secretary: User) -> None:
    minutes, company = Minutes.objects.get(), Company.objects.get()
    assert printed_unrestricted(minutes, company).signers == ()
    services.circulate_minutes(minutes, **ENTERED)
    decision = record_decision(
        scene.body,
        decided_on=date(2026, 8, 5),
        how=HowDecided.MEETING,
        text="Approve the minutes.",
        **ENTERED,
    )
    approved = services.approve_minutes(minutes, decision=decision, **ENTERED)
    signers = ("Ann A, chair of the meeting", "Secretary of the meeting")
    assert printed_unrestricted(approved, company).signers == signers
    assert all(
        each in minutes_html(printed_unrestricted(approved, company), company) for each in signers
    )
