"""The words of directors and their seats."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EndReason(models.TextChoices):
    """Why a membership ended."""

    RESIGNED = "resigned", _("resigned")
    NOT_REELECTED = "not_reelected", _("term ended, not elected again")
    RETIRED = "retired", _("retired")
    REMOVED = "removed", _("removed")
    DIED = "died", _("died")
    CHANGED = "changed", _("changed committees")


class RelativeKind(models.TextChoices):
    """Whose fact it is: the director's own, or that of somebody close to the director."""

    SELF = "self", _("the director")
    SPOUSE = "spouse", _("spouse")
    PARENT = "parent", _("parent")
    CHILD = "child", _("child")
    STEPPARENT = "stepparent", _("stepparent")
    STEPCHILD = "stepchild", _("stepchild")
    SIBLING = "sibling", _("sibling")
    PARENT_IN_LAW = "parent_in_law", _("parent-in-law")
    CHILD_IN_LAW = "child_in_law", _("son- or daughter-in-law")
    SIBLING_IN_LAW = "sibling_in_law", _("brother- or sister-in-law")
    HOUSEHOLD = "household", _("another person who shares the home")
    TENANT = "tenant", _("tenant")
    DOMESTIC_EMPLOYEE = "domestic_employee", _("domestic employee")


class PaymentKind(models.TextChoices):
    """What the company, its parent or a subsidiary paid a person for."""

    BOARD_FEE = "board_fee", _("Board or committee service")
    COMPENSATION = "compensation", _("compensation")
    ADVISORY = "advisory", _("consulting or advisory fee")
    EMPLOYEE_PAY = "employee_pay", _("pay as an employee who is not an executive officer")
    INTERIM_PAY = "interim_pay", _("pay for interim service as an executive officer")
    RETIREMENT = "retirement", _("fixed retirement or deferred pay for past service")
    NON_DISCRETIONARY = "non_discretionary", _("other non-discretionary compensation")


class OrganizationRole(models.TextChoices):
    """What somebody is at another organization."""

    PARTNER = "partner", _("partner")
    MANAGING_MEMBER = "managing_member", _("managing member")
    EXECUTIVE_OFFICER = "executive_officer", _("executive officer")
    MANAGING_DIRECTOR = "managing_director", _("managing director or similar officer")
    CONTROLLING_HOLDER = "controlling_holder", _("controlling shareholder")
    PASSIVE = "passive", _("limited partner or member without an active role")
    DIRECTOR = "director", _("director only")
    DIRECTOR_EMPLOYEE = "director_employee", _("director and employee")
    EMPLOYEE = "employee", _("employee")


class Tie(models.TextChoices):
    """How another organization stands to the company's own stock."""

    NONE = "none", _("no control, and at most 10% of any class of voting stock")
    OVER_TEN = "over_ten", _("more than 10% of a class of voting stock, and no control")
    AFFILIATE = "affiliate", _("controls, is controlled by or is under common control with us")


class SophisticationGround(models.TextChoices):
    """What financial sophistication rests on (Nasdaq 5605(c)(2)(A))."""

    EMPLOYMENT = "employment", _("past employment in finance or accounting")
    CERTIFICATION = "certification", _("professional certification in accounting")
    COMPARABLE = "comparable", _("comparable experience, as a senior officer with oversight")


class ExpertAttribute(models.TextChoices):
    """The five attributes of Item 407(d)(5)(ii) of Regulation S-K."""

    PRINCIPLES = "principles", _("understands GAAP and financial statements")
    APPLICATION = (
        "application",
        _("can assess how GAAP applies to estimates, accruals and reserves"),
    )
    STATEMENTS = (
        "statements",
        _("has prepared, audited, analyzed or evaluated statements of comparable complexity"),
    )
    CONTROLS = "controls", _("understands internal control over financial reporting")
    FUNCTIONS = "functions", _("understands audit committee functions")


class ExpertRoute(models.TextChoices):
    """The four ways to acquire them: Item 407(d)(5)(iii)."""

    EXPERIENCE = (
        "experience",
        _("education and experience as a financial officer, accountant or auditor"),
    )
    SUPERVISION = "supervision", _("active supervision of such a person")
    OVERSIGHT = (
        "oversight",
        _("overseeing or assessing how companies or accountants prepare or audit statements"),
    )
    OTHER = "other", _("other relevant experience")


class DeterminationKind(models.TextChoices):
    """What the Board determines of a director, each with its own ground."""

    INDEPENDENT = "independent", _("independent, for the audit committee")
    NOT_AFFILIATED = "not_affiliated", _("not an affiliate of the company")
    LITERATE = "literate", _("financially literate")
    SOPHISTICATED = "sophisticated", _("financially sophisticated")
    EXPERT = "expert", _("audit committee financial expert")
    EXCEPTION = "exception", _("exceptional and limited circumstances")


class ReviewKind(models.TextChoices):
    """What the committee looks at once a year."""

    CHARTER = "charter", _("Review of the charter")
    EVALUATION = "evaluation", _("Evaluation of the committee")


class Conclusion(models.TextChoices):
    """What a review concluded. An evaluation is held, and is not graded."""

    ADEQUATE = "adequate", _("the charter is adequate")
    CHANGES_RECOMMENDED = "changes_recommended", _("changes are recommended to the Board")
    HELD = "held", _("held as a discussion")


class PostingKind(models.TextChoices):
    """How the charter is made public (Item 407, Instruction 2)."""

    WEBSITE = "website", _("on the company's website")
    PROXY = "proxy", _("as an appendix to the proxy statement")


class AdviserRole(models.TextChoices):
    COUNSEL = "counsel", _("independent counsel")
    ACCOUNTING = "accounting", _("accounting adviser")
    OTHER = "other", _("another adviser")


class FundingPurpose(models.TextChoices):
    """What the company pays as the committee determines (Rule 10A-3(b)(5))."""

    AUDITOR = "auditor", _("the auditor")
    ADVISER = "adviser", _("an adviser")
    ADMINISTRATION = "administration", _("ordinary administrative expenses")


class RelatedPersonBasis(models.TextChoices):
    """Why somebody is a related person (Item 404(a), Instruction 1)."""

    DIRECTOR = "director", _("director or nominee")
    EXECUTIVE_OFFICER = "executive_officer", _("executive officer")
    HOLDER = "holder", _("holder of more than 5% of a class of voting stock")
    FAMILY = "family", _("immediate family of a director, officer or holder")


class ReviewOutcome(models.TextChoices):
    """What the committee decided about a transaction; without one it has reviewed it only."""

    APPROVED = "approved", _("approved")
    RATIFIED = "ratified", _("ratified")
    NOT_APPROVED = "not_approved", _("not approved")


class Regulator(models.TextChoices):
    SEC = "sec", _("Securities and Exchange Commission")
    EXCHANGE = "exchange", _("the exchange")
    PCAOB = "pcaob", _("PCAOB")
    OTHER = "other", _("another regulator")


class LetterStepKind(models.TextChoices):
    """What happened to a letter after it was received."""

    EXTENDED = "extended", _("a later due date was agreed")
    AUDITOR_CONSULTED = "auditor_consulted", _("the auditor was consulted")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed by the regulator")


class FilingForm(models.TextChoices):
    """In which the company states that it relies on a cure period or a phase-in."""

    ANNUAL = "annual", _("annual report on Form 10-K")
    PROXY = "proxy", _("proxy statement for the election of directors")
