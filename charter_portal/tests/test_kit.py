"""The adoption kit: what each resolution says, what is left blank, and the documents made of it."""

import io
import re
from collections.abc import Callable

import docx
import pikepdf
import pypdf
import pytest
from django.test import Client

from accounts.models import User
from charter_portal.kit import documents, resolutions
from charter_portal.kit.resolutions import EXCHANGE_RULES, KIT, Facts, Resolution
from charters.tests.charters import Stage, set_the_stage
from records.filetypes import recognise

ClientOf = Callable[..., Client]

LARCH = Facts(
    company="Larch & Sons <Instruments>, Inc.",
    committee="Audit and Risk Committee",
    state="Delaware",
    is_delaware=True,
    exchange_rule=EXCHANGE_RULES["nasdaq"],
)
NEVADA = Facts(company="Larch", state="Nevada", exchange_rule=EXCHANGE_RULES["nyse"])
# What the law asks each for, as it is cited there.
CITED = {
    "delegation": ["10A(h) and (i)(3)", "2-01(c)(7)(i)", "3524 and 3525"],
    "pre_approval": ["10A(g), (h) and (i)", "2-01(c)(4)", "Rules 3521 to 3525"],
    "complaints": ["10A(m)(4)", "10A-3(b)(3)", "21F-17(a)", "141(c)(3)", "141(c)(2)"],
    "related_parties": ["Nasdaq Listing Rule 5630(a)", "Item 404(a), (b) and (d)", "section 144"],
    "retention": ["18 U.S.C. 1519", "2-06", "section 220"],
    "recording": ["No law requires this"],
    "signature": ["sections 116, 141(f) and 229", "15 U.S.C. 7001", "Rule 302(b)"],
}
# The usual numbers of a small listed company.
DEFAULTS = {
    "delegation": ["at most 5% of the audit fee", "at most 10% of that fee"],
    "pre_approval": ["for 12 months"],
    "complaints": [
        "within 7 days",
        "within 3 months",
        "in October",
        "7 years from its closure",
    ],
    "retention": ["For 7 years", "For 30 days after the minutes", "For 1 year:"],
    "signature": ["at most 60 days"],
}

pdf = pytest.mark.pdf


def composed(key: str, facts: Facts = LARCH) -> Resolution:
    return resolutions.compose(key, facts)


def words(resolution: Resolution) -> str:
    return resolutions.plain_text(resolution)


@pytest.mark.parametrize("key", KIT)
def test_each_names_the_committee_and_the_company(key: str) -> None:
    assert "the Audit and Risk Committee of Larch & Sons <Instruments>, Inc." in words(
        composed(key)
    )


@pytest.mark.parametrize("key", KIT)
def test_each_says_that_it_is_a_draft_for_counsel_and_lists_its_blanks(key: str) -> None:
    resolution = composed(key)
    text = words(resolution)
    assert "Draft for counsel." in text
    assert resolution.blanks[0] == "date"
    assert [blank for blank in resolution.blanks if f"[{blank}]" not in text] == []
    assert set(re.findall(r"\[(.+?)\]", text)) == set(resolution.blanks)


@pytest.mark.parametrize("key", KIT)
def test_no_mark_of_the_source_is_left_in_the_words(key: str) -> None:
    for facts in (LARCH, NEVADA, Facts()):
        text = words(composed(key, facts))
        assert not re.search(r"\[\[|\]\]|\{|\}|##|\*\*|&amp;", text)
        assert "  " not in text


@pytest.mark.parametrize(("key", "cited"), CITED.items())
def test_each_cites_what_the_law_asks_for(key: str, cited: list[str]) -> None:
    text = words(composed(key))
    assert [each for each in cited if each not in text] == []


@pytest.mark.parametrize(("key", "numbers"), DEFAULTS.items())
def test_the_usual_numbers_are_filled_in(key: str, numbers: list[str]) -> None:
    text = words(composed(key))
    assert [each for each in numbers if each not in text] == []


@pytest.mark.parametrize("key", KIT)
def test_the_law_of_another_state_is_left_to_counsel(key: str) -> None:
    resolution = composed(key, NEVADA)
    assert "Delaware" not in words(resolution)
    if "Delaware" in words(composed(key)) and key != "related_parties":
        assert any("Nevada" in blank for blank in resolution.blanks)


def test_a_case_subcommittee_has_committee_members_only() -> None:
    """DGCL 141(c)(3); where none is left the Board's alternate member acts (141(c)(2))."""
    text = words(composed("complaints"))
    assert "Only members of the Audit and Risk Committee serve on it" in text
    assert (
        "the alternate member of the Audit and Risk Committee whom the Board has designated" in text
    )
    assert "Counsel advises the subcommittee and does not act in its place." in text


