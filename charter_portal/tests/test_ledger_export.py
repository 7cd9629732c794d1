"""The whole ledger to take away: the secretary's alone, after signing in afresh."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from accounts.sessions import SECOND_FACTOR
from accounts.tests.restrictions import answer
from charter_portal.tests.reporting import NOW, make_world
from charters.services import events
from records import verify
from records.enums import SystemActor
from records.models import LedgerEntry, Notice
from records.services import ledger as services
from records.services import legal_holds
from records.services import notices as notice_services
from records.services.company import set_up
from records.tests.ledgers import AT, note
from records.tests.owing import a_kind, owe

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]


def test_secretary_takes_it_away(secretary: User, client_of: ClientOf, tmp_path: Path) -> None:
    set_up(name="Larch Instruments, Inc.", by=secretary, at=AT)
    note(secretary)
    response = client_of(secretary).post(reverse("ledger_export"))
    content = b"".join(response.streaming_content)

    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"].startswith('attachment; filename="ledger-')
    zipfile.ZipFile(io.BytesIO(content)).extractall(tmp_path)
    assert verify.main([str(tmp_path / "ledger")]) == 0
    entry = LedgerEntry.objects.last()
    assert entry is not None
    assert (entry.action, entry.actor.split()[0]) == ("ledger.exported", f"user:{secretary.pk}")


def test_it_asks_for_sign_in_again(secretary: User, client_of: ClientOf) -> None:
    """Whoever signed in longer ago, and is no persona of the demo, is handed nothing before."""
    client = client_of(secretary)
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()
    response = client.post(reverse("ledger_export"))

    assert not response.streaming
    assert not LedgerEntry.objects.filter(action="ledger.exported").exists()


def test_reading_is_no_export(secretary: User, client_of: ClientOf) -> None:
    assert client_of(secretary).get(reverse("ledger_export")).status_code == 405


def test_to_whom_a_line_is_closed_it_is_refused_with_the_way_out(
    secretary: User, secretary_in_management: User, client_of: ClientOf
) -> None:
    events.enter_event(
        make_world().committee,
        template="charters.blank",
        title="Letter about the rotation",
        learned_on=date(2026, 10, 1),
        restricted_roles={Role.MANAGEMENT},
        by=secretary,
        at=NOW,
    )
    client = client_of(secretary_in_management)
    response = client.post(reverse("ledger_export"))

    assert response.status_code == 403
    assert (
        "You cannot see every entry, and an export includes all of them"
        in response.content.decode()
    )
    # Whether it is refused is asked of the whole log, and so of whoever asks for it alone.
    assert reverse("ledger_export") in client.get(reverse("ledger")).content.decode()
    assert answer(client_of(secretary).post(reverse("ledger_export"))) == 200


def test_service_refuses_a_person_to_whom_a_line_is_closed(secretary: User, member: User) -> None:
    note(secretary)
    legal_holds.place(reason="A matter.", by=secretary, at=AT)
    assert services.why_no_export(SystemActor.OPERATOR) is None
    assert services.why_no_export(secretary) is None
    with pytest.raises(ValidationError, match="cannot see"):
        services.export_archive(by=member, at=AT)


def test_notice_that_is_gone_bars_nobody(secretary: User, member: User) -> None:
    """Its line stays, and nobody can tell any more to whom it was open."""
    with a_kind():
        owe(member)
        notice = Notice.objects.get()
        notice_services.cancel(notice, because="Not needed.", by=secretary, at=AT)
    assert services.why_no_export(secretary)
    notice.delete()
    assert services.why_no_export(secretary) is None
