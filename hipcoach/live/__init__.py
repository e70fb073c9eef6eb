"""Running a session for real: engine, clock, sound, speech, journal and log; knows of no screens."""
