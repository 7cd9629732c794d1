"""Dated facts about the auditor that show a duty: one query for each source.

A record that is not complete is no evidence yet; its own page says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from django.urls import reverse
from django.utils.translation import gettext as _

from auditors.duties import loaded
from auditors.enums import LetterKind
from auditors.models import (
    AnnualReview,
    CommitteeReport,
    FindingReview,
    Letter,
    PolicyReview,
    Ratification,
)
from auditors.rules.auditor import auditor_of
from auditors.rules.money import Money
from auditors.sentences import amount
from charters.rules.terms import Evidence, Holding
from charters.sentences import period_name
from records.calendar import DAY
from records.clock import day_of
from records.dates import long_day

if TYPE_CHECKING:
    from charters.answers import Lapse
    from charters.docket import AsOf
    from charters.models import Duty
    from records.models.bases import Recorded

Load: TypeAlias = Callable[["AsOf", Sequence["Duty"]], Iterable[tuple[int, Evidence]]]


def year_words(as_of: AsOf, day: date) -> str:
    """The fiscal year of a date, as a sentence names it."""
    return period_name(as_of.settings.calendar.year_of(day))


def shown(
    as_of: AsOf,
    duties: Sequence[Duty],
    row: Recorded,
    *,
    on: date,
    serves: date,
    label: str,
    url: str,
    restriction: object = None,
) -> Iterator[tuple[int, Evidence]]:
    piece = Evidence(
        on=on,
        serves=serves,
        label=label,
        url=url,
        recorded_on=day_of(row.recorded_at, as_of.company),
        restriction=restriction,
    )
    for duty in duties:
        yield duty.pk, piece


def appointments(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """Appointments of the auditor. One appointed again is first evaluated (R-1a)."""
    seen: set[int] = set()
    for row in loaded.engagements(as_of):
        is_again, evaluated = row.firm_id in seen, row.evaluated_on
        seen.add(row.firm_id)
        if is_again and (evaluated is None or evaluated > as_of.day):
            continue
        words = {"firm": row.firm, "year": year_words(as_of, row.year_ends_on)}
        label = _("%(firm)s appointed for %(year)s") % words
        if row.evaluated_on and row.evaluated_on <= as_of.day:
            label = _("%(firm)s evaluated and appointed for %(year)s") % words
        yield from shown(
            as_of,
            duties,
            row,
            on=max(row.appointed_on, row.evaluated_on or row.appointed_on),
            serves=row.year_ends_on,
            label=label,
            url=row.get_absolute_url(),
        )


def ratifications(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """Votes of the stockholders on an appointment, however they went."""
    for engagement in loaded.engagements(as_of):
        row: Ratification | None = getattr(engagement, "ratification", None)
        if row is None or row.voted_on > as_of.day:
            continue
        words = {
            "firm": engagement.firm,
            "year": year_words(as_of, engagement.year_ends_on),
        }
        outcomes = {
            True: _("Stockholders ratified the appointment of %(firm)s for %(year)s"),
            False: _("Stockholders did not ratify the appointment of %(firm)s for %(year)s"),
            None: _("Stockholders voted on the appointment of %(firm)s for %(year)s"),
        }
        yield from shown(
            as_of,
            duties,
            row,
            on=row.voted_on,
            serves=engagement.year_ends_on,
            label=outcomes[row.is_ratified] % words,
            url=engagement.get_absolute_url(),
        )


def engagement_fees(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """Fees the committee set for the auditor, change orders included."""
    set_by_then = [
        (engagement, fee)
        for engagement in loaded.engagements(as_of)
        for fee in engagement.fees.all()
        if fee.approved_on <= as_of.day
    ]
    for engagement, row in set_by_then:
        label = _("Fee of %(amount)s for %(firm)s set for %(year)s") % {
            "amount": amount(Money(row.amount, row.currency)),
            "firm": engagement.firm,
            "year": year_words(as_of, engagement.year_ends_on),
        }
        yield from shown(
            as_of,
            duties,
            row,
            on=row.approved_on,
            serves=engagement.year_ends_on,
            label=label,
            url=engagement.get_absolute_url(),
        )


def engagement_letters(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    for row in loaded.engagements(as_of):
        if row.letter_dated is None or row.letter_dated > as_of.day:
            continue
        label = _("Engagement letter of %(firm)s for %(year)s") % {
            "firm": row.firm,
            "year": year_words(as_of, row.year_ends_on),
        }
        yield from shown(
            as_of,
            duties,
            row,
            on=row.letter_dated,
            serves=row.year_ends_on,
            label=label,
            url=row.get_absolute_url(),
        )


def _is_of_the_auditor(letter: Letter, as_of: AsOf, on: date) -> bool:
    """Whether its firm was, on a date, the auditor of the year that the paper serves. While no
    engagement of an auditor is on record, nobody knows better than who recorded the paper."""
    auditor = auditor_of(loaded.engagements(as_of), letter.serves, on=on)
    return auditor is None or auditor.firm_id == letter.firm_id


def _discussed(
    as_of: AsOf,
    duties: Sequence[Duty],
    kinds: Sequence[LetterKind],
    words: str,
    *,
    by_then: bool = False,
) -> Iterator[tuple[int, Evidence]]:
    """Papers of the auditor of these kinds that the committee discussed: received and discussed by
    the date. `by_then`: of the auditor on the date of the discussion, though it was replaced."""
    for row in loaded.discussions(as_of):
        letter = row.letter
        if letter.kind not in kinds:
            continue
        if not _is_of_the_auditor(letter, as_of, row.held_on if by_then else as_of.day):
            continue
        yield from shown(
            as_of,
            duties,
            row,
            on=max(row.held_on, letter.received_on),
            serves=letter.serves,
            label=words
            % {
                "kind": letter.get_kind_display(),
                "firm": letter.firm,
                "dated": long_day(letter.dated),
                "on": long_day(row.held_on),
            },
            url=letter.get_absolute_url(),
        )


def oversight(as_of: AsOf, duties: Sequence[Duty]) -> Iterable[tuple[int, Evidence]]:
    """Discussions with the auditor of its plan, its changes and its communications."""
    kinds = (LetterKind.PLAN, LetterKind.PLAN_CHANGE, LetterKind.COMMUNICATION)
    words = _("%(kind)s of %(firm)s discussed on %(on)s")
    return _discussed(as_of, duties, kinds, words, by_then=True)


def quality_reports(as_of: AsOf, duties: Sequence[Duty]) -> Iterable[tuple[int, Evidence]]:
    words = _("Quality-control report of %(firm)s dated %(dated)s, reviewed on %(on)s")
    return _discussed(as_of, duties, (LetterKind.QUALITY,), words)


def independence_letters(as_of: AsOf, duties: Sequence[Duty]) -> Iterable[tuple[int, Evidence]]:
    """Complete with its date and its discussion (PCAOB Rule 3526)."""
    words = _("Independence letter of %(firm)s dated %(dated)s, discussed on %(on)s")
    return _discussed(as_of, duties, (LetterKind.INDEPENDENCE,), words)


def audit_plans(as_of: AsOf, duties: Sequence[Duty]) -> Iterable[tuple[int, Evidence]]:
    kinds = (LetterKind.PLAN, LetterKind.PLAN_CHANGE)
    words = _("%(kind)s of %(firm)s dated %(dated)s, reviewed on %(on)s")
    return _discussed(as_of, duties, kinds, words)


def other_reports(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """Other reports of the auditor are received; the charter asks only that."""
    rows = Letter.objects.of_kind(LetterKind.OTHER).filter(received_on__lte=as_of.day)
    for row in rows.select_related("firm"):
        if not _is_of_the_auditor(row, as_of, as_of.day):
            continue
        yield from shown(
            as_of,
            duties,
            row,
            on=row.received_on,
            serves=row.serves,
            label=_("Report of %(firm)s dated %(dated)s received")
            % {"firm": row.firm, "dated": long_day(row.dated)},
            url=row.get_absolute_url(),
        )


def policies(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """Adoptions and reviews of the pre-approval policy."""
    url = reverse("preapproval_policy")
    for policy in loaded.policies(as_of):
        label = _("Pre-approval policy adopted on %(on)s") % {"on": long_day(policy.adopted_on)}
        on = policy.adopted_on
        yield from shown(as_of, duties, policy, on=on, serves=on, label=label, url=url)
    for review in PolicyReview.objects.filter(reviewed_on__lte=as_of.day):
        label = _("Pre-approval policy reviewed on %(on)s") % {"on": long_day(review.reviewed_on)}
        on = review.reviewed_on
        yield from shown(as_of, duties, review, on=on, serves=on, label=label, url=url)


def policy_in_force(as_of: AsOf) -> Holding:
    policy = next(reversed(loaded.policies(as_of)), None)
    if policy is None:
        return Holding(False, _("No pre-approval policy is in effect."))
    words = {"on": long_day(policy.adopted_on)}
    return Holding(True, _("The pre-approval policy of %(on)s is in effect.") % words)


def policy_lapse(as_of: AsOf) -> Lapse | None:
    """A policy is in effect until the next one: nothing on record ends it ahead."""
    return None


def _reviews(as_of: AsOf, field: str) -> Iterator[tuple[AnnualReview, date]]:
    for row in loaded.reviews(as_of):
        on: date | None = getattr(row, field)
        if on is not None and on <= as_of.day:
            yield row, on


def _of_the_statements(
    as_of: AsOf, duties: Sequence[Duty], field: str, words: str
) -> Iterator[tuple[int, Evidence]]:
    """The work on a year's statements is asked for in the fiscal year after it."""
    for row, on in _reviews(as_of, field):
        yield from shown(
            as_of,
            duties,
            row,
            on=on,
            serves=row.year_ends_on + DAY,
            label=words % {"year": year_words(as_of, row.year_ends_on), "on": long_day(on)},
            url=row.get_absolute_url(),
        )


