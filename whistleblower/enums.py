"""The words of the concerns channel."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReaderRole(models.TextChoices):
    """Why somebody reads concerns. In the order in which readers are named and take over."""

    COUNSEL = "counsel", _("Independent counsel")
    CHAIR = "chair", _("Chair of the audit committee")
    MEMBER = "member", _("Member of the audit committee")
    BOARD_CHAIR = "board_chair", _("Chair of the Board")


class Category(models.TextChoices):
    """What a concern is about. The first three are the statutory core and always reach the
    committee (Exchange Act s. 10A(m)(4))."""

    ACCOUNTING = "accounting", _("Accounting, revenue or estimates")
    CONTROLS = "controls", _("Internal accounting controls")
    AUDITING = "auditing", _("Auditing or auditor independence")
    DISCLOSURE = "disclosure", _("Disclosure or SEC filings")
    FRAUD = "fraud", _("Fraud, theft or misuse")
    BRIBERY = "bribery", _("Bribery or false records")
    INSIDER = "insider", _("Insider trading")
    RETALIATION = "retaliation", _("Retaliation")
    RELATED = "related", _("Related parties or conflicts of interest")
    DATA = "data", _("Data or cybersecurity with an effect on reporting")
    OUTSIDE = "outside", _("Outside the committee's mandate")


CORE = frozenset({Category.ACCOUNTING, Category.CONTROLS, Category.AUDITING})


class Status(models.TextChoices):
    """The workflow status of a case, at the desk only."""

    RECEIVED = "received", _("Received")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    CLOSED = "closed", _("Closed")


class Step(models.TextChoices):
    """What moves a case from one status to another."""

    ACKNOWLEDGE = "acknowledge", _("Acknowledge")
    CLOSE = "close", _("Close")
    REOPEN = "reopen", _("Reopen")


class Outcome(models.TextChoices):
    SUBSTANTIATED = "substantiated", _("Substantiated")
    PARTLY = "partly", _("Substantiated in part")
    UNSUBSTANTIATED = "unsubstantiated", _("Not substantiated")
    NO_BASIS = "no_basis", _("Not enough information to look into it")
    REFERRED = "referred", _("Referred elsewhere")
    LINE_TEST = "line_test", _("Line test")


class Country(models.TextChoices):
    """The country layer that decides how long a case is retained."""

    US = "us", _("United States")
    GERMANY = "germany", _("Germany")
    ITALY = "italy", _("Italy")


class Arrival(models.TextChoices):
    """How a concern came that a reader recorded."""

    LETTER = "letter", _("Letter")
    CALL = "call", _("Telephone call")
    VISIT = "visit", _("Conversation in person")


class FirstDay(models.TextChoices):
    """What is done on the first day of a case that concerns an officer."""

    HOLD = "hold", _("Place a legal hold on what the case concerns")
    COUNSEL = "counsel", _("Engage independent counsel")
    AUDITOR = "auditor", _("Decide with counsel when to tell the independent auditor")
    CERTIFICATIONS = "certifications", _("Decide who signs the next certifications")
    INSURER = "insurer", _("Ask whether the insurer has to be notified")
    DISCLOSURE = "disclosure", _("Decide with counsel whether anything has to be disclosed")


class RetentionKind(models.TextChoices):
    """What a retention period means."""

    FLOOR = "floor", _("not deleted before")
    DUE = "due", _("to be deleted on")
    CEILING = "ceiling", _("not kept after")


class EntryKind(models.TextChoices):
    """What a sealed part of a case records."""

    REPORT = "report", _("Report")
    NAME = "name", _("Name and contact")
    KEYS = "keys", _("Who holds keys")
    MESSAGE = "message", _("Message from the reporter")
    REPLY = "reply", _("Message to the reporter")
    RELEASE = "release", _("Message released")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    CATEGORY = "category", _("Category")
    COUNTRY = "country", _("Country")
    LEADING = "leading", _("Lead, proposed")
    LEAD = "lead", _("Lead")
    NEXT_DATE = "next_date", _("Next date")
    NOTE = "note", _("Note")
    DECISION = "decision", _("Decision of the case subcommittee")
    PRESENTED = "presented", _("Presented to the members")
    OUTCOME = "outcome", _("Outcome given to the reporter")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")
    STEPPED_ASIDE = "stepped_aside", _("Reader stepped aside")
    REMOVAL = "removal", _("Removal of a reader proposed")
    REMOVED = "removed", _("Reader removed")
    GIVING = "giving", _("Reader to be added, proposed")
    ADDED = "added", _("Reader added")
    HOLD = "hold", _("Legal hold")
    HOLD_LIFT = "hold_lift", _("Lifting of the hold proposed")
    HOLD_LIFTED = "hold_lifted", _("Legal hold lifted")
    LINE_TEST = "line_test", _("Marked as a line test")
    FIRST_DAY = "first_day", _("First-day step")
    LONGER = "longer", _("Longer retention")
    DELETION = "deletion", _("Deletion approved")
    READ = "read", _("Read")
    NAME_READ = "name_read", _("Name read")
    ATTORNEY = "attorney", _("Attorney's report")
    RESPONSE = "response", _("Response to the attorney")
    AWARD = "award", _("Date of disclosure, for an SEC award")


class Ladder(models.TextChoices):
    """How an attorney's report came to the readers (17 CFR 205.3(b))."""

    UP = "up", _("Reported up the ladder")
    STRAIGHT = "straight", _("Reported straight to the committee")
    NOTICE = "notice", _("Notice that the response was not appropriate")


class ResponseKind(models.TextChoices):
    """What an attorney was told. An inquiry alone answers nothing."""

    RESPONSE = "response", _("Response")
    INQUIRY = "inquiry", _("An inquiry was opened")


class Way(models.TextChoices):
    """How the company takes concerns."""

    OWN = "own", _("The portal's own channel")
    OUTSIDE = "outside", _("An outside line")


class Procedure(models.TextChoices):
    """What is recorded outside the desk, in fixed words."""

    ADOPTED = "adopted", _("The complaint procedures were adopted.")
    REVIEWED = "reviewed", _("The complaint procedures and the channel were reviewed.")
    ANNOUNCED = "announced", _("The channel was announced to the employees.")
    TESTED = "tested", _("The channel was tested, and every reader opened the test.")
    QUARTER = "quarter", _("The concerns procedures were followed in the quarter.")
