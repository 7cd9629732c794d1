"""Papers, findings, fees and the committee report on the page."""

import html
import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from auditors.enums import FeeCategory, FeeStatus, Ground, LetterKind, PartnerRole
from auditors.models import (
    CommitteeReport,
    FeeLine,
    Finding,
    IssuedFeeTable,
    Letter,
    PolicyLine,
    ServiceRequest,
)
from auditors.reports.xlsx import workbook
from auditors.rules.money import Money, Rate
from auditors.rules.reasons import reason
from auditors.sentences import sentence
from auditors.services import approvals, firms, letters, policy, reports, requests
from auditors.tests.factories import (
    FY25,
    SIGNED,
    a_fee,
    a_finding,
    a_firm,
    a_letter,
    a_request,
    an_engagement,
    remediated,
    the_company,
)
from charters.tests.charters import Stage, set_the_stage
from committees.tests.factories import a_director, a_seat
from records import clock
from records.dates import long_day

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(autouse=True)
def stage() -> Stage:
    found = set_the_stage()
    a_firm()
    return found


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_paper_is_received_with_file_type_and_date(client_of: ClientOf, secretary: User) -> None:
    client = client_of(secretary)
    form = client.get("/auditor/letters/receive/").context["form"]
    typed = {
        "document": SimpleUploadedFile("letter.txt", b"The letter."),
        "kind": "independence",
        "dated": "2026-11-03",
        "firm": a_firm().pk,
        "serves": form["serves"].value(),
        "exceptions": "A tax manager held 40 shares\n\nA loan to a relative",
    }
    assert client.post("/auditor/letters/receive/", typed).status_code == 302
    letter = Letter.objects.get()
    assert (letter.received_on, letter.exceptions.count()) == (date(2026, 11, 3), 2)
    page = text_of(client, letter.get_absolute_url())
    assert "Discussion not on file" in page
    client.post(f"/auditor/letters/{letter.pk}/discuss/", {"held_on": "2026-11-10"})
    assert "Discussed on November 10, 2026" in text_of(client, letter.get_absolute_url())


def test_description_is_received_from_the_page_of_its_request(
    client_of: ClientOf, secretary: User, management: User
) -> None:
    asked = a_request(service="us-income-tax-returns", by=management)
    client = client_of(secretary)
    page = client.get(asked.get_absolute_url())
    (link,) = [each for each in page.context["acts"] if "description" in each.label]
    form = client.get(link.url).context["form"]
    typed = {
        "kind": form["kind"].value(),
        "dated": "2026-11-03",
        "firm": a_firm().pk,
        "serves": form["serves"].value(),
        "describes": form["describes"].value(),
    }
    assert client.post("/auditor/letters/receive/", typed).status_code == 302
    assert list(Letter.objects.get().describes.all()) == [asked]
    facts = client.get(asked.get_absolute_url()).context["terms"]
    assert facts[-1].text.endswith("Its discussion with the committee is not (PCAOB Rule 3524).")
    assert facts[-1].url == Letter.objects.get().get_absolute_url()
    # Who asked reads where it stands and not the firm's paper.
    assert client_of(management).get(asked.get_absolute_url()).context["terms"][-1].url == ""


def test_description_is_said_once_and_to_the_delegate_as_it_stands(
    client_of: ClientOf, chair: User
) -> None:
    policy.delegate(
        [a_seat(a_director("Clara Chair", user=chair)).director],
        adopted_on=date(2026, 1, 15),
        currency="USD",
        **SIGNED,
    )
    asked, client = a_request(service="us-income-tax-returns"), client_of(chair)
    asks = "Before the approval, the auditor describes this service"
    assert text_of(client, asked.get_absolute_url()).count(asks) == 1
    approve = f"{asked.get_absolute_url()}approve/"
    assert asks in text_of(client, approve)
    paper = a_letter(kind=LetterKind.DESCRIPTION, describes=[asked])
    letters.discuss(paper, held_on=date(2026, 11, 10), **SIGNED)
    page = text_of(client, approve)
    assert asks not in page
    assert "was discussed on November 10, 2026" in page


def test_declined_service_asks_for_no_description_on_its_page(
    client_of: ClientOf, secretary: User
) -> None:
    asked, client = a_request(service="us-income-tax-returns"), client_of(secretary)
    assert "Auditor's description" in labels_of(client, asked)
    requests.decline(asked, decided_on=date(2026, 11, 20), reason="Another firm.", **SIGNED)
    assert "Auditor's description" not in labels_of(client, asked)


