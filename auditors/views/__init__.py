"""Pages about the auditor."""
