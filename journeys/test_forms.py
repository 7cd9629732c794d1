"""Forms show the fields that apply to what is chosen, also without scripts."""

import pytest
from playwright.sync_api import Page, expect

from journeys.portal import Portal, press, sign_in

SECRETARY = "Eleanor Whitcombe"


@pytest.fixture
def signed_in(page: Page, demo_portal: Portal) -> Page:
    return sign_in(page, demo_portal, SECRETARY)


def test_terms_follow_the_kind_and_how_often(signed_in: Page, demo_portal: Portal) -> None:
    signed_in.goto(f"{demo_portal.url}/charter/R-2/duty/")
    kind, how_often = signed_in.get_by_label("Kind"), signed_in.get_by_label("How often")
    times, months = (
        signed_in.get_by_label("Times in a fiscal year"),
        signed_in.get_by_label("Within so many months"),
    )
    expect(times).to_be_visible()
    expect(months).to_be_hidden()
    how_often.select_option("months")
    expect(times).to_be_hidden()
    expect(months).to_be_visible()
    kind.select_option("event")
    expect(how_often).to_be_hidden()
    expect(months).to_be_hidden()


def test_field_with_an_error_is_shown_whatever_is_chosen(
    signed_in: Page, demo_portal: Portal
) -> None:
    signed_in.goto(f"{demo_portal.url}/charter/R-2/duty/")
    signed_in.get_by_label("Title").fill("Look at it")
    signed_in.get_by_label("Within so many months").evaluate("field => { field.value = '0' }")
    press(signed_in, "Add responsibility")
    expect(signed_in.get_by_label("Within so many months")).to_be_visible()
