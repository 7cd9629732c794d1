"""How fast the portal is, compared with a baseline."""
