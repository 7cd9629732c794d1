"""A record that is made to hold another document than it was given is named, whatever its kind."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from charter_portal.demo import history
from charter_portal.demo.company import Stage
from records import filed
from records.models import Document

HOLDERS = {
    "auditors.CommitteeReport",
    "auditors.IssuedFeeTable",
    "auditors.Letter",
    "charters.Closing",
    "charters.Completion",
    "committees.Questionnaire",
    "committees.Review",
    "meetings.ConsentSignature",
    "meetings.Minutes",
    "meetings.PackPaper",
    "meetings.Paper",
}


@pytest.mark.pdf
@pytest.mark.django_db
def test_record_that_holds_another_document_is_named() -> None:
    history.tell(Stage.until(date(2026, 11, 20)), with_pdfs=True)
    assert filed.contradictions() == []
    named, unnamed = set(), set()
    for model, field in filed.references():
        held = model._base_manager.exclude(**{field.name: None}).first()
        if model is Document or held is None:
            continue
        label = model._meta.label
        others = Document.objects.exclude(pk=getattr(held, field.attname))
        taken = model._base_manager.exclude(**{field.name: None}).values(field.attname)
        for other in (others.exclude(pk__in=taken).first(), None):
            beginning = transaction.savepoint()
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=held.pk).update(**{field.name: other})
            except DatabaseError:
                # A constraint already keeps it from holding none.
                assert other is None, label
                continue
            found = filed.contradictions()
            (named if f"{label}:{held.pk}" in found else unnamed).add(label)
            transaction.savepoint_rollback(beginning)
    assert not unnamed
    assert named >= HOLDERS
