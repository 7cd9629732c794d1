"""The whole ledger to take away: the secretary's alone, after signing in afresh."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.sessions import SECOND_FACTOR
from records import verify
from records.models import LedgerEntry
from records.services.company import set_up
from records.tests.ledgers import AT, note

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
