"""Programs without the rights of a superuser, whoever runs the tests: modes of files hold for them."""

from __future__ import annotations

import os
import sys

WITHOUT_RIGHTS = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    if libc.prctl(24, right, 0, 0, 0):  # PR_CAPBSET_DROP
        sys.exit("these rights cannot be given up")
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Gives up, for good, the rights by which a superuser passes over the modes of files."""

ORDINARY = (sys.executable, "-c", WITHOUT_RIGHTS) if os.geteuid() == 0 else ()
"""What a command is put behind so that it may do with files what their modes allow."""
