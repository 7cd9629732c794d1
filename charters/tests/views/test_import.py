"""The page that takes a charter apart: a text, a preview to correct, and the draft."""

import io
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from accounts.models import User
from charters.enums import CommitteeKind
from charters.models import CharterVersion, Clause, Committee, Passage
from charters.tests.charters import AT, set_the_stage
from records import ledger
from records.models import Company, LedgerEntry

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]

TEXT = """\
Tessaly Robotics, Inc.

Audit Committee Charter

Purpose

The Audit Committee assists the Board with its oversight of:

- (a) the “integrity” of the statements & controls
- (b) compliance with law.

Membership

The Committee has three or more directors, each of whom shall:

- be independent;
- read <b>statements</b>.

Responsibilities

1. Manage the auditor, including:
 - set its fee
 - oversee its work

2. Review the plan.

Meetings

It meets four times a year. It reports to the Board.
"""
REFERENCES = "P-a P-b M-0 M-1 M-2 R-1a R-1b R-2 MT-1 MT-2".split()
WORDS = {
    "P-a": "the “integrity” of the statements & controls",
    "P-b": "compliance with law.",
    "M-0": "The Committee has three or more directors, each of whom shall:",
    "M-1": "be independent;",
    "M-2": "read <b>statements</b>.",
    "R-1a": "set its fee",
    "R-1b": "oversee its work",
    "R-2": "Review the plan.",
    "MT-1": "It meets four times a year.",
    "MT-2": "It reports to the Board.",
}
MARKDOWN = """\
# Audit Committee Charter

## Duties

1. Review the **plan**.
2. Review the statements.
"""


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


def word_file() -> bytes:
    document = Document()
    document.add_heading("Audit Committee Charter", 0)
    document.add_heading("Duties", 1)
    for text in ("Review the plan.", "Review the statements."):
        document.add_paragraph(text, style="List Number")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def counts() -> dict[str, int]:
    """Every row of the portal's own tables, and every line of the ledger."""
    return {
        model._meta.label: model._default_manager.count()
        for app in ("records", "committees")
        for model in apps.get_app_config(app).get_models()
    }


def text(page) -> str:
    return " ".join(page.content.decode().replace("&#x27;", "'").split())


def errors(page) -> dict[str, list[str]]:
    return dict(page.context["form"].errors)


def paste(client: Client, words: str = TEXT):
    """As a browser sends a text area."""
    return client.post("/charter/import/", {"text": words.replace("\n", "\r\n")})


def upload(client: Client, content: bytes, name: str = "charter.txt"):
    return client.post("/charter/import/", {"file": SimpleUploadedFile(name, content)})


def test_the_preview_counts_clauses_and_lists_what_is_part_of_none(client: Client) -> None:
    page = upload(client, b"Duties\n\n1. Review the plan.\n\nPage 1 of 2\n\n2. Review it again.\n")
    assert "2 clauses were found." in text(page)
    assert page.context["plain"] == [(3, "Page 1 of 2")]
    assert '<a href="#passage-3">Page 1 of 2</a>' in text(page)
    assert '<span class="soft">2.</span>' in text(page)


def test_a_preview_of_clauses_only_lists_nothing(client: Client) -> None:
    page = upload(client, b"Duties\n\n1. Review the plan.\n")
    assert "1 clause was found." in text(page)
    assert "not part of a clause" not in text(page)


def typed(page, **changes: str) -> dict[str, str]:
    """What a browser sends of a preview, with changes such as `role_3="join"`."""
    form, formset = page.context["form"], page.context["formset"]
    fields = [*form, *formset.management_form, *(field for row in formset for field in row)]
    sent = {field.html_name: field.value() for field in fields}
    for name, value in changes.items():
        field, _, number = name.rpartition("_")
        sent[f"form-{number}-{field}" if number.isdigit() else name] = value
    return {name: as_sent(value) for name, value in sent.items()}


