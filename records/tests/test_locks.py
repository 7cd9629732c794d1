"""Locks on a document's bytes."""

import pytest

from records import locks

SHA256 = "f" * 64


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lock", [locks.share, locks.take])
def test_a_lock_needs_a_transaction_to_last_for(lock) -> None:
    with pytest.raises(RuntimeError, match="lasts as long as a transaction"):
        lock(SHA256)


@pytest.mark.django_db
def test_who_shares_a_lock_may_take_it() -> None:
    """An act that deletes and files the same content does not wait for itself."""
    locks.share(SHA256)
    locks.take(SHA256)
    locks.take("0" * 64)
