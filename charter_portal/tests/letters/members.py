"""Nobody sits on a body through a letter, and no letter follows an account; the points take more than
one source."""

from charters.registry import MEMBERS, MemberSource
from committees.registry import ACCOUNTS, AccountFollower

MEMBERS.add(MemberSource("letters.nobody", lambda body, on: ()))
ACCOUNTS.add(AccountFollower("letters.nothing", lambda director, *, by, at: None))
