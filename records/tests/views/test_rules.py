"""Rules and thresholds: what the portal uses, in force when, by which source."""

import re
from collections.abc import Callable
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.utils.html import escape

from accounts.models import User
from records.rule_data import TABLE
from records.tests.reading import as_read

pytestmark = pytest.mark.django_db


def rows(client: Client) -> dict[str, list[tuple[str, str, bool]]]:
    groups = client.get("/rules/").context["groups"]
    return {
        rule.title: [(value.words, value.since, value.is_current) for value in rule.values]
        for __, rules in groups
        for rule in rules
    }


@pytest.mark.parametrize(
    ("on", "current"),
    [
        ("2020-04-26", "$500,000,000"),
        ("2020-04-27", "$560,000,000"),
        ("2026-11-20", "$560,000,000"),
    ],
)
def test_page_marks_the_value_that_is_in_force_today(
    client_of: Callable[..., Client], on: str, current: str, member: User
) -> None:
    with time_machine.travel(f"{on}T17:00:00Z", tick=False):
        found = rows(client_of(member))["Large accelerated filer no longer: public float below"]
    assert [words for words, __, is_current in found if is_current] == [current]
    assert [(words, since) for words, since, __ in found] == [
        ("$560,000,000", "Since Apr 27, 2020"),
        ("$500,000,000", "Dec 27, 2005 to Apr 26, 2020"),
    ]


def test_page_shows_every_rule_with_every_source(
    client_of: Callable[..., Client], member: User
) -> None:
    page = as_read(client_of(member).get("/rules/").content.decode())
    for rule in TABLE.rules.values():
        assert escape(rule.title) in page
        assert all(escape(each.citation) in page for each in rule.values)
        assert all(escape(each.source) in page for each in rule.proposals)
    assert page.count("Proposed, not in effect") == 7


def test_page_is_there_before_the_company_is_set_up(
    client_of: Callable[..., Client], administrator: User
) -> None:
    assert client_of(administrator).get("/rules/").status_code == 200


def test_company_page_leads_to_it(client_of: Callable[..., Client], member: User) -> None:
    assert 'href="/rules/"' in client_of(member).get("/company/").content.decode()


def test_sections_are_folded_and_opened_by_their_names(
    client_of: Callable[..., Client], member: User
) -> None:
    answer = client_of(member).get("/rules/")
    opened = re.findall(r"<details([^>]*)>\s*<summary><h2>([^<]+)", answer.content.decode())
    names = [name for name, __ in answer.context["groups"]]
    assert [unescape(name) for __, name in opened] == [str(name) for name in names]
    assert not any("open" in attributes for attributes, __ in opened)
