"""What is computed by everyone: random cases as printed numbers, rows as scaled integers; and peak memory.

Nothing of Tanhe is imported here, so that the peers' own environment can read the same data.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

SEED = 20150
CASES = 100_000
ROWS = 10_000_000
BLOCK = 1_000_000
ROWS_OF_A_FIRM = 100

SYMBOLS = {
    "combustion.heat_form": ("AD", "NCV", "CC", "OF"),
    "electricity.net_electricity": ("AD", "EF"),
    "heat.net_heat": ("AD", "EF"),
}
"""The three formulas that are compared, with their symbols."""

_DRAWN = {
    "combustion.heat_form": ((2, 1_234_567_890), (3, 60_000), (5, 4_000), (2, 100)),
    "electricity.net_electricity": ((3, 999_999_999), (4, 12_000)),
    "heat.net_heat": ((2, 999_999_999), (2, 20)),
}
"""Decimals and largest scaled integer of each symbol: AD up to 12 345 678.90 t."""

COLUMNS = {
    "ad": (2, 1_234_567_890), "ncv": (3, 60_000), "cc": (5, 4_000), "oxidation": (2, 100),
    "mwh": (3, 999_999_999), "grid": (4, 12_000), "gj": (2, 999_999_999), "heat": (4, 1_200),
}
"""The columns of the ten million rows: decimals and largest scaled integer."""


def _printed(scaled: int, digits: int) -> str:
    figures = str(scaled).rjust(digits + 1, "0")
    return f"{figures[:-digits]}.{figures[-digits:]}"


def cases(n: int = CASES) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Random cases: a formula and its numbers as printed."""
    draw = random.Random(SEED)
    names = list(_DRAWN)
    for i in range(n):
        name = names[i % len(names)]
        yield name, tuple(_printed(draw.randint(1, top), digits) for digits, top in _DRAWN[name])


def oracle(name: str, numbers: tuple[str, ...]) -> int:
    """The emission in hundredths of a tonne, half-up, by rational arithmetic alone."""
    product = Fraction(100)
    for number in numbers:
        product *= Fraction(number)
    if name == "combustion.heat_form":
        product *= Fraction(44, 12)
    return (2 * product.numerator + product.denominator) // (2 * product.denominator)


def hundredths(shown: float) -> int:
    """A rounded float as hundredths, for comparison with :func:`oracle`."""
    return int(f"{shown:.2f}".replace(".", ""))


def blocks(n: int = ROWS) -> Iterator[dict[str, np.ndarray]]:
    """The rows, a block at a time, as scaled integers with their enterprise; the same in every process."""
    draw = np.random.default_rng(SEED)
    for start in range(0, n, BLOCK):
        size = min(BLOCK, n - start)
        firm = (np.arange(start, start + size) // ROWS_OF_A_FIRM).astype(np.int32)
        yield {"firm": firm} | {name: draw.integers(1, top + 1, size) for name, (_, top) in COLUMNS.items()}


def floats(n: int = ROWS) -> dict[str, np.ndarray]:
    """The rows as whole columns of doubles, for engines that compute in floats."""
    columns = {"firm": np.empty(n, np.int32)} | {name: np.empty(n) for name in COLUMNS}
    start = 0
    for block in blocks(n):
        for name, scaled in block.items():
            digits = COLUMNS[name][0] if name in COLUMNS else 0
            columns[name][start : start + len(scaled)] = scaled / 10**digits if digits else scaled
        start += len(block["ad"])
    return columns


def printed(totals: Iterable[float]) -> np.ndarray:
    """Floats printed to two decimals, as hundredths."""
    return np.array([hundredths(total) for total in totals], dtype=np.int64)


def best(run: Callable[[], Any], runs: int = 15) -> tuple[float, Any]:
    """Fastest of a few runs in seconds, and the last result."""
    fastest, result = float("inf"), None
    for _ in range(runs):
        start = time.perf_counter()
        result = run()
        fastest = min(fastest, time.perf_counter() - start)
    return fastest, result


def rate(once: Callable[[], Any], windows: int = 6, seconds: float = 0.5) -> float:
    """Calls per second of processor time, in the best of some windows: other work on the machine counts little."""
    once()
    fastest = 0.0
    for _ in range(windows):
        done, start = 0, time.process_time()
        while time.process_time() - start < seconds:
            once()
            done += 1
        fastest = max(fastest, done / (time.process_time() - start))
    return fastest


def peak_mib() -> float:
    """Largest resident memory of this process so far."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(x.split()[1]) for x in status.read_text().splitlines() if x.startswith("VmHWM")) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 1024
