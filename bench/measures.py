"""What is measured. A page is one more name in `PAGES` or `LISTS`; anything else is a function in `measures`."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.db.models import Count
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from bench import auditors, concerns, meetings, notices
from bench.timing import Measurement, Timing, alone, behind, once, timed
from charter_portal.enums import Audience
from charter_portal.reports import Scope, compose, render
from charter_portal.reports.render import render_html
from charters import snapshots, standing
from charters.models import Clause, Committee
from records import pdf
from records.models import Company

# Milliseconds of a page as the corporate secretary sees it, by the name of an address that needs no
# argument; lists have one budget.
LIST = 8
BUDGETS = {
    "home": 15,
    "charter": 15,
    "year": 30,
    "open_items": 10,
    "deadlines": 15,
    "ledger": 15,
    "auditor": 20,
    "fee_table": 20,
    "company": LIST,
    "meetings": LIST,
    "reports": LIST,
    "people": LIST,
    "notices": LIST,
}
CLAUSE = 10
# The first page after an act, which computes for all that come after it.
FIRST = 250
FIRSTS = ("home", "charter", "open_items", "deadlines")
STANDING_GOAL = 0.050
REPORT_GOAL = 1.2
TIMES, FEW = 60, 10
SETTINGS = 5


def secretary() -> User:
    return next(user for user in User.objects.active() if user.roles(date.max) == {Role.SECRETARY})


def pages() -> Iterator[Measurement]:
    """Pages through every layer of the application, beside their queries alone."""
    client = Client()
    client.force_login(secretary())
    yield page("bare", visit(client, reverse("bare")))
    for name, budget in BUDGETS.items():
        yield page(name, visit(client, reverse(name)), budget)
    yield page("clause", visit(client, longest_clause().get_absolute_url()), CLAUSE)
    for name in FIRSTS:
        get = visit(client, reverse(name))
        yield page(f"{name}, first", lambda get=get: (snapshots.forget(), get()), FIRST, FEW)


def page(
    name: str, get: Callable[[], object], budget: int | None = None, times: int = TIMES
) -> Measurement:
    get()  # what the first visitor pays has rows of its own
    made = behind(get)
    timing, floor = timed(get, times), timed(alone(made), times)
    is_met = budget is None or timing.p50 <= budget / 1000
    return Measurement(name, timing, made, floor, f"{budget} ms" if budget else "", is_met)


def longest_clause() -> Clause:
    """The clause in effect with the most responsibilities."""
    clauses = Clause.objects.annotate(count=Count("duties")).order_by("-count", "pk")
    return clauses.select_related("version")[0]


def visit(client: Client, url: str) -> Callable[[], None]:
    def get() -> None:
        status = client.get(url, secure=True).status_code
        assert status == 200, f"{url} answered {status}"

    return get


def standings(today: date) -> Measurement:
    committee = Committee.objects.audit()
    assert committee

    def read() -> object:
        snapshots.forget()
        return standing.read(committee, today)

    made = behind(read)
    timing = timed(read, TIMES)
    is_met = timing.p50 <= STANDING_GOAL
    return Measurement("standing", timing, made, timed(alone(made), TIMES), "50 ms", is_met)


def composing(today: date) -> Callable[[], object]:
    """How the report to the Board on the last year is composed."""
    company, committee = Company.objects.get(), Committee.objects.audit()
    assert committee
    scope = Scope(
        period_from=today - timedelta(days=365),
        period_to=today,
        as_of=today,
        audience=Audience.BOARD,
    )

    return lambda: compose(committee, scope, company=company, on=today)


def board_report(today: date) -> Measurement:
    """The whole report beside the bare renderer on the same HTML, in turns."""
    composed = composing(today)
    html = render_html(composed())
    turns = [(once(lambda: render(composed())), once(lambda: bare(html))) for _ in range(SETTINGS)]
    whole, floor = (Timing(tuple(sorted(side))) for side in zip(*turns, strict=True))
    is_met = whole.p50 <= REPORT_GOAL * floor.p50
    return Measurement(
        "Board report", whole, behind(composed), floor, "1.2 of bare WeasyPrint", is_met
    )


def bare(html: str) -> bytes:
    from weasyprint import HTML

    document = HTML(string=html, base_url=pdf._root(), url_fetcher=pdf._fetcher())
    return bytes(document.write_pdf(pdf_variant=pdf.VARIANT))


def measures(today: date) -> Iterator[Measurement]:
    yield from pages()
    yield standings(today)
    yield from auditors.ruling(today)
    yield from notices.measures()
    yield from concerns.measures()
    yield from meetings.measures(secretary())
    if pdf.is_available():
        yield board_report(today)
