"""Charters of different make, all invented, for what reads them."""

NUMBERED = """\
HALDEN BRIDGE CORPORATION
AUDIT COMMITTEE CHARTER
(As amended March 4, 2025)

1. PURPOSE

1.1 The Committee oversees the Company's accounting and the integrity of its statements.
1.2 It watches over compliance with the law.

2. ORGANIZATION

2.1 The Committee must have at least three members.
2.2 No member may take a consulting fee from the Company.

3. DUTIES

3.1 Financial Reporting

3.1.1 Review the annual statements.
3.1.2 Review with management every release, in particular:
(a) unusual entries;
(b) estimates.

3.2 Audit Firm

3.2.1 Appoint the firm.

4. AUTHORITY

4.1 The Committee may hire advisers.
"""
NUMBERED_OUTLINE = """\
P-a The Committee oversees the
P-b It watches over compliance
M-1 The Committee must have
M-2 No member may take
R-1 Review the annual statements.
[R-2] Review with management every
R-2a unusual entries;
R-2b estimates.
R-3 Appoint the firm.
A-1 The Committee may hire
"""

ARTICLES = """\
Charter of the Audit Committee of Quillfeather Foods, Inc.

ARTICLE I
Purpose

The purpose of the Committee is to assist the Board.

ARTICLE II
Committee Membership

The Committee shall be made up of no fewer than three directors, each of whom shall:
(a) be independent;
(b) be able to read statements.

ARTICLE III
Duties and Responsibilities

The Committee shall have the following duties:

(a) The Committee shall appoint the auditor. In this it shall:
(i) agree the fee;
(ii) agree the terms; and
(iii) watch the work.
(b) Review the statements.
(c) Review the plan.
(d) Review the risks.
(e) Review the controls.
(f) Review the law.
(g) Review the tips.
(h) Review the fees, including:
(i) audit fees;
(ii) tax fees.
(i) Review this charter.
(j) Review itself.

ARTICLE IV
Meetings and Procedures

The Committee shall meet quarterly. Minutes are kept by the Secretary of Quillfeather Foods, Inc. \
The chair reports to the Board.
"""
ARTICLES_OUTLINE = """\
P-a The purpose of the
M-0 The Committee shall be
M-1 < M-0 be independent;
M-2 < M-0 be able to read
[] The Committee shall have
R-1 The Committee shall appoint
R-1a agree the fee;
R-1b agree the terms; and
R-1c watch the work.
R-2 Review the statements.
R-3 Review the plan.
R-4 Review the risks.
R-5 Review the controls.
R-6 Review the law.
R-7 Review the tips.
[R-8] Review the fees, including:
R-8a audit fees;
R-8b tax fees.
R-9 Review this charter.
R-10 Review itself.
MT-1 The Committee shall meet
MT-2 Minutes are kept by
MT-3 The chair reports to
"""

PROSE = """\
Audit Committee Charter

Purpose

The Committee assists the Board of Directors of Ostrava Tools, Inc. in its oversight of (a) the \
integrity of the statements; (b) compliance with law, e.g. Section 10A(m) of the Exchange Act; and \
(c) the work of the auditor. It has no other aim.

Composition

The Committee consists of three directors. Each is independent under Rule No. 5605 of the exchange.

Responsibilities

The Committee appoints the auditor. It reviews the U.S. and foreign statements each year.

Meetings

It meets four times a year.
"""
PROSE_OUTLINE = """\
[] The Committee assists the
P-a the integrity of the
P-b compliance with law, e.g.
P-c the work of the
P-d It has no other
M-1 The Committee consists of
M-2 Each is independent under
R-1 The Committee appoints the
R-2 It reviews the U.S.
MT-1 It meets four times
"""

