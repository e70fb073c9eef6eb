"""The ways to make a sound heard, each used by the player process only."""
