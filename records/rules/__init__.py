"""The law of this layer."""
