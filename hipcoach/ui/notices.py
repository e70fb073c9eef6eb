"""Messages: in a line above the footer, where they cover nothing, and gone with the screen they were for."""

from __future__ import annotations

from textual.app import App
from textual.notifications import Notification, Notify, SeverityLevel


class Notice(Notification):
    """A message with its title in the same line."""

    said = ""
    """The message without its title."""


class Notices(App[int]):
    """An app whose newest message takes the place of the one before, and goes when another screen comes:
    a key that it names means nothing there. Warnings and errors stay for their time wherever one goes."""

    _lasting: tuple[Notice, ...] = ()
    """Those that stay."""

    def on_mount(self) -> None:
        """Hear of other screens at once, before they say anything themselves."""
        self.screen_change_signal.subscribe(self, lambda _screen: self._make_room(), immediate=True)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a message, its title before it in the same line."""
        self._make_room()
        line = f"{title}: {message}" if title else message
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self._show_notice(Notice(line, "", severity, seconds, markup), message)

    def _make_room(self) -> None:
        lasting, self._lasting = self._lasting, ()
        # In its turn: a message that was posted just before goes too, one that is posted next does not.
        self.call_later(self._show_only, lasting)

    def _show_only(self, lasting: tuple[Notice, ...]) -> None:
        self.clear_notifications()
        for screen in self.screen_stack:
            # Textual (8.2.8) takes a message away and leaves what held it, a row high.
            screen.query("ToastHolder").remove()
        for each in lasting:
            if not each.has_expired:
                # Another one: what takes the first from the screen may still be at it.
                again = Notice(each.message, "", each.severity, each.time_left, each.markup)
                self._show_notice(again, each.said)

    def _show_notice(self, notice: Notice, said: str) -> None:
        notice.said = said
        if notice.severity != "information":
            self._lasting = (*self._lasting, notice)
        self.post_message(Notify(notice))
