"""``python -m tanhe`` is the command ``tanhe``."""

import sys

from tanhe.cli import main

if __name__ == "__main__":
    sys.exit(main())
