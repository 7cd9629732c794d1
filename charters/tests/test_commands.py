"""`import_charter` and `standing`: what they print, what they store, what they refuse."""

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from docx import Document

from charters import services
from charters.enums import CommitteeKind, DutyKind, Layer
from charters.models import CharterVersion, Clause, ClauseNote, Committee, Duty
from charters.standing import Docket
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage
from committees import services as seating
from records import ledger
from records.models import Company, LedgerEntry
from records.services.company import change_company

pytestmark = pytest.mark.django_db

CHARTER = """\
Tessaly Robotics, Inc.

Audit Committee Charter

Purpose

The Audit Committee assists the Board with its oversight of:

- (a) the integrity of the financial statements and internal controls;
- (b) compliance with legal and regulatory requirements.

Membership

The Committee shall consist of three or more directors.

Responsibilities

1. Review the audit scope and plan of the independent auditors.
2. Review with the auditor the matters required by SAS 61.
3. Conduct an annual performance evaluation of the Committee.
"""
REFERENCES = ["P-a", "P-b", "M-1", "R-1", "R-2", "R-3"]


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def charter(tmp_path: Path) -> Path:
    return written(tmp_path, CHARTER.encode())


def written(folder: Path, content: bytes, name: str = "charter.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def run(command: str, *words: object) -> str:
    out = io.StringIO()
    call_command(command, *map(str, words), stdout=out, no_color=True)
    return out.getvalue()


def counts() -> dict[str, int]:
    """Every row of the portal's own tables, and every line of the ledger."""
    return {
        model._meta.label: model._default_manager.count()
        for app in ("records", "committees")
        for model in apps.get_app_config(app).get_models()
    }


def refusal(command: str, *words: object) -> str:
    """What the command says when it refuses; nothing is stored."""
    before = counts()
    with pytest.raises(CommandError) as refused:
        run(command, *words)
    assert counts() == before
    return str(refused.value)


# import_charter: what it finds.


def test_a_dry_run_shows_every_passage_and_stores_nothing(charter: Path) -> None:
    before = counts()
    shown = run("import_charter", charter, "--dry-run", "--adopted", "2026-01-01")
    lines = shown.splitlines()
    assert lines[0] == "Tessaly Robotics, Inc.: Audit Committee Charter"
    assert [line.split()[0] for line in lines if re.match(r"[A-Z]+-\w", line)] == REFERENCES
    assert "R-1    Review the audit scope and plan of the independent auditors." in lines
    assert lines[-2:] == ["6 clauses.", "Nothing was stored."]
    assert counts() == before


def test_a_draft_is_stored_on_an_empty_installation(charter: Path) -> None:
    shown = run("import_charter", charter)
    version = CharterVersion.objects.get()
    assert (version.adopted_on, version.title, version.text) == (
        None,
        "Audit Committee Charter",
        CHARTER,
    )
    assert [clause.reference for clause in version.clauses.all()] == REFERENCES
    assert Company.objects.get().name == "Tessaly Robotics, Inc."
    assert {c.kind for c in Committee.objects.all()} == {CommitteeKind.AUDIT, CommitteeKind.BOARD}
    assert not Duty.objects.exists()
    assert "a draft. Record its adoption by the Board." in shown


def test_what_the_file_does_not_say_is_listed_to_confirm(charter: Path) -> None:
    last = run("import_charter", charter).splitlines()[-1]
    assert last.startswith("Default settings to confirm on the Company page: Ticker symbol, ")
    assert last.endswith("Fiscal year end, Filer status.")


def test_an_adopted_charter_has_its_duties_and_notes(charter: Path) -> None:
    shown = run("import_charter", charter, "--adopted", "2026-03-01")
    version = CharterVersion.objects.get()
    assert (version.adopted_on, version.effective_on, version.decision) == (
        date(2026, 3, 1),
        date(2026, 3, 1),
        None,
    )
    duties = Duty.objects.all()
    assert {duty.in_force_from for duty in duties} == {date(2026, 3, 1)}
    hangs = {d.catalogue_key: d.clauses.get().reference for d in duties}
    assert (hangs["minimum-size"], hangs["audit-plan"]) == ("M-1", "R-1")
    assert {note.clause.reference for note in ClauseNote.objects.all()} >= {"R-2"}
    assert f"{len(duties)} responsibilities were added. Add the Board's decision." in shown
    assert "responsibilities are left on the page Choose responsibilities:" in shown
    assert ledger.verify().sound


def test_duties_left_to_choose_are_those_of_the_page(charter: Path) -> None:
    shown = run("import_charter", charter, "--adopted", "2026-03-01").splitlines()
    left = int(next(line for line in shown if "are left on the page" in line).split()[0])
    listed = shown[
        shown.index(next(line for line in shown if "are left on the page" in line)) + 1 : -1
    ]
    assert len(listed) == left
    titles = set(Duty.objects.values_list("title", flat=True))
    assert [line for line in listed if line.strip().partition(" (near")[0] in titles] == []


def test_entries_are_the_operators(charter: Path) -> None:
    run("import_charter", charter, "--adopted", "2026-03-01")
    assert {entry.actor for entry in LedgerEntry.objects.all()} == {"operator"}
    written = str([entry.facts for entry in LedgerEntry.objects.all()])
    assert [word for word in ("Tessaly", "SAS 61", "audit scope") if word in written] == []


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_usual_file_is_read(tmp_path: Path, ending: str, encoding: str) -> None:
    content = CHARTER.replace("\n", ending).encode(encoding)
    run("import_charter", written(tmp_path, content))
    assert [clause.reference for clause in Clause.objects.all()] == REFERENCES
    assert CharterVersion.objects.get().text.splitlines() == CHARTER.splitlines()


def test_a_word_file_is_read(tmp_path: Path) -> None:
    document = Document()
    for line in CHARTER.splitlines():
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    run("import_charter", written(tmp_path, stream.getvalue(), "charter.docx"))
    assert [clause.reference for clause in Clause.objects.all()] == REFERENCES


# import_charter: on an installation that has a company.


def test_a_company_and_its_committee_stay_as_they_are(charter: Path) -> None:
    stage = set_the_stage()
    run("import_charter", charter)
    assert Company.objects.get().name == "Larch Instruments, Inc."
    assert CharterVersion.objects.drafts().get().committee == stage.committee


def test_settings_that_were_confirmed_are_not_listed(charter: Path) -> None:
    stage = set_the_stage()
    change_company(stage.company, ticker="LRCH", **SIGNED)
    assert "Ticker symbol" not in run("import_charter", charter)


def test_the_committee_gets_the_name_that_is_given(charter: Path) -> None:
    run("import_charter", charter, "--committee", "Audit and Risk Committee")
    assert Committee.objects.audit().name == "Audit and Risk Committee"
    run("import_charter", charter, "--committee", "Audit and Risk Committee")
    assert CharterVersion.objects.count() == 2


def test_another_committee_is_refused(charter: Path) -> None:
    set_the_stage()
    assert refusal("import_charter", charter, "--committee", "Risk Committee") == (
        "The audit committee here is “Audit Committee”. Leave --committee out to load another "
        "version of its charter."
    )


def test_a_second_version_carries_the_duties_of_the_first(charter: Path, tmp_path: Path) -> None:
    run("import_charter", charter, "--adopted", "2025-03-01")
    before = Duty.objects.get(catalogue_key="audit-plan")
    second = written(tmp_path, CHARTER.replace("1. Review the", "1. Fix the fees.\n2. Review the")
                     .replace("3. Conduct", "4. Conduct").replace("2. Review with", "3. Review with")
                     .encode(), "second.txt")  # fmt: skip
    run("import_charter", second, "--adopted", "2026-03-01")
    found = {clause.version.effective_on.year: clause.reference for clause in before.clauses.all()}
    assert found == {2025: "R-1", 2026: "R-2"}
    assert before.in_force_until is None
    keys = [duty.catalogue_key for duty in Duty.objects.unended(date(2026, 11, 20))]
    assert len(keys) == len(set(keys))


def test_a_past_version_leaves_the_present_one_in_effect(charter: Path) -> None:
    run("import_charter", charter, "--adopted", "2026-03-01")
    present = CharterVersion.objects.get()
    committee = Committee.objects.audit()

    def today() -> tuple:
        docket = Docket(committee, date(2026, 11, 20))
        standings = [(row.duty.pk, row.standing) for row in docket.reading().duties]
        return docket.version, standings, [piece.key for piece in docket.open_items()]

    before = today()
    run("import_charter", charter, "--adopted", "2024-03-01")
    assert today() == before
    assert committee.charter_versions.in_effect(date(2026, 2, 28)) != present


# import_charter: what it refuses.


def test_a_second_version_from_the_same_day_is_refused(charter: Path) -> None:
    run("import_charter", charter, "--adopted", "2026-03-01")
    assert refusal("import_charter", charter, "--adopted", "2026-03-01") == (
        "Another version takes effect on that date. Enter another date."
    )


@pytest.mark.parametrize("has_company", [False, True])
def test_a_day_to_come_is_refused(charter: Path, has_company: bool) -> None:
    if has_company:
        set_the_stage()
    said = "The date of --adopted is in the future. Record the adoption after the Board adopts the charter."
    assert refusal("import_charter", charter, "--adopted", "2026-11-21") == said
    with time_machine.travel(datetime(2026, 11, 21, 3, tzinfo=UTC), tick=False):
        assert refusal("import_charter", charter, "--adopted", "2026-11-21") == said


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "2026-02-29", ""])
def test_what_is_no_day_is_refused(charter: Path, day: str) -> None:
    said = refusal("import_charter", charter, "--adopted", day)
    assert said.startswith(f"Error: argument --adopted: {day!r} is not a valid date")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "charter.txt is empty."),
        (b"\n \t\n", "charter.txt is empty."),
        (
            b"\x00\x01\x02 charter",
            "charter.txt is not a text file. Choose a Word, Markdown or plain text file.",
        ),
        (b"\x89PNG\r\n", "charter.txt is an image. Choose a Word, Markdown or plain text file."),
        (
            b"%PDF-1.7",
            "charter.txt is a PDF. Open it in Word and save it as DOCX, or copy its text and "
            "paste it.",
        ),
        (
            b"x" * (2 * 1024 * 1024 + 1),
            "charter.txt is larger than 2 MB. Import the charter alone.",
        ),
        (
            b"lorem ipsum dolor",
            "charter.txt does not look like a charter: it has no section, no list and no sentence "
            "like a clause. Choose another file.",
        ),
    ],
)
@pytest.mark.parametrize("options", [(), ("--dry-run",), ("--adopted", "2026-01-01")])
def test_what_is_no_charter_is_refused(
    tmp_path: Path, content: bytes, says: str, options: tuple[str, ...]
) -> None:
    assert refusal("import_charter", written(tmp_path, content), *options) == says


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.txt"
    assert refusal("import_charter", path) == f"{path}: No such file or directory"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal("import_charter", tmp_path) == f"{tmp_path}: Is a directory"


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "loop.txt"
    path.symlink_to(path)
    assert refusal("import_charter", path).startswith(f"{path}: ")


