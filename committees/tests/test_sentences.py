"""Every reason as counsel reads it, and words that stay neutral."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import translation

from committees import enums
from committees.enums import Reason, Standing
from committees.rules.catalogue import CATALOGUE, NOTES
from committees.rules.terms import Ruling
from committees.sentences import because, period_name
from records.calendar import Calendar, Period, YearEnd

CALENDAR = Calendar((YearEnd(date(1900, 1, 1), 12, 31),))
FY25, FY26 = CALENDAR.year_of(date(2025, 6, 1)), CALENDAR.year_of(date(2026, 6, 1))
Q3 = CALENDAR.quarter_of(date(2026, 8, 1))
MAY, DECEMBER = date(2026, 5, 5), date(2026, 12, 31)

ONCE = {"period": FY26, "count": 1, "wanted": 1, "due": DECEMBER, "last": MAY}
NEVER = {"period": FY26, "count": 0, "wanted": 1, "due": DECEMBER}
TWICE_OF_FOUR = {"period": FY26, "count": 2, "wanted": 4, "due": DECEMBER, "last": MAY}
ONE_OF_FOUR_BEFORE = {"before": FY25, "before_count": 1, "before_wanted": 4}
NONE_BEFORE = {"before": FY25, "before_count": 0, "before_wanted": 1}

# A reason, its facts, and the sentence.
SENTENCES = [
    # It was performed.
    (Reason.SERVED, ONCE, "Performed on May 5, 2026 for fiscal year 2026."),
    (
        Reason.SERVED,
        ONCE | {"period": Q3},
        "Performed on May 5, 2026 for the third quarter of fiscal year 2026.",
    ),
    (
        Reason.SERVED,
        TWICE_OF_FOUR | {"count": 4},
        "4 of 4 on record for fiscal year 2026, the last on May 5, 2026.",
    ),
    (
        Reason.SERVED_BEFORE,
        NEVER | {"before": FY25, "last": date(2025, 5, 6)},
        "Performed on May 6, 2025 for fiscal year 2025. Next due by December 31, 2026.",
    ),
    (
        Reason.SERVED_BEFORE,
        NEVER | {"before": FY25, "last": date(2025, 5, 6), "due": None},
        "Performed on May 6, 2025 for fiscal year 2025.",
    ),
    # It is to be performed.
    (Reason.DUE_BY, NEVER, "Due by December 31, 2026 for fiscal year 2026."),
    (
        Reason.DUE_BY,
        TWICE_OF_FOUR,
        "Due by December 31, 2026: 2 of 4 on record for fiscal year 2026.",
    ),
    (
        Reason.DUE_BY,
        NEVER | {"hint_since": date(2025, 5, 6)},
        "Due by December 31, 2026 for fiscal year 2026. "
        "More than fifteen months have passed since the last time, May 6, 2025.",
    ),
    (
        Reason.FIRST_DUE,
        NEVER | {"first": date(2026, 7, 1)},
        "In force since July 1, 2026; first due by December 31, 2026.",
    ),
    (
        Reason.ENDS_BEFORE_DUE,
        NEVER | {"until": date(2026, 6, 30)},
        "In force until June 30, 2026, before it next falls due.",
    ),
    # The record does not show it.
    (
        Reason.DAY_PASSED,
        NEVER | {"due": date(2026, 6, 30)},
        "The day, June 30, 2026, has passed and no record was found for fiscal year 2026.",
    ),
    (
        Reason.DAY_PASSED,
        TWICE_OF_FOUR | {"count": 0},
        "The day, December 31, 2026, has passed and no record was found for fiscal year 2026.",
    ),
    (
        Reason.DAY_PASSED,
        TWICE_OF_FOUR,
        "The day, December 31, 2026, has passed with 2 of 4 on record for fiscal year 2026.",
    ),
    (
        Reason.PERIOD_WITHOUT_RECORD,
        NEVER | NONE_BEFORE,
        "No record was found for fiscal year 2025. Due by December 31, 2026 for fiscal year 2026.",
    ),
    (
        Reason.PERIOD_WITHOUT_RECORD,
        TWICE_OF_FOUR | ONE_OF_FOUR_BEFORE | {"due": None},
        "1 of 4 on record for fiscal year 2025.",
    ),
    # The record does not reach back so far.
    (
        Reason.BEFORE_RECORD,
        {},
        "This day lies before the portal's records begin.",
    ),
    (
        Reason.BEFORE_RECORD,
        NEVER | {"due": date(2026, 6, 30)},
        "Due on June 30, 2026, before the portal's records begin.",
    ),
    (
        Reason.PARTLY_BEFORE_RECORD,
        NEVER,
        "Too little of fiscal year 2026 is on record to ask for it; next due by December 31, 2026.",
    ),
    (
        Reason.SPAN_BEFORE_RECORD,
        {"months": 36},
        "When it was last performed lies before the portal's records begin.",
    ),
    # Within so many months.
    (
        Reason.WITHIN_MONTHS,
        {"last": MAY, "months": 36, "due": date(2029, 5, 5)},
        "Last performed on May 5, 2026; to be done again within 36 months. Due by May 5, 2029.",
    ),
    (
        Reason.WITHIN_MONTHS,
        {"last": MAY, "months": 1, "due": date(2026, 6, 5)},
        "Last performed on May 5, 2026; to be done again within 1 month. Due by June 5, 2026.",
    ),
    (
        Reason.WITHIN_MONTHS,
        {"last": MAY, "months": 36, "due": None},
        "Last performed on May 5, 2026; to be done again within 36 months.",
    ),
    (
        Reason.WITHIN_MONTHS,
        {"last": None, "months": 36, "due": date(2029, 5, 5)},
        "Due by May 5, 2029.",
    ),
    (
        Reason.MONTHS_PASSED,
        {"last": None, "months": 36, "due": MAY},
        "The day, May 5, 2026, has passed and no record was found.",
    ),
    (
        Reason.MONTHS_PASSED,
        {"last": date(2023, 5, 5), "months": 36, "due": MAY},
        "Last performed on May 5, 2023. The day, May 5, 2026, has passed and no record was found.",
    ),
    # It is not judged.
    (
        Reason.DECLARED_NOT_APPLICABLE,
        {"since": MAY, "reason": "The company has no internal audit function"},
        "Not applicable since May 5, 2026: The company has no internal audit function.",
    ),
    (
        Reason.DECLARED_NOT_APPLICABLE,
        {"since": MAY, "reason": " Outsourced! "},
        "Not applicable since May 5, 2026: Outsourced!",
    ),
    (
        Reason.AUTHORITY,
        {"uses": 0},
        "An authority, not a duty; no use of it is on record.",
    ),
    (Reason.AUTHORITY, {"uses": 1}, "An authority, not a duty; 1 use of it is on record."),
    (Reason.AUTHORITY, {"uses": 3}, "An authority, not a duty; 3 uses of it are on record."),
    # What arose.
    (Reason.NOTHING_AROSE, {"period": FY26}, "Nothing arose in fiscal year 2026."),
    (
        Reason.ALL_DEALT_WITH,
        {"period": FY26, "arose": 2},
        "All that arose is dealt with: 2 in fiscal year 2026.",
    ),
    (
        Reason.OPEN_IN_TIME,
        {"open": 1, "due": DECEMBER},
        "1 is open, the next due by December 31, 2026.",
    ),
    (Reason.OPEN_IN_TIME, {"open": 2, "due": None}, "2 are open."),
    (
        Reason.OPEN_PAST_DAY,
        {"overdue": 1, "due": MAY},
        "1 is open past its day, May 5, 2026.",
    ),
    (
        Reason.OPEN_PAST_DAY,
        {"overdue": 2, "due": MAY},
        "2 are open past their day, the first on May 5, 2026.",
    ),
    # What holds.
    (
        Reason.CONDITION,
        {"sentence": "3 directors sit on the committee."},
        "3 directors sit on the committee.",
    ),
]


def sentence(reason: Reason, facts: dict, *, by_attestation: bool = False) -> str:
    # A ruling's standing has no part in its sentence.
    ruling = Ruling(Standing.KEPT, reason, facts=facts)
    return because(ruling, by_attestation=by_attestation)


@pytest.mark.parametrize(
    ("reason", "facts", "words"), SENTENCES, ids=[words for _, _, words in SENTENCES]
)
def test_reason_reads(reason: Reason, facts: dict, words: str) -> None:
    assert sentence(reason, facts) == words


def test_every_reason_has_its_sentence() -> None:
    assert {reason for reason, _, _ in SENTENCES} == set(Reason)


def test_what_rests_on_an_attestation_says_so() -> None:
    assert sentence(Reason.SERVED, ONCE, by_attestation=True) == (
        "Performed on May 5, 2026 for fiscal year 2026. Judged by attestation."
    )


def test_days_are_written_as_the_company_writes_them() -> None:
    with translation.override("en-gb"):
        assert sentence(Reason.SERVED, ONCE) == "Performed on 5 May 2026 for fiscal year 2026."


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (FY26, "fiscal year 2026"),
        (Q3, "the third quarter of fiscal year 2026"),
        (
            Period(date(2026, 1, 1), date(2026, 6, 30), "FY2026T"),
            "the transition period that began on January 1, 2026",
        ),
        (
            Period(date(2026, 1, 1), date(2026, 3, 31), "FY2026TQ1"),
            "the first quarter of the transition period that began on January 1, 2026",
        ),
    ],
)
def test_periods_have_names(period: Period, name: str) -> None:
    assert period_name(period) == name


def test_standings_have_the_six_words_of_the_house() -> None:
    assert {standing.value: str(standing.label) for standing in Standing} == {
        "not_met": "not met",
        "no_record": "no record",
        "due": "due",
        "kept": "kept",
        "before_record": "before the record",
        "not_applicable": "not applicable",
    }


# Neutral words: the record can be asked for in court.

LOADED_WORDS = re.compile(
    r"\b(broke[n]?|violat\w*|fail(s|ed|ure|ures|ing)?|breach\w*|non-?complian\w*|infring\w*"
    r"|delinquen\w*|negligen\w*|wrongdoing|default(s|ed) on|missed|overdue|neglect\w*)\b",
    re.IGNORECASE,
)
# What a person reads, in templates and in the sources.
SHOWN = re.compile(
    r"""blocktranslate[^%]*%\}(.*?)\{%\s*(?:endblocktranslate|plural)"""
    r"""|translate\s+"([^"]*)\"""",
    re.DOTALL,
)
WRAPPED = re.compile(r"""(?:\b_|gettext(?:_lazy)?)\(\s*((?:f?"[^"]*"\s*)+)""")


# What stands for another word is none itself.
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\{.*?\}\}")


