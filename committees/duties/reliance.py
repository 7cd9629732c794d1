"""Filings made while a cure of lost independence, or the phase-in of independence, is relied on."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from charters.answers import OpenItem
from charters.docket import AsOf
from charters.enums import Layer
from charters.registry import OPEN_ITEMS, Asked, OpenItemSource
from committees import sentences
from committees.duties.determinations import annual_meetings, dossier_of
from committees.models import Filing
from committees.rules.look_back import Span
from committees.rules.reliance import must_state


def uses(as_of: AsOf) -> tuple[Span, ...]:
    """When the company relied on one or the other, as of the date."""
    dossier = as_of.once(dossier_of)
    return dossier.reliance(as_of.day, as_of.once(annual_meetings)) if dossier else ()


def filings(as_of: AsOf) -> list[Filing]:
    return list(Filing.objects.standing().by(as_of.day).filter(committee=as_of.committee))


def undisclosed(as_of: AsOf, asked: Asked) -> Iterator[OpenItem]:
    """RULE-49: filed meanwhile, or on a year of use, and the filing does not state it."""
    relied_on = as_of.once(uses)
    if not relied_on:
        return
    for filing in as_of.once(filings):
        filed = filing.as_rule()
        if filed.states_reliance or filed.on < as_of.settings.records_begin:
            continue
        if must_state(filed, relied_on, as_of.settings.calendar):
            yield OpenItem(
                subject=f"filing-{filing.pk}",
                period=filed.on.isoformat(),
                title=_("Reliance to be stated: %(form)s") % {"form": filing.get_form_display()},
                because=sentences.of_undisclosed(filing),
                layer=Layer.LAW,
                on=filed.on,
                url=reverse("committee"),
            )


OPEN_ITEMS.add(OpenItemSource("committees.reliance", undisclosed))
