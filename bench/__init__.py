"""How fast the portal is, beside the floor it stands on."""
