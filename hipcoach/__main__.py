"""`python -m hipcoach`."""

import sys

from hipcoach.cli import main

if __name__ == "__main__":
    sys.exit(main())
