"""Matching: which duties belong to which clause. The tables are meant to be read by a lawyer."""

from collections import defaultdict

import pytest

from charters.reading.matching import THRESHOLD, carry, notes_for, propose
from charters.reading.reader import read
from charters.reading.structure import CharterText, structure
from charters.rules.catalogue import CATALOGUE
from charters.tests.reading import charters
from charters.tests.reading.real_charter import real_charter

REAL_CHARTER = {
    "P-a": "oversee-statements",
    "P-b": "oversee-compliance",
    "P-c": "oversee-auditor",
    "P-d": "oversee-audit-performance",
    "M-0": "minimum-size",
    "M-1": "independent-members",
    "M-2": "financial-literacy",
    "M-3": "financial-sophistication",
    "R-1a": "evaluate-auditor change-of-auditor stockholder-ratification",
    "R-1b": "auditor-compensation",
    "R-1c": "oversee-audit-work pre-approve-audit",
    "R-1d": "pre-approve-non-audit",
    "R-1e": "pre-approval-policy",
    "R-1f": "quality-control-report other-auditor-reports",
    "R-1g": "independence-dialogue",
    "R-1h": "act-on-independence",
    "R-2": "audit-plan",
    "R-3": "annual-statements required-communications",
    "R-4": "audit-findings findings-follow-up",
    "R-5": "complaint-procedures employee-channel",
    "R-6": "advisers funding",
    "R-7": "committee-evaluation charter-review",
    "MT-1": "four-meetings",
    "MT-2": "session-auditor session-management session-internal-auditor "
    "session-auditor-quarterly session-management-twice",
    "MT-3": "report-to-board",
}
REAL_CHARTER_UNNAMED = {
    "P-a": "look-disclosure-controls financial-expert accounting-policies recommend-statements "
    "control-conclusion quarterly-statements officer-disclosures earnings-releases committee-report",
    "P-b": "compliance-report related-party-review look-litigation concerns-reported channel-tested "
    "channel-announced charter-publication",
    "P-c": "engagement-letter delegated-approvals tax-and-control-services partner-rotation "
    "former-auditor-hiring resolve-disagreements",
    "P-d": "internal-audit-plan",
}
OTHER_WORDS = {
    "P-a": "oversee-statements",
    "P-b": "oversee-compliance",
    "P-c": "oversee-auditor oversee-audit-performance",
    "M-1": "minimum-size",
    "M-2": "independent-members",
    "M-3": "financial-literacy financial-sophistication financial-expert",
    "R-1": "evaluate-auditor change-of-auditor auditor-compensation",
    "R-2": "resolve-disagreements",
    "R-3": "pre-approve-audit pre-approve-non-audit",
    "R-4": "delegated-approvals",
    "R-5": "independence-dialogue",
    "R-6": "partner-rotation",
    "R-7": "former-auditor-hiring",
    "R-8": "annual-statements recommend-statements quarterly-statements",
    "R-9": "earnings-releases",
    "R-10": "accounting-policies",
    "R-11": "audit-findings findings-follow-up",
    "R-12": "",  # a sustainability committee: nothing of ours
    "R-13": "related-party-review",
    "R-14": "look-cyber",
    "R-15": "complaint-procedures employee-channel",
    "R-16": "",  # charitable gifts: nothing of ours
    "R-17": "advisers",
    "MT-1": "four-meetings",
    "MT-2": "session-auditor session-management session-internal-auditor "
    "session-auditor-quarterly session-management-twice",
    "MT-3": "report-to-board",
    "MT-4": "committee-evaluation charter-review",
}
OTHER_WORDS_OPEN = (
    "stockholder-ratification oversee-audit-work pre-approval-policy quality-control-report "
    "other-auditor-reports act-on-independence audit-plan required-communications funding"
)
REAL_CHARTER_NOTES = {
    "P-d": "auditor-not-internal-audit",
    "M-1": "independence-tests",
    "M-2": "fundamental-statements",
    "M-3": "two-labels",
    "R-1a": "advisory-ratification",
    "R-1c": "disagreements",
    "R-1d": "approve-in-advance",
    "R-1f": "quality-control-sources",
    "R-1g": "relationships-report-source relationships-report",
    "R-3": "sas-61 annual-only",
    "R-4": "findings-terms",
    "R-5": "concerns-law",
    "MT-1": "year",
    "MT-2": "auditor-not-internal-audit",
}


def structured(text: str | bytes) -> CharterText:
    return structure(read(text if isinstance(text, bytes) else text.encode(), "charter"))


