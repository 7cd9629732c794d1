"""The law of standings: dated values and pure functions."""
