"""The pages of the ground floor, one module per subject."""
