"""Sound: a player process that owns the device, and the app side that feeds it."""
