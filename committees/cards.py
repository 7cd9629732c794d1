"""The event cards this app offers: the blank one."""

from importlib.resources import files

from committees import rules
from committees.registry import registry
from committees.rules.cards import read

registry.card(read((files(rules) / "cards" / "blank.toml").read_text(encoding="utf-8")))