def test_a_file_without_an_end_is_refused() -> None:
    assert refusal("import_charter", "/dev/zero").startswith("zero is ")


def test_a_file_is_asked_for() -> None:
    assert "the following arguments are required: FILE" in refusal("import_charter")


def test_the_help_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    for command, words in (("import_charter", "Import a charter"), ("standing", "status of every")):
        with pytest.raises(SystemExit) as left:
            run(command, "--help")
        assert left.value.code == 0
        assert words in capsys.readouterr().out


# The real charter.

REAL = [
    *("P-a", "P-b", "P-c", "P-d", "M-0", "M-1", "M-2", "M-3"),
    *(f"R-1{letter}" for letter in "abcdefgh"),
    *(f"R-{number}" for number in range(2, 8)),
    *("MT-1", "MT-2", "MT-3"),
]


def test_the_real_charter_has_its_25_clauses_word_for_word(real_charter: Path) -> None:
    run("import_charter", real_charter, "--adopted", "2026-01-01")
    version = CharterVersion.objects.get()
    words = real_charter.read_text(encoding="utf-8-sig")
    clauses = list(version.clauses.all())
    assert [clause.reference for clause in clauses] == REAL
    assert version.text == words
    folded = " ".join(words.split())
    assert [c.reference for c in clauses if " ".join(c.text.split()) not in folded] == []


