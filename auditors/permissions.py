"""Who may see and do what with the auditor's services, fees and findings."""

from accounts.enums import Role
from accounts.permissions import PERMISSIONS, Permission
from charters.permissions import READERS, SECRETARIES

# Who sees every request; management sees its own.
EVERY_REQUEST = READERS
# Management and counsel of the company never approve.
ASKING = SECRETARIES | {Role.MANAGEMENT}
# People of a firm see the engagements and the papers of their own firm.
OUTSIDE_AUDITORS = frozenset({Role.EXTERNAL_AUDITOR})

PERMISSIONS.add_all(
    Permission("auditors.view_engagement", READERS | OUTSIDE_AUDITORS),
    Permission("auditors.change_engagement", SECRETARIES, seen_by="auditors.view_engagement"),
    Permission("auditors.view_policy", READERS | {Role.MANAGEMENT}),
    Permission("auditors.change_policy", SECRETARIES, seen_by="auditors.view_policy"),
    Permission("auditors.view_servicerequest", READERS | {Role.MANAGEMENT}),
    Permission("auditors.add_servicerequest", ASKING, seen_by="auditors.view_servicerequest"),
    # A delegate decides; the secretary records a decision given elsewhere.
    Permission(
        "auditors.decide_servicerequest",
        SECRETARIES | {Role.DIRECTOR},
        seen_by="auditors.view_servicerequest",
    ),
    Permission("auditors.record_approval", SECRETARIES, seen_by="auditors.view_servicerequest"),
    # An officer whom a line names uses the committee's approval and gives none.
    Permission("auditors.use_line", ASKING, seen_by="auditors.view_servicerequest"),
    Permission("auditors.view_fees", READERS),
    Permission("auditors.change_fees", SECRETARIES, seen_by="auditors.view_fees"),
    Permission("auditors.view_letter", READERS | OUTSIDE_AUDITORS),
    Permission("auditors.receive_letter", SECRETARIES, seen_by="auditors.view_letter"),
    Permission("auditors.view_finding", READERS | {Role.MANAGEMENT}),
    Permission("auditors.change_finding", SECRETARIES, seen_by="auditors.view_finding"),
    # The owner of a plan enters it; of other findings management sees nothing.
    Permission("auditors.plan_finding", ASKING, seen_by="auditors.view_finding"),
    Permission("auditors.view_committeereport", READERS),
    Permission("auditors.record_review", SECRETARIES, seen_by="auditors.view_committeereport"),
    Permission(
        "auditors.issue_committeereport",
        SECRETARIES | {Role.DIRECTOR},
        seen_by="auditors.view_committeereport",
    ),
)
