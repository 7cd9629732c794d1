"""What a route is: an address, and who may read and post there.

Each app lists its routes in `tests/routes.py`, by the address's name, as `ROUTES`. The walk in
`charter_portal/tests/test_access.py` tries every route with every persona and every method.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from accounts.models import User
from accounts.tests.personas import PERSONAS

Cast = Mapping[str, User]
People = frozenset[str]

NOBODY: People = frozenset()
EVERYBODY: People = frozenset(PERSONAS)
SIGNED_IN: People = EVERYBODY - {"anonymous"}
SECRETARIES: People = frozenset({"secretary", "secretary_in_management"})
DIRECTORS: People = frozenset({"chair", "member"})
MANAGERS: People = frozenset({"management", "secretary_in_management"})
AUDITORS: People = frozenset({"internal_auditor", "external_auditor"})
COUNSEL: People = frozenset({"company_counsel", "independent_counsel"})
ADMINISTRATORS: People = frozenset({"administrator"})


def nothing(cast: Cast) -> dict[str, object]:
    return {}


@dataclass(frozen=True)
class Route:
    """Who may read and who may post at an address; everybody else is turned away.

    kwargs   makes the object that the address names and answers the address's arguments
    data     what is posted; whoever may post must get an answer, be it "please look again"
    query    what stands behind the question mark
    sees     who sees the object that the address names on another page: here they are refused
             (403), where everybody else is told nothing of what is there
    has_no_cookie  a public form that rides on no cookie: it needs no token, for nothing can be
             forged by sending it from elsewhere
    """

    get: People = NOBODY
    post: People = NOBODY
    kwargs: Callable[[Cast], Mapping[str, object]] = nothing
    data: Callable[[Cast], Mapping[str, object]] = nothing
    query: str = ""
    sees: People = NOBODY
    has_no_cookie: bool = False

    def opens_to(self, persona: str, method: str) -> bool:
        return persona in (self.post if method == "POST" else self.get)

    def has(self, method: str) -> bool:
        return bool(self.post if method == "POST" else self.get)
