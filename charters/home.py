"""What this app brings to the home page: dates, requests, and what was recorded."""

from charters.registry import HOME, HomePart
from charters.reports import home

HOME.add(HomePart("charters.home", home.asks, home.activity, home.dates, order=10))
