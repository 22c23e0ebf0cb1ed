"""Whole processes: how long a person waits for one command, median of several runs."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXAMPLE = "mingquan-methanol-2018"
COMMANDS = (
    # What, arguments, runs, target in seconds. Exit code 1 means findings, which the example has.
    ("tanhe --help", ["--help"], 11, 0.3),
    ("tanhe verify, no documents", ["verify", "--example", EXAMPLE, "-o", "{out}", "--force", "--no-documents"], 5, 1.0),
    ("tanhe verify, all documents", ["verify", "--example", EXAMPLE, "-o", "{out}", "--force"], 3, 6.0),
)


class Absent(Exception):
    """The command cannot be run; the message says what it answered."""


def median_seconds(arguments: list[str], runs: int) -> float:
    """Median wall time of the process, after one run that fills the caches."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "tanhe", *(a.replace("{out}", f"{out}/record") for a in arguments)]
        took = [_once(command) for _ in range(runs + 1)]
    return statistics.median(took[1:])


def _once(command: list[str]) -> float:
    source = str(Path(__file__).parents[1] / "src")
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": source})
    took = time.perf_counter() - start
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Absent(said[-1] if said else f"exit code {done.returncode}")
    return took