BULLETS = (
    "Vantor Ltd.\n\nAudit Committee Charter\n\nMembership\n\nMembers shall:\n\n"
    "\u2022\tbe independent\n\u2022\tbe literate\n\n"
    "Duties\n\nWith respect to the auditor, the Committee shall:\n\n"
    "\u2022\tappoint it\n\t\u2013\tafter a tender\n\t\u2013\twith a fixed fee\n\u2022\tevaluate it\n\n"
    "With respect to the statements, the Committee shall:\n\n\u2022\treview them\n\n2\n\n"
    "The Committee shall also do what the Board asks.\n"
).replace("\n", "\r\n")
BULLETS_OUTLINE = """\
[] Members shall:
M-1 be independent
M-2 be literate
[R-1] With respect to the
R-1a appoint it
R-1a.1 after a tender
R-1a.2 with a fixed fee
R-1b evaluate it
[R-2] With respect to the
R-2a review them
(2)
R-3 The Committee shall also
"""

WRAPPED = """\
                         MARROW & PIKE, INC.
                       AUDIT COMMITTEE CHARTER

Purpose
The Audit Committee helps the Board of Directors to oversee the accounts
of the Company, its audits and its compliance with the rules of the
exchange.

Responsibilities
1. Appoint the independent auditor, agree its fee, and review at least
   once a year whether it is still independent in the sense of paragraph
   (m) of Section 10A of the Exchange Act.
2. Review the annual statements with management and the auditor before
   they are filed.
   - the footnotes among them, which deserve a reading of their own each
     year
   - the estimates
3. Review this charter.

Meetings
The Committee shall meet four times a year. It keeps minutes of what it
decides.
"""
WRAPPED_OUTLINE = """\
P-a The Audit Committee helps
R-1 Appoint the independent auditor,
R-2 Review the annual statements
R-2a the footnotes among them,
R-2b the estimates
R-3 Review this charter.
MT-1 The Committee shall meet
MT-2 It keeps minutes of
"""

MARKDOWN = """\
# Fernhollow Optics N.V.
# Audit Committee Charter

*Adopted by the Board on 3 May 2024*

## Mission

To oversee the audits.

## Members

**Chair.** The Board names the chair.

## Duties

### Auditor

- Appoint the auditor
- Agree the fee, including:
    1. the audit fee
    2. every other fee

### Statements

- Review the statements

## Access to Advisers

The Committee may engage counsel. The Company pays.

## Annual Assessment

The Committee assesses itself once a year.
"""
MARKDOWN_OUTLINE = """\
(Adopted by the Board on 3 May 2024)
P-a To oversee the audits.
M-1 Chair.
M-2 The Board names the
R-1 Appoint the auditor
[R-2] Agree the fee, including:
R-2a the audit fee
R-2b every other fee
R-3 Review the statements
AA-1 The Committee may engage
AA-2 The Company pays.
AN-1 The Committee assesses itself
"""

OUTLINE_NUMBERS = """\
AUDIT COMMITTEE CHARTER
I. PURPOSE
To oversee the audits of the company.
II. RESPONSIBILITIES
A. Independent Auditor
1. Appoint the auditor
2. Approve Fees
B. Internal Audit
1. Review the plan.
III. MEETINGS
The committee meets each quarter.
"""
OUTLINE_NUMBERS_OUTLINE = """\
P-a To oversee the audits
R-1 Appoint the auditor
R-2 Approve Fees
R-3 Review the plan.
MT-1 The committee meets each
"""

RUN_IN = """\
Audit Committee Charter

Purpose. The Committee oversees the audits.

Composition: The Committee shall consist of at least three directors.

Duties and Responsibilities. In carrying out its work the Committee has many tasks. It shall:

\u25aa appoint the auditor;
\u25aa review the statements.

Meetings \u2014 The Committee meets four times a year.
"""
RUN_IN_OUTLINE = """\
P-a The Committee oversees the
M-1 The Committee shall consist
R-0 In carrying out its
[] It shall:
R-1 appoint the auditor;
R-2 review the statements.
MT-1 The Committee meets four
"""

NO_HEADINGS = """\
The Committee shall meet four times a year.

It must report to the Board.
"""
NO_HEADINGS_OUTLINE = """\
C-1 The Committee shall meet
C-2 It must report to
"""

