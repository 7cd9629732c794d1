"""What can change a standing moves the ledger's head: no other write reaches what a snapshot read."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charter_portal.tests import writing
from charter_portal.tests.test_demo import DAYS, told
from charters.models import Committee
from charters.registry import DEADLINES, OPEN_ITEMS
from charters.standing import Docket
from charters.tests.test_snapshots import everything_of, impure

# What is written without an entry of its own in the ledger, and the tables that it is written to.
WITHOUT_AN_ENTRY: dict[str, tuple[str, ...]] = {
    # The ledger itself, and what every record passes through.
    "records.ledger.append": ("records_ledgerentry",),
    "records.ledger._lock_head": ("records_ledgerhead",),
    "records.models.bases.Immutable.correct": (),
    "records.models.bases.ImmutableQuerySet.bulk_update": (),
    "records.models.bases.ImmutableQuerySet.bulk_create": (),
    "records.models.ledger.LedgerEntryQuerySet.bulk_create": ("records_ledgerentry",),
    # A row with the defaults, made by the first to lock it.
    "records.services.deletions.lock_policy": ("records_deletionpolicy",),
    # What becomes of a notice stands with the notice.
    "records.services.deliveries._bundle": ("records_delivery", "records_notice"),
    "records.services.deliveries._withdraw": ("records_notice",),
    "records.services.deliveries._set_aside": ("records_notice", "records_delivery"),
    # Views, which ask a service by such a name.
    "records.views.deletions.DocumentsDeleteView.act": (),
    "records.views.notices.NoticesDeleteView.act": (),
    "charters.views.imports.ImportView.post": (),
    "accounts.views.entrance.InvitationView.by_password": (),
    # Sign-in: links, passkeys, sessions. An account itself is made in an act.
    "accounts.models.people.UserManager.create_user": (),
    "accounts.reauthentication.AgainForm._prove": ("mfa_authenticator",),
    "accounts.services.sign_in.mint_link": ("accounts_invitation",),
    "accounts.services.sign_in.note_password_request": ("accounts_passwordrequest",),
    "accounts.sessions.put_on_the_list": ("accounts_usersession", "django_session"),
    "accounts.sessions.rotate": ("accounts_usersession",),
    "accounts.sessions.keep_up": ("accounts_usersession",),
    "accounts.tasks.forget_sessions": ("accounts_usersession", "django_session"),
    # What was typed before signing in, for half an hour.
    "accounts.typed.keep": ("accounts_keptform",),
    "accounts.typed.forget_old": ("accounts_keptform",),
    "accounts.typed._forget": ("accounts_keptform",),
}
# Of the reporting channel a standing reads the procedures, which are recorded in acts.
PROCEDURES = "whistleblower.services.procedures."
OF_THE_PROCEDURES = {"whistleblower_channel", "whistleblower_procedureentry"}


@pytest.fixture
def committee(db: None) -> Committee:
    told(DAYS[0])
    found = Committee.objects.audit()
    assert found
    return found


def test_every_other_write_is_part_of_an_act_with_an_entry() -> None:
    found = {str(each) for each in writing.unrecorded()}
    # Concerns have no entry, by design: a standing reads nothing of theirs but the procedures.
    concerns = {each for each in found if each.startswith("whistleblower.")}
    assert concerns
    assert {each for each in concerns if each.startswith(PROCEDURES)} == set()
    found -= concerns
    assert found - WITHOUT_AN_ENTRY.keys() == set(), "writes that the ledger does not know of"
    assert WITHOUT_AN_ENTRY.keys() - found == set(), "no longer written, or recorded by now"


def test_the_walk_finds_writes_and_acts() -> None:
    """It would be of no use if it took everything for recorded."""
    by_name = {str(each): each for each in writing.functions()}
    assert by_name["charters.services.completions.record_completion"].is_act
    assert by_name["charters.services.closings.close_open_item"].writes
    assert by_name["records.notices.owe"].writes
    assert sum(each.writes for each in by_name.values()) > 150
    lone = writing.Function("correct", "charters.services.lone", is_act=False, writes=True)
    assert not writing.is_on_record(lone)


def test_of_the_whole_example_company_only_the_record_is_read_and_only_plain_values_are_kept(
    committee: Committee,
) -> None:
    """No table that is written without an entry; no record, no query and nothing lazy."""
    docket = Docket(committee, DAYS[0])
    with CaptureQueriesContext(connection) as made:
        everything_of(docket)
    read = set(tables_in(made))
    assert {"charters_completion", "meetings_meeting", "auditors_approval"} <= read
    written = {table for tables in WITHOUT_AN_ENTRY.values() for table in tables}
    assert read & written == set()
    assert {table for table in read if table.startswith("whistleblower_")} <= OF_THE_PROCEDURES

    parts: dict[str, Any] = docket._parts
    names = [f"open items: {each.name}" for each in OPEN_ITEMS]
    names += [f"deadlines: {each.name}" for each in DEADLINES]
    assert parts.keys() == {"standings", "reading", "lapses", *names}
    assert sum(len(each.evidence) for each in parts["standings"].duties.values()) > 50
    assert list(impure(parts)) == []


def tables_in(queries: CaptureQueriesContext) -> Iterator[str]:
    for query in queries:
        yield from re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])
