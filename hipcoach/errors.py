"""What can go wrong, one type per cause, each with a title and a sentence that says what to do."""


class HipcoachError(Exception):
    """Base of every error that a user may see: a short title and one clear sentence."""

    title = "hipcoach cannot go on"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UsageError(HipcoachError):
    """The command line asked for something that does not exist or makes no sense."""

    title = "That cannot be done"


class DataError(HipcoachError):
    """An exercise or routine file has problems; the message lists them all."""

    title = "A routine file has problems"


class ResourceError(HipcoachError):
    """The bundled data or sounds are missing from the installation."""

    title = "hipcoach is not installed completely"


class StorageError(HipcoachError):
    """Something could not be written to or read from the user's directories."""

    title = "A file could not be written or read"


class SettingsError(HipcoachError):
    """The settings file has a fault; the defaults are used for what it says wrongly."""

    title = "A setting is not understood"


class IllegalCommandError(HipcoachError):
    """A session was given a command that its state does not allow; nothing has changed."""

    title = "Not now"


class SpeechError(HipcoachError):
    """A text could not be said aloud; everything else goes on without it."""

    title = "That could not be said aloud"


class ExportFileError(HipcoachError):
    """A file that should be imported is no export of hipcoach, or not a whole one; nothing was imported."""

    title = "That cannot be imported"
