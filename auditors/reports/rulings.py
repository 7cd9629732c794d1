"""A ruling in sentences: whether the auditor may do it, and each route, open or closed and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from auditors.enums import Route
from auditors.rules.preapproval import RouteRuling, Ruling
from auditors.rules.reasons import Reason
from auditors.sentences import amount, sentence


@dataclass(frozen=True)
class RouteLine:
    """One route; `caps` is what is left under each cap that binds, the tightest first."""

    label: str
    word: str
    is_open: bool
    sentences: tuple[str, ...]
    caps: tuple[str, ...]


@dataclass(frozen=True)
class RulingLines:
    """`headline` is the ruling in one sentence, `next_step` what the person can do."""

    headline: str
    next_step: str
    is_prohibited: bool
    bars: tuple[str, ...]
    notes: tuple[str, ...]
    routes: tuple[RouteLine, ...]

    def of(self, route: Route) -> RouteLine | None:
        return next((each for each in self.routes if each.label == str(route.label)), None)


def ruling_lines(
    ruling: Ruling, beside: Iterable[Reason] = (), *, is_asked: bool = False
) -> RulingLines:
    """The ruling, with what is said beside its notes of a service that may be provided.
    `is_asked`: somebody has asked for it already."""
    said = ruling.notes if ruling.is_prohibited else (*beside, *ruling.notes)
    return RulingLines(
        headline=_headline(ruling),
        next_step=_next_step(ruling, is_asked=is_asked),
        is_prohibited=ruling.is_prohibited,
        bars=tuple(sentence(each) for each in ruling.bars),
        notes=tuple(sentence(each) for each in said),
        routes=() if ruling.is_prohibited else tuple(map(_route, ruling.routes)),
    )


def _headline(ruling: Ruling) -> str:
    if ruling.is_prohibited:
        return _("The auditor may not provide this service.")
    if Route.POLICY in ruling.open_routes:
        return _("A policy line admits this service.")
    if Route.DELEGATE in ruling.open_routes:
        return _("The committee or its delegate may approve this service.")
    return _("Only the committee may approve this service.")


def _next_step(ruling: Ruling, *, is_asked: bool) -> str:
    if ruling.is_prohibited:
        return _(
            "Another firm may provide it, or the terms may be changed so that the reasons above no "
            "longer apply. Ask counsel where in doubt."
        )
    if Route.POLICY in ruling.open_routes:
        return _("An officer named in the line may use it. The committee is informed.")
    if Route.DELEGATE in ruling.open_routes:
        what_follows = _("The delegate can decide before the next meeting.")
    else:
        what_follows = _("It is proposed for the next agenda.")
    return what_follows if is_asked else f"{_('Ask for it.')} {what_follows}"


def _route(each: RouteRuling) -> RouteLine:
    return RouteLine(
        label=str(each.route.label),
        word=_("open") if each.is_open else _("closed"),
        is_open=each.is_open,
        sentences=tuple(sentence(why) for why in each.reasons),
        caps=tuple(
            _("%(left)s left of %(limit)s") % {"left": amount(cap.left), "limit": amount(cap.limit)}
            for cap in (each.line.caps if each.line else ())
        ),
    )
