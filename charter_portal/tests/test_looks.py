"""What pages have in common to the eye: one place for a control, and a way through what is long."""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from lxml import html

from accounts.models import User
from charter_portal.tests.reporting import World, make_world
from charters.tests.charters import Stage, set_the_stage
from committees.models import Director

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
ROOT = Path(__file__).resolve().parents[2]
FORMS = [*ROOT.glob("*/forms.py"), *ROOT.glob("*/forms/*.py")]
# Of these each has a control for the date, and no other page may put one elsewhere.
DATED = ["/charter/", "/year/", "/deadlines/", "/committee/", "/directors/{director}/independence/"]


@pytest.fixture
def world(chair: User) -> World:
    return make_world(chair)


def parsed(client: Client, path: str) -> html.HtmlElement:
    page = client.get(path, follow=True)
    assert page.status_code == 200, path
    return html.fromstring(page.content)


@pytest.mark.parametrize("path", DATED)
def test_date_control_has_one_place(
    path: str, world: World, client_of: ClientOf, secretary: User
) -> None:
    director = Director.objects.all()[0]
    page = parsed(client_of(secretary), path.format(director=director.pk))
    assert len(page.xpath("//form[contains(@class, 'as-of')]")) == 1
    assert (
        len(page.xpath("//header/div[@class='as-of-place']/form[contains(@class, 'as-of')]")) == 1
    )


@pytest.mark.parametrize("path", ["/charter/", "/year/", "/deadlines/", "/charter/R-2/"])
def test_sections_of_a_long_page_can_be_gone_to(
    path: str, client_of: ClientOf, secretary: User, chair: User
) -> None:
    stage: Stage = set_the_stage()
    stage.complete(stage.duty(owner=secretary), date(2026, 5, 5))
    stage.duty(stage.size, title="Another", owner=chair)
    page = parsed(client_of(secretary), path)
    sections = {
        section.get("aria-labelledby") for section in page.xpath("//section[@aria-labelledby]")
    } or set(page.xpath("//tr[@class='year-group']/th/@id"))
    index = page.xpath("//nav[@class='index']//a/@href")
    assert index
    assert {link.removeprefix("#") for link in index} == sections


def test_report_that_is_read_has_an_index(
    world: World, client_of: ClientOf, secretary: User
) -> None:
    client = client_of(secretary)
    period = {"period_from": "2026-01-01", "period_to": "2026-09-30", "audience": "board"}
    page = html.fromstring(client.post("/reports/new/", period, follow=True).content)
    index = page.xpath("//nav[@class='index']//a/@href")
    assert "#ahead" in index
    assert [link.removeprefix("#") for link in index] == page.xpath("//article//section/@id")


def groups_named() -> Iterator[tuple[str, str]]:
    """Each group of fields that a form shows with a choice, and the file that says so."""
    for path in FORMS:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "only_for":
                for key in getattr(node.args[1], "keys", ()):
                    yield key.value, path.name


def test_fields_of_one_choice_are_shown_with_it_by_the_style_sheet() -> None:
    styled = re.findall(
        r"\.form:not\(:has\(.+\)\) \.only-([a-z-]+):not\(\.field-wrong\)",
        (ROOT / "static" / "css" / "forms.css").read_text(),
    )
    assert len(styled) == len(set(styled)) > 10
    assert set(styled) == {group for group, __ in groups_named()}


@pytest.mark.parametrize(
    ("path", "field", "group"),
    [
        ("/charter/R-2/duty/", "times", "times"),
        ("/charter/R-2/duty/", "cadence", "dated"),
        ("/company/fiscal-year-ends/add/", "weekday", "by-weekday"),
        ("/actions/add/", "owner_name", "without-owner"),
    ],
)
def test_field_is_marked_with_its_choice(
    path: str, field: str, group: str, client_of: ClientOf, secretary: User
) -> None:
    set_the_stage()
    page = parsed(client_of(secretary), path)
    [box] = page.xpath(f"//div[@id='div_id_{field}']")
    assert f"only-{group}" in box.get("class").split()