def labels_of(client: Client, asked: ServiceRequest) -> list[str]:
    return [each.term for each in client.get(asked.get_absolute_url()).context["terms"]]


def test_firm_reads_its_description_and_no_request_for_a_service(
    client_of: ClientOf, external_auditor: User, secretary: User
) -> None:
    firms.set_contacts(a_firm(), contacts=[external_auditor], **SIGNED)
    asked = a_request(service="us-income-tax-returns", subject="Returns for 2026")
    paper = a_letter(kind=LetterKind.DESCRIPTION, describes=[asked])
    assert str(asked) in text_of(client_of(secretary), paper.get_absolute_url())
    page = client_of(external_auditor).get(paper.get_absolute_url())
    assert page.status_code == 200
    assert str(asked) not in page.content.decode()


def test_description_of_nothing_is_refused_beside_its_field(
    client_of: ClientOf, secretary: User
) -> None:
    client = client_of(secretary)
    form = client.get("/auditor/letters/receive/").context["form"]
    typed = {
        "kind": "description",
        "dated": "2026-11-03",
        "firm": a_firm().pk,
        "serves": form["serves"].value(),
    }
    page = client.post("/auditor/letters/receive/", typed)
    assert list(page.context["form"].errors) == ["kind"]
    a_request(service="us-income-tax-returns")
    page = client.post("/auditor/letters/receive/", typed)
    assert list(page.context["form"].errors) == ["describes"]


def test_finding_goes_from_the_first_word_to_closure(
    client_of: ClientOf, secretary: User, management: User
) -> None:
    finding = a_finding(owner=management)
    path = f"/auditor/findings/{finding.pk}/"
    keeper, owner = client_of(secretary), client_of(management)
    plan = {"text": "Second signature", "target_on": "2026-09-30", "set_on": "2026-04-01"}
    assert owner.post(f"{path}plan/", plan).status_code == 302
    refused = keeper.post(f"{path}close/", {"closed_on": "2026-11-03"})
    assert "No date is on file for this step: Tested" in refused.content.decode()
    remediated(finding)
    assert keeper.post(f"{path}close/", {"closed_on": "2026-11-03"}).status_code == 302
    assert "Closed by the committee" in text_of(keeper, path)
    assert Finding.objects.get().closure.closed_on == date(2026, 11, 3)


def test_management_sees_its_own_findings(client_of: ClientOf, management: User) -> None:
    other = a_finding(title="Expenses of an officer")
    client = client_of(management)
    assert "Expenses" not in text_of(client, "/auditor/findings/?show=all")
    assert client.get(other.get_absolute_url()).status_code == 404


def test_committee_report_is_refused_and_then_issued(
    client_of: ClientOf, secretary: User, stage: Stage
) -> None:
    a_seat(a_director("Ngozi Okafor"), stage.committee)
    an_engagement(year_ends_on=FY25, appointed_on=date(2025, 5, 6))
    review = reports.record_review(year_ends_on=FY25, reviewed_on=date(2026, 3, 5), **SIGNED)
    client, path = client_of(secretary), f"/auditor/reviews/{review.pk}/issue/"
    typed = {"proxy_on": "2026-04-20", "adopted_on": "2026-04-17"}
    refused = client.post(path, typed).content.decode()
    assert "The discussion of the independence letter is not on file" in refused
    letter = a_letter(dated=date(2026, 2, 18), received_on=date(2026, 2, 18), serves=FY25)
    letters.discuss(letter, held_on=date(2026, 3, 5), **SIGNED)
    reports.record_review(
        year_ends_on=FY25,
        discussed_on=date(2026, 3, 5),
        letter=letter,
        recommended_on=date(2026, 3, 5),
        filed_on=date(2026, 3, 10),
        **SIGNED,
    )
    shown = client.post(path, typed).content.decode()
    assert "reviewed and discussed with management the audited financial" in shown
    assert "Ngozi Okafor" in shown
    assert not CommitteeReport.objects.exists()
    assert client.post(path, typed | {"confirmed": "1"}).status_code == 302
    report = CommitteeReport.objects.get()
    assert [str(name.director) for name in report.names.all()] == ["Ngozi Okafor"]
    assert "Its statements" not in text_of(client, "/auditor/years/2025-12-31/")


# The proxy's table