def clauses(charter: CharterText) -> list[tuple[str, str, str, str]]:
    return [
        (each.reference, each.section, each.text, charter.context(each)) for each in charter.clauses
    ]


def table(matches) -> dict[str, list[str]]:
    found = defaultdict(list)
    for match in matches:
        found[match.reference].append(match.entry.key)
    return {reference: sorted(keys) for reference, keys in found.items()}


def named(proposal) -> dict[str, list[str]]:
    """What the clauses state, whether it is switched on or not."""
    return table(each for each in (*proposal.attached, *proposal.optional) if each.is_named)


def expected(rows: dict[str, str]) -> dict[str, list[str]]:
    return {reference: sorted(keys.split()) for reference, keys in rows.items() if keys}


@pytest.mark.parametrize("with_context", [True, False], ids=["in context", "clause alone"])
def test_every_clause_of_the_real_charter_gets_its_duties(with_context):
    rows = clauses(structured(real_charter()))
    proposal = propose(rows if with_context else [row[:3] for row in rows])
    assert named(proposal) == expected(REAL_CHARTER)
    assert proposal.open == ()


def test_what_the_real_charter_does_not_name_hangs_on_its_purposes():
    proposal = propose(clauses(structured(real_charter())))
    unnamed = table(match for match in proposal.attached if not match.is_named)
    assert unnamed == expected(REAL_CHARTER_UNNAMED)
    assert {match.entry.layer for match in proposal.attached if not match.is_named} == {"LAW", "GP"}


def test_looks_that_are_off_are_proposed_apart():
    proposal = propose(clauses(structured(real_charter())))
    assert table(proposal.optional) == {
        "P-a": ["look-non-gaap", "look-tax", "look-treasury"],
        "P-b": ["look-code-of-conduct", "look-cyber", "look-insurance"],
    }


def test_every_clause_of_the_real_charter_gets_a_short_name():
    charter = structured(real_charter())
    headings = propose(clauses(charter)).headings
    assert set(headings) == {clause.reference for clause in charter.clauses}
    assert headings["R-1g"] == "Independence dialogue and relationships report"
    assert len(set(headings.values())) == len(headings)


def test_a_charter_in_other_words_gets_its_duties():
    proposal = propose(clauses(structured(charters.OTHER_WORDS)))
    assert named(proposal) == expected(OTHER_WORDS)
    assert [each.entry.key for each in proposal.open] == OTHER_WORDS_OPEN.split()


@pytest.mark.parametrize(
    "text",
    [
        "oversee the Company's sustainability committee and its climate reporting",
        "approve charitable gifts of more than $50,000",
        "set the compensation of the Company's executive officers",
        "nominate directors for election by the stockholders",
        "review the succession plan for the chief executive officer",
        "oversee the pension plan and appoint its trustee",
        "approve acquisitions and closings under the authority the Board gave it",
        "review the quality of the Company's products and reports of its inspectors",
        "recommend the compensation of directors to the Board",
        "review the Company's cash flow forecast and its covenants",
        "discuss the Company's strategy with management",
        "have its meetings called by the chair on two days' notice",
        "visit one plant of the Company every year",
    ],
)
def test_an_alien_clause_is_left_without_a_duty(text):
    proposal = propose([("R-1", "Responsibilities", text)])
    assert [*proposal.attached, *proposal.optional] == []


