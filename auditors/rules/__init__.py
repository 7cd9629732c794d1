"""The law of services, fees, independence and findings. No database, no clock, no settings."""
