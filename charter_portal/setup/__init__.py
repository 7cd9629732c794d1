"""Setting up a company: the steps of the guide, each read from the records and never stored."""
