"""The terminal window's title: what is left of a session can be read from the task bar."""

from __future__ import annotations

from textual.app import App

SAVE_TITLE = "\x1b[22;2t"
RESTORE_TITLE = "\x1b[23;2t"


def set_terminal_title(app: App[int], title: str) -> None:
    """Set the title of the terminal's window."""
    printable = "".join(sign for sign in title if sign.isprintable())
    write_control(app, f"\x1b]2;{printable}\x07")


def write_control(app: App[int], sequence: str) -> None:
    """Send a control sequence that Textual has no call for, in order with what it draws."""
    driver = app._driver
    if driver is not None and not app.is_headless:
        driver.write(sequence)
        driver.flush()
