"""Minutes: drafted, changed by paragraph, circulated, approved, corrected."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from charters.enums import HowDecided
from charters.models import Decision
from charters.rules.sessions import Group
from charters.rules.voting import Choice
from charters.services import record_decision
from charters.services.uploads import Upload
from meetings import services
from meetings.enums import ItemOutcome, ItemSource, MinutesState
from meetings.models import Minutes, Paragraph
from meetings.reports.held import held_part
from meetings.reports.recording import printed_for, recording_of, register_line
from meetings.services.attendance import Attendance, Movement
from meetings.services.holding import Held, TakenUp
from meetings.services.sessions import Session
from meetings.tests.factories import a_meeting, an_item
from meetings.tests.holding import AFTER, AUGUST, ENTERED, PLANNED, Scene, a_guest, a_scene
from records.models import Company, LedgerEntry, Notice

pytestmark = pytest.mark.django_db

NOVEMBER = date(2026, 11, 4)
LATER = {"by": ENTERED["by"], "at": datetime(2026, 11, 5, 15, tzinfo=UTC)}


@pytest.fixture(autouse=True)
def _without_pdfs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Laying out a PDF takes longer than all else here; another test does."""
    monkeypatch.setattr("records.pdf.is_available", lambda: False)


@pytest.fixture
def scene() -> Scene:
    return a_scene()


def concluded(scene: Scene) -> Minutes:
    """A meeting at which B left early, C voted against, and the auditor was heard alone."""
    plan, fee, note = scene.item("Audit plan"), scene.item("ZEPHYR"), scene.item("Report")
    guest = a_guest(group=Group.EXTERNAL_AUDITOR, moves=Movement(leaves=note))
    members = scene.there(b=Movement(leaves=note, left_at=time(10, 40))).members
    held = Held(Attendance(members, [guest]), time(11, 45), scene.a)
    session = Session(Group.EXTERNAL_AUDITOR, frozenset({Group.EXTERNAL_AUDITOR}), "Quality")
    items = [
        TakenUp(plan, choices={scene.c: Choice.AGAINST}, resolution="Approve the audit plan."),
        TakenUp(fee, recused={scene.b: False}),
        TakenUp(note, ItemOutcome.NOTED),
    ]
    scene.enter(*items, held=held, sessions=[session])
    services.conclude_meeting(scene.meeting, **ENTERED)
    return Minutes.objects.get()


def decided(scene: Scene, on: date = NOVEMBER, how: HowDecided = HowDecided.MEETING) -> Decision:
    return record_decision(scene.body, decided_on=on, how=how, text="Approve the minutes.", **LATER)


def approved(scene: Scene) -> Minutes:
    minutes = services.circulate_minutes(concluded(scene), **ENTERED)
    return services.approve_minutes(minutes, decision=decided(scene), **LATER)


def test_draft_says_what_was_recorded(scene: Scene) -> None:
    minutes = concluded(scene)
    told = {row.heading: row.text for row in minutes.paragraphs.all()}
    assert told[""] == (
        "A regular meeting of the Audit Committee of Larch Instruments, Inc. was held on "
        "August 4, 2026 at 9:00 a.m. Eastern Time. Ann A presided."
    )
    assert told["Attendance"].split("\n\n") == [
        "Members present: Ann A, Bob B and Cid C.",
        "Members absent: none.",
        "Also present: Dora D, audit partner.",
        "Bob B left at 10:40 a.m., before item 3.",
        "Dora D left before item 3.",
        "A quorum was present: 3 attended, 2 of 3 needed.",
    ]
    assert told["1. Audit plan"].split("\n\n") == [
        "Members asked questions and discussed the matter.",
        "2 members voted in favor.",
        "Against: Cid C.",
        "Resolution 2026-01: Approve the audit plan.",
    ]
    assert told["2. ZEPHYR"].split("\n\n")[0] == (
        "Bob B was recused and left the room for this item."
    )
    assert told["3. Report"] == "The members took note."
    assert told["Executive sessions"] == (
        "The members met in executive session with the independent auditor. "
        "Nobody else was present."
    )
    assert told["Adjournment"] == "The meeting adjourned at 11:45 a.m. Eastern Time."


