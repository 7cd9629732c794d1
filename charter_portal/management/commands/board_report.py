"""The report to the Board from the command line: a draft, or with `--issue` a numbered one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from accounts.models import User
from accounts.permissions import reason_for_refusal
from charter_portal import services
from charter_portal.enums import Audience
from charter_portal.models import BoardReport
from charter_portal.reports import Scope, compose, from_json, render
from charter_portal.reports.scope import default_as_of
from charter_portal.services import release as release_services
from charters.management.commands.standing import a_day
from charters.models import Committee
from records import clock, store
from records.dates import written_for
from records.models import Company
from records.pdf import PdfUnavailable

NEEDED = "charter_portal.issue_report"


@dataclass(frozen=True)
class Setting:
    """Whose report it is, and today."""

    company: Company
    committee: Committee
    today: date


class Command(BaseCommand):
    help = (
        "Write the report to the Board as a PDF. Without --issue it is an unnumbered draft "
        "and nothing is stored. With --issue --by EMAIL it is numbered, filed and recorded "
        "in the ledger, and FILE is a copy. Where the chair issues reports, --prepare --by EMAIL "
        "stores the report and asks the chair to issue it; FILE is a draft. Exit "
        "codes: 0 success, 1 the records or the file "
        "do not allow it, 2 wrong arguments."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.pdf", help="path of the PDF")
        parser.add_argument(
            "--from",
            dest="period_from",
            type=a_day,
            required=True,
            metavar="DATE",
            help="first date of the period, YYYY-MM-DD",
        )
        parser.add_argument(
            "--to",
            dest="period_to",
            type=a_day,
            required=True,
            metavar="DATE",
            help="last date of the period; today or earlier",
        )
        parser.add_argument(
            "--as-of",
            type=a_day,
            metavar="DATE",
            help="date of the status; default: last date of the period, or today if earlier",
        )
        parser.add_argument(
            "--audience",
            choices=Audience.values,
            default=Audience.BOARD.value,
            help="the full Board (default) or the independent directors only",
        )
        act = parser.add_mutually_exclusive_group()
        act.add_argument("--issue", action="store_true", help="issue the report; needs --by")
        act.add_argument(
            "--prepare", action="store_true", help="ask the chair to issue it; needs --by"
        )
        parser.add_argument("--by", metavar="EMAIL", help="who issues or prepares it")

    def handle(self, *args: Any, **options: Any) -> None:
        if (options["issue"] or options["prepare"]) != bool(options["by"]):
            raise CommandError(
                "To issue a report, give --issue --by EMAIL. To ask the chair to issue it, give "
                "--prepare --by EMAIL. Omit all to write a draft."
            )
        try:
            self._write(options)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        except PdfUnavailable as unavailable:
            raise CommandError(str(unavailable)) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from None
        except DatabaseError as error:
            raise CommandError(
                f"The database did not answer ({error}). Is it set up? manage.py migrate"
            ) from None

    def _write(self, options: dict[str, Any]) -> None:
        setting = the_setting()
        scope = scope_of(options, setting.today)
        with written_for(setting.company):
            scope.refuse_what_is_false(setting.today)
        by = the_issuer(options["by"]) if options["by"] else None
        # Its place is taken first: what cannot be written is not issued either.
        with place_for(options["file"]) as place:
            if by and options["prepare"]:
                prepared = release_services.prepare(setting.committee, scope, by=by, at=clock.now())
                content, done = render(from_json(prepared.data)), "The chair is asked to issue it"
            elif by:
                issued = services.issue(setting.committee, scope, by=by, at=clock.now())
                content, done = bytes_of(issued), f"{issued} is issued"
            else:
                report = compose(
                    setting.committee, scope, company=setting.company, on=setting.today
                )
                content, done = render(report), "The draft is composed"
            put(content, place, options["file"], done)
        self.stdout.write(f"{done}. It is in {options['file']}.")


def the_setting() -> Setting:
    company, committee = Company.objects.current(), Committee.objects.audit()
    if company is None or committee is None:
        raise CommandError("No charter is on record yet. Import one: manage.py import_charter FILE")
    return Setting(company, committee, clock.today(company))


def scope_of(options: dict[str, Any], today: date) -> Scope:
    return Scope(
        period_from=options["period_from"],
        period_to=options["period_to"],
        as_of=options["as_of"] or default_as_of(options["period_to"], today),
        audience=Audience(options["audience"]),
    )


def the_issuer(address: str) -> User:
    """An active person who may issue reports."""
    user = User.objects.active().filter(email__iexact=address.strip()).first()
    if user is None:
        raise CommandError(f"Nobody with an open account has the address {address}.")
    if not user.has_perm(NEEDED):
        raise CommandError(f"{user} may not issue reports. {reason_for_refusal(NEEDED)}")
    return user


def bytes_of(issued: BoardReport) -> bytes:
    with store.fetch(issued.document.sha256) as stored:
        return stored.read()


@contextlib.contextmanager
def place_for(path: Path) -> Iterator[Path]:
    """A file beside the one to be written, which replaces it once it is complete."""
    if path.is_dir():
        raise CommandError(f"{path} is a folder. Name a file in it.")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def put(content: bytes, place: Path, path: Path, done: str) -> None:
    """All of it or nothing; with the rights that a new file would have."""
    try:
        place.write_bytes(content)
        mask = os.umask(0)
        os.umask(mask)
        place.chmod(0o666 & ~mask)
        place.replace(path)
    except OSError as error:
        raise CommandError(f"{done}, but {path} was not written: {error.strerror}.") from None
