"""One fixed sentence for the Board, the same with and without cases. Cases are told orally."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from charters.answers import ReportSection, Sentence
from charters.registry import REPORT_PARTS, ReportPart, ReportScope
from whistleblower.models import Channel


def section(scope: ReportScope) -> Iterator[ReportSection]:
    if not Channel.objects.filter(committee=scope.as_of.committee).exists():
        return
    said = _(
        "The Committee maintains procedures for complaints about accounting, internal controls and "
        "auditing. Matters are reported orally; this report leaves out every matter in which an "
        "addressee has a conflict, and says so whether or not there is one."
    )
    yield ReportSection(_("Concerns"), (Sentence(min(scope.last, scope.as_of.day), said),))


REPORT_PARTS.add(ReportPart("whistleblower.concerns", 75, section))
