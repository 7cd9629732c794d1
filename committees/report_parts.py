"""What a report to the Board says of the members, related parties, regulators and the charter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.restriction import of_record
from charters.answers import ReportSection, Sentence
from charters.registry import REPORT_PARTS, ReportPart, ReportScope
from committees.enums import (
    Conclusion,
    DeterminationKind,
    FundingPurpose,
    LetterStepKind,
    Regulator,
    ReviewKind,
    ReviewOutcome,
)
from committees.models import (
    AdviserEngagement,
    Determination,
    FundingDetermination,
    Membership,
    RegulatorLetter,
    RelatedPartyTransaction,
    Review,
)
from committees.sentences import money
from records.dates import long_day

DETERMINED = {
    DeterminationKind.INDEPENDENT: lazy("independent for service on the Committee"),
    DeterminationKind.LITERATE: lazy("financially literate"),
    DeterminationKind.SOPHISTICATED: lazy("financially sophisticated"),
    DeterminationKind.EXPERT: lazy("an audit committee financial expert"),
}
FROM = {
    Regulator.SEC: lazy("the Securities and Exchange Commission"),
    Regulator.EXCHANGE: lazy("the exchange"),
    Regulator.PCAOB: lazy("the PCAOB"),
    Regulator.OTHER: lazy("a regulator"),
}


def members(scope: ReportScope) -> Iterator[ReportSection]:
    """Who sits on the Committee, what changed, and what the Board determined in the period."""
    told = [*_sitting(scope), *_changes(scope), *_determinations(scope)]
    if told:
        yield ReportSection(_("Members"), tuple(told))


def _sitting(scope: ReportScope) -> Iterator[Sentence]:
    day = scope.as_of.day
    seats = Membership.objects.in_office(day).filter(committee=scope.as_of.committee)
    rows = seats.select_related("director").prefetch_related("chair_terms")
    names = [
        (not any(term.covers(day) for term in seat.chair_terms.all()), seat.director.name)
        for seat in rows
    ]
    said = [
        name if is_member else _("%(name)s (chair)") % {"name": name}
        for is_member, name in sorted(names, key=lambda pair: pair[0])
    ]
    if said:
        words = {"day": long_day(day), "names": get_text_list(said, _("and"))}
        yield Sentence(day, _("The members on %(day)s were %(names)s.") % words)


def _changes(scope: ReportScope) -> Iterator[Sentence]:
    seats = Membership.objects.filter(committee=scope.as_of.committee).select_related("director")
    found = []
    for seat in seats.prefetch_related("chair_terms"):
        words = {"name": seat.director.name}
        for term in seat.chair_terms.all():
            if scope.covers(term.starts_on):
                words["day"] = long_day(term.starts_on)
                said = _("%(name)s became chair of the Committee on %(day)s.")
                found.append(Sentence(term.starts_on, said % words))
        if scope.covers(seat.starts_on):
            words["day"] = long_day(seat.starts_on)
            found.append(
                Sentence(seat.starts_on, _("%(name)s joined the Committee on %(day)s.") % words)
            )
        if seat.ends_on and scope.covers(seat.ends_on):
            words |= {"day": long_day(seat.ends_on), "reason": seat.get_end_reason_display()}
            found.append(
                Sentence(
                    seat.ends_on, _("%(name)s left the Committee on %(day)s (%(reason)s).") % words
                )
            )
    yield from sorted(found, key=lambda sentence: sentence.on)


def _determinations(scope: ReportScope) -> Iterator[Sentence]:
    """One sentence for all that the Board determined on a day."""
    rows = (
        Determination.objects.standing()
        .select_related("director")
        .order_by("determined_on", "director__sort_name", "pk")
    )
    seated = set(scope.as_of.committee.memberships.values_list("director_id", flat=True))
    found: dict[tuple[date, str], list[str]] = defaultdict(list)
    for row in rows:
        is_told = row.is_met and row.kind in DETERMINED and row.director_id in seated
        if is_told and scope.covers(row.determined_on):
            found[row.determined_on, row.kind].append(row.director.name)
    alike: dict[tuple[date, tuple[str, ...]], list[str]] = defaultdict(list)
    for (day, kind), names in found.items():
        what = str(DETERMINED[DeterminationKind(kind)])
        alike[day, tuple(dict.fromkeys(names))].append(what)
    by_day: dict[date, list[str]] = defaultdict(list)
    for (day, people), words in alike.items():
        said = _("that %(names)s is %(what)s")
        if len(people) > 1:
            said = _("that each of %(names)s is %(what)s")
        what = get_text_list(words, _("and"))
        by_day[day].append(said % {"names": get_text_list(list(people), _("and")), "what": what})
    for day, clauses in by_day.items():
        given = {"day": long_day(day), "clauses": get_text_list(clauses, _("and"))}
        yield Sentence(day, _("On %(day)s the Board determined %(clauses)s.") % given)


def outside(scope: ReportScope) -> Iterator[ReportSection]:
    """Related-party transactions reviewed, regulators' letters received and answered."""
    told = sorted([*_reviewed(scope), *_letters(scope)], key=lambda sentence: sentence.on)
    if told:
        yield ReportSection(_("Related parties and regulators"), tuple(told))