def statements(as_of: AsOf, duties: Sequence[Duty]) -> Iterable[tuple[int, Evidence]]:
    words = _("Statements of %(year)s reviewed and discussed on %(on)s")
    return _of_the_statements(as_of, duties, "reviewed_on", words)


def communications(as_of: AsOf, duties: Sequence[Duty]) -> Iterable[tuple[int, Evidence]]:
    words = _("Required communications on the audit of %(year)s discussed on %(on)s")
    return _of_the_statements(as_of, duties, "discussed_on", words)


def recommendations(as_of: AsOf, duties: Sequence[Duty]) -> Iterable[tuple[int, Evidence]]:
    words = _("Statements of %(year)s recommended for the annual report on %(on)s")
    return _of_the_statements(as_of, duties, "recommended_on", words)


def committee_reports(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    rows = CommitteeReport.objects.filter(issued_on__lte=as_of.day).select_related("review")
    for row in rows:
        ends = row.review.year_ends_on
        yield from shown(
            as_of,
            duties,
            row,
            on=row.adopted_on,
            serves=ends + DAY,
            label=_("Committee report on %(year)s issued for the proxy of %(on)s")
            % {"year": year_words(as_of, ends), "on": long_day(row.proxy_on)},
            url=row.review.get_absolute_url(),
        )


def finding_reviews(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """Reviews of findings at meetings, each with its finding's restriction."""
    rows = FindingReview.objects.filter(reviewed_on__lte=as_of.day).select_related("finding")
    for row in rows:
        yield from shown(
            as_of,
            duties,
            row,
            on=row.reviewed_on,
            serves=row.reviewed_on,
            label=_("Finding reviewed: %(finding)s") % {"finding": row.finding},
            url=row.finding.get_absolute_url(),
            restriction=row.finding.restriction,
        )
