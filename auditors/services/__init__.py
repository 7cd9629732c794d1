"""Every write to firms, services, fees, letters, findings and reports: one verb each, under `@act`.

Call them by their module: `requests.ask`, `approvals.use_line`, `findings.close`.
"""
