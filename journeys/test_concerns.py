"""Concerns: an employee reports from a phone, comes back and replaces the code; a reader takes the
case to its end; what was planted in the request is found nowhere."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from journeys.portal import Portal, faults_of, press, reads, sign_in
from journeys.walking import kind_of, walk
from whistleblower.demo import CODES, PASSPHRASE
from whistleblower.forms.public import asked_parts

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True}
AGENT, WORD = "Planted-Browser/4711", "Quetzalcoatlus"


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def phone(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Page:
    return new_page(
        java_script_enabled=request.param,
        user_agent=AGENT,
        **PHONE,
    )


def code_on(page: Page) -> str:
    page.locator(".code-parts strong").first.wait_for()
    # The parts are asked for by their numbers, so that each shows its own.
    shown = page.locator(".code-parts").evaluate("each => getComputedStyle(each).listStyleType")
    assert shown == "decimal"
    return " ".join(page.locator(".code-parts strong").all_inner_texts())


def type_back(page: Page, code: str) -> None:
    parts = code.split()
    for name, number in zip(("one", "two"), asked_parts(code), strict=True):
        page.locator(f"#id_{name}").fill(parts[number - 1])


def test_employee_reports_in_spanish_comes_back_and_replaces_the_code(
    phone: Page, demo_portal: Portal
) -> None:
    page, base = phone, demo_portal.url
    page.goto(f"{base}/concerns/")
    page.get_by_role("link", name="Español").click()
    reads(page, "Lo que prometemos", "Judith Amankwah")
    page.get_by_role("link", name="Empezar un informe").click()
    code = code_on(page)
    type_back(page, code)
    press(page, "Siguiente")
    # The words and the box are one target.
    page.locator("label", has_text="Henrik Solberg").click()
    press(page, "Siguiente: ver quién lo leerá")
    assert "Henrik Solberg" not in page.locator("main").inner_text()
    # What is missing is said beside its field.
    press(page, "Enviar el informe")
    expect(page.locator("#id_what_error")).to_be_visible()
    page.get_by_label("¿Qué pasó?").fill(f"{WORD}: las facturas se guardaron hasta enero.")
    page.locator("label", has_text="Alguien está en peligro").click()
    press(page, "Enviar el informe")
    reads(page, "Su informe fue recibido")
    assert code_on(page) == code
    press(page, "Listo: cerrar este formulario")
    assert WORD not in page.content()

    page.goto(f"{base}/concerns/es/return/")
    page.get_by_label("Su código").fill(f" {code.upper()}")
    press(page, "Abrir")
    reads(page, WORD, "Recibido")
    page.get_by_label("Escriba a los lectores").fill("Una cosa más.")
    page.get_by_role("button", name="Enviar", exact=True).click()
    reads(page, "Una cosa más.")
    press(page, "Obtener un código nuevo")
    new = code_on(page)
    type_back(page, new)
    press(page, "Usar el código nuevo")
    reads(page, "Una cosa más.")
    page.get_by_role("button", name="Ocultar estos mensajes").click()
    expect(page.locator("main")).not_to_contain_text("Una cosa más.")
    page.get_by_role("button", name="Listo: cerrar esta página").first.click()
    page.goto(f"{base}/concerns/es/return/")
    page.get_by_label("Su código").fill(code)
    press(page, "Abrir")
    reads(page, "No se encontró ningún informe")
    assert found(demo_portal.var, AGENT, WORD) == []


def found(var: Path, *planted: str) -> list[str]:
    """Where a planted word stands in any file of the installation, logs and mails included."""
    return [
        f"{word} in {path.name}"
        for path in var.rglob("*")
        if path.is_file()
        for word in planted
        if word.encode() in path.read_bytes()
    ]


def test_reader_takes_a_case_to_its_end_without_scripts(
    new_page: Callable[..., Page], demo_portal: Portal
) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, demo_portal, "Hiroshi Tanabe")
    page.goto(f"{demo_portal.url}/desk/")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    press(page, "Open the desk")
    page.locator("tbody tr").filter(has_text="No category yet").first.get_by_role("link").click()
    press(page, "Read the case")
    page.get_by_role("link", name="Acknowledge", exact=True).click()
    press(page, "Acknowledge")
    page.get_by_role("link", name="Close case").click()
    page.get_by_label("Message to the reporter").fill("The invoices were booked.")
    page.get_by_label("Reason").fill("Looked into.")
    press(page, "Close case")
    reads(page, "Closed", "The invoices were booked.")
    press(page, "Close the desk")


# An administrator has fewer pages.
NEAREST = 40
# A page that draws a code or a secret at each request.
NEW_EACH_TIME = {"concerns_report", "concerns_practice", "mfa_activate_totp"}
ACCUSED = (
    "Judith Amankwah, Chair of the audit committee",
    "Grace Nakamura, Chief Financial Officer",
    "Eleanor Whitcombe, Corporate Secretary",
)


def test_the_accused_and_the_administrator_look_everywhere_and_find_nothing(
    new_page: Callable[..., Page], demo_portal: Portal
) -> None:
    watched = {
        role: person(new_page(), demo_portal, role)
        for role in ("Chair", "Management", "Corporate secretary", "Administrator")
    }
    before = {role: seen(page, demo_portal) for role, page in watched.items()}
    report(new_page(**PHONE), demo_portal, out=ACCUSED)
    for role, page in watched.items():
        open_desk(page, demo_portal)
        after = {url: words(page.goto(url)) for url in before[role]}
        assert after == before[role]
        assert len(after) >= NEAREST // 2
        assert all(WORD not in text for text in after.values())


def person(page: Page, portal: Portal, role: str) -> Page:
    """Somebody of the demo by role; the accused chair by name, with an open desk."""
    if role == "Chair":
        return sign_in(page, portal, "Judith Amankwah")
    page.goto(f"{portal.url}/sign-in/")
    page.locator("tr").filter(has_text=role).first.get_by_role("button").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def seen(page: Page, portal: Portal) -> dict[str, str]:
    """The pages that links lead to, the nearest first, one of each kind, in their words."""
    open_desk(page, portal)
    found = (answer for answer in walk(page, portal, 1) if kind_of(answer.url) not in NEW_EACH_TIME)
    return {answer.url: words(answer) for answer in islice(found, NEAREST)}


def words(answer: Response) -> str:
    return answer.frame.locator("body").inner_text()


def open_desk(page: Page, portal: Portal) -> None:
    """Who has a passphrase opens the desk again, as one does to see what is new."""
    page.goto(f"{portal.url}/desk/")
    if page.get_by_role("button", name="Close the desk").count():
        press(page, "Close the desk")
        page.goto(f"{portal.url}/desk/")
    if page.get_by_label("Passphrase").count():
        page.get_by_label("Passphrase").fill(PASSPHRASE)
        press(page, "Open the desk")


def report(page: Page, portal: Portal, *, out: tuple[str, ...]) -> None:
    """Send an urgent report about these people, through the pages."""
    page.goto(f"{portal.url}/concerns/en/report/")
    page.get_by_role("button", name="I have printed or saved it").click()
    for each in out:
        page.locator("label", has_text=each).click()
    press(page, "Next: see who will read it")
    page.get_by_label("What happened?").fill(f"{WORD}: the accruals were released.")
    page.locator("label", has_text="Somebody is in danger").click()
    press(page, "Send the report")
    reads(page, "Your report was received")


def test_pages_of_the_channel_and_the_desk_are_accessible_and_fit(
    demo_portal: Portal, new_page: Callable[..., Page]
) -> None:
    page = new_page(bypass_csp=True, **PHONE)
    faults = []
    for path in ("", "en/report/", "es/report/", "es/return/"):
        page.goto(f"{demo_portal.url}/concerns/{path}")
        faults += faults_of(page)
    page.goto(f"{demo_portal.url}/concerns/en/return/")
    page.get_by_label("Your code").fill(CODES["case"])
    press(page, "Open")
    faults += faults_of(page)
    page.get_by_role("button", name="Done: close this page").first.click()
    faults += faults_of(page)
    sign_in(page, demo_portal, "Judith Amankwah")
    page.goto(f"{demo_portal.url}/desk/")
    faults += faults_of(page)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    press(page, "Open the desk")
    faults += faults_of(page)
    for path in ("desk/readers/", "desk/key/", "channel/"):
        page.goto(f"{demo_portal.url}/{path}")
        faults += faults_of(page)
    assert faults == []
