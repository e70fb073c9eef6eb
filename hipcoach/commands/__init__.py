"""The commands of `hipcoach`, one module each; only `start` loads the interface."""