def test_every_clause_of_the_real_charter_has_a_duty_and_a_short_name(real_charter: Path) -> None:
    run("import_charter", real_charter, "--adopted", "2026-01-01")
    clauses = Clause.objects.all()
    assert [c.reference for c in clauses if not c.heading] == []
    assert [c.reference for c in clauses if not c.duties.exists()] == []
    under = {clause.reference: clause for clause in clauses}
    assert {under[f"M-{n}"].parent.reference for n in (1, 2, 3)} == {"M-0"}
    assert {under[f"R-1{letter}"].lead_in.reference for letter in "abcdefgh"} == {"R-1"}


# standing.


@pytest.fixture
def stage() -> Stage:
    stage = set_the_stage()
    plan = stage.duty()
    stage.complete(plan, date(2025, 5, 6), note="Discussed the plan for 2025.")
    stage.complete(plan, date(2026, 5, 5), note="Discussed the plan for 2026.")
    stage.duty(stage.size, title="Three or more sit", kind=DutyKind.CONDITION,
               catalogue_key="minimum-size", layer=Layer.LAW)  # fmt: skip
    stage.duty(title="Look at the insurance", layer=Layer.GOOD_PRACTICE, due_month=10,
               in_force_from=date(2026, 1, 1))  # fmt: skip
    stage.duty(title="Engage counsel", kind=DutyKind.AUTHORITY)
    stage.duty(title="Ended", in_force_from=date(2024, 1, 1)).clauses.first()
    services.end_duty(Duty.objects.get(title="Ended"), until=date(2026, 6, 30), **SIGNED)
    return stage


