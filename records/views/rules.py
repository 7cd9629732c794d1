"""The rule-data: thresholds and due days with their dates and citations, for everybody to check."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.views.generic import TemplateView

from records.rule_data import TABLE
from records.rule_rows import rule_row
from records.views.base import PageView


class RulesView(PageView, TemplateView):
    permission_required = "records.view_company"
    template_name = "records/rules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by_group = groupby(TABLE.rules.values(), key=lambda rule: rule.group)
        groups = [
            (name, [rule_row(rule, self.today) for rule in rules]) for name, rules in by_group
        ]
        return super().get_context_data(groups=groups, **kwargs)
