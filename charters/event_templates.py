"""The events this app offers: the blank one."""

from importlib.resources import files

from charters import rules
from charters.registry import EVENT_TEMPLATES
from charters.rules.event_templates import read

EVENT_TEMPLATES.add(
    read((files(rules) / "event_templates" / "blank.toml").read_text(encoding="utf-8"))
)
