"""What is prescribed, planned, done and counted. Pure: time and dates come in as arguments."""