def as_sent(value: object) -> str:
    """Browsers send every line with a carriage return, and nothing for an empty field."""
    return "" if value is None else str(value).replace("\r\n", "\n").replace("\n", "\r\n")


def save(client: Client, page, **changes: str):
    return client.post("/charter/import/", typed(page, **changes))


def place(page, reference: str) -> int:
    rows = [row["reference"].value() for row in page.context["formset"]]
    return rows.index(reference)


def stored() -> dict[str, str]:
    return dict(Clause.objects.values_list("reference", "text"))


# The preview.


def test_a_pasted_text_is_shown_passage_by_passage_and_not_stored(client: Client) -> None:
    before = counts()
    page = paste(client)
    rows = page.context["formset"]
    assert [row["reference"].value() for row in rows if row["role"].value() == "clause"] == (
        REFERENCES
    )
    assert {
        row["reference"].value(): row["text"].value()
        for row in rows
        if row["role"].value() == "clause"
    } == WORDS
    assert "read &lt;b&gt;statements&lt;/b&gt;." in text(page)
    assert counts() == before


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (MARKDOWN.encode(), "charter.md"),
        (MARKDOWN.encode("utf-16"), "charter.txt"),
        (word_file(), "charter.docx"),
        (word_file(), "misnamed.txt"),
    ],
)
def test_a_file_is_taken_apart_by_what_it_is(client: Client, content: bytes, name: str) -> None:
    set_the_stage()
    page = upload(client, content, name)
    response = save(client, page)
    version = CharterVersion.objects.drafts().get()
    assert response["Location"] == version.get_absolute_url()
    assert [clause.reference for clause in version.clauses.all()] == ["R-1", "R-2"]
    assert version.clauses.get(reference="R-2").text == "Review the statements."


def test_what_the_catalogue_knows_gives_clauses_short_names(client: Client) -> None:
    page = paste(client)
    row = page.context["formset"][place(page, "M-0")]
    assert row["heading"].value().startswith("Three or more directors")


# Saving.


def test_the_draft_has_exactly_these_clauses_and_the_whole_text(client: Client) -> None:
    set_the_stage()
    LedgerEntry.objects.count()
    response = save(client, paste(client))
    version = CharterVersion.objects.drafts().get()
    assert response["Location"] == version.get_absolute_url()
    assert dict(version.clauses.values_list("reference", "text")) == WORDS
    assert [clause.reference for clause in version.clauses.all()] == REFERENCES
    assert version.text == TEXT.strip()
    assert (version.adopted_on, version.effective_on) == (None, None)


def test_the_whole_text_of_a_file_is_kept_word_for_word(client: Client) -> None:
    words = f"\n\n  {TEXT}\n\n\t End.  \n"
    save(client, upload(client, words.encode()))
    assert CharterVersion.objects.get().text == words


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_the_endings_of_lines_do_not_matter(client: Client, ending: str) -> None:
    save(client, upload(client, TEXT.replace("\n", ending).encode()))
    assert stored() == WORDS
    assert CharterVersion.objects.get().text == TEXT


def test_parents_lead_ins_and_sections_are_kept(client: Client) -> None:
    save(client, paste(client))
    under = {
        clause.reference: (
            clause.section.text,
            clause.parent.reference if clause.parent else "",
            clause.lead_in.reference if clause.lead_in else "",
        )
        for clause in Clause.objects.all()
    }
    assert under["M-0"] == ("Membership", "", "")
    assert under["M-1"] == ("Membership", "M-0", "")
    assert under["R-1a"] == ("Responsibilities", "", "R-1")
    assert under["R-2"] == ("Responsibilities", "", "")


def test_corrected_references_are_those_of_the_draft(client: Client) -> None:
    page = paste(client)
    m0, r1 = place(page, "M-0"), place(page, "R-1")
    save(client, page, **{f"reference_{m0}": "M-10", f"reference_{r1}": "R-9"})
    assert set(stored()) == {*REFERENCES, "M-10"} - {"M-0"}
    assert Clause.objects.get(reference="M-1").parent.reference == "M-10"
    assert Clause.objects.get(reference="R-1a").lead_in.reference == "R-9"


