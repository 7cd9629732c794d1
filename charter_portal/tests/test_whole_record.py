"""The circle is closed: no clause rests on the secretary's entries alone, under a published charter
as under the example one (`test_demo_records.py`)."""

from datetime import date
from pathlib import Path

import pytest

from charter_portal.tests.year.acts import EACH_A_FEW_TIMES, live
from charter_portal.tests.year.world import World
from charters.models import Committee
from charters.standing import Docket
from records import ledger

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
ENTERED_BY_THE_SECRETARY = "charters.completion"
OF_THIS_APP = ("M-0", "M-1", "M-2", "M-3", "R-6", "R-7")


def audit_committee() -> Committee:
    committee = Committee.objects.audit()
    assert committee is not None
    return committee


def sources(docket: Docket) -> dict[str, set[str]]:
    """By clause of the charter in effect, where its records came from."""
    return {
        row.clause.reference: {
            piece.source
            for duty in row.duties
            for piece in docket.shown(duty.duty) or duty.evidence
        }
        for row in docket.reading().clauses
    }


def assert_closed(found: dict[str, set[str]]) -> None:
    assert len(found) == 25
    resting = [name for name, each in found.items() if not each - {ENTERED_BY_THE_SECRETARY}]
    assert resting == []
    for reference in OF_THIS_APP:
        assert any(each.startswith("committees.") for each in found[reference]), reference


def test_no_clause_of_a_published_charter_rests_on_them_either(real_charter: Path) -> None:
    """Under the charter that REAL_CHARTER names, with records entered here through the services."""
    world = World(real_charter)
    live(world, EACH_A_FEW_TIMES)
    docket = world.docket(world.today)
    assert docket.version is not None
    assert docket.version.text == real_charter.read_text(encoding="utf-8-sig")
    assert_closed(sources(docket))
    assert ledger.verify().sound
