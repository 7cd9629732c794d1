"""Rotation of audit partners: years used, time-outs, and the outlook (RULE-22 to RULE-25).

Reg. S-X 2-01(c)(6), (f)(7)(ii); PCAOB AS 1220.08. Years follow the person across firms and
offices. A career is counted in audits: the fiscal years audited, numbered without a gap, so that a
transition period that counts as a year has a number of its own. What only the firm knows (hours,
clients, partners) is its dated assertion.

Two readings, both the stricter one: years away from the engagement that are fewer than the
time-out do not start the count again, and in a time-out the partner is off in every role.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from auditors.enums import Ground, PartnerRole
from auditors.rules.figures import Rotation
from auditors.rules.reasons import Reason, reason
from records.calendar import DAY, Period, plus_months

SIX_MONTHS = 6
WEEK = 7
LEADING = frozenset({PartnerRole.LEAD, PartnerRole.REVIEWER})

# The role of one person in each audit served, by the number of the audit.
Career = Mapping[int, PartnerRole]


@dataclass(frozen=True)
class Track:
    """One of the two counts: lead and reviewer together, or other audit partners."""

    most: int
    time_out: int
    is_leading: bool

    def counts(self, role: PartnerRole) -> bool:
        return (role in LEADING) == self.is_leading


def tracks(figures: Rotation) -> tuple[Track, Track]:
    return (
        Track(figures.lead_years, figures.lead_time_out, is_leading=True),
        Track(figures.other_years, figures.other_time_out, is_leading=False),
    )


def counted_audits(years: Iterable[Period]) -> tuple[Period, ...]:
    """The fiscal years that count, oldest first: a period under six months has no annual report."""
    return tuple(sorted(year for year in years if is_counted(year)))


def is_counted(year: Period) -> bool:
    """Whether a fiscal period has six months. One of whole weeks, as a change between years of 52
    or 53 weeks leaves it, may lack a week."""
    days = (year.last - year.first).days + 1
    lacking = DAY * WEEK if days % WEEK == 0 else DAY * 0
    return plus_months(year.first, SIX_MONTHS) - DAY <= year.last + lacking


def is_audit_partner(
    role: PartnerRole, figures: Rotation, *, hours: Decimal, subsidiary_share: Decimal = Decimal(0)
) -> bool:
    """Whether a partner's year counts at all (Reg. S-X 2-01(f)(7)(ii)).

    `subsidiary_share` is of consolidated assets or revenue, the higher, as a fraction.
    """
    if role in LEADING or role == PartnerRole.RELATIONSHIP:
        return True
    leads = role == PartnerRole.SUBSIDIARY_LEAD and subsidiary_share >= figures.subsidiary_share
    return leads or hours > figures.hours


def used(career: Career, track: Track, before: int) -> int:
    """The years of a track that count against its limit at the start of an audit.

    Counted back from the audit until the partner was off the engagement for a whole time-out.
    """
    count = away = 0
    for audit in range(before - 1, min(career, default=before) - 1, -1):
        role = career.get(audit)
        away = 0 if role else away + 1
        if away == track.time_out:
            break
        count += role is not None and track.counts(role)
    return count


def last_served(career: Career, before: int) -> int | None:
    return max((audit for audit in career if audit < before), default=None)


@dataclass(frozen=True)
class ServiceRuling:
    """Whether a partner may serve in a role in an audit. `back_in` is the first audit after a
    time-out, where one is running."""

    may_serve: bool
    reasons: tuple[Reason, ...]
    year_of_service: int
    back_in: int | None = None


def may_serve(career: Career, role: PartnerRole, audit: int, figures: Rotation) -> ServiceRuling:
    """Judge a role in an audit on the audits before it."""
    reasons = [*_time_outs(career, role, audit, figures), *_cooling(career, role, audit, figures)]
    backs = [each.facts["back"] for each in reasons]
    track = next(track for track in tracks(figures) if track.counts(role))
    year = used(career, track, audit) + 1
    if reasons:
        return ServiceRuling(False, tuple(reasons), year, max(backs))
    allowed = reason(Ground.MAY_SERVE, year=year, most=track.most, role=role)
    return ServiceRuling(True, (allowed,), year)


def _time_outs(
    career: Career, role: PartnerRole, audit: int, figures: Rotation
) -> Iterable[Reason]:
    """A track that is used up bars every role until its time-out has passed."""
    last = last_served(career, audit)
    if last is None:
        return
    for track in tracks(figures):
        count = used(career, track, audit)
        if count < track.most:
            continue
        is_first = audit == last + 1 and track.counts(role)
        ground = Ground.YEARS_USED if is_first else Ground.IN_TIME_OUT
        yield reason(
            ground, count=count, most=track.most, last=last, back=last + track.time_out + 1
        )


def _cooling(career: Career, role: PartnerRole, audit: int, figures: Rotation) -> Iterable[Reason]:
    """AS 1220.08: no reviewer who led either of the two audits before."""
    if role != PartnerRole.REVIEWER:
        return
    before = range(audit - figures.reviewer_cooling, audit)
    led = [each for each in before if career.get(each) == PartnerRole.LEAD]
    if led:
        back = max(led) + figures.reviewer_cooling + 1
        yield reason(Ground.REVIEWER_LED_RECENTLY, last=max(led), back=back)


@dataclass(frozen=True)
class Outlook:
    """The year of service, the last audit allowed, the first barred, the first one back."""

    year_of_service: int
    most: int
    last: int
    barred_from: int
    back_in: int
    speaks: bool

    @property
    def reason(self) -> Reason:
        return reason(
            Ground.LAST_YEAR_AHEAD,
            year=self.year_of_service,
            most=self.most,
            last=self.last,
            barred=self.barred_from,
            back=self.back_in,
        )


def outlook(career: Career, audit: int, figures: Rotation) -> Outlook | None:
    """What lies ahead of a partner who serves in an audit, if the role is kept without a break.

    None where the partner does not serve in it. It speaks from the start of year 4: a search
    begins well before the last year ends.
    """
    role = career.get(audit)
    if role is None:
        return None
    track = next(track for track in tracks(figures) if track.counts(role))
    year = used(career, track, audit) + 1
    last = max(audit, audit + track.most - year)
    return Outlook(
        year_of_service=year,
        most=track.most,
        last=last,
        barred_from=last + 1,
        back_in=last + track.time_out + 1,
        speaks=year >= figures.outlook_from,
    )


@dataclass(frozen=True)
class FirmAssertion:
    """What the firm states of itself, dated; judged as it was stated."""

    stated_on: date
    issuer_clients: int
    partners: int
    reviewed_on: date | None


def small_firm(assertion: FirmAssertion, figures: Rotation, *, on: date) -> tuple[bool, Reason]:
    """RULE-25: whether the firm is exempt from rotation, and why or why not.

    Fewer clients and partners than the figures, and a PCAOB review of the engagement within the
    look-back, both ends in (C1).
    """
    small = (
        assertion.issuer_clients < figures.small_firm_clients
        and assertion.partners < figures.small_firm_partners
    )
    since = plus_months(on, -12 * figures.small_firm_review_years)
    reviewed = assertion.reviewed_on
    exempt = small and reviewed is not None and since <= reviewed <= on
    ground = Ground.SMALL_FIRM_EXEMPT if exempt else Ground.SMALL_FIRM_NOT_EXEMPT
    return exempt, reason(
        ground,
        clients=assertion.issuer_clients,
        partners=assertion.partners,
        reviewed=reviewed,
        since=since,
        stated=assertion.stated_on,
    )
