"""A session in plain lines, for screen readers and the simplest terminals: no screen, no colours."""
