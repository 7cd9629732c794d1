"""Who gets in where: written consents."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.tests.walk import COUNSEL, DIRECTORS, EVERYBODY, SECRETARIES, Cast, Route
from charters.models import Committee
from charters.services.uploads import Upload
from committees.models import Director, Membership
from committees.tests.factories import (
    a_board,
    a_company,
    a_director,
    a_seat,
    an_audit_committee,
)
from meetings.models import Meeting, Recommendation, WrittenConsent
from meetings.services import board_reports, consents, enter_past_meeting, feeds
from records import clock
from records.models import Company

READERS = SECRETARIES | DIRECTORS | COUNSEL


def signed(cast: Cast) -> dict[str, Any]:
    return {"by": cast["secretary"], "at": clock.now()}


def the_committee(cast: Cast) -> Committee:
    """A committee on which the chair and the member of the walk sit."""
    a_company()
    committee = an_audit_committee()
    for persona in ("chair", "member"):
        user = cast[persona]
        director = Director.objects.filter(user=user).first() or a_director(user.name, user)
        if not Membership.objects.filter(director=director, committee=committee).exists():
            a_seat(director, committee)
    return committee


def a_committee(cast: Cast) -> dict[str, object]:
    the_committee(cast)
    return {}


def the_draft(cast: Cast) -> WrittenConsent:
    return consents.prepare_consent(
        the_committee(cast), title="Engage counsel", text="RESOLVED.", **signed(cast)
    )


def a_draft(cast: Cast) -> dict[str, object]:
    return {"pk": the_draft(cast).pk}


def the_consent(cast: Cast) -> WrittenConsent:
    return consents.send_consent(the_draft(cast), **signed(cast))


def a_consent(cast: Cast) -> dict[str, object]:
    """Sent to the chair and the member, signed by nobody."""
    return {"pk": the_consent(cast).pk}


def a_signed_consent(cast: Cast) -> dict[str, object]:
    """Signed by the chair."""
    consent, chair = the_consent(cast), cast["chair"]
    director = Director.objects.get(user=chair)
    consents.sign(consent, director, by=chair, at=clock.now())
    return {"pk": consent.pk}


def an_attachment(cast: Cast) -> dict[str, object]:
    upload = Upload(b"A paper.", "paper.txt")
    return {"pk": consents.attach(the_draft(cast), upload=upload, **signed(cast)).pk}


def a_text(cast: Cast) -> dict[str, object]:
    return {"title": "Engage counsel", "text": "RESOLVED."}


def a_new_text(cast: Cast) -> dict[str, object]:
    return {"body": Committee.objects.audit().pk, **a_text(cast)}  # type: ignore[union-attr]


def a_feed(cast: Cast) -> dict[str, object]:
    """The chair's. Whoever has the address reads it, signed in or not."""
    the_committee(cast)
    return {"token": feeds.create_feed_address(cast["chair"], at=clock.now())}


def the_meeting(cast: Cast, body: Committee, on: date) -> Meeting:
    found = Meeting.objects.of(body).filter(on=on).first()
    return found or enter_past_meeting(body, on=on, **signed(cast))


def the_recommendation(cast: Cast) -> Recommendation:
    meeting = the_meeting(cast, the_committee(cast), date(2026, 8, 4))
    return board_reports.recommend(meeting, text="Adopt the charter.", **signed(cast))


def a_recommendation(cast: Cast) -> dict[str, object]:
    return {"pk": the_recommendation(cast).pk}


def a_report(cast: Cast) -> dict[str, object]:
    """Of the committee's meeting to the Board that met after it."""
    meeting = the_meeting(cast, the_committee(cast), date(2026, 8, 4))
    board_meeting = the_meeting(cast, a_board(), date(2026, 8, 6))
    return {"meetings": [meeting.pk], "board_meeting": board_meeting.pk, "how": "orally"}


def a_new_recommendation(cast: Cast) -> dict[str, object]:
    meeting = the_meeting(cast, the_committee(cast), date(2026, 8, 4))
    return {"meeting": meeting.pk, "text": "Adopt the charter."}


def an_answer(cast: Cast) -> dict[str, object]:
    return {"answer": "rejected", "answered_on": "2026-08-06"}


def a_year(cast: Cast) -> dict[str, object]:
    the_committee(cast)
    return {"key": Company.objects.get().calendar.year_of(clock.today()).key}


def a_start(cast: Cast) -> dict[str, object]:
    return {"on": "2090-01-03", "time": "09:00"}


ROUTES = {
    "attendance_now": Route(get=READERS, kwargs=a_committee),
    "attendance": Route(get=READERS, kwargs=a_year),
    "attendance_file": Route(get=READERS, kwargs=a_year),
    "board_reports": Route(get=READERS, kwargs=a_committee),
    "board_report_record": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=a_committee, data=a_report, sees=READERS
    ),
    "recommendation_add": Route(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=a_committee,
        data=a_new_recommendation,
        sees=READERS,
    ),
    "recommendation": Route(get=READERS, kwargs=a_recommendation),
    "recommendation_answer": Route(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=a_recommendation,
        data=an_answer,
        sees=READERS,
    ),
    "my_calendar": Route(get=READERS, post=READERS),
    "my_calendar_stop": Route(get=READERS, post=READERS),
    "calendar_feed": Route(get=EVERYBODY, kwargs=a_feed),
    "consents": Route(get=READERS, kwargs=a_committee),
    "consent_prepare": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=a_committee, data=a_new_text
    ),
    "consent": Route(get=READERS, kwargs=a_consent),
    "consent_change": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=a_consent, data=a_text, sees=READERS
    ),
    "consent_attach": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_consent, sees=READERS),
    "consent_detach": Route(get=SECRETARIES, post=SECRETARIES, kwargs=an_attachment),
    "consent_send": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_draft),
    "consent_sign": Route(get=DIRECTORS, post=DIRECTORS, kwargs=a_consent, sees=READERS),
    "consent_paper": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_consent, sees=READERS),
    "consent_decline": Route(
        get=SECRETARIES | DIRECTORS,
        post=SECRETARIES | DIRECTORS,
        kwargs=a_consent,
        sees=READERS,
    ),
    "consent_signature_withdraw": Route(
        get=frozenset({"chair"}),
        post=frozenset({"chair"}),
        kwargs=a_signed_consent,
        sees=READERS,
    ),
    "consent_meeting": Route(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=a_consent,
        data=a_start,
        sees=READERS,
    ),
    "consent_withdraw": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_consent, sees=READERS),
}