@pytest.mark.parametrize(
    ("section", "text", "keys"),
    [
        (
            "Duties",
            "be directly responsible for the appointment, compensation, retention and oversight "
            "of the work of the independent auditor, including the resolution of disagreements between "
            "management and the auditor regarding financial reporting",
            "evaluate-auditor auditor-compensation oversee-audit-work resolve-disagreements",
        ),
        (
            "Duties",
            "select and retain (subject to approval by the stockholders), evaluate and terminate "
            "where appropriate",
            "evaluate-auditor change-of-auditor stockholder-ratification",
        ),
        (
            "Duties",
            "engage in a dialogue with the auditor on its independence, and obtain and review a "
            "report on the relationships between it and the Company",
            "independence-dialogue",
        ),
        (
            "Duties",
            "pre-approve all audit and permitted non-audit services of the accounting firm",
            "pre-approve-audit pre-approve-non-audit",
        ),
        (
            "Duties",
            "review and discuss the quarterly financial statements with management and the "
            "auditors before Form 10-Q is filed",
            "quarterly-statements",
        ),
        (
            "Duties",
            "review with the head of internal audit the internal audit plan and its budget",
            "internal-audit-plan",
        ),
        (
            "Duties",
            "discuss with the external auditor the scope and plan of its audit",
            "audit-plan",
        ),
        ("Duties", "discuss the Company's earnings press releases", "earnings-releases"),
        (
            "Duties",
            "prepare the report which the SEC requires for the annual proxy statement",
            "committee-report",
        ),
        (
            "Duties",
            "review the Company's disclosure controls and procedures with management",
            "look-disclosure-controls",
        ),
        (
            "Duties",
            "oversee the Company's whistleblower hotline for its personnel",
            "employee-channel",
        ),
        ("Duties", "review with counsel litigation and other legal matters", "look-litigation"),
        ("Meetings", "The Committee shall meet no less than quarterly.", "four-meetings"),
        ("Composition", "Each member shall be financially literate.", "financial-literacy"),
        (
            "Membership",
            "At least one membr has accounting or relatd financial managment expertise.",
            "financial-sophistication",
        ),
    ],
)
def test_single_clauses_in_their_usual_words(section, text, keys):
    proposal = propose([("X-1", section, text)])
    assert sorted(match.entry.key for match in proposal.attached) == sorted(keys.split())


def test_a_duty_is_attached_once_and_to_the_better_clause():
    proposal = propose(
        [
            ("R-1", "Duties", "review each year whether the charter is adequate"),
            ("R-2", "Duties", "assess every year whether the charter is still adequate"),
        ]
    )
    assert table(proposal.attached) == {"R-2": ["charter-review"]}


def test_what_is_below_the_threshold_is_left_to_the_secretary_with_candidates():
    proposal = propose(
        [("R-1", "Duties", "look at the audit plan for the pension fund's buildings")]
    )
    left = {each.entry.key: each.candidates for each in proposal.open}
    assert all(candidate.score < THRESHOLD for each in left.values() for candidate in each)
    assert len(left) == len(CATALOGUE) - len(proposal.attached) - len(proposal.optional)


def test_every_duty_is_somewhere_and_nowhere_twice():
    proposal = propose(clauses(structured(charters.OTHER_WORDS)))
    found = [each.entry.key for each in (*proposal.attached, *proposal.optional, *proposal.open)]
    assert sorted(found) == sorted(entry.key for entry in CATALOGUE)


def test_a_charter_without_purposes_leaves_them_open():
    proposal = propose([("MT-1", "Meetings", "The Committee shall meet quarterly.")])
    assert [match.entry.key for match in proposal.attached] == ["four-meetings"]


def test_the_same_charter_gives_the_same_proposal():
    rows = clauses(structured(charters.OTHER_WORDS))
    assert propose(rows) == propose(rows)


def test_the_real_charters_notes_as_applied_today():
    found = defaultdict(list)
    for reference, note in notes_for(
        [(each.reference, each.text) for each in structured(real_charter()).clauses]
    ):
        found[reference].append(note.key)
    assert {reference: " ".join(keys) for reference, keys in found.items()} == REAL_CHARTER_NOTES


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("approve in advance all permitted non-audit services", ""),
        ("discuss the matters required by Statement on Auditing Standards No. 61", "sas-61"),
        ("discuss the matters that AS 1301 requires", ""),
        ("review the annual financial statements and the quarterly ones", ""),
        ("review the audited financial statements", "annual-only"),
        ("oversee sustainability", ""),
    ],
)
def test_a_note_stands_only_beside_words_it_fits(text, keys):
    assert [note.key for _, note in notes_for([("R-1", text)])] == keys.split()


OLD = [
    ("R-1a", "appoint the auditor each year"),
    ("R-1b", "set the auditor's compensation"),
    ("R-2", "review the annual statements with management and the auditor"),
    ("R-3", "establish procedures for complaints about accounting"),
    ("MT-1", "The Committee meets four times a year."),
    ("MT-2", "It reports to the Board."),
]


