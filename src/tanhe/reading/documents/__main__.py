"""``python -m tanhe.reading.documents FILE``: print the blocks a file is read into (查看分块)."""

import sys

from tanhe.messages import TanheError
from tanhe.reading.documents import dump, read


def main(paths: list[str]) -> int:
    """Print the blocks of each file; 2 when one cannot be read."""
    for path in paths:
        try:
            sys.stdout.write(dump(read(path)))
        except TanheError as error:
            sys.stderr.write(f"{error}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
