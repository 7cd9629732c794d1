"""The verbs of the ground floor, one module per subject."""