def test_the_exchange_and_the_size_decide_what_is_cited() -> None:
    assert "NYSE Listed Company Manual, section 314.00" in words(
        composed("related_parties", NEVADA)
    )
    large = Facts(is_smaller=False)
    assert "The threshold is $120,000." in words(composed("related_parties", large))
    assert "the rule of the exchange" in composed("related_parties", large).blanks


def test_what_nobody_has_entered_is_a_blank() -> None:
    blanks = composed("delegation", Facts()).blanks
    assert blanks[0] == "name of the company"


def test_numbers_restart_under_each_heading() -> None:
    lines = words(composed("pre_approval")).split("\n\n")
    assert [line[0] for line in lines if re.match(r"\d\. ", line)] == [*"123456", *"12345"]


@pytest.mark.django_db
def test_facts_come_from_the_records() -> None:
    stage: Stage = set_the_stage()
    stage.company.state = " delaware "
    facts = resolutions.facts_of(stage.company, stage.committee)
    assert (facts.company, facts.committee, facts.is_delaware, facts.is_smaller) == (
        "Larch Instruments, Inc.",
        "Audit Committee",
        True,
        True,
    )
    assert resolutions.facts_of(None, None) == Facts()


# As Word.


@pytest.mark.parametrize("key", KIT)
def test_word_opens_with_its_headings_and_marked_blanks(key: str) -> None:
    resolution = composed(key)
    content = documents.as_word(resolution, LARCH)
    assert recognise(content, f"{key}.docx")[1] == f"{key}.docx"
    document = docx.Document(io.BytesIO(content))
    headings = [p.text for p in document.paragraphs if p.style.name in ("Title", "Heading 1")]
    assert headings[0] == resolution.title
    assert headings[-1] == "Sources"
    marked = {r.text for p in document.paragraphs for r in p.runs if r.font.highlight_color}
    assert marked == {f"[{blank}]" for blank in resolution.blanks}
    assert document.core_properties.title == resolution.title
    assert any("Draft for counsel." in p.text for p in document.paragraphs)


# As PDF.


def printed(key: str, facts: Facts = LARCH, paper: str = "letter") -> bytes:
    return documents.as_pdf(
        documents.Printed(composed(key, facts), facts.company, facts.committee, "en-us", paper)
    )


@pdf
@pytest.mark.parametrize("key", KIT)
def test_pdf_is_tagged_and_short(key: str) -> None:
    content = printed(key)
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert len(reader.pages) <= 2
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert "Draft for counsel" in text
    assert "Audit and Risk Committee" in text
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "en-us"
        assert document.docinfo["/Title"].__str__().startswith(composed(key).title)
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


@pdf
def test_pdf_is_the_same_each_time_and_on_the_companys_paper() -> None:
    assert printed("recording") == printed("recording")
    box = pypdf.PdfReader(io.BytesIO(printed("recording", paper="a4"))).pages[0].mediabox
    assert round(float(box.height)) == 842


# The pages.


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


@pytest.mark.django_db
def test_all_are_offered_on_one_page(client: Client) -> None:
    set_the_stage()
    page = client.get("/kit/")
    assert [each.key for each in page.context["resolutions"]] == list(KIT)
    for key in KIT:
        assert client.get(f"/kit/{key}/").status_code == 200


@pytest.mark.django_db
def test_a_resolution_is_read_and_copied_before_there_is_a_company(client: Client) -> None:
    page = client.get("/kit/complaints/")
    assert page.context["resolution"].blanks[0] == "name of the company"
    assert "[name of the company]" in page.context["plain"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ending", "starts"), [("word", b"PK"), pytest.param("pdf", b"%PDF", marks=pdf)]
)
def test_a_resolution_is_taken_along(client: Client, ending: str, starts: bytes) -> None:
    set_the_stage()
    answer = client.get(f"/kit/pre_approval/{ending}/")
    assert answer.content.startswith(starts)
    assert 'attachment; filename="pre-approval.' in answer.headers["Content-Disposition"]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["nothing", "..", "Delegation"])
def test_what_is_not_in_the_kit_is_not_found(client: Client, key: str) -> None:
    for ending in ("", "word/", "pdf/"):
        assert client.get(f"/kit/{key}/{ending}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("persona", ["management", "administrator", "external_auditor"])
def test_the_kit_is_for_the_committee_and_counsel(
    request: pytest.FixtureRequest, client_of: ClientOf, persona: str
) -> None:
    assert client_of(request.getfixturevalue(persona)).get("/kit/").status_code == 403