@pytest.mark.parametrize(
    ("new", "carried"),
    [
        (
            OLD,
            {
                "R-1a": "R-1a",
                "R-1b": "R-1b",
                "R-2": "R-2",
                "R-3": "R-3",
                "MT-1": "MT-1",
                "MT-2": "MT-2",
            },
        ),
        (
            [
                ("R-1a", "set the auditor's compensation"),
                ("R-1b", "appoint the auditor each year and evaluate it"),
                ("R-2", "review the audit plan"),
                (
                    "R-3",
                    "review the annual and quarterly statements with management and the auditor",
                ),
                ("MT-1", "The Committee holds meetings at least four times a year."),
            ],
            {
                "R-1a": "R-1b",
                "R-1b": "R-1a",
                "R-2": "R-3",
                "R-3": None,
                "MT-1": "MT-1",
                "MT-2": None,
            },
        ),
        ([], dict.fromkeys([reference for reference, _ in OLD])),
    ],
    ids=["unchanged", "reordered and reworded", "emptied"],
)
def test_clauses_are_carried_from_version_to_version(new, carried):
    assert carry(OLD, new) == carried


def test_among_equal_wordings_the_same_reference_wins():
    twins = [("R-1", "review the plan"), ("R-2", "review the plan")]
    assert carry(twins, twins) == {"R-1": "R-1", "R-2": "R-2"}
    assert carry(twins, [("R-2", "review the plan")]) == {"R-1": None, "R-2": "R-2"}


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        # The charter of internal audit is not this charter.
        (
            {
                "R-1": "At least once a year review the charter, the authority, the independence and "
                "the budget of the internal audit department, and assess whether its plan is adequate.",
                "R-2": "Review and reassess the adequacy of this Charter each year, suggest proposed "
                "changes to the Board as appropriate, and publish it where the exchange so requires.",
            },
            {"charter-review": "R-2"},
        ),
        (
            {
                "M-1": "It shall consist of at least three directors, each of whom shall be independent."
            },
            {"minimum-size": "M-1", "independent-members": "M-1"},
        ),
        (
            {"M-1": "The Committee shall consist of four or five directors."},
            {"minimum-size": "M-1"},
        ),
        ({"M-1": "The Committee shall consist of two directors."}, {"minimum-size": ""}),
        (
            {
                "MT-1": "Meet in separate executive sessions with management, the Chief Audit "
                "Executive and the independent auditors."
            },
            {"session-internal-auditor": "MT-1", "session-auditor": "MT-1"},
        ),
        (
            {
                "R-1": "Review the annual and the quarterly financial statements before they are filed."
            },
            {"quarterly-statements": "R-1", "annual-statements": "R-1"},
        ),
        # Disclaimers, and what others are responsible for, are nobody's duty here.
        (
            {
                "P-a": "It is not the duty of the Committee to plan audits or to decide whether the "
                "financial statements, the accounting and the internal controls are reliable.",
                "P-b": "The Committee watches over the integrity of the financial statements.",
            },
            {"oversee-statements": "P-b", "audit-plan": ""},
        ),
        (
            {
                "R-1": "This Charter does not create any duty of the Committee to plan audits.",
                "R-2": "Management is responsible for the integrity of the financial statements and "
                "for effective internal control over financial reporting.",
            },
            {"audit-plan": "", "oversee-statements": "", "control-conclusion": ""},
        ),
        # The pay of the auditor, not of its partners.
        (
            {
                "R-1": "Be responsible for the appointment, compensation, retention and oversight of "
                "the auditor's work, including any other attest work done by such a firm.",
                "R-2": "Set clear rules on the rotation of audit partners, and confirm that the "
                "compensation of audit partners follows the rules of the SEC.",
            },
            {"auditor-compensation": "R-1"},
        ),
        (
            {"R-1": "Have direct responsibility for setting the compensation of the auditor."},
            {"auditor-compensation": "R-1"},
        ),
        (
            {
                "R-1": "Pre-approve (which may be done under a pre-approval policy) all audit and "
                "non-audit services of the auditor."
            },
            {"pre-approve-audit": "R-1", "pre-approve-non-audit": "R-1", "pre-approval-policy": ""},
        ),
        (
            {"R-1": "Pre\u2011approve all audit and non\u2011audit services of the auditor."},
            {"pre-approve-audit": "R-1", "pre-approve-non-audit": "R-1"},
        ),
        (
            {"R-1": "Decide on the funding that the Company provides to pay"},
            {"funding": "R-1"},
        ),
        (
            {"R-1": "Evaluate each year the performance of the Audit Committee."},
            {"committee-evaluation": "R-1"},
        ),
        (
            {
                "M-1": "The Committee shall consist of three or more directors, each of whom shall "
                "meet the independence, financial literacy and other requirements of the exchange."
            },
            {"independent-members": "M-1", "minimum-size": "M-1", "financial-literacy": "M-1"},
        ),
        (
            {"R-1": "Assess each year the independent auditor's independence."},
            {"independent-members": ""},
        ),
        (
            {"M-1": "The Committee shall be comprised of no less than three directors."},
            {"minimum-size": "M-1"},
        ),
        (
            {
                "R-1": "Approve the engagement proposal of the auditor for the yearly audit, its scope "
                "and approach included.",
                "R-2": "Review the scope, the audit plan, the resources and the staffing of internal "
                "audit.",
            },
            {"audit-plan": "R-1", "internal-audit-plan": "R-2"},
        ),
        (
            {
                "MT-1": "The Committee shall meet at least once a year in separate executive sessions "
                "with the auditor and with management."
            },
            {"session-auditor": "MT-1", "session-management": "MT-1", "four-meetings": ""}
            | {"session-auditor-quarterly": "", "session-management-twice": ""},
        ),
        (
            {
                "MT-1": "Management attends the meetings, except when the chair holds an executive "
                "session and excludes management."
            },
            {"session-management": ""},
        ),
        (
            {
                "MT-1": "The Committee shall meet at least six times a year and shall meet separately, "
                "periodically, with management and with the auditor."
            },
            {"four-meetings": "MT-1", "session-management": "MT-1", "session-auditor": "MT-1"},
        ),
        (
            {"R-1": "meet to review and discuss the annual and the quarterly financial statements"},
            {"four-meetings": ""},
        ),
        (
            {
                "R-1": "Review and discuss with management and the independent auditors the quarterly "
                "statements, with the discussion and analysis of financial condition and results of "
                "operations, before their release to the public."
            },
            {"quarterly-statements": "R-1"},
        ),
        (
            {
                "R-1": "The auditor issues an audit report. Replace it, or recommend its replacement "
                "to the stockholders in any proxy statement."
            },
            {"committee-report": ""},
        ),
        (
            {
                "R-1": "Discuss with the auditor the audited statements, including the matters "
                "required to be discussed by the applicable requirements of the PCAOB and the SEC."
            },
            {"required-communications": "R-1"},
        ),
    ],
)
def test_duties_stand_on_the_clause_that_asks_for_them(clauses, expected):
    sections = {"P": "Purpose", "M": "Membership", "R": "Responsibilities", "MT": "Meetings"}
    rows = [(ref, sections[ref.partition("-")[0]], text) for ref, text in clauses.items()]
    stated = {
        match.entry.key: match.reference for match in propose(rows).attached if match.is_named
    }
    assert {key: stated.get(key, "") for key in expected} == expected


