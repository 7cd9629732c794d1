"""An example: a small app with one record type that registers with every extension point.

It is installed by tests alone (`EXTRA_APPS` in conftest.py). CONTRIBUTING quotes it.
"""
