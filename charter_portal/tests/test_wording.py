"""The words that every page, email, document and command uses, in all apps.

Other tests assert on meaning. Here stand the words themselves: the neutral ones that may be read in
court, and those that counsel has an interest in.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from charters.rules.catalogue import CATALOGUE, NOTES
from charters.tests.wording import LOADED, found

ROOT = Path(settings.BASE_DIR)
APPS = (
    "records",
    "accounts",
    "charters",
    "committees",
    "meetings",
    "auditors",
    "whistleblower",
    "charter_portal",
)
# An older tone, or another word for something that has its word.
OLD = re.compile(
    r"as it stood|\bfalls? to\b|\bhangs? on\b|reckon|no more\b(?! than)|for all time|save where|\banew\b"
    r"|takes? the place of|took the place of|taken this one|second factors?|\bmy mail\b"
    r"|\bin force\b|is not a day\b|waits? for you|\ba duty\b|\bthe duty\b|\bduties\b|\bstandings?\b"
    r"|\bclosed to (you|management)\b|look it over|once more|\bfor good\b|\be-mail\b"
    r"|\bbeside\b|\btold\b|\b(is|are|was|were) over\b|\bbears?\b|counts? no more|by its words"
    r"|takes? its place|\blies? ahead\b|\bis ahead\b|from a day on|\b(this|that|which|same) day\b"
    r"|\bday (out|in) of?\b|the ledger keeps|as far as the record",
    re.IGNORECASE,
)
TRANSLATED = re.compile(
    r"""blocktranslate[^%]*%\}(.*?)\{%\s*(?:endblocktranslate)|translate\s+"([^"]*)\"""", re.DOTALL
)
CALLS = {"_", "lazy", "gettext", "gettext_lazy", "ngettext", "pgettext"}


def in_templates() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            for match in TRANSLATED.finditer(path.read_text()):
                yield str(path.relative_to(ROOT)), " ".join((match[1] or match[2]).split())
        elif path.suffix == ".md":  # a text of the adoption kit, all of which is read
            yield str(path.relative_to(ROOT)), path.read_text()


def in_the_channel() -> Iterator[tuple[str, str]]:
    """The pages that employees read, in English."""
    texts = (ROOT / "whistleblower" / "texts" / "en.toml").read_text()
    for line in texts.splitlines():
        yield "whistleblower/texts/en.toml", line


def in_sources() -> Iterator[tuple[str, str]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if not {"tests", "migrations"} & set(path.parts):
                for text in translated(path.read_text()):
                    yield str(path.relative_to(ROOT)), text


def translated(source: str) -> Iterator[str]:
    """The texts that a person reads: what is translated, and what a help or a refusal says."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = node.args if name in CALLS else ()
            helps = [each.value for each in node.keywords if each.arg in {"help", "help_text"}]
            for each in (*texts, *helps):
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each.value


def shown() -> Iterator[tuple[str, str]]:
    yield from in_templates()
    yield from in_sources()
    yield from in_the_channel()
    for entry in CATALOGUE:
        yield entry.key, f"{entry.title}. {entry.clause_title}. {entry.past}."
    for note in NOTES:
        yield note.key, note.text


@pytest.mark.parametrize("words", [LOADED, OLD], ids=["loaded", "old"])
def test_nothing_that_is_shown_uses_such_a_word(words: re.Pattern[str]) -> None:
    hits = [(where, found(words, text), text) for where, text in shown() if found(words, text)]
    assert [hit for hit in hits if hit[2] not in ALLOWED] == []


# The law's own words, and machines.
ALLOWED: set[str] = set()


def test_date_in_a_title_is_written_out() -> None:
    """Except for rows that have no page and no line of the activity log."""
    machines = {"Holiday", "AnnualMeeting", "LedgerCheck", "Night"}
    assert [
        model.__name__
        for model in apps.get_models()
        if model.__module__.split(".")[0] in APPS
        and model.__name__ not in machines
        and "isoformat" in inspect.getsource(model.__str__)
    ] == []


def test_no_constraint_speaks_of_a_violation() -> None:
    said = {
        str(constraint.violation_error_message)
        for model in apps.get_models()
        for constraint in model._meta.constraints
    }
    assert [text for text in said if found(LOADED, text) or "%(name)s" in text] == []


def test_the_search_finds_what_it_looks_for() -> None:
    assert found(LOADED, "%(overdue)s duties were Breached.") == "Breached"
    assert found(OLD, "It is closed to management.") == "closed to management"
    assert list(translated('_("No " "record.")')) == ["No record."]
    assert len({where.split("/")[0] for where, __ in in_sources()}) == len(APPS)
