"""Larkmere's charters: the one of old, the present one, the draft of the next; and their duties."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from charter_portal.demo import company, people
from charter_portal.demo.company import Stage, at
from charter_portal.demo.people import Character
from charter_portal.demo.story import Scene, Story
from charters import services
from charters.enums import Cadence, Counterparty, HowDecided, Layer
from charters.models import CharterVersion, Clause
from charters.reading.matching import Proposal, notes_for, propose
from charters.reading.reader import read
from charters.reading.structure import CharterText, structure
from charters.rules.catalogue import ENTRIES, CatalogueDuty
from charters.rules.catalogue import Layer as Source
from charters.services import loading

# Yearly looks that the Committee switched on with its present charter.
SWITCHED_ON = ("look-cyber", "look-insurance", "look-treasury")
SWITCHED_OFF = "look-treasury"
TESTER_HEARD = "tester-heard"
NEW_STANDARDS = "new-standards"
OWNERS = {
    "committee-evaluation": people.MEMBER,
    "charter-review": people.MEMBER,
    "concerns-reported": people.CHAIR,
    "complaint-procedures": people.CHAIR,
}
OWNERS_BY_COUNTERPARTY = {
    "external auditor": people.CHAIR,
    "internal auditor": people.CONTROLLER,
    "management": people.FINANCE,
}


@dataclass(frozen=True)
class Imported:
    """A charter as the import reads it: its passages, and the duties proposed for them."""

    text: str
    name: str

    @classmethod
    def from_file(cls, path: Path) -> "Imported":
        return cls(path.read_text(encoding="utf-8"), path.name)

    @cached_property
    def found(self) -> CharterText:
        return structure(read(self.text.encode(), self.name))

    @cached_property
    def proposal(self) -> Proposal:
        found = self.found
        return propose(
            (clause.reference, clause.section, clause.text, found.context(clause))
            for clause in found.clauses
        )

    @cached_property
    def hangs_on(self) -> dict[str, str]:
        """The reference of the clause on which each duty hangs, by the duty's key."""
        wanted = (
            *self.proposal.attached,
            *(match for match in self.proposal.optional if match.entry.key in SWITCHED_ON),
        )
        return {match.entry.key: match.reference for match in wanted}


BEFORE = Imported.from_file(company.CHARTER_BEFORE)
PRESENT = Imported.from_file(company.CHARTER)
NEXT = Imported(company.next_charter(), "charter_next.md")


def is_old(key: str) -> bool:
    """Whether a duty was in force under the charter of old already."""
    return key in BEFORE.hangs_on and key not in SWITCHED_ON


def scenes(stage: Stage) -> Iterator[Scene]:
    year = stage.last_year
    yield Scene(at(stage.first_day, 11), load_the_old_charter)
    yield Scene(at(year.after(year.march, 3), 14), draft_the_present_charter)
    yield Scene(at(stage.adopted_on, 17), adopt_the_present_charter)
    yield Scene(at(stage.after(stage.adopted_on, 1), 9, 30), note_how_it_is_read)
    yield Scene(at(stage.after(stage.adopted_on, 1), 11), write_a_duty_of_their_own)
    yield Scene(at(stage.this_year.on(1, 22), 15), switch_a_look_off)
    yield Scene(at(stage.new_duty_on, 15), write_another_duty)
    yield Scene(at(stage.drafted_on, 14), draft_the_next_charter)


def draft(story: Story, charter: Imported, title: str, when: datetime) -> CharterVersion:
    version = loading.load_charter(
        title=title,
        text=charter.text,
        passages=charter.found.passages,
        headings=charter.proposal.headings,
        by=story.people[people.SECRETARY],
        at=when,
    )
    story.versions.append(version)
    return version


def load_the_old_charter(story: Story, when: datetime) -> None:
    """Adopted years ago; its duties have been in effect since."""
    adopted_on = story.stage.annual_meeting_before(6)
    version = draft(story, BEFORE, f"{BEFORE.found.title} ({adopted_on.year})", when)
    services.adopt(
        version,
        adopted_on=adopted_on,
        effective_on=adopted_on,
        how=HowDecided.MEETING,
        number="9",
        by=story.people[people.SECRETARY],
        at=when,
    )
    attach(story, BEFORE, version, adopted_on, when)


