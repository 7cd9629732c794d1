"""The concerns channel under a killed process and many reporters at once."""