@pytest.mark.parametrize(
    ("moving", "absent", "words"),
    [
        ("swap", "c", "No quorum was present: 2 of 3 needed."),
        (
            "swap",
            "",
            "A quorum was present: 2 were there at the same time, 2 of 3 needed.",
        ),
        ("late", "c", "A quorum was present: 2 attended, 2 of 3 needed."),
        ("late", "", "A quorum was present: 3 attended, 2 of 3 needed."),
    ],
    ids=["never together", "two of three at a time", "two from item 2", "all from item 2"],
)
def test_quorum_is_said_of_who_was_there_together(
    scene: Scene, secretary: User, moving: str, absent: str, words: str
) -> None:
    """RULE-47: in the minutes, and on the page of the meeting, also after a correction."""
    scene.item("First")
    second = scene.item("Second")
    leaves = {"a": Movement(leaves=second)} if moving == "swap" else {}
    there = scene.there(
        *(getattr(scene, name) for name in absent), b=Movement(arrives=second), **leaves
    )
    meeting = scene.enter(held=Held(there, None, None))
    assert recording_of(meeting).quorum == words
    lines = held_part(meeting, secretary, AUGUST).attendance
    assert [each.text for each in lines if each.term == "Quorum"] == [words]
    meeting = services.correct_attendance(meeting, scene.there(), **ENTERED)
    assert recording_of(meeting).quorum == "A quorum was present: 3 attended, 2 of 3 needed."


def test_paragraph_of_a_restricted_item_is_a_heading_for_the_recused(
    scene: Scene, secretary: User
) -> None:
    fee = scene.item("ZEPHYR")
    services.recuse(fee, user=secretary, **ENTERED)
    scene.enter(TakenUp(fee))
    services.conclude_meeting(scene.meeting, by=secretary, at=AFTER)
    minutes, company = Minutes.objects.get(), Company.objects.get()
    printed = printed_for(minutes, company, secretary, AFTER.date())
    assert "ZEPHYR" not in str(printed)
    assert [each.heading for each in printed.paragraphs if each.is_restricted] == [
        "1. Restricted item"
    ]
    assert minutes not in Minutes.objects.wholly_open_to(secretary, on=AFTER.date())
    paragraph = Paragraph.objects.get(item=fee)
    with pytest.raises(ValidationError, match="recused"):
        services.change_paragraph(paragraph, text="Mine", by=secretary, at=AFTER)


def test_change_of_circulated_minutes_makes_the_next_draft(scene: Scene) -> None:
    minutes = services.circulate_minutes(concluded(scene), **ENTERED)
    assert register_line(minutes) == (
        "Minutes of August 4, 2026, draft 1, circulated August 5, 2026"
    )
    paragraph = minutes.paragraphs.first()
    assert paragraph
    services.change_paragraph(paragraph, text="It was held.", **ENTERED)
    minutes = Minutes.objects.get()
    assert (minutes.state, minutes.draft) == (MinutesState.DRAFT, 2)
    with pytest.raises(ValidationError, match="Circulate these minutes"):
        services.approve_minutes(minutes, decision=decided(scene), **LATER)


def test_members_with_accounts_are_told_without_substance(chair: User) -> None:
    scene = a_scene(chair)
    services.circulate_minutes(concluded(scene), **ENTERED)
    [notice] = Notice.objects.filter(kind="meetings.minutes_circulated")
    assert notice.recipient == chair
    assert "ZEPHYR" not in str(notice.facts)


def test_approved_minutes_are_not_changed(scene: Scene) -> None:
    minutes = approved(scene)
    assert (minutes.state, minutes.approved_on) == (MinutesState.APPROVED, NOVEMBER)
    paragraph = minutes.paragraphs.first()
    assert paragraph
    assert minutes.approved_by
    by = minutes.approved_by
    for act in (
        lambda: services.change_paragraph(paragraph, text="Other", **LATER),
        lambda: services.circulate_minutes(minutes, **LATER),
        lambda: services.approve_minutes(minutes, decision=by, **LATER),
    ):
        with pytest.raises(ValidationError, match="Record a correction"):
            act()


def test_correction_stands_beside_and_shows_in_the_register(scene: Scene) -> None:
    minutes = approved(scene)
    day = date(2027, 2, 25)
    later = {"by": LATER["by"], "at": datetime(2027, 2, 26, 15, tzinfo=UTC)}
    made = record_decision(
        scene.body, decided_on=day, how=HowDecided.MEETING, text="Correct a name.", **later
    )
    services.record_correction(minutes, text="Bob B, not Rob B.", decision=made, **later)
    assert register_line(Minutes.objects.get()) == (
        "Minutes of August 4, 2026, approved November 4, 2026, corrected February 25, 2027"
    )
    assert "Rob" not in str(LedgerEntry.objects.get(action="minutes.corrected").facts)


