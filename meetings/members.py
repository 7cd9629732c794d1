"""An item from which a director is recused is restricted from the account given to them later."""

from committees.registry import ACCOUNTS, AccountFollower
from meetings.services.recusals import follow_account

ACCOUNTS.add(AccountFollower("meetings.recusals", follow_account))
