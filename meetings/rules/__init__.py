"""The law and the arithmetic of meetings: pure, no database and no clock."""