def test_table_is_printed_and_kept_as_it_was_issued(client_of: ClientOf, secretary: User) -> None:
    an_engagement()
    a_fee("850400")
    a_fee("20300", category=FeeCategory.ALL_OTHER, service="training", description="Training")
    client = client_of(secretary)
    page = text_of(client, "/auditor/fees/table/?unit=1000&year=2026-12-31")
    for words in ("850", "20", "871", "in thousands of USD", "rounding"):
        assert words in page
    issue = "/auditor/fees/table/issue/?year=2026-12-31"
    refused = client.post(issue, {"unit": "1000"}).content.decode()
    assert "Describe the nature of the services" in refused
    given = {"unit": "1000", "all_other": "Training of the finance team."}
    assert client.post(issue, given).status_code == 302
    issued = IssuedFeeTable.objects.get()
    a_fee("99000", description="Late bill")
    kept = text_of(client, issued.get_absolute_url())
    assert "871" in kept
    assert "Training of the finance team." in kept
    changed = text_of(client, "/auditor/fees/table/?year=2026-12-31")
    assert "differ by" in changed


def test_workbook_holds_values_and_no_formula(client_of: ClientOf, secretary: User) -> None:
    an_engagement()
    a_fee("850400.50", status=FeeStatus.ESTIMATED)
    answer = client_of(secretary).get("/auditor/fees/table.xlsx?year=2026-12-31")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        sheet = ET.fromstring(package.read("xl/worksheets/sheet1.xml"))
    assert not list(sheet.iter(f"{SHEET}f"))
    assert Decimal(850_401) in {Decimal(each.text) for each in sheet.iter(f"{SHEET}v")}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM", "'@SUM"),
        ("Fees & more <b>", "Fees & more <b>"),
        ("A\x00B", "AB"),
        ("\x00=1", "'=1"),
    ],
)
def test_text_of_a_workbook_is_never_a_formula(text: str, written: str) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook("Fees", [[text]]))) as package:
        sheet = ET.fromstring(package.read("xl/worksheets/sheet1.xml"))
        texts = ET.fromstring(package.read("xl/sharedStrings.xml"))
    assert [each.text for each in texts.iter(f"{SHEET}t")] == [written]
    assert not list(sheet.iter(f"{SHEET}f"))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal(850_401), "#,##0"),
        (Decimal("77.5"), "#,##0.0"),
        (Decimal("51.70"), "#,##0.00"),
        (Decimal("1E+6"), "#,##0"),
    ],
)
def test_figure_of_a_workbook_shows_the_decimals_it_was_given(value: Decimal, written: str) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook("Fees", [["Audit", value]]))) as package:
        sheet = ET.fromstring(package.read("xl/worksheets/sheet1.xml"))
        styles = ET.fromstring(package.read("xl/styles.xml"))
    (figure,) = [each for each in sheet.iter(f"{SHEET}c") if each.get("r") == "B1"]
    shapes = styles.find(f"{SHEET}cellXfs")
    assert shapes is not None
    used = shapes[int(figure.get("s", "0"))].get("numFmtId")
    own = {each.get("numFmtId"): each.get("formatCode") for each in styles.iter(f"{SHEET}numFmt")}
    assert ({"3": "#,##0", "4": "#,##0.00"} | own)[used] == written


def test_workbook_is_the_same_bytes_for_the_same_values() -> None:
    rows = [["Fees", "in USD"], ["Audit", Decimal("850400.50")], ["None", None]]
    assert workbook("Fees: 2026/2025", rows) == workbook("Fees: 2026/2025", rows)


def test_rotation_names_the_last_audit_and_the_way_back(
    client_of: ClientOf, secretary: User
) -> None:
    lead = firms.add_partner(name="Paula Partner", **SIGNED)
    for number in range(2023, 2027):
        audit = an_engagement(year_ends_on=date(number, 12, 31), appointed_on=date(number, 5, 5))
        firms.record_partner_year(
            lead, audit, role=PartnerRole.LEAD, stated_on=date(2026, 5, 5), **SIGNED
        )
    page = text_of(client_of(secretary), a_firm().get_absolute_url())
    for words in (
        "Year 4 of at most 5.",
        "Begin the search for a successor.",
        "Fiscal year 2027",
        "Fiscal year 2033",
    ):
        assert words in page


