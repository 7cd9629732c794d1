"""Who is who at Larkmere Instruments. Every one of them is invented."""

from dataclasses import dataclass

from accounts.enums import Role
from charter_portal.demo.company import DOMAIN


@dataclass(frozen=True)
class Character:
    """A person of the story, with the part they play in it."""

    key: str
    name: str
    roles: tuple[Role, ...]
    part: str
    sort_name: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


SECRETARY = Character(
    "whitcombe", "Eleanor Whitcombe", (Role.SECRETARY,), "the corporate secretary"
)
ASSISTANT = Character("zielinski", "Tomasz Zieliński", (Role.SECRETARY,), "the assistant secretary")
FINANCE = Character(
    "nakamura",
    "Grace Nakamura",
    (Role.SECRETARY, Role.MANAGEMENT),
    "chief financial officer and also a secretary; records restricted from management are "
    "restricted from her",
)
CHAIR = Character("amankwah", "Judith Amankwah", (Role.DIRECTOR,), "chair of the Audit Committee")
MEMBER = Character("solberg", "Henrik Solberg", (Role.DIRECTOR,), "member of the Audit Committee")
SUCCESSOR = Character(
    "villasenor",
    "María Fernanda Villaseñor de Echeverría y Montalbán",
    (Role.DIRECTOR,),
    "member of the Audit Committee, seated after the vacancy",
    sort_name="Villaseñor de Echeverría y Montalbán, María Fernanda",
)
LEAVER = Character(
    "pruitt", "Walter Pruitt", (Role.DIRECTOR,), "member until he resigned from the Board"
)
DIRECTOR = Character(
    "raghunathan",
    "Priya Raghunathan",
    (Role.DIRECTOR,),
    "director who does not sit on the Audit Committee",
)
CHIEF = Character(
    "farquharson",
    "Colin Farquharson",
    (Role.DIRECTOR, Role.MANAGEMENT),
    "chief executive officer and director",
)
CONTROLLER = Character("braga", "Luís Ferreira Braga", (Role.MANAGEMENT,), "controller")
TESTER = Character(
    "vos",
    "Anneke Vos",
    (Role.INTERNAL_AUDITOR,),
    "outside tester of controls, Vos & Hartley; the company has no internal audit function",
)
AUDITOR = Character(
    "brightwater",
    "Samuel Brightwater",
    (Role.EXTERNAL_AUDITOR,),
    "audit partner, Calloway Finch LLP",
)
COUNSEL = Character("oyelaran", "Beatrix Oyelaran", (Role.COMPANY_COUNSEL,), "company counsel")
INDEPENDENT = Character(
    "tanabe",
    "Hiroshi Tanabe",
    (Role.INDEPENDENT_COUNSEL,),
    "independent counsel to the Committee",
)
ADMINISTRATOR = Character(
    "castellano", "Wren Castellano", (Role.ADMINISTRATOR,), "administrator of the portal"
)

# Those whom the secretary admits on the first day, in this order.
ADMITTED = (
    ADMINISTRATOR,
    ASSISTANT,
    FINANCE,
    CHAIR,
    MEMBER,
    LEAVER,
    DIRECTOR,
    CHIEF,
    CONTROLLER,
    TESTER,
    AUDITOR,
    COUNSEL,
    INDEPENDENT,
)
# Whoever can sign in at the end: all but the member who left.
PERSONAS = (
    SECRETARY,
    ASSISTANT,
    FINANCE,
    CHAIR,
    MEMBER,
    SUCCESSOR,
    DIRECTOR,
    CHIEF,
    CONTROLLER,
    TESTER,
    AUDITOR,
    COUNSEL,
    INDEPENDENT,
    ADMINISTRATOR,
)
BY_KEY = {who.key: who for who in (*PERSONAS, LEAVER)}
