"""Forms about firms, services, approvals, fees, letters and findings."""