def draft_the_present_charter(story: Story, when: datetime) -> None:
    """The Committee recommended it to the Board in March."""
    draft(story, PRESENT, f"{PRESENT.found.title} ({when.year})", when)


def adopt_the_present_charter(story: Story, when: datetime) -> None:
    stage, version = story.stage, story.versions[-1]
    clauses = clauses_of(version)
    hangs_on = {key: ref for key, ref in PRESENT.hangs_on.items() if key in story.duties}
    services.adopt(
        version,
        adopted_on=stage.adopted_on,
        effective_on=stage.effective_on,
        how=HowDecided.MEETING,
        number="6",
        carried={story.duties[key].pk: clauses[ref] for key, ref in hangs_on.items()},
        by=story.people[people.SECRETARY],
        at=when,
    )
    attach(story, PRESENT, version, stage.effective_on, when)


def note_how_it_is_read(story: Story, when: datetime) -> None:
    """*As applied today*, beside the clauses whose words are dated or say less than the law."""
    version, by = story.versions[-1], story.people[people.SECRETARY]
    clauses = clauses_of(version)
    for reference, found in notes_for([(c.reference, c.text) for c in clauses.values()]):
        services.note(
            clauses[reference],
            text=found.text,
            source=found.source,
            dated=when.date(),
            by=by,
            at=when,
        )


def attach(
    story: Story, charter: Imported, version: CharterVersion, day: date, when: datetime
) -> None:
    """Hang what is proposed and not in force yet on its clause, and say who looks after it."""
    by, clauses = story.people[people.SECRETARY], clauses_of(version)
    wanted = {
        key: clauses[reference]
        for key, reference in charter.hangs_on.items()
        if key not in story.duties and (charter is PRESENT or is_old(key))
    }
    for duty in loading.attach(wanted, in_force_from=day, by=by, at=when):
        entry = ENTRIES[duty.catalogue_key]
        owner = story.people[owner_of(entry)]
        story.duties[duty.catalogue_key] = services.change_duty(duty, owner=owner, by=by, at=when)
        if entry.not_applicable_reason:
            # Larkmere has no internal audit function.
            services.declare_not_applicable(
                duty, starts_on=day, reason=entry.not_applicable_reason, by=by, at=when
            )


def owner_of(entry: CatalogueDuty) -> Character:
    default = people.ASSISTANT if entry.layer is Source.GOOD_PRACTICE else people.SECRETARY
    return OWNERS.get(entry.key) or OWNERS_BY_COUNTERPARTY.get(entry.counterparty, default)


def clauses_of(version: CharterVersion) -> Mapping[str, Clause]:
    return {clause.reference: clause for clause in version.clauses.all()}


def write_a_duty_of_their_own(story: Story, when: datetime) -> None:
    """No catalogue has it: the company has no internal audit function, but an outside tester."""
    story.duties[TESTER_HEARD] = services.add_duty(
        clauses_of(story.versions[-1])["P-d"],
        in_force_from=story.stage.effective_on,
        title="Hear the outside tester of controls in person",
        cadence=Cadence.MONTHS,
        months=6,
        layer=Layer.GOOD_PRACTICE,
        counterparty=Counterparty.INTERNAL_AUDITOR,
        owner=story.people[people.CONTROLLER],
        by=story.people[people.SECRETARY],
        at=when,
    )


def write_another_duty(story: Story, when: datetime) -> None:
    """New, and not served yet: due for the first time within two months."""
    story.duties[NEW_STANDARDS] = services.add_duty(
        clauses_of(story.versions[1])["R-1f"],
        in_force_from=when.date(),
        title="Hear from the auditor how its firm applies the new quality-control standard",
        due_month=story.stage.new_duty_due_month,
        citation="PCAOB QC 1000",
        counterparty=Counterparty.EXTERNAL_AUDITOR,
        owner=story.people[people.CHAIR],
        by=story.people[people.SECRETARY],
        at=when,
    )


def switch_a_look_off(story: Story, when: datetime) -> None:
    services.end_duty(
        story.duties[SWITCHED_OFF],
        until=when.date(),
        by=story.people[people.SECRETARY],
        at=when,
    )


def draft_the_next_charter(story: Story, when: datetime) -> None:
    """Today's text with the amendments that the clause notes suggest. It waits for the Board."""
    version = draft(story, NEXT, f"{NEXT.found.title} (proposed {when.year})", when)
    services.put_before_board(version, by=story.people[people.SECRETARY], at=when)
