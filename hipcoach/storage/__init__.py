"""Files in and out: the catalogue, the journal, session logs and settings."""
