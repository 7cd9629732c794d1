"""Codes, keys, slots and sealed parts: bytes in, bytes out. No database, no clock, no settings.

Every stored format begins with a version byte. What cannot be opened raises `SealBrokenError`.
"""
