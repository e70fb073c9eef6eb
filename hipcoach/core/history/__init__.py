"""What was done: records of sessions, streaks and totals, search, discomfort, progression, export."""