def loaded(text: str) -> str:
    """The first loaded word, or nothing."""
    found = LOADED_WORDS.search(PLACEHOLDER.sub("", text))
    return found.group() if found else ""


def templates() -> Iterator[Path]:
    folder = Path(settings.BASE_DIR) / "templates"
    for name in ("committees", "components", "reports"):
        yield from (folder / name).glob("*.html")
    yield folder / "home.html"


def sources() -> Iterator[Path]:
    folder = Path(apps.get_app_config("committees").path)
    for path in folder.rglob("*.py"):
        if "tests" not in path.parts:
            yield path


def labels() -> Iterator[str]:
    for name in dir(enums):
        choices = getattr(enums, name)
        if isinstance(choices, type) and hasattr(choices, "labels"):
            yield from map(str, [*choices.labels, *choices.values])


def test_no_template_of_standings_uses_a_loaded_word() -> None:
    shown = (
        (path.name, match[1] or match[2] or "")
        for path in templates()
        for match in SHOWN.finditer(path.read_text())
    )
    assert [(name, loaded(text)) for name, text in shown if loaded(text)] == []


def test_no_sentence_of_the_sources_uses_a_loaded_word() -> None:
    shown = (
        (path.name, match[1]) for path in sources() for match in WRAPPED.finditer(path.read_text())
    )
    assert [(name, loaded(text)) for name, text in shown if loaded(text)] == []


def test_no_label_and_no_word_of_the_data_is_loaded() -> None:
    assert [word for word in labels() if loaded(word)] == []


def test_no_title_and_no_note_of_the_catalogue_is_loaded() -> None:
    words = [text for entry in CATALOGUE for text in (entry.title, entry.clause_title)]
    words += [note.text for note in NOTES]
    assert [text for text in words if loaded(text)] == []


def test_the_search_for_loaded_words_finds_them() -> None:
    assert loaded("%(overdue)s duties were Breached.") == "Breached"
    assert [m[1] for m in WRAPPED.finditer('_("No record was found.")')] == [
        '"No record was found."'
    ]
    shown = "{% blocktranslate with day=day %}recorded {{ day }}{% endblocktranslate %}"
    assert [m[1] for m in SHOWN.finditer(shown)] == ["recorded {{ day }}"]
