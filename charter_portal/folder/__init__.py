"""The folder for the auditor: all minutes and written consents of a period, with a list of them."""
