"""The channel outside the desk: its way, its entries, its poster, its reminders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client

from charters.docket import AsOf
from charters.models import Committee, Duty
from charters.registry import AGENDA, HOME, REPORT_PARTS, ReportScope
from charters.standing import Docket
from charters.tests.charters import Stage, set_the_stage
from records import clock
from records.models import Company, Notice
from whistleblower import duties, poster
from whistleblower.enums import Procedure, Way
from whistleblower.models import ProcedureEntry, ReaderKey
from whistleblower.services import procedures, readers, reminders
from whistleblower.tests.channels import AT, NEXT, TODAY, World

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
SIGNED: dict[str, Any] = {"at": AT}


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


def test_company_chooses_an_outside_line(stage: Stage, client_of: ClientOf, secretary: Any) -> None:
    client = client_of(secretary)
    refused = client.post("/channel/way/", {"way": "outside"}).content.decode()
    assert "Name the outside line and its address." in refused
    given = {"way": "outside", "outside_name": "Lighthouse", "outside_address": "0800 555 0100"}
    client.post("/channel/way/", given)
    assert "Lighthouse, 0800 555 0100" in client.get("/channel/").content.decode()
    public = Client().get("/concerns/es/").content.decode()
    assert "0800 555 0100" in public
    assert "Informe" not in Client().get("/concerns/en/report/").content.decode()


def test_standing_rests_on_what_is_recorded(
    stage: Stage, client_of: ClientOf, secretary: Any
) -> None:
    duty = stage.duty(catalogue_key="complaint-procedures", kind="procedure")
    channel = readers.choose_way(
        stage.committee,
        way=Way.OUTSIDE,
        outside_name="L",
        outside_address="l.example",
        by=secretary,
        at=AT,
    )
    given = {"performed_on": "2026-11-03", "serves": "2026-12-31"}
    client = client_of(secretary)
    client.post("/channel/record/reviewed/", given | {"confirmed": "1"})
    row = next(
        each
        for each in Docket(stage.committee, TODAY, stage.company).reading().duties
        if each.duty.pk == duty.pk
    )
    assert row.standing == "on_file"
    assert [each.source for each in row.evidence] == ["whistleblower.procedures"]
    assert channel.entries.count() == 1
    again = client.post("/channel/record/reviewed/", given | {"confirmed": "1"}).content.decode()
    assert "recorded for this date already" in again


def test_quarter_is_recorded_by_a_reader_who_leads(
    world: World, client_of: ClientOf, secretary: Any
) -> None:
    given = {"performed_on": "2026-11-03", "serves": "2026-09-30", "confirmed": "1"}
    page = client_of(secretary).post("/channel/record/quarter/", given)
    assert page.status_code == 403
    client_of(world.chair.user).post("/channel/record/quarter/", given)
    assert ProcedureEntry.objects.get().serves == date(2026, 9, 30)
    (entry,) = client_of(secretary).get("/channel/").context["entries"]
    assert entry["period"] == "The third quarter of fiscal year 2026"


def test_form_names_the_years_and_quarters_in_words(
    world: World, client_of: ClientOf, secretary: Any
) -> None:
    years = client_of(secretary).get("/channel/record/reviewed/").context["form"]["serves"]
    assert next(words for __, words in years.field.choices) == "Fiscal year 2026"
    client = client_of(world.chair.user)
    quarters = client.get("/channel/record/quarter/").context["form"]["serves"]
    assert all(" quarter of fiscal year " in words for __, words in quarters.field.choices)


def test_entry_of_a_date_ahead_is_refused(world: World, secretary: Any) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="future"):
        procedures.enter(
            world.channel,
            Procedure.REVIEWED,
            performed_on=TODAY + timedelta(days=1),
            serves=TODAY,
            by=secretary,
            at=AT,
        )


@pytest.mark.parametrize(
    ("day", "days_since", "digests", "heartbeats"),
    [
        (date(2026, 11, 23), 3, 0, 0),
        (date(2026, 11, 24), 4, 6, 0),
        (date(2026, 11, 26), 6, 0, 0),
        (date(2026, 11, 27), 7, 6, 1),
        (date(2026, 11, 30), 10, 0, 4),
    ],
    ids=["Monday", "Tuesday", "Thursday", "Friday, silent a week", "silent ten days"],
)
def test_readers_are_reminded_by_the_calendar_alone(
    world: World, day: date, days_since: int, digests: int, heartbeats: int
) -> None:
    others = ReaderKey.objects.exclude(pk=world.chair.uid)
    others.update(opened_on=day)
    at = datetime.combine(day, datetime.min.time(), AT.tzinfo) + timedelta(hours=19)
    reminders.remind(at=at)
    reminders.remind(at=at)
    kinds = list(Notice.objects.values_list("kind", flat=True))
    assert kinds.count("whistleblower.digest") == digests
    assert kinds.count("whistleblower.heartbeat") == heartbeats
    assert (day - TODAY).days == days_since


def test_emails_name_no_subject_and_link_to_the_home_page_alone(world: World) -> None:
    """They say the same with and without cases; the heartbeat says who and since when."""
    from records.notice_kinds import NOTICE_KINDS

    def told() -> set[tuple[str, str]]:
        found = set()
        for notice in Notice.objects.all():
            kind, to = NOTICE_KINDS.get(notice.kind), notice.recipient
            found |= {(line.text, line.url) for line in kind.lines([notice], to).values()}
        return found

    at = datetime(2026, 12, 1, 19, tzinfo=AT.tzinfo)
    ReaderKey.objects.exclude(pk=world.chair.uid).update(opened_on=at.date())
    reminders.remind(at=at)
    said = told()
    assert said == {
        ("Open your desk. This email goes out on Tuesdays and Fridays, whatever is there.", "/"),
        ("You have not opened your desk since November 20, 2026.", "/"),
        ("Clara Chairwell has not opened the readers' desk since November 20, 2026.", "/"),
    }
    assert not any("concern" in text.lower() for text, __ in said)
    world.send()
    assert told() == said
    ReaderKey.objects.update(opened_on=at.date())
    assert len(told()) == 1


def test_home_agenda_and_report_say_the_same_with_and_without_cases(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    committee = Committee.objects.audit()
    assert committee is not None
    monkeypatch.setattr(clock, "now", lambda: NEXT)

    def told() -> list[Any]:
        as_of = AsOf(committee, date(2026, 12, 20), Company.objects.current())
        scope = ReportScope(as_of, date(2026, 1, 1), date(2026, 12, 31))
        home = HOME.get("whistleblower.desk")
        assert home.asks
        return [
            list(AGENDA.get("whistleblower.concerns").propose(as_of)),
            list(REPORT_PARTS.get("whistleblower.concerns").compose(scope)),
            list(home.asks(as_of, world.chair.user)),
        ]

    before = told()
    assert all(before)
    world.send()
    assert told() == before


def test_poster_names_the_address_and_the_readers(world: World) -> None:
    html = poster.as_html(
        world.company, world.channel, world.roster, "https://c.example/concerns/", is_a4=True
    )
    assert html.count("https://c.example/concerns/") == 2
    assert "Clara Chairwell, Chair of the audit committee" in html
    assert "Clara Chairwell, Presidencia" in html
    assert "<svg" in html


def test_poster_of_an_outside_line_promises_nothing_for_it(world: World) -> None:
    given = {"outside_name": "Lighthouse", "outside_address": "0800 555 0100"}
    channel = readers.choose_way(
        world.channel.committee, way=Way.OUTSIDE, **given, by=world.chair.user, at=AT
    )
    html = poster.as_html(world.company, channel, world.roster, "https://c.example/", is_a4=True)
    assert html.count("Lighthouse: 0800 555 0100") == 2
    for word in ("Encrypted", "Cifrado", "Clara Chairwell", "c.example", "scan"):
        assert word not in html


def test_poster_is_offered_once_the_channel_takes_concerns(
    stage: Stage, client_of: ClientOf, secretary: Any
) -> None:
    readers.choose_way(stage.committee, way=Way.OWN, by=secretary, at=AT)
    assert "/channel/poster/" not in client_of(secretary).get("/channel/").content.decode()


@pytest.mark.parametrize(
    ("page", "address"),
    [("", "/concerns/"), ("https://www.example.com/speak-up", "https://www.example.com/speak-up")],
)
def test_poster_says_the_page_of_the_companys_site(
    world: World,
    client_of: ClientOf,
    secretary: Any,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    address: str,
) -> None:
    settings.CONCERNS_PAGE, said = page, []
    monkeypatch.setattr(poster, "as_pdf", lambda *given, is_a4: said.append(given[3]) or b"%PDF-")
    client_of(secretary).get("/channel/poster/")
    assert [each.endswith(address) for each in said] == [True]


@pytest.mark.pdf
@pytest.mark.parametrize("is_a4", [False, True])
@pytest.mark.parametrize("way", list(Way))
def test_poster_is_one_page(world: World, way: Way, is_a4: bool) -> None:
    given = {"outside_name": "Lighthouse", "outside_address": "lighthouse.example/our-company"}
    by = world.chair.user
    channel = readers.choose_way(world.channel.committee, way=way, **given, by=by, at=AT)
    address = "https://concerns.a-rather-long-company-name.example/concerns/"
    content = poster.as_pdf(world.company, channel, world.roster, address, is_a4=is_a4)
    with pikepdf.open(BytesIO(content)) as document:
        assert len(document.pages) == 1


@pytest.mark.parametrize(
    ("performed_on", "is_refused"),
    [(date(2026, 11, 3), False), (date(2026, 9, 30), False), (date(2026, 9, 29), True)],
)
def test_quarter_is_completed_once_it_has_ended(
    world: World, performed_on: date, is_refused: bool
) -> None:
    from django.core.exceptions import ValidationError

    given = {"performed_on": performed_on, "serves": date(2026, 9, 30)}
    by = {"by": world.chair.user, "at": AT}
    if not is_refused:
        procedures.enter(world.channel, Procedure.QUARTER, **given, **by)
        return
    with pytest.raises(ValidationError, match="had not ended"):
        procedures.enter(world.channel, Procedure.QUARTER, **given, **by)


def test_form_offers_no_quarter_that_has_not_ended(world: World, client_of: ClientOf) -> None:
    form = client_of(world.chair.user).get("/channel/record/quarter/").context["form"]
    last = [day for day, __ in form["serves"].field.choices]
    assert last[0] == "2026-09-30"
    assert last == sorted(last, reverse=True)


def test_report_on_a_quarter_counts_in_the_quarter_in_which_it_is_received(world: World) -> None:
    on = date(2026, 11, 3)
    given = {"performed_on": on, "serves": date(2026, 9, 30)}
    procedures.enter(world.channel, Procedure.QUARTER, **given, by=world.chair.user, at=AT)
    duty = Duty(pk=1, catalogue_key="concerns-reported")
    as_of = AsOf(world.channel.committee, TODAY, world.company)
    ((__, found),) = duties.entries(as_of, [duty])
    assert (found.on, found.serves) == (on, on)