def test_approved_service_without_a_bill_stands_beside_what_was_billed(
    client_of: ClientOf, secretary: User
) -> None:
    an_engagement()
    approvals.approve_by_committee(
        a_request("46000", starts_on=date(2026, 11, 2)), approved_on=date(2026, 11, 2), **SIGNED
    )
    page = text_of(client_of(secretary), "/auditor/fees/?year=2026-12-31")
    assert "No bill is on file." in page
    assert "$46,000" not in text_of(client_of(secretary), "/auditor/fees/?year=2025-12-31")


def test_fee_without_a_line_stands_in_the_usual_one_of_its_service(
    client_of: ClientOf, secretary: User
) -> None:
    the_company()
    client = client_of(secretary)
    form = client.get("/auditor/fees/add/").context["form"]
    typed = {
        "firm": a_firm().pk,
        "recipient": the_company().pk,
        "year_ends_on": form["year_ends_on"].value(),
        "service": "comfort-letter",
        "description": "Comfort letter",
        "amount": "30000",
        "currency": "USD",
        "status": "estimated",
        "rendered_on": form["year_ends_on"].value(),
        "payer": "third_party",
        "body": "committee",
    }
    refused = client.post("/auditor/fees/add/", typed | {"service": "other"})
    assert list(refused.context["form"].errors) == ["category"]
    client.post("/auditor/fees/add/", typed)
    made = FeeLine.objects.get()
    assert made.category == FeeCategory.AUDIT
    page = text_of(client, f"/auditor/fees/?year={made.year_ends_on.isoformat()}")
    assert sentence(reason(Ground.PAID_BY_THIRD_PARTY)) in html.unescape(page)


def test_line_of_the_policy_without_an_end_runs_twelve_months(
    client_of: ClientOf, secretary: User
) -> None:
    typed = {
        "title": "Consents",
        "service": "consent",
        "work": "Consents for registration statements on Form S-8",
        "recipients": [the_company().pk],
        "starts_on": "2026-03-10",
        "cap": "60000",
        "currency": "USD",
        "adopted_on": "2026-03-10",
    }
    assert client_of(secretary).post("/auditor/policy/lines/add/", typed).status_code == 302
    assert PolicyLine.objects.get().last_on == date(2027, 3, 9)


def test_auditor_page_says_what_is_due_next(client_of: ClientOf, secretary: User) -> None:
    page = client_of(secretary).get("/auditor/")
    facts = {each.term: each.text for each in page.context["this_year"]}
    ends = long_day(date(clock.today().year, 12, 31))
    assert facts["Next independence letter"] == f"due by {ends}"
    assert facts["Next quality-control report"] == f"due by {ends}"


def test_year_says_that_the_plan_was_not_reviewed_before_the_last_quarter(
    client_of: ClientOf, secretary: User
) -> None:
    client, page = client_of(secretary), "/auditor/years/2025-12-31/"
    assert "September 30, 2025" in client.get(page).context["said"]
    plan = a_letter(
        kind=LetterKind.PLAN,
        dated=date(2025, 7, 1),
        received_on=date(2025, 7, 1),
        serves=FY25,
    )
    letters.discuss(plan, held_on=date(2025, 8, 5), **SIGNED)
    assert client.get(page).context["said"] == ""


def test_communication_that_was_given_is_folded_apart(client_of: ClientOf, secretary: User) -> None:
    path, item = "/auditor/years/2025-12-31/", "uncorrected-misstatements"
    before = client_of(secretary).get(path).context
    letter = a_letter(kind=LetterKind.COMMUNICATION, item=item, serves=FY25)
    after = client_of(secretary).get(path).context

    def still_open(context: Any) -> int:
        return sum(len(items) for _due, items in context["open_items"])

    assert before["given_items"] == []
    assert [row.url for row in after["given_items"]] == [letter.get_absolute_url()]
    assert still_open(after) == still_open(before) - 1


def test_discussion_is_offered_first_until_it_is_on_file(
    client_of: ClientOf, secretary: User
) -> None:
    letter = a_letter()
    client, path = client_of(secretary), letter.get_absolute_url()
    assert client.get(path).context["first"].label == "Record discussion"
    letters.discuss(letter, held_on=date(2026, 11, 10), **SIGNED)
    page = client.get(path)
    assert (page.context["first"], page.context["again"].label) == (None, "Record discussion")


