"""`manage.py import_charter FILE`: a charter's text becomes clauses and duties."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from charters import proposals, services
from charters.management.commands.standing import a_day
from charters.models import CharterVersion, Committee
from charters.proposals import Taken
from charters.reading.dates import adoption
from charters.reading.reader import LARGEST_FILE
from charters.reading.structure import CharterUnreadable, Role
from charters.standing import Docket
from records import clock
from records.acts import act
from records.enums import Setting, SystemActor
from records.models import Company


class Command(BaseCommand):
    help = (
        "Import a charter from plain text, Markdown or DOCX. Clauses keep their exact words. "
        "Responsibilities of the catalogue are proposed by wording. In an empty "
        "installation, the company and its committee are created from the file, with default "
        "settings to confirm."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--committee", default="", metavar="NAME", help="the committee's name")
        parser.add_argument(
            "--adopted",
            type=a_day,
            metavar="DATE",
            help="adopted and in effect from this date (YYYY-MM-DD); without it, a draft",
        )
        parser.add_argument("--dry-run", action="store_true", help="show the result, store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        taken = self.read(options["file"])
        self.show(taken)
        if options["dry_run"]:
            self.stdout.write("Nothing was stored.")
            return
        self.refuse(options["committee"], options["adopted"])
        try:
            version, added = import_charter(taken, options["committee"], options["adopted"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.report(version, added)

    def read(self, path: Path) -> Taken:
        try:
            with path.open("rb") as file:
                return proposals.take_apart(file.read(LARGEST_FILE + 1), path.name)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror or error}") from error
        except CharterUnreadable as error:
            raise CommandError(str(error)) from error

    def refuse(self, name: str, adopted: date | None) -> None:
        """Refuse what cannot be stored before anything is."""
        committee = Committee.objects.audit()
        if name and committee and committee.name != name:
            raise CommandError(
                f"The audit committee here is “{committee.name}”. Leave --committee out to load "
                "another version of its charter."
            )
        if adopted and adopted > clock.today(Company.objects.current()):
            raise CommandError(
                "The date of --adopted is in the future. Record the adoption after the Board "
                "adopts the charter."
            )

    def show(self, taken: Taken) -> None:
        """What was found, passage by passage."""
        found = taken.found
        self.stdout.write(
            f"{found.company or 'Company not named'}: {found.title or 'no title'}\n\n"
        )
        for passage in found.passages:
            mark = passage.reference or {Role.UNPLACED: "?"}.get(passage.role, "")
            self.stdout.write(f"{mark:7}{passage.text}")
        self.stdout.write(f"\n{len(found.clauses)} clauses.")
        for words in adoption((each.text for each in found.unplaced), date.max).words:
            self.stdout.write(f"On its adoption the text says: {words}")
        if found.unplaced:
            self.stdout.write(f"{len(found.unplaced)} passages could not be placed (marked ?).")

    def report(self, version: CharterVersion, added: int) -> None:
        word = "adopted" if version.adopted_on else "a draft. Record its adoption by the Board"
        self.stdout.write(self.style.SUCCESS(f"\nStored “{version.title}”: {word}."))
        if version.adopted_on:
            self.stdout.write(f"{added} responsibilities were added. Add the Board's decision.")
            left = [each for each in proposals.propose(version) if not each.is_sure]
            self.stdout.write(
                f"{len(left)} responsibilities are left on the page Choose responsibilities:"
            )
            for each in left:
                near = f" (near {', '.join(each.candidates)})" if each.candidates else ""
                self.stdout.write(f"  {each.title}{near}")
        company = Company.objects.current()
        if company and company.to_confirm:
            settings = ", ".join(str(Setting(name).label) for name in company.to_confirm)
            self.stdout.write(f"Default settings to confirm on the Company page: {settings}.")


@act
def import_charter(
    taken: Taken, committee: str, adopted: date | None
) -> tuple[CharterVersion, int]:
    """Store a charter: a draft, or adopted with its duties and notes. All of it or nothing."""
    signed: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": clock.now()}
    found = taken.found
    version = services.load_charter(
        title=found.title or "Audit Committee Charter",
        text=taken.text,
        passages=found.passages,
        headings=proposals.short_names(found),
        company_name=found.company,
        committee_name=committee,
        **signed,
    )
    if adopted is None:
        return version, 0
    found_again = proposals.carried_clauses(version, adopted)
    carried = {pk: each.clause for pk, each in found_again.items() if each.clause}
    version = services.take_up(
        version, adopted_on=adopted, effective_on=adopted, carried=carried, **signed
    )
    clauses = {clause.reference: clause for clause in version.clauses.all()}
    chosen = {
        each.key: clauses[each.reference]
        for each in proposals.proposals_for(Docket(version.committee, adopted))
        if each.is_sure
    }
    duties = services.attach(chosen, in_force_from=adopted, **signed)
    return version, len(duties) + len(carried)
