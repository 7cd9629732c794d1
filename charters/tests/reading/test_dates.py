"""When a charter says it was adopted and took effect."""

from datetime import date

import pytest

from charters.reading.dates import adoption

TODAY = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("lines", "adopted", "effective"),
    [
        (["Adopted March 9, 2004"], date(2004, 3, 9), None),
        (["(As adopted by the Board on 9 March 2004)"], date(2004, 3, 9), None),
        (["Adopted as of the 9th day of March, 2004"], date(2004, 3, 9), None),
        (["Last amended: 2024-02-12"], date(2024, 2, 12), None),
        (["Revised 10/25/17"], date(2017, 10, 25), None),
        (["Approved Sept. 5, 2019"], date(2019, 9, 5), None),
        (
            ["Adopted effective as of May 1, 2019; amended and restated February 12th, 2024"],
            date(2024, 2, 12),
            None,
        ),
        (["As Amended and Restated Effective March 1, 2023"], None, date(2023, 3, 1)),
        (
            ["Adopted by the Board on February 12, 2024, effective March 1, 2024"],
            date(2024, 2, 12),
            date(2024, 3, 1),
        ),
        (
            ["Approved by the Committee: March 12, 2004", "Approved by the Board: March 10, 2004"],
            date(2004, 3, 10),
            None,
        ),
        (["Approved by the Audit Committee on March 12, 2004"], date(2004, 3, 12), None),
        (["Adopted March 9, 2004", "Reviewed January 5, 2025"], date(2004, 3, 9), None),
        (["Adopted March 9, 2004", "Amended April 1, 2030"], date(2004, 3, 9), None),
        (["(Amended February 2004)"], None, None),
        (["Adopted February 30, 2004"], None, None),
        (["Page 3", "Acorn Corp."], None, None),
    ],
)
def test_the_dates_of_adoption_and_effect_are_read(lines, adopted, effective):
    found = adoption(lines, TODAY)
    assert (found.adopted_on, found.effective_on) == (adopted, effective)


def test_the_words_are_kept_for_the_secretary_to_check():
    lines = ["Page 3", "(Amended February 2004)", "Acorn Corp."]
    assert adoption(lines, TODAY).words == ("(Amended February 2004)",)


def test_a_long_paragraph_is_no_line_about_adoption():
    assert adoption([f"Adopted March 9, 2004 {'and so on ' * 20}"], TODAY).adopted_on is None
