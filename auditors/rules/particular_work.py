"""Whether the text of a policy line names particular work (RULE-17).

Staff FAQ H (2003): neither a category nor a sum is enough. A text says which work by a word of
the catalogue or of the subjects below, a form, a deal in view, or a name. Any other word, however
many there are, leaves it to management what falls under the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from auditors.rules.catalogue import CATALOGUE

# What names a category, a sum or nothing, also where it is written with a capital letter.
GENERIC = frozenset(
    """
    a above according accounting achieve acquisition acquisitions across act activities activity
    actual ad additional adhoc advance advanced advice adviser advisers advisory affiliate
    affiliates aforementioned agreed aicpa all allow allowed along also among amount amounts and
    annual anticipated any anything applicable appropriate approval approvals approve approved
    approving april are area areas arise arisen arises arising around as ask asked asking asks
    aspect aspects assigned assist assistance assisting associated assurance assurances at
    attest attestation attestations audit audited auditing auditor auditors audits august
    authorize authorized available back based basic be been before being below beyond bill
    billed billion billions board both budget budgeted business businesses but by can cap
    capacity capped case cases categories category ceiling certain cfo chair chairman
    chairperson chairs chairwoman charter chief choice choose class classes come comes
    commercial committee common company comparable compliance compliant comprehensive concerning
    conduct conducted connected connection considered consistent consolidated consult
    consultation consultations consulting contemplated continuing contract control controller
    controllers controls corp corporate corporation cost costs could counsel course cover
    covered covering current customary day days december deem deemed deems delegate delegated
    deliver delivered demand demanded department description descriptions desirable desire
    desired detail details determined did different diligence direct directed direction directs
    discretion discretionary discuss discussed disposition dispositions divestiture divestitures
    do does dollar dollars domestic due during duties duty each effort efforts eight eighty
    either elect eligible emergency enable engagement engagements ensure entities entity
    environmental esg established estimate estimated etc etcetera eur euro euros event events
    every everything exceed exceeding excess exchange expected expense expenses expert expertise
    external extra facilitate fall falling falls february federal fee feel fees field fields
    fifty file files filing filings finance financial find firm first fiscal five following for
    foreign foreseeable form format forms forth forty four frequent from full fully function
    functions further future gaap gbp general generally get gets give given giving global gmbh
    governance group guidance half happen happens has have help helpful her here high his hoc
    hours how however hundred hundreds identified identify if implement impose in inc incidental
    incidentals include included includes including income incur incurred independent individual
    individuals initiative initiatives inquiries inquiry instruct instructed instruction
    internal international is issue issues it item items its itself january july june just keep
    kept kind kinds know known large last later law lawful lawfully laws legally less like
    likely limit limitation limited limits list llc llp local long ltd lump made main make makes
    making management managements many march market matter matters maximum may maybe me mean
    means meet members merger mergers might million minor miscellaneous money monies month
    monthly months more most multiple must my name named namely nasdaq nature nearby necessary
    need needed needs negotiated nevertheless new next nine ninety no non nonaudit none nor
    normal normally not nothing notice november number numbers numerous nyse obligation
    obligations occasion occasional occur occurring occurs october of offer offered officer
    officers on once one ongoing only open operation operational operations opportunity option
    optional or orders ordinary other others otherwise our ours out outside over overall own
    owned oxley package paid parent part partial particular parties partner partners party pay
    payable paying pcaob people per perform performed performing period permissible permission
    permit permits permitted person persons phase place planning plc plus policies policy pool
    possible possibly potential pounds practice pre preapproved predetermined prefer preferred
    preparation preparing prescribed present presently price priced prior problem problems
    procedure procedures proceed process processes product professional prohibited project
    projects promptly proper properly proposal proposals propose proposed proposes prospective
    provide provided provider providing provision public purpose purposes pursuant put quarter
    quarterly question questions range rate rates rather reach reading reason reasonable
    reasonably receive received recommend recommended record recurrent recurring refer region
    regular regulation regulations regulatory relate related relates relating relation relevant
    rely remaining render rendered renders repeat repeated reporting reports request requested
    requests require required requirements requires requiring resolution respect respective
    result results retain retained review reviews right risk routine rule rules same sarbanes
    say scope sec second secretary section see seek seem sees select selected separate september
    serve service services set seven seventy several shall she should similar since six sixty
    size small so sole some something sort sorts sox special specialist specialized specific
    specifically specified spend spending spent staff standard standards standing start started
    state still stuff subject submit subsequent subsidiaries subsidiary substantially such
    suitable sum sundry supplemental supplementary supplied supply support supporting sure take
    taken task tasks tax taxes team technical technology ten tends term terms than that the
    their them there therein thereof thereto therewith they thing things think thinks thirty
    this those thousand thousands three threshold thresholds through throughout thus till time
    times to today together top topic topics total toward towards transaction transactions
    treasurer treat treatment try twelve twenty two type types typical typically ultimate
    unanticipated under undertake unexpected unforeseen unless unlimited unrelated unspecified
    until up upcoming upon urgent us usd use used uses usual usually utilized valid value varied
    variety various vary very via view want wanted wants was way ways we well were what whatever
    when where wherever whether which wide will willing wish wished wishes with within without
    words work world worldwide worth would write year yearly yet you your
    """.split()
)
# Words of the catalogue's names that say nothing without the words beside them.
LEANING = frozenset(
    "an another before business country employee employees goes live off organization "
    "oversight person report sale service statement statements system upon".split()
)
# What the work can be on, beside the works in the catalogue.
SUBJECTS = frozenset(
    """
    acquired bankruptcy bond bonds carve carveout certificate certificates climate comfort
    convertible covenant covenants credits csrd customs cybersecurity debenture debentures debt
    derivatives disclosure disclosures division divisions earnings emissions equity esef excise
    expatriate expatriates forma franchise goodwill grant grants greenhouse gst hedge hedges
    hedging impairment incentive indenture inventory ipo lease leases ledger lender lenders
    license licenses loan loans memorandum nexus patent patents payroll pension pensions plan
    plans prospectus prospectuses proxy receivables reconciliation reorganization restructuring
    revenue royalties royalty ruling rulings securitization segment segments segregation
    seminars software sold spun stock studies study surveys treaties treaty trust vat vendor
    vendors warrant warrants webcast webcasts withholding workshop workshops xbrl
    """.split()
)
FORM = re.compile(r"\b\d{1,3}-[a-z]{1,2}\b|\b[sfn]-\d{1,2}\b|\b40[13]\([abk]\)", re.IGNORECASE)
DEAL = re.compile(
    r"\b(?:contemplated|pending|planned|possible|proposed) (?:acquisition|disposition|divestiture|"
    r"financing|merger|offering|purchase|sale|spin-off|transaction)\b",
    re.IGNORECASE,
)
PROCEDURES = re.compile(r"\bagreed[- ]upon procedures\b", re.IGNORECASE)
EXAMINED = re.compile(
    r"\b(?:audit|procedure|report|review)s? (?:of|on) (?:the |a |its )?(?:[\w-]+ ){0,3}?"
    r"(?:internal controls?|controls|statements?|balance sheet)\b",
    re.IGNORECASE,
)
SUMS = re.compile(r"\bfy\s?\d*|\d[\d.,]*", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")


NAMES = " ".join(service.name.lower() for service in CATALOGUE if service.prohibition is None)
WORKS = (
    (frozenset(word for word in WORD.findall(NAMES) if len(word) > 1) | SUBJECTS)
    - GENERIC
    - LEANING
)


def names_particular_work(text: str, recipients: Iterable[str] = ()) -> bool:
    """Whether a line's text says more than a category or a sum. For whom it is done is no work,
    save the audit of a plan."""
    named = {word for name in recipients for word in WORD.findall(name.lower())} - {"plan"}
    if any(pattern.search(text) for pattern in (FORM, DEAL, PROCEDURES, EXAMINED)):
        return True
    words = WORD.findall(SUMS.sub(" ", text))
    if any(word.lower() in WORKS - named for word in words):
        return True
    return not text.isupper() and any(
        word.lower() not in GENERIC | LEANING | named for word in _names(words)
    )


def _names(words: list[str]) -> Iterator[str]:
    """What is written as a name: a capital letter past the first word, or capitals throughout."""
    for position, word in enumerate(words):
        if len(word) > 1 and word[0].isupper() and (position or word.isupper()):
            yield word
