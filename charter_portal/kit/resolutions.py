"""The resolutions to adopt, composed from the company's facts and the usual defaults."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records.enums import Exchange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.functional import Promise

    from charters.models import Committee
    from records.models import Company

BLANK = re.compile(r"\[\[(.+?)\]\]")
ITEM = re.compile(r"\d+\. ")
# Where the listing rules ask for the review of related-party transactions.
EXCHANGE_RULES = {
    Exchange.NASDAQ: "Nasdaq Listing Rule 5630(a)",
    Exchange.NYSE: "NYSE Listed Company Manual, section 314.00",
    Exchange.OTHER: "[[the rule of the exchange]]",
}


class Sort(models.TextChoices):
    """What a block of a resolution is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True)
class Defaults:
    """What is usual at a company of this size: numbers for the committee to weigh."""

    chair_service_percent: int = 5
    chair_total_percent: int = 10
    policy_months: int = 12
    acknowledge_days: int = 7
    feedback_months: int = 3
    line_test_month: str = "October"
    case_years: int = 7
    paper_years: int = 7
    draft_days: int = 30
    outbox_years: int = 1
    log_days: int = 30
    consent_days: int = 60


@dataclass(frozen=True)
class Facts:
    """What the resolutions say of the company. What nobody has entered yet is left blank."""

    company: str = "[[name of the company]]"
    committee: str = "Audit Committee"
    state: str = "the state of incorporation"
    is_delaware: bool = False
    is_smaller: bool = True
    exchange_rule: str = EXCHANGE_RULES[Exchange.OTHER]
    defaults: Defaults = Defaults()


@dataclass(frozen=True)
class Run:
    """Words of a block: what stands, or what is to be filled in."""

    text: str
    is_blank: bool = False


@dataclass(frozen=True)
class Block:
    sort: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Resolution:
    """One document of the kit."""

    key: str
    title: str
    why: str
    blocks: tuple[Block, ...]

    @property
    def blanks(self) -> tuple[str, ...]:
        """What is to be filled in, each once, in the order of the text."""
        runs = [run.text for block in self.blocks for run in block.runs if run.is_blank]
        return tuple(dict.fromkeys(runs))


KIT: dict[str, str | Promise] = {
    "delegation": lazy(
        "Lets the chair approve a service between meetings (Exchange Act, section 10A(i)(3))."
    ),
    "pre_approval": lazy(
        "Pre-approves described services within a cap (Regulation S-X 2-01(c)(7)(i)(B))."
    ),
    "complaints": lazy(
        "Required by Exchange Act, section 10A(m)(4). A subcommittee handles each case "
        "without the people it concerns."
    ),
    "related_parties": lazy(
        "The exchange requires an independent review of related-party transactions."
    ),
    "retention": lazy("Sets how long records are kept, and lets a legal hold stop deletion."),
    "recording": lazy("Makes the approved minutes the only record of a meeting."),
    "signature": lazy("Allows members to sign in the portal."),
}
NOTICE = lazy(
    "Draft for counsel. This is suggested text, not legal advice. Counsel adapts it before a "
    "vote. Fill in the blanks in brackets."
)


def facts_of(company: Company | None, committee: Committee | None) -> Facts:
    name = str(committee) if committee else Facts.committee
    if company is None:
        return Facts(committee=name)
    status = company.filer_statuses.order_by("effective_from").last()
    return Facts(
        company=company.name,
        committee=name,
        state=company.state,
        is_delaware=company.state.strip().casefold() == "delaware",
        is_smaller=status is None or status.is_smaller_reporting,
        exchange_rule=EXCHANGE_RULES[Exchange(company.exchange)],
    )


def compose(key: str, facts: Facts) -> Resolution:
    """One resolution of the kit. Raises KeyError for a key it does not have."""
    why = str(KIT[key])
    words = asdict(facts) | {"defaults": facts.defaults}
    lines = render_to_string(f"kit/resolutions/{key}.md", words).splitlines()
    title, *rest = (line for line in lines if line.strip())
    return Resolution(key, title.removeprefix("# "), why, tuple(map(_block, rest)))


def compose_all(facts: Facts) -> list[Resolution]:
    return [compose(key, facts) for key in KIT]


def plain_text(resolution: Resolution) -> str:
    """The whole text, to be copied."""
    return "\n\n".join([resolution.title, str(NOTICE), *_lines(resolution)])


def _lines(resolution: Resolution) -> Iterator[str]:
    number = 0
    for block in resolution.blocks:
        number = number + 1 if block.sort == Sort.ITEM else 0
        words = "".join(f"[{run.text}]" if run.is_blank else run.text for run in block.runs)
        yield f"{number}. {words}" if number else words


def _block(line: str) -> Block:
    if line.startswith("## "):
        return Block(Sort.HEADING, _runs(line.removeprefix("## ")))
    if found := ITEM.match(line):
        return Block(Sort.ITEM, _runs(line[found.end() :]))
    return Block(Sort.PARAGRAPH, _runs(line))


def _runs(line: str) -> tuple[Run, ...]:
    parts = BLANK.split(line)
    return tuple(Run(text, is_blank=bool(place % 2)) for place, text in enumerate(parts) if text)


def blanks_sentence(resolution: Resolution) -> str:
    return _("Blanks to fill in: %(blanks)s.") % {"blanks": "; ".join(resolution.blanks)}
