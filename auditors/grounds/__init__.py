"""The sentence of each ground without its period, and what it rests on."""

from collections.abc import Mapping

from auditors.enums import Ground
from auditors.grounds.citations import Words
from auditors.grounds.firms import FIRMS
from auditors.grounds.services import SERVICES

WORDS: Mapping[Ground, Words] = {**SERVICES, **FIRMS}
