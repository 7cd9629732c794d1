"""The verbs of this layer, one module per subject."""