SEVERAL_LISTS = """\
Audit Committee Charter

Membership

The Board appoints the members. The chair is named by the Board. Each member shall at all times:

(i) be independent;
(ii) be literate.

One member shall be an expert.

Responsibilities

The Committee may delegate. The Committee shall perform the following:

1. Review the statements.
2. Review the plan.
    a. the scope
    b. the risks
3. Review the charter.

It may also do more.
"""
SEVERAL_LISTS_OUTLINE = """\
M-1 The Board appoints the
M-2 The chair is named
[M-3] Each member shall at
M-3a be independent;
M-3b be literate.
M-4 One member shall be
R-0 The Committee may delegate.
[] The Committee shall perform
R-1 Review the statements.
R-2 Review the plan.
R-2a the scope
R-2b the risks
R-3 Review the charter.
R-4 It may also do
"""

ALL = {
    "capitals and 1.1": (NUMBERED, NUMBERED_OUTLINE),
    "articles, letters and Roman numbers": (ARTICLES, ARTICLES_OUTLINE),
    "prose only": (PROSE, PROSE_OUTLINE),
    "bullets, tabs and Windows line ends": (BULLETS, BULLETS_OUTLINE),
    "wrapped at 72 columns": (WRAPPED, WRAPPED_OUTLINE),
    "Markdown": (MARKDOWN, MARKDOWN_OUTLINE),
    "outline numbers without blank lines": (OUTLINE_NUMBERS, OUTLINE_NUMBERS_OUTLINE),
    "headings within the line": (RUN_IN, RUN_IN_OUTLINE),
    "no headings": (NO_HEADINGS, NO_HEADINGS_OUTLINE),
    "several lists": (SEVERAL_LISTS, SEVERAL_LISTS_OUTLINE),
}

OTHER_WORDS = """\
Brackwater Systems Corp.

Audit Committee Charter

Purpose

The Committee oversees, on behalf of the Board, (i) the Company's accounting and financial \
reporting and the audits of its financial statements, (ii) the Company's adherence to laws and \
regulations, and (iii) the independence, qualifications and performance of the outside auditors \
and the performance of internal audit.

Organization

The Board appoints no fewer than three directors to the Committee. No member may fail to be \
independent within the meaning of the Nasdaq rules and Rule 10A-3. Every member shall be \
financially literate, and at least one shall be an audit committee financial expert.

Duties

Outside Auditors

1. The Committee has sole authority to appoint, compensate, retain and replace the outside auditors.
2. The Committee shall resolve disagreements between management and the outside auditors.
3. No service, audit or otherwise permitted, may be performed by the outside auditors unless the \
Committee approved it in advance.
4. The chair may approve services between meetings under delegated power; such approvals are \
presented at the next meeting.
5. The Committee shall discuss with the outside auditors every year their letter on independence \
and all relationships with the Company.
6. The Committee shall see that the lead partner rotates as the law requires.
7. The Committee shall set clear policies on hiring former employees of the outside auditors.

Reporting

8. The Committee shall discuss with management and the outside auditors the audited annual \
statements and the interim statements, and shall recommend to the Board whether the audited \
statements go into the Form 10-K.
9. The Committee discusses earnings releases and guidance before they go out.
10. The Committee reviews critical accounting policies and alternative treatments.
11. The Committee looks at material weaknesses and significant deficiencies and follows their \
remediation by management.

Other

12. The Committee shall oversee the Company's Sustainability Committee and its climate reporting \
targets.
13. The Committee shall review all related party transactions.
14. The Committee reviews cybersecurity risks with management each year.
15. The Committee operates a hotline by which staff may report questionable accounting matters \
anonymously, and sets rules on how complaints are received, kept and treated.
16. The Committee approves charitable gifts of more than $50,000.
17. The Committee may retain legal counsel and other experts at the Company's expense.

Meetings

The Committee meets quarterly. It sees management, the head of internal audit and the outside \
auditors in private sessions. The chair reports to the Board after every meeting. The Committee \
reviews this charter and its own performance yearly.
"""