def test_correction_is_for_approved_minutes(scene: Scene) -> None:
    with pytest.raises(ValidationError, match="not approved yet"):
        services.record_correction(concluded(scene), text="x", decision=decided(scene), **LATER)


@pytest.mark.parametrize(
    ("on", "other", "said"),
    [
        (date(2026, 8, 3), False, "before the meeting"),
        (NOVEMBER, True, "of the body that met"),
    ],
    ids=["earlier", "another body"],
)
def test_decision_that_cannot_approve_is_refused(
    scene: Scene, on: date, other: bool, said: str
) -> None:
    from charters.models import Committee

    minutes = services.circulate_minutes(concluded(scene), **ENTERED)
    body = Committee.objects.board() if other else scene.body
    assert body
    made = record_decision(body, decided_on=on, how=HowDecided.MEETING, text="x", **LATER)
    with pytest.raises(ValidationError, match=said):
        services.approve_minutes(minutes, decision=made, **LATER)


def test_approval_at_the_next_meeting_follows_from_its_item(scene: Scene) -> None:
    services.circulate_minutes(concluded(scene), **ENTERED)
    later = a_meeting(scene.body, on=NOVEMBER, **PLANNED)
    item = an_item(
        later,
        "Minutes of August 4, 2026",
        kind="decide",
        source=ItemSource.MINUTES,
        source_key=f"minutes:{scene.meeting.pk}",
        **PLANNED,
    )
    services.enter_meeting(later, items=[TakenUp(item)], held=Held(scene.there()), **LATER)
    minutes = Minutes.objects.get(meeting=scene.meeting)
    assert (minutes.state, minutes.approved_on) == (MinutesState.APPROVED, NOVEMBER)
    assert minutes.approved_by == Decision.objects.get(agenda_item=item)


def test_approval_of_a_draft_is_refused_beside_its_item_with_the_way_out(scene: Scene) -> None:
    draft = concluded(scene)
    later = a_meeting(scene.body, on=NOVEMBER, **PLANNED)
    item = an_item(
        later,
        "Minutes of August 4, 2026",
        kind="decide",
        source=ItemSource.MINUTES,
        source_key=f"minutes:{scene.meeting.pk}",
        **PLANNED,
    )

    def enter() -> None:
        services.enter_meeting(later, items=[TakenUp(item)], held=Held(scene.there()), **LATER)

    with pytest.raises(ValidationError) as caught:
        enter()
    assert caught.value.message_dict == {
        f"outcome_{item.pk}": [
            "Minutes of the Audit Committee meeting of August 4, 2026: still a draft that was not "
            "circulated. Circulate the minutes, then record this approval, or choose another "
            "outcome."
        ]
    }
    services.circulate_minutes(draft, **LATER)
    enter()
    assert Minutes.objects.get(meeting=scene.meeting).is_approved


def test_minutes_filed_as_a_whole_are_restricted_with_any_item_of_theirs(
    scene: Scene, secretary: User, chair: User
) -> None:
    item = scene.item("ZEPHYR")
    services.recuse(item, user=secretary, **ENTERED)
    scene.enter(TakenUp(item))
    upload = Upload(b"ZEPHYR was decided.", "minutes.txt")
    minutes = services.file_minutes(scene.meeting, upload=upload, approved_on=NOVEMBER, **LATER)
    day = LATER["at"].date()
    assert minutes not in Minutes.objects.wholly_open_to(secretary, on=day)
    assert minutes in Minutes.objects.wholly_open_to(chair, on=day)
    # They are on file, so that concluding the meeting drafts none.
    assert services.conclude_meeting(scene.meeting, **LATER).concluded_at
    assert Minutes.objects.get() == minutes


def test_minutes_written_elsewhere_are_filed(scene: Scene) -> None:
    scene.enter()
    upload = Upload(b"Minutes of August 4, 2026.", "minutes.txt")
    minutes = services.file_minutes(scene.meeting, upload=upload, approved_on=NOVEMBER, **LATER)
    assert minutes.document
    assert register_line(minutes).endswith("approved November 4, 2026")
    assert minutes.meeting.on == AUGUST
