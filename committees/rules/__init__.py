"""The law of committees and charters: pure functions of plain values."""
