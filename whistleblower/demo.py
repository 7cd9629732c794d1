"""Concerns at Larkmere: an outside line at first, then a channel of its own with five readers, two
cases and a line test. The demonstration keeps its keys in the open: passphrase and codes are fixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from records import clock
from whistleblower.crypto import keys as reader_keys
from whistleblower.crypto import roster as rosters
from whistleblower.crypto.keys import ReaderKeys
from whistleblower.crypto.roster import Terms
from whistleblower.enums import Category, Country, Outcome, Procedure, ReaderRole, Way
from whistleblower.models import Case, Channel, ReaderKey
from whistleblower.services import desk as desks
from whistleblower.services import handling, procedures, readers, submission, visits
from whistleblower.services.desk import Desk
from whistleblower.services.submission import Report
from whistleblower.state import State
from whistleblower.texts import LANGUAGES

# Printed for all.
PASSPHRASE = "amber river quiet stone meadow lantern"  # noqa: S105  # nosec B105
ZONE = ZoneInfo("America/Chicago")
READERS = {
    "tanabe": ReaderRole.COUNSEL,
    "amankwah": ReaderRole.CHAIR,
    "solberg": ReaderRole.MEMBER,
    "villasenor": ReaderRole.MEMBER,
    "raghunathan": ReaderRole.BOARD_CHAIR,
}
CODES = {
    "case": "ocean planet velvet garden copper window timber silver ribbon autumn",
    "officer": "puzzle canyon market bronze saddle winter orange fabric helmet tunnel",
    "test": "zebra cactus ladder pencil violin hammer basket rocket turtle orbit",
}
TERMS = Terms(
    operator="Larkmere Instruments, Inc.",
    root="Wren Castellano",
    root_reports_to="Eleanor Whitcombe",
    retaliation={
        "en": "The law protects people who report what they believe to be wrong. Counsel's full "
        "words stand here in a real installation.",
        "es": "La ley protege a quien informa de lo que cree incorrecto. En una instalación real "
        "se leen aquí las palabras completas de la asesoría jurídica.",
    },
    titles={
        "es": {
            "Chief Executive Officer": "Director ejecutivo",
            "Chief Financial Officer": "Directora financiera",
            "Controller": "Contralor",
        }
    },
)

Play = Callable[[Any, datetime], Any]


class Concerns:
    """One telling."""

    def __init__(self) -> None:
        self.seeds: dict[str, ReaderKeys] = {}
        self.uids: dict[str, str] = {}
        self.people: dict[str, User] = {}

    def scenes(self, stage: Any) -> Iterator[tuple[datetime, Play]]:
        own = own_from(stage)
        yield _at(stage.after(stage.first_day, 5), 15), self.choose_outside_line
        for year in stage.years_from(stage.first_day):
            yield from self.yearly(stage, year)
        yield _at(own, 9), self.choose_own_channel
        yield _at(own, 10), self.make_keys
        yield _at(own, 11), self.sign_and_open
        yield _at(stage.after(own, 3), 9), self.line_test
        yield _at(stage.after(own, 6), 9), partial(self.close, "test", Outcome.LINE_TEST)
        yield _at(stage.after(own, 12), 9), self.first_concern
        yield _at(stage.after(own, 14), 9), partial(self.take_up, "case", Category.CONTROLS)
        yield _at(stage.after(own, 40), 9), partial(self.close, "case", Outcome.PARTLY)
        lately = stage.calendar.business_day_on_or_before(stage.last_day - timedelta(days=6))
        yield _at(lately, 9), self.second_concern
        yield _at(stage.last_day, 17), self.everybody_opens_the_desk

    def yearly(self, stage: Any, year: Any) -> Iterator[tuple[datetime, Play]]:
        """What is recorded of the procedures in a year: on the days of the Committee's meetings."""
        since = stage.after(stage.first_day, 6)
        for procedure, day in (
            (Procedure.REVIEWED, year.november),
            (Procedure.TESTED, year.october),
            (Procedure.ANNOUNCED, year.december),
        ):
            if is_test_left_out(stage, procedure, year):
                continue
            recorded = stage.after(max(day, since), 1)
            yield _at(recorded, 12), partial(self.enter, procedure, day, year.last)
        for day in (year.march, year.may, year.august, year.november):
            recorded = stage.after(max(day, since), 1)
            # On a quarter that has ended: the one before.
            serves = stage.calendar.quarter_of(day).first - timedelta(days=1)
            yield _at(recorded, 13), partial(self.enter, Procedure.QUARTER, day, serves)

    def guide(self) -> Iterator[str]:
        yield "The concerns channel is at /concerns/, the readers' desk at /desk/. This demonstration"
        yield "keeps its keys in the open: every reader's passphrase is"
        yield f"  {PASSPHRASE}"
        yield "Readers: " + ", ".join(f"{key}@…" for key in READERS) + ". Two reporters' codes:"
        yield from (f"  {CODES[name]}" for name in ("case", "officer"))

    # Outside the desk.

    def choose_outside_line(self, story: Any, when: datetime) -> None:
        self.people = {who.key: user for who, user in story.people.items()}
        readers.choose_way(
            story.committee,
            way=Way.OUTSIDE,
            outside_name="Harbor Ethics Line",
            outside_address="harbor-ethics.example/larkmere",
            by=self.people["whitcombe"],
            at=when,
        )

    def choose_own_channel(self, story: Any, when: datetime) -> None:
        self.people = {who.key: user for who, user in story.people.items()}
        by = self.people["whitcombe"]
        readers.choose_way(story.committee, way=Way.OWN, by=by, at=when)

    def enter(
        self, procedure: Procedure, day: date, serves: date, story: Any, when: datetime
    ) -> None:
        hand = "amankwah" if procedure is Procedure.QUARTER else "whitcombe"
        by = next(user for who, user in story.people.items() if who.key == hand)
        channel = Channel.objects.get()
        procedures.enter(channel, procedure, performed_on=day, serves=serves, by=by, at=when)

    # Readers.

    def make_keys(self, story: Any, when: datetime) -> None:
        for key in READERS:
            made = readers.make_key(self.people[key], at=when, passphrase=PASSPHRASE)
            readers.verify_sheet(self.people[key], passphrase=PASSPHRASE, sheet=made.sheet, at=when)
            self.seeds[key] = reader_keys.from_sheet(made.sheet)
            self.uids[key] = made.key.uid

    def desk(self, key: str) -> Desk:
        """The open desk of a reader, with every case there is."""
        cases = frozenset(Case.objects.values_list("pk", flat=True))
        return Desk(self.uids[key], self.people[key].pk, self.seeds[key], cases)

    def sign_and_open(self, story: Any, when: datetime) -> None:
        chosen = [(ReaderKey.objects.get(pk=self.uids[key]), role) for key, role in READERS.items()]
        by = self.people["amankwah"]
        approved = {each: clock.day_of(when).isoformat() for each in LANGUAGES}
        terms = replace(TERMS, languages=approved)
        listed = readers.propose_list(self.desk("amankwah"), chosen, terms, by=by, at=when)
        digest = rosters.digest_of(listed.text)
        for key in READERS:
            readers.sign_list(self.desk(key), digest=digest, by=self.people[key], at=when)
        readers.open_channel(self.desk("amankwah"), by=by, at=when)

    def everybody_opens_the_desk(self, story: Any, when: datetime) -> None:
        for key in READERS:
            token = desks.open_desk(self.people[key], PASSPHRASE, at=when)
            desks.close(token)

    # Cases.

    def send(self, name: str, report: Report, when: datetime) -> None:
        roster = self.desk("amankwah").roster
        assert roster is not None  # noqa: S101 - the list was signed
        submission.send(CODES[name], report, roster, on=clock.day_of(when))

    def line_test(self, story: Any, when: datetime) -> None:
        texts = {"what": "This is a test of the line."}
        self.send("test", Report(texts=texts, is_test=True, urgent=True), when)

    def first_concern(self, story: Any, when: datetime) -> None:
        texts = {
            "what": "Counts of the Rockford stockroom were signed before anybody counted.",
            "when": "At the last two quarter-ends.",
            "how": "I saw the sheets. The times on them are before the shift began.",
        }
        self.send("case", Report(texts=texts), when)

    def second_concern(self, story: Any, when: datetime) -> None:
        """Against an officer: the reporter ticks the chief executive."""
        chief = next(
            f"director-{director.pk}"
            for who, director in story.directors.items()
            if who.key == "farquharson"
        )
        texts = {"what": "We were told to hold three supplier invoices back until January."}
        report = Report(texts=texts, ticked=frozenset({chief}), name="A buyer in Rockford")
        self.send("officer", report, when)

    def found(self, name: str, at: datetime) -> tuple[Desk, str, int, State]:
        visit = visits.find(CODES[name])
        assert visit is not None  # noqa: S101 - it was sent
        desk = self.desk("amankwah")
        opened = desks.open_case(desk, visit.case.pk, at=at)
        assert opened is not None  # noqa: S101 - the chair holds it
        return desk, visit.case.pk, opened.last, opened.state

    def take_up(self, name: str, category: Category, story: Any, when: datetime) -> None:
        desk, case, seen, __ = self.found(name, when)
        handling.look(desk, case, at=when)
        handling.acknowledge(desk, case, seen=seen, at=when)
        seen = self.found(name, when)[2]
        given = {"category": category, "country": Country.US}
        handling.categorize(desk, case, **given, seen=seen, at=when)  # type: ignore[arg-type]
        seen = self.found(name, when)[2]
        text = "Thank you. The Committee has asked for the count sheets of both quarters."
        handling.reply(desk, case, text=text, seen=seen, at=when)
        seen = self.found(name, when)[2]
        handling.present(desk, case, on=clock.day_of(when), seen=seen, at=when)

    def close(self, name: str, outcome: Outcome, story: Any, when: datetime) -> None:
        desk, case, seen, __ = self.found(name, when)
        text = (
            "The counts were repeated and the procedure was changed."
            if outcome is Outcome.PARTLY
            else ""
        )
        given = {"outcome": outcome, "text": text, "reason": "Closed by the Committee."}
        handling.close(desk, case, **given, seen=seen, at=when)  # type: ignore[arg-type]


def is_test_left_out(stage: Any, procedure: Procedure, year: Any) -> bool:
    """The line was not tested again this year so far."""
    return procedure is Procedure.TESTED and year in (stage.this_year, stage.last_year)


def own_from(stage: Any) -> date:
    """Some weeks after the successor was seated the company opens its own channel."""
    day: date = stage.after(stage.successor_seated_on, 20)
    return day


def _at(day: date, hour: int) -> datetime:
    """An hour of a day at Larkmere."""
    return datetime.combine(day, time(hour), ZONE)
