"""What apps are told of directors: the extension point of this app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from records.registry import ExtensionPoint

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class AccountFollower:
    """`follow` is called with a director who was given another account, and `by` and `at` of the act,
    in its transaction: what is restricted from the person is restricted from the new account too."""

    name: str
    follow: Callable[..., None]


ACCOUNTS: ExtensionPoint[AccountFollower] = ExtensionPoint(
    "accounts of directors", module="members"
)