def test_what_a_clause_needs_may_stand_above_it_but_not_all_of_it():
    parts = ("its internal quality-control procedures; and", "the issues of its last peer review.")
    lead = "Each year obtain and review a report by the auditor describing:"
    rows = [("R-1", "Duties", lead)]
    rows += [
        (f"R-1{letter}", "Duties", text, lead) for letter, text in zip("ab", parts, strict=True)
    ]
    assert table(propose(rows).attached) == {"R-1a": ["quality-control-report"]}


def test_the_parts_of_a_disclaimer_are_no_duties():
    lead = "It is not the duty of the Committee to:"
    rows = [
        ("L-1", "Limits", lead),
        ("L-1a", "Limits", "review the audit plan of the auditor", lead),
    ]
    assert propose(rows).attached == ()


@pytest.mark.parametrize(
    ("rows", "purpose"),
    [
        (
            [
                (
                    "P-a",
                    "Purpose",
                    "The Audit Committee is a committee of the Board of Acorn Corp.",
                ),
                ("P-b", "Purpose", "It is not the duty of the Committee to conduct audits."),
                (
                    "P-c",
                    "Purpose",
                    "The Committee watches over compliance with law and regulation.",
                ),
            ],
            "P-c",
        ),
        (
            [
                ("RO-1", "Role", "The Committee watches over the integrity of the statements."),
                ("T-1", "Tasks", "The Committee shall review the annual audited statements."),
            ],
            "RO-1",
        ),
        (
            [
                ("P-a", "Purpose", "The Committee helps the Board."),
                ("R-1", "Duties", "Oversee the integrity of the financial statements."),
            ],
            "",
        ),
    ],
    ids=["one clause says something", "no section of purposes", "a section that says nothing"],
)
def test_what_the_law_asks_hangs_on_a_clause_that_states_a_purpose(rows, purpose):
    found = {match.reference for match in propose(rows).attached if not match.is_named}
    assert found == ({purpose} if purpose else set())
