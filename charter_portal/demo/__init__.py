"""The demonstration: a fictional company, its people and a year and a half of its records.

Nothing here is random. Every day is computed from the day the story ends on.
"""
