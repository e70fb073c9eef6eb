"""The years that a date in a file may be of."""

YEARS = range(1900, 9000)
"""What a clock that is merely set wrong may say; beyond, no calendar could be drawn."""
