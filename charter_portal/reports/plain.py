"""A report as JSON and back again, without loss: `from_json(to_json(report)) == report`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from charter_portal.reports.report import BoardReportData


def to_json(report: BoardReportData) -> dict[str, Any]:
    plain: dict[str, Any] = _plain(report)
    return plain


def from_json(stored: dict[str, Any]) -> BoardReportData:
    report: BoardReportData = _revived(BoardReportData, stored)
    return report


def fingerprint(report: BoardReportData) -> str:
    """What a preview showed, in one word: the same report issued from it has the same."""
    return hashlib.sha256(values_as_text(to_json(report.unissued())).encode()).hexdigest()


def values_as_text(stored: dict[str, Any]) -> str:
    return json.dumps(stored, sort_keys=True, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return value


def _revived(kind: Any, stored: Any) -> Any:
    if get_origin(kind) is UnionType:
        return None if stored is None else _revived(_other_than_none(kind), stored)
    if get_origin(kind) is tuple:
        return tuple(_revived(get_args(kind)[0], one) for one in stored)
    if is_dataclass(kind):
        return _revived_dataclass(kind, stored)
    if kind in (date, datetime):
        return kind.fromisoformat(stored)
    return kind(stored)


def _revived_dataclass(kind: Any, stored: dict[str, Any]) -> Any:
    """What a report of an earlier form did not have yet takes its default."""
    kinds = get_type_hints(kind)
    given = {
        field.name: _revived(kinds[field.name], stored[field.name])
        for field in fields(kind)
        if field.name in stored or field.default is MISSING
    }
    return kind(**given)


def _other_than_none(kind: Any) -> Any:
    return next(one for one in get_args(kind) if one is not NoneType)
