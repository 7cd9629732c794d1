"""What apps are told of directors, and what they tell of the company's auditor: extension points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from records.registry import ExtensionPoint

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True)
class AccountFollower:
    """`follow` is called with a director who was given another account, and `by` and `at` of the act,
    in its transaction: what is restricted from the person is restricted from the new account too."""

    name: str
    follow: Callable[..., None]


ACCOUNTS: ExtensionPoint[AccountFollower] = ExtensionPoint(
    "accounts of directors", module="members"
)


@dataclass(frozen=True)
class AuditFirms:
    """`names` answers with the firms that audit the company on a date: they are no advisers of the
    committee (RULE-43)."""

    name: str
    names: Callable[[date], Iterable[str]]


AUDIT_FIRMS: ExtensionPoint[AuditFirms] = ExtensionPoint("firms that audit", module="firms")
