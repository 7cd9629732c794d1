"""The charter: clauses, duties, and where each stands."""
