"""What a report to the Board says of letters."""

from collections.abc import Iterator

from charter_portal.tests.letters.queries import letters
from charters.answers import ReportSection, Sentence
from charters.registry import REPORT_PARTS, ReportPart, ReportScope


def section(scope: ReportScope) -> Iterator[ReportSection]:
    told = tuple(
        Sentence(each.received_on, f"The Committee received a {str(each).lower()}.")
        for each in letters(scope.as_of)
        if scope.covers(each.received_on) and scope.as_of.sees(each.restriction)
    )
    if told:
        yield ReportSection("Letters from regulators", told)


REPORT_PARTS.add(ReportPart("letters.received", 70, section))
