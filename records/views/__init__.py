"""The pages of this layer, one module per subject."""