def test_a_clause_that_is_none_becomes_a_plain_passage(client: Client) -> None:
    page = paste(client)
    save(client, page, **{f"role_{place(page, 'MT-2')}": "unplaced"})
    assert set(stored()) == set(REFERENCES) - {"MT-2"}
    plain = Passage.objects.get(text="It reports to the Board.")
    assert (plain.role, plain.reference) == ("plain", "")


def test_a_lead_in_that_requires_something_becomes_a_clause(client: Client) -> None:
    page = paste(client)
    save(client, page, **{f"role_{place(page, 'R-1')}": "clause"})
    assert stored()["R-1"] == "Manage the auditor, including:"
    assert Clause.objects.get(reference="R-1a").parent.reference == "R-1"


def test_a_joined_passage_belongs_to_the_one_above(client: Client) -> None:
    page = paste(client)
    save(client, page, **{f"role_{place(page, 'MT-2')}": "join"})
    assert stored()["MT-1"] == "It meets four times a year. It reports to the Board."
    assert "MT-2" not in stored()


def test_what_stood_under_a_joined_passage_stands_under_the_one_it_joined(
    client: Client,
) -> None:
    page = paste(client, TEXT.replace("1. Manage", "1. Take care.\n2. Manage"))
    manage = place(page, "R-2")
    assert page.context["formset"][manage]["text"].value() == "Manage the auditor, including:"
    save(client, page, **{f"role_{manage}": "join"})
    children = Clause.objects.filter(parent__reference="R-1")
    assert [child.text for child in children] == ["set its fee", "oversee its work"]
    assert stored()["R-1"] == "Take care. Manage the auditor, including:"


def test_the_first_passage_has_none_above_to_join(client: Client) -> None:
    page = paste(client)
    save(client, page, role_0="join")
    assert stored() == WORDS
    assert Passage.objects.filter(text="Tessaly Robotics, Inc.", role="plain").exists()


def test_short_names_are_kept_as_typed(client: Client) -> None:
    page = paste(client)
    save(client, page, **{f"heading_{place(page, 'R-2')}": "The plan"})
    assert Clause.objects.get(reference="R-2").heading == "The plan"


def test_two_drafts_may_wait(client: Client) -> None:
    for _ in range(2):
        save(client, paste(client))
    assert CharterVersion.objects.drafts().count() == 2


def test_the_ledger_has_no_word_of_it(client: Client) -> None:
    save(client, paste(client))
    entry = LedgerEntry.objects.get(action="charter.drafted")
    assert set(entry.facts) == {"committee", "text", "clauses"}
    written = str([entry.facts for entry in LedgerEntry.objects.all()])
    assert "auditor" not in written
    assert ledger.verify().sound


# An empty installation.


def test_an_empty_installation_asks_for_the_companys_name_and_is_set_up(client: Client) -> None:
    assert client.get("/charter/import/").status_code == 200
    page = paste(client)
    assert page.context["form"]["company"].value() == "Tessaly Robotics, Inc."
    save(client, page, company="Tessaly Robotics Holding, Inc.")
    company = Company.objects.get()
    assert company.name == "Tessaly Robotics Holding, Inc."
    assert "fiscal_year_end" in company.to_confirm
    assert {(c.kind, c.name) for c in Committee.objects.all()} == {
        (CommitteeKind.BOARD, "Board of Directors"),
        (CommitteeKind.AUDIT, "Audit Committee"),
    }
    assert stored() == WORDS


def test_without_the_companys_name_nothing_is_set_up(client: Client) -> None:
    page = paste(client)
    before = counts()
    page = save(client, page, company=" ", title="Our charter")
    assert errors(page) == {"company": ["This field is required."]}
    assert page.context["form"]["title"].value() == "Our charter"
    assert counts() == before


