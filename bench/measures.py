"""What is measured. A page is one more name in `PAGES` or `LISTS`; anything else is a function in `measures`."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from bench import auditors, concerns, meetings, notices
from bench.timing import Measurement, Timing, alone, behind, once, timed
from charter_portal.enums import Audience
from charter_portal.reports import Scope, compose, render
from charter_portal.reports.render import render_html
from charters import standing
from charters.models import Committee
from records import pdf
from records.models import Company

# Names of addresses that need no argument, as the corporate secretary sees them.
PAGES = ["home", "charter", "year", "company", "auditor", "fee_table"]
# Those that list rows: 400 a second from two processes, so 200 from one.
LISTS = ["meetings", "open_items", "reports", "people", "notices", "ledger"]
LIST_GOAL = 0.005
STANDING_GOAL = 0.050
REPORT_GOAL = 1.2
TIMES = 60
SETTINGS = 5


def secretary() -> User:
    return next(user for user in User.objects.active() if user.roles(date.max) == {Role.SECRETARY})


def pages(names: list[str]) -> Iterator[Measurement]:
    """Pages through every layer of the application, beside their queries alone."""
    client = Client()
    client.force_login(secretary())
    for name in ["bare", *names]:
        get = visit(client, reverse(name))
        made = behind(get)
        timing, floor = timed(get, TIMES), timed(alone(made), TIMES)
        goal = "400 a second" if name in LISTS else ""
        yield Measurement(name, timing, made, floor, goal, timing.p50 <= LIST_GOAL)


def visit(client: Client, url: str) -> Callable[[], None]:
    def get() -> None:
        status = client.get(url, secure=True).status_code
        assert status == 200, f"{url} answered {status}"

    return get


def standings(today: date) -> Measurement:
    committee = Committee.objects.audit()
    assert committee

    def read() -> object:
        return standing.read(committee, today)

    made = behind(read)
    timing = timed(read, TIMES)
    is_met = timing.p50 <= STANDING_GOAL
    return Measurement("standing", timing, made, timed(alone(made), TIMES), "50 ms", is_met)


def board_report(today: date) -> Measurement:
    """The whole report beside the bare renderer on the same HTML, in turns."""
    company, committee = Company.objects.get(), Committee.objects.audit()
    assert committee
    scope = Scope(
        period_from=today - timedelta(days=365),
        period_to=today,
        as_of=today,
        audience=Audience.BOARD,
    )

    def composed() -> object:
        return compose(committee, scope, company=company, on=today)

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
    yield from pages(PAGES + LISTS)
    yield standings(today)
    yield from auditors.ruling(today)
    yield from notices.measures()
    yield from concerns.measures()
    yield from meetings.measures(secretary())
    if pdf.is_available():
        yield board_report(today)
