"""The benchmarks of Tanhe: ``make bench``. With ``--peers FILE`` (written by peers.py) other software stands beside it."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))

import digits  # noqa: E402
import processes  # noqa: E402
import traced  # noqa: E402
from data import CASES, ROWS  # noqa: E402
from table import Row, render  # noqa: E402

import checks  # noqa: E402
import reading  # noqa: E402

Peers = dict[str, dict[str, Any]]


def with_peers(peers: Peers, key: str, what: str, ours: float, unit: str, target: float, more: bool) -> Iterator[Row]:
    """Our row, then the same measurement beside each peer that has it."""
    yield Row(what, ours, unit, target, more)
    for peer, measured in peers.items():
        if key in measured:
            yield Row(f"  {what}", ours, unit, None, more, peer, measured[key])


def waiting(problems: list[str]) -> Iterator[Row]:
    """(a) what a person waits for."""
    for what, arguments, runs, target in processes.COMMANDS:
        try:
            yield Row(f"a {what}", processes.median_seconds(arguments, runs), "s", target)
        except processes.Absent as why:
            problems.append(f"not measured: {what}: {why}")


def cases_per_second(peers: Peers) -> Iterator[Row]:
    """(b) traced cases in process."""
    yield from with_peers(peers, "traced", "b traced cases, 6 lines", traced.per_second(reported=False), "1/s", 1000, True)
    yield Row("b the same, every figure replayed", traced.per_second(reported=True), "1/s", 1000, True)


def wrong_digits(peers: Peers) -> Iterator[Row]:
    """(c) printed digits."""
    wrong, speed = digits.ours()
    yield from with_peers(peers, "wrong", f"c wrong figures of {CASES:,}", wrong, "cases", 0, False)
    yield Row("c evaluated and printed", speed, "1/s", None, True)


def engine(name: str, rows: int, folder: Path) -> dict[str, Any]:
    """One engine of columns.py in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent / "src")}
    command = [sys.executable, str(HERE / "columns.py"), name, str(rows), str(folder / f"{name}.npy")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(f"columns.py {name}:\n{done.stderr}")
    return json.loads(done.stdout) | {"firms": np.load(folder / f"{name}.npy")}


def columns(peers: Peers, rows: int, problems: list[str]) -> Iterator[Row]:
    """(d) ten million rows."""
    with tempfile.TemporaryDirectory() as folder:
        exact, ours, kernel = (engine(name, rows, Path(folder)) for name in ("exact", "duckdb", "numpy"))
    if ours["totals"] != exact["totals"]:
        problems.append("(d) the totals of the decimal columns are not the exact ones")
    everyone = {"NumPy blocked, floats": kernel, **peers}
    beside = {
        name: {"whole": rows / p["whole"] / 1e6, "by_firm": rows / p["by_firm"] / 1e6, "mib": p["mib"],
               "wrong_firms": _wrong(p["firms"], exact["firms"])}
        for name, p in everyone.items() if "by_firm" in p
    }
    of_kernel = max(30.0, beside["NumPy blocked, floats"]["by_firm"] / 3)
    yield from with_peers(beside, "by_firm", "d three formulas by enterprise", rows / ours["by_firm"] / 1e6,
                          "Mrows/s", of_kernel, True)
    yield from with_peers(beside, "whole", "d three formulas, totals only", rows / ours["whole"] / 1e6,
                          "Mrows/s", 30.0, True)
    yield from with_peers(beside, "mib", "d peak memory", ours["mib"], "MiB", 1.5e9 / 2**20, False)
    wrong = _wrong(ours["firms"], exact["firms"])
    yield from with_peers(beside, "wrong_firms", f"d wrong of {exact['firms'].size:,} enterprise figures", wrong,
                          "cases", 0, False)
    yield Row("d sampled rows unlike the Decimal engine", ours["wrong_rows"], "rows", 0)


def _wrong(found: np.ndarray | str, exact: np.ndarray) -> int:
    """Enterprise figures that differ in a printed digit; a peer's stand in the file it wrote."""
    figures = np.load(found) if isinstance(found, str) else found
    return int((figures != exact).sum()) if figures.shape == exact.shape else exact.size


STEP = 4 * checks.CHUNK
"""Numbers of dossiers and reports are rounded up to this, so that a quarter is whole chunks."""


def main() -> int:
    """Measure, print, and tell by the exit code whether everything could be measured and every target met."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--peers", type=Path, help="measurements written by peers.py")
    options.add_argument("--rows", type=int, default=ROWS, help="rows of (d)")
    options.add_argument("--dossiers", type=int, default=checks.DOSSIERS, help="dossiers of (e)")
    options.add_argument("--reports", type=int, default=reading.REPORTS, help="text reports of (g)")
    chosen = options.parse_args()
    chosen.dossiers, chosen.reports = (-(-n // STEP) * STEP for n in (chosen.dossiers, chosen.reports))
    peers: Peers = json.loads(chosen.peers.read_text(encoding="utf-8")) if chosen.peers else {}
    problems: list[str] = []
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    rows = [*waiting(problems), *cases_per_second(peers), *wrong_digits(peers),
            *columns(peers, chosen.rows, problems), *checks.rows(peers, chosen.dossiers),
            *reading.rows(problems, chosen.reports)]
    load = f", load {busy:.1f} before the run" if busy is not None else ""
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}{load}\n")
    print(render(rows))
    for problem in problems + [f"target missed: {row.what}" for row in rows if row.missed]:
        print(problem, file=sys.stderr)
    return 1 if problems or any(row.missed for row in rows) else 0


if __name__ == "__main__":
    raise SystemExit(main())