def test_an_installation_with_a_company_is_not_asked(client: Client) -> None:
    stage = set_the_stage()
    page = paste(client)
    assert "company" not in page.context["form"].fields
    save(client, page, company="Another, Inc.")
    assert Company.objects.get().name == "Larch Instruments, Inc."
    assert CharterVersion.objects.drafts().get().committee == stage.committee


# What is refused: beside its field, with nothing stored, and what was typed kept.


def refused(client: Client, page, **changes: str):
    before = counts()
    answer = save(client, page, **changes)
    assert answer.status_code == 200
    assert counts() == before
    assert answer.context["form"]["full_text"].value().replace("\r\n", "\n") == TEXT.strip()
    return answer


def rows_with_errors(page) -> dict[int, dict[str, list[str]]]:
    formset = page.context["formset"]
    return {n: dict(found) for n, found in enumerate(formset.errors) if found}


def test_two_clauses_with_one_reference_are_refused(client: Client) -> None:
    page = paste(client)
    number = place(page, "R-2")
    answer = refused(
        client, page, **{f"reference_{number}": "R-1a", f"heading_{number}": "Immutable as typed"}
    )
    assert rows_with_errors(answer) == {
        number: {"reference": ["Another clause has this reference. Enter a different one."]}
    }
    row = answer.context["formset"][number]
    assert [row[name].value() for name in ("reference", "heading")] == [
        "R-1a",
        "Immutable as typed",
    ]


def test_a_clause_without_a_reference_is_refused(client: Client) -> None:
    page = paste(client)
    number = place(page, "R-2")
    answer = refused(client, page, **{f"reference_{number}": "  "})
    assert rows_with_errors(answer) == {
        number: {"reference": ["Enter a reference for the clause, such as R-1g."]}
    }


@pytest.mark.parametrize(
    "reference", ["R/1", "R 1", "<i>", "R-1?", "R#1", "import", "versions", "duties", "..", "-"]
)
def test_a_reference_that_makes_no_address_is_refused(client: Client, reference: str) -> None:
    page = paste(client)
    number = place(page, "R-2")
    answer = refused(client, page, **{f"reference_{number}": reference})
    assert rows_with_errors(answer) == {
        number: {"reference": ["Write letters and digits, as in R-1g or M-0.1."]}
    }


@pytest.mark.parametrize("reference", ["R-1g", "R-1a.1", "MT-3", "4.2", "IV-a", "7", "É-1"])
def test_usual_references_can_be_cited(client: Client, reference: str) -> None:
    page = paste(client)
    save(client, page, **{f"reference_{place(page, 'R-2')}": reference})
    version = CharterVersion.objects.get()
    client.post(
        f"{version.get_absolute_url()}adopt/",
        {"adopted_on": "2026-11-01", "confirmed": "1"},
    )
    assert client.get("/charter/").status_code == 200
    assert client.get(f"/charter/{reference}/").context["clause"].text == "Review the plan."


def test_a_text_without_a_clause_is_refused(client: Client) -> None:
    page = paste(client)
    roles = {
        f"role_{n}": "unplaced"
        for n, row in enumerate(page.context["formset"])
        if row["role"].value() == "clause"
    }
    answer = refused(client, page, **roles)
    assert answer.context["formset"].non_form_errors() == ["Mark at least one passage as a clause."]


@pytest.mark.parametrize(
    ("change", "field"), [("role", "role"), ("text", "text"), ("under", "under")]
)
def test_a_forged_passage_is_refused(client: Client, change: str, field: str) -> None:
    value = {"role": "king", "text": "", "under": "x"}[change]
    answer = refused(client, paste(client), **{f"{change}_3": value})
    assert list(rows_with_errors(answer)[3]) == [field]


@pytest.mark.parametrize("words", ["It meets twice a year.", "It reports to the Board."])
def test_a_passage_that_does_not_stand_in_the_text_is_refused(client: Client, words: str) -> None:
    page = paste(client)
    number = place(page, "MT-1")
    answer = refused(client, page, **{f"text_{number}": words})
    (error,) = [row.non_field_errors() for row in answer.context["formset"] if row.errors]
    assert error == ["The text of this passage changed. Import the charter again."]


