"""The law of the ground floor."""