def _reviewed(scope: ReportScope) -> Iterator[Sentence]:
    rows = RelatedPartyTransaction.objects.filter(committee=scope.as_of.committee)
    for transaction in rows.with_reviews():
        if not scope.as_of.sees(of_record(transaction)):
            continue
        for review in transaction.reviews.all():
            if not review.stands or not scope.covers(review.reviewed_on):
                continue
            words = {
                "day": long_day(review.reviewed_on),
                "person": transaction.person,
                "amount": money(transaction.amount, transaction.currency),
                "basis": transaction.get_basis_display(),
            }
            said = {
                "": _(
                    "On %(day)s the Committee reviewed a transaction with %(person)s (%(basis)s), "
                    "%(amount)s."
                ),
                ReviewOutcome.APPROVED: _(
                    "On %(day)s the Committee reviewed and approved a transaction with %(person)s "
                    "(%(basis)s), %(amount)s."
                ),
                ReviewOutcome.RATIFIED: _(
                    "On %(day)s the Committee reviewed and ratified a transaction with %(person)s "
                    "(%(basis)s), %(amount)s."
                ),
                ReviewOutcome.NOT_APPROVED: _(
                    "On %(day)s the Committee reviewed a transaction with %(person)s (%(basis)s), "
                    "%(amount)s, and did not approve it."
                ),
            }
            yield Sentence(review.reviewed_on, said[review.outcome or ""] % words)


def _letters(scope: ReportScope) -> Iterator[Sentence]:
    rows = RegulatorLetter.objects.filter(
        committee=scope.as_of.committee, received_on__lte=scope.as_of.day
    )
    for letter in rows.with_steps():
        if not scope.as_of.sees(of_record(letter)):
            continue
        words = {"regulator": FROM[Regulator(letter.regulator)], "matter": letter.matter}
        if scope.covers(letter.received_on):
            rule, day = letter.as_rule(), scope.as_of.day
            words["day"] = long_day(letter.received_on)
            said = _("A letter from %(regulator)s was received on %(day)s: %(matter)s.")
            answered = rule.answered_on if rule.answered_on and rule.answered_on <= day else None
            if answered and scope.covers(answered):
                words["answered"] = long_day(answered)
                said = _(
                    "A letter from %(regulator)s was received on %(day)s and answered on "
                    "%(answered)s: %(matter)s."
                )
            elif not answered and (due := rule.due(day)):
                words["due"] = long_day(due)
                said = _(
                    "A letter from %(regulator)s was received on %(day)s: %(matter)s. An answer is "
                    "due on %(due)s."
                )
            yield Sentence(letter.received_on, said % words)
            if answered and scope.covers(answered):
                continue
        for step in letter.steps.all():
            if step.stands and step.kind == LetterStepKind.ANSWERED and scope.covers(step.on):
                words["day"] = long_day(step.on)
                said = _("The letter from %(regulator)s was answered on %(day)s: %(matter)s.")
                yield Sentence(step.on, said % words)


def own_work(scope: ReportScope) -> Iterator[ReportSection]:
    """The charter's review, the evaluation, advisers and funding."""
    told = sorted(
        [*_reviews(scope), *_advisers(scope), *_funding(scope)],
        key=lambda sentence: sentence.on,
    )
    if told:
        yield ReportSection(_("The charter and the Committee’s own work"), tuple(told))


def _reviews(scope: ReportScope) -> Iterator[Sentence]:
    for review in Review.objects.standing().filter(committee=scope.as_of.committee):
        if scope.covers(review.held_on):
            said = _("The Committee reviewed its charter on %(day)s and found it adequate.")
            if review.kind == ReviewKind.EVALUATION:
                said = _("The Committee discussed its own performance on %(day)s.")
            elif review.conclusion == Conclusion.CHANGES_RECOMMENDED:
                said = _(
                    "The Committee reviewed its charter on %(day)s and recommends changes to the "
                    "Board."
                )
            yield Sentence(review.held_on, said % {"day": long_day(review.held_on)})


def _advisers(scope: ReportScope) -> Iterator[Sentence]:
    for row in AdviserEngagement.objects.filter(committee=scope.as_of.committee):
        if scope.covers(row.engaged_on) and scope.as_of.sees(of_record(row)):
            words = {
                "day": long_day(row.engaged_on),
                "adviser": row.adviser,
                "role": row.get_role_display(),
            }
            said = _("The Committee engaged %(adviser)s as %(role)s on %(day)s.")
            yield Sentence(row.engaged_on, said % words)


def _funding(scope: ReportScope) -> Iterator[Sentence]:
    """For the auditor the auditor's own part says it."""
    rows = FundingDetermination.objects.standing().filter(committee=scope.as_of.committee)
    for row in rows.exclude(purpose=FundingPurpose.AUDITOR):
        if scope.covers(row.determined_on):
            words = {
                "day": long_day(row.determined_on),
                "amount": money(row.amount, row.currency),
            }
            said = _(
                "On %(day)s the Committee determined funding of %(amount)s for its administrative "
                "expenses."
            )
            if row.purpose == FundingPurpose.ADVISER:
                said = _(
                    "On %(day)s the Committee determined funding of %(amount)s for an adviser."
                )
            yield Sentence(row.determined_on, said % words)


REPORT_PARTS.add_all(
    ReportPart("committees.members", 10, members),
    ReportPart("committees.outside", 60, outside),
    ReportPart("committees.own_work", 80, own_work),
)