def test_a_place_outside_the_text_leads_nowhere(client: Client) -> None:
    page = paste(client)
    number = place(page, "R-1a")
    save(client, page, **{f"under_{number}": "999"})
    assert Clause.objects.get(reference="R-1a").lead_in is None


def test_a_title_is_needed(client: Client) -> None:
    assert errors(refused(client, paste(client), title=" ")) == {
        "title": ["This field is required."]
    }


@pytest.mark.parametrize("total", ["", "x", "-1"])
def test_a_damaged_form_is_refused(client: Client, total: str) -> None:
    before = counts()
    sent = typed(paste(client)) | {"form-TOTAL_FORMS": total}
    assert client.post("/charter/import/", sent).status_code == 200
    assert counts() == before


# What is no charter.


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The submitted file is empty."),
        (b" \n\t\n", "charter.txt is empty."),
        (b"---\n***\n", "charter.txt is empty."),
        (b"\x00\x01\x02\x03 charter", "charter.txt is not a text file."),
        (
            b"%PDF-1.7 ...",
            "charter.txt is a PDF. Open it in Word and save it as DOCX, or copy its text and "
            "paste it.",
        ),
        (b"PK\x03\x04 torn", None),
        (b"<html><p>Charter</p></html>", None),
        (b"x" * (2 * 1024 * 1024 + 1), "charter.txt is larger than 2 MB."),
        (b"word " * 50_000, "charter.txt has more than 200,000 characters"),
    ],
)
def test_what_is_no_charter_gets_a_plain_sentence(
    client: Client, content: bytes, says: str | None
) -> None:
    before = counts()
    page = upload(client, content)
    assert list(errors(page)) == ["file"]
    [message] = errors(page)["file"]
    assert message.startswith(says or "charter.txt ")
    assert counts() == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            "lorem ipsum\n\ndolor sit amet",
            "The text does not look like a charter",
        ),
        (
            "Duties\n\n" + "A sentence stands here. " * 701,
            "This text has more than 700 passages. Import the charter alone.",
        ),
        ("Duties\n\n" + "Do it. " * 40_000, "The text has more than 200,000 characters"),
    ],
)
def test_a_text_that_is_no_charter_gets_a_plain_sentence(
    client: Client, words: str, says: str
) -> None:
    before = counts()
    page = paste(client, words)
    assert list(errors(page)) == ["text"]
    assert errors(page)["text"][0].startswith(says)
    assert page.context["form"]["text"].value().split() == words.split()
    assert counts() == before


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Choose a file or paste the text."),
        ({"text": "  \n "}, "Choose a file or paste the text."),
        (
            {"text": "A charter.", "file": SimpleUploadedFile("c.txt", b"A charter.")},
            "Choose a file or paste the text, not both.",
        ),
    ],
)
def test_one_text_is_asked_for(client: Client, given: dict, says: str) -> None:
    assert errors(client.post("/charter/import/", given)) == {"__all__": [says]}


def test_a_hostile_file_name_does_no_harm(client: Client) -> None:
    name = "../../<img src=x onerror=alert(1)>.txt"
    page = upload(client, b"\x00", name)
    assert list(errors(page)) == ["file"]
    assert "<img src=x" not in text(page)
    assert ".." not in errors(page)["file"][0]


# Who imports.


@pytest.mark.parametrize("persona", ["chair", "management", "company_counsel", "administrator"])
def test_only_the_secretary_imports(
    request: pytest.FixtureRequest, client_of: ClientOf, persona: str
) -> None:
    client = client_of(request.getfixturevalue(persona))
    assert client.get("/charter/import/").status_code == 403
    assert paste(client).status_code == 403
    set_the_stage()
    before = counts()
    assert paste(client).status_code == 403
    assert client.post("/charter/import/", {"full_text": "x", "title": "x"}).status_code == 403
    assert counts() == before
