"""Frozen plain values for pages and PDFs, built from readings."""