def seats(stage: Stage) -> None:
    for name in ("Ada Lind", "Ben Osei", "Carla Ruiz"):
        director = seating.add_director(name=name, **SIGNED)
        seating.seat(director, stage.committee, starts_on=date(2024, 1, 1), **SIGNED)


def as_json(*words: object) -> dict[str, dict]:
    return {row["duty"]: row for row in json.loads(run("standing", "--json", *words))}


def test_every_duty_in_force_is_an_object_with_these_keys(stage: Stage) -> None:
    rows = json.loads(run("standing", "--json"))
    assert [(row["clause"], row["duty"], row["layer"], row["standing"]) for row in rows] == [
        ("M-0", "Three or more sit", "LAW", "open"),
        ("R-2", "Review the audit plan", "CH", "on_file"),
        ("R-2", "Engage counsel", "CH", "not_applicable"),
    ]
    keys = ["clause", "duty", "layer", "standing", "due_on", "because", "evidence"]
    assert {tuple(row) for row in rows} == {tuple(keys)}


def test_evidence_has_its_day_its_words_its_page_and_its_source(stage: Stage) -> None:
    row = as_json()["Review the audit plan"]
    made = stage.plan.duties.get(title="Review the audit plan").completions.last()
    assert (row["standing"], row["due_on"]) == ("on_file", "2027-12-31")
    assert row["because"] == (
        "Completed on May 5, 2026 for fiscal year 2026. Based on recorded completion."
    )
    assert row["evidence"] == [
        {
            "on": "2026-05-05",
            "label": "Discussed the plan for 2026.",
            "url": made.get_absolute_url(),
            "source": "charters.completion",
        }
    ]


def test_the_evidence_of_a_condition_is_what_it_was_judged_on(stage: Stage) -> None:
    seats(stage)
    row = as_json()["Three or more sit"]
    assert (row["standing"], row["due_on"], row["because"]) == (
        "on_file",
        None,
        "3 directors sit on the committee.",
    )
    assert [(piece["on"], piece["label"], piece["source"]) for piece in row["evidence"]] == [
        ("2024-01-01", name, "committees.minimum_size")
        for name in ("Ada Lind", "Ben Osei", "Carla Ruiz")
    ]


def test_the_evidence_of_an_authority_is_its_uses(stage: Stage) -> None:
    authority = Duty.objects.get(title="Engage counsel")
    stage.complete(authority, date(2026, 2, 2), note="Engaged.")
    stage.complete(authority, date(2025, 2, 2), note="Engaged before.")
    row = as_json()["Engage counsel"]
    assert (row["standing"], row["due_on"]) == ("not_applicable", None)
    assert [piece["label"] for piece in row["evidence"]] == ["Engaged.", "Engaged before."]


def test_a_past_day_is_read_as_it_stood(stage: Stage) -> None:
    rows = as_json("--as-of", "2026-05-04")
    assert set(rows) == {
        "Three or more sit",
        "Review the audit plan",
        "Engage counsel",
        "Ended",
    }
    assert [p["on"] for p in rows["Review the audit plan"]["evidence"]] == ["2025-05-06"]
    assert run("standing", "--json", "--as-of", "2026-11-20") == run("standing", "--json")


def test_before_any_charter_no_duty_is_in_force(stage: Stage) -> None:
    assert json.loads(run("standing", "--json", "--as-of", "2023-12-31")) == []


def test_without_json_a_person_reads_it(stage: Stage) -> None:
    lines = run("standing", "--as-of", "2026-11-20").splitlines()
    assert lines[0] == "Audit Committee, as of November 20, 2026"
    assert lines[2:4] == [
        "M-0    open             Three or more sit [LAW]",
        "                        No member is on record yet; three are required.",
    ]


def test_days_are_written_as_the_company_writes_them(stage: Stage) -> None:
    change_company(stage.company, locale="en-gb", **SIGNED)
    assert "as of 20 November 2026" in run("standing")
    assert "Completed on 5 May 2026" in as_json()["Review the audit plan"]["because"]


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "20/11/2026"])
def test_standing_as_of_no_day_is_refused(stage: Stage, day: str) -> None:
    said = refusal("standing", "--as-of", day)
    assert said.startswith(f"Error: argument --as-of: {day!r} is not a valid date")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_without_a_calendar_end_in_no_traceback(stage: Stage, day: str) -> None:
    assert day in refusal("standing", "--as-of", day)


def test_without_a_charter_the_way_out_is_named() -> None:
    said = "No charter is on record yet. Import one: manage.py import_charter FILE"
    assert refusal("standing", "--json") == said
    assert refusal("standing") == said
