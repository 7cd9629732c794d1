"""What the pages of the auditor show, as plain values."""
