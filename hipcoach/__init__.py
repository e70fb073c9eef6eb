"""hipcoach: a guided hip and back mobility coach for the terminal."""

__version__ = "0.1.0"
