"""Sample outputs in the documentation (文档里的输出实例), renewed by running the command they show.

A sample is a comment ``<!-- output zh: tanhe … -->`` followed by a ``text`` block with what that command prints.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from tanhe.messages import TanheError

WIDTH = 100
SOURCE = Path(__file__).parents[2]
SAMPLE = re.compile(r"(<!-- output (zh|en): (tanhe [^\n]*?) -->\n\n?```text\n)(.*?)(```\n)", re.DOTALL)


def renewed(root: Path) -> dict[str, str]:
    """Every page with samples by its path from ``root``, its samples as the program prints them now."""
    found = {}
    for path in [*sorted(root.glob("README*.md")), *sorted((root / "docs").glob("*.md"))]:
        content = path.read_text(encoding="utf-8")
        if SAMPLE.search(content):
            found[path.relative_to(root).as_posix()] = SAMPLE.sub(_fill, content)
    return found


def _fill(sample: re.Match[str]) -> str:
    return sample[1] + output(sample[3], sample[2]) + sample[5]


@lru_cache(maxsize=64)
def output(command: str, language: str) -> str:
    """What a ``tanhe`` command prints on a terminal of 100 columns."""
    words = shlex.split(command)[1:]
    environment = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "TERM")}
    environment |= {"COLUMNS": str(WIDTH), "TANHE_LANG": language, "NO_COLOR": "1", "PYTHONUTF8": "1"}
    environment["PYTHONPATH"] = os.pathsep.join([str(SOURCE), *filter(None, [environment.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-m", "tanhe", *words], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode not in (0, 1) or done.stderr:
        raise TanheError(f"{command}: {done.stderr.strip() or done.returncode}")
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines()) + "\n"
