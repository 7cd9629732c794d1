"""From the text of a charter to its clauses."""