def test_fee_table_offers_its_years(client_of: ClientOf, secretary: User) -> None:
    an_engagement()
    years = client_of(secretary).get("/auditor/fees/table/?unit=1000").context["years"]
    assert [each["is_current"] for each in years].count(True) == 1
    assert all("unit=1000" in each["url"] for each in years)


def test_fee_table_ends_with_the_last_year_that_is_over(
    client_of: ClientOf, secretary: User
) -> None:
    an_engagement()
    client, path = client_of(secretary), "/auditor/fees/table/"
    current = [one for one in client.get(path).context["years"] if one["is_current"]]
    assert "year=2025-12-31" in current[0]["url"]


def test_table_is_that_of_the_firm_that_reports_on_its_latest_year(
    client_of: ClientOf, secretary: User
) -> None:
    """The auditor changed between the fiscal years: the other one's columns are optional."""
    elm, ash = a_firm("Elm LLP"), a_firm()
    last, this = date(2025, 12, 31), date(2026, 12, 31)
    an_engagement(firm=elm, year_ends_on=last, appointed_on=date(2025, 5, 6))
    an_engagement(firm=ash, year_ends_on=this)
    for firm, year, amount in ((elm, last, "40000"), (ash, this, "28000")):
        a_fee(amount, firm=firm, year_ends_on=year)
    client, path = client_of(secretary), "/auditor/fees/table/"

    def columns(**asked: str) -> list[tuple[str, str]]:
        table = client.get(path, asked).context["table"]
        total = table.lines[-1].cells
        return [(head.firm, cell) for head, cell in zip(table.heads, total, strict=True)]

    assert columns(year="2025-12-31") == [("Elm LLP", "40,000"), ("Elm LLP", "none")]
    name = "Ash & Birch LLP"
    assert columns(year="2026-12-31") == [(name, "28,000"), (name, "none")]
    assert columns(year="2026-12-31", predecessor="shown") == [
        (name, "28,000"),
        ("Elm LLP (predecessor)", "none"),
        (name, "none"),
        ("Elm LLP (predecessor)", "40,000"),
    ]
    asked = "?year=2026-12-31&predecessor=shown"
    assert "predecessor=shown" in text_of(client, f"{path}?year=2026-12-31")
    issue = f"/auditor/fees/table/issue/{asked}"
    form = client.get(issue).context["form"]
    assert form["predecessor"].value() is True
    assert client.post(issue, {"unit": "1", "predecessor": "on"}).status_code == 302
    issued = IssuedFeeTable.objects.get()
    assert (issued.firm, issued.amounts.filter(firm=elm, amount=40_000).count()) == (ash, 1)
    alone = client.get("/auditor/fees/table/issue/?year=2025-12-31").context["form"]
    assert "predecessor" not in alone.fields


def test_other_fees_without_any_audit_fee_are_above_it(
    client_of: ClientOf, secretary: User
) -> None:
    """A ratio has no percentage without a base, and its warning stands."""
    a_fee("5000", category=FeeCategory.ALL_OTHER, service="training", description="Training")
    page = text_of(client_of(secretary), "/auditor/fees/?year=2026-12-31")
    assert "Other fees, $5,000, are above audit, audit-related and tax compliance fees, $0" in page


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        (Decimal("1.10"), "which is $44,000 more than approved and within the tolerance"),
        (Decimal("1.30"), "which is $52,000 more than the approved $520,000"),
        (None, "cannot be computed: rate missing"),
    ],
)
def test_bill_in_another_currency_is_held_against_the_tolerance_at_its_rate(
    client_of: ClientOf, secretary: User, rate: Decimal | None, shown: str
) -> None:
    """Approved EUR 400,000, billed EUR 440,000; the policy tolerates USD 50,000."""
    policy.adopt_policy(
        adopted_on=date(2026, 1, 15), currency="USD", tolerance_amount=Decimal(50_000), **SIGNED
    )
    exchange = Rate(rate, date(2026, 11, 2)) if rate else None
    start = date(2026, 11, 2)
    asked = a_request(fee=Money(Decimal(400_000), "EUR"), rate=exchange, starts_on=start)
    approval = approvals.approve_by_committee(asked, approved_on=start, **SIGNED)
    a_fee(
        fee=Money(Decimal(440_000), "EUR"),
        rate=exchange,
        service="consent",
        approval=approval,
        status=FeeStatus.BILLED,
        invoice_number="7",
        invoiced_on=date(2026, 11, 18),
    )
    assert shown in text_of(client_of(secretary), "/auditor/fees/?year=2026-12-31")
