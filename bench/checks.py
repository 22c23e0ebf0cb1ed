"""The rules: one dossier after load, the slowest ten, ten thousand dossiers on two processors, and tabular peers."""

from __future__ import annotations

import multiprocessing
import random
import statistics
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[1] / "examples"
TODAY = date(2026, 6, 30)
SEED = 20240
DOSSIERS = 10_000
WORKERS = 2
CHUNK = 50


@lru_cache(maxsize=1)
def bases() -> list[tuple[Any, Any]]:
    """Every example as loaded, with its data problems."""
    from tanhe.dossier.load import load

    return [load(folder) for folder in sorted(EXAMPLES.iterdir()) if (folder / "dossier.yaml").exists()]


def one_dossier(runs: int = 25) -> tuple[dict[str, float], dict[str, float]]:
    """Median milliseconds of all rules by example, and of each rule on the example where it is slowest.

    Processor time: other work on the machine counts little. The first run, which reads the data files, does not count.
    Every run gets a newly computed inventory, so that what rules keep of a dossier is read anew.
    """
    from tanhe.checks import registry
    from tanhe.checks.examine import computed

    whole: dict[str, float] = {}
    each: dict[str, float] = {}
    for dossier, problems in bases():
        inventory, found = computed(dossier, problems, TODAY)
        registry.run(inventory, found, TODAY)
        took, rules = [], []
        for _ in range(runs):
            inventory, found = computed(dossier, problems, TODAY)
            start = time.process_time()
            outcome = registry.run(inventory, found, TODAY)
            took.append(1000 * (time.process_time() - start))
            rules.append(outcome.seconds)
        whole[Path(dossier.root).name] = statistics.median(took)
        for code in rules[0]:
            each[code] = max(each.get(code, 0.0), 1000 * statistics.median(r[code] for r in rules))
    return whole, each


def changed(number: int) -> tuple[Any, Any]:
    """An example with some of its figures changed in memory: dossier ``number`` is always the same."""
    draw = random.Random(SEED + number)
    dossier, problems = bases()[number % len(bases())]
    data = {name: _scaled(datum, draw) if draw.random() < 0.2 else datum for name, datum in dossier.data.items()}
    lines = tuple(_scaled(line, draw) if draw.random() < 0.2 else line for line in dossier.lines)
    return dossier.model_copy(update={"data": data, "lines": lines}), problems


def _scaled(part: Any, draw: random.Random) -> Any:
    """The part with its figures times a number around one."""
    factor = Decimal(draw.randint(900, 1100)) / 1000
    fields = {key: getattr(part, key, None) for key in ("reported", "verified")}
    return part.model_copy(update={key: value * factor for key, value in fields.items() if value is not None})


def checked(start: int) -> tuple[int, int]:
    """Compute and check one chunk of dossiers: how many, and how many findings."""
    from tanhe.checks.examine import examine

    found = [examine(*changed(n), TODAY)[1] for n in range(start, start + CHUNK)]
    return len(found), sum(len(outcome.findings) for outcome in found)


def many(number: int = DOSSIERS) -> tuple[dict[int, float], int]:
    """Seconds until a quarter, half and all of the dossiers were checked on two processors; and the findings."""
    from rich.console import Console
    from rich.progress import track

    marks, found, done = {}, 0, 0
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        list(pool.imap_unordered(checked, [0] * WORKERS * 2))
        start = time.perf_counter()
        results = pool.imap_unordered(checked, range(0, number, CHUNK))
        for some, findings in track(results, "dossiers checked", number // CHUNK, console=Console(stderr=True)):
            done, found = done + some, found + findings
            if done in (number // 4, number // 2, number):
                marks[done] = time.perf_counter() - start
    return marks, found


def rows(peers: dict[str, dict[str, Any]], number: int = DOSSIERS) -> Iterator[Any]:
    """(e) the rules and (f) ten tabular rules, beside those peers that have them."""
    import tabular
    from table import Row

    whole, each = one_dossier()
    for name, took in whole.items():
        yield Row(f"e all {len(each)} rules, {name}", took, "ms", 10)
    for code in sorted(each, key=lambda c: -each[c])[:10]:
        yield Row(f"e   {code}, the slowest example", each[code], "ms")
    marks, _ = many(number)
    for done, took in marks.items():
        yield Row(f"e {done:,} dossiers computed and checked, {WORKERS} processes", took, "s")
    quarter, whole_time = marks[number // 4] / (number // 4), marks[number] / number
    yield Row(f"e time per dossier at {number:,} / at {number // 4:,}", whole_time / quarter, "×", 1.25)
    ours = tabular.ours()
    for key, what, unit in (("rows", "f ten rules, one frame", "rows/s"), ("each", "f ten rules, a frame per dossier", "1/s")):
        yield Row(what, ours[key], unit, None, True)
        for peer, measured in peers.items():
            if f"tabular_{key}" in measured:
                yield Row(f"  {what}", ours[key], unit, None, True, peer, measured[f"tabular_{key}"])
    yield Row("f wrong verdicts", ours["wrong"], "dossiers", 0)
    for peer, measured in peers.items():
        if "tabular_wrong" in measured:
            yield Row("  f wrong verdicts", ours["wrong"], "dossiers", None, False, peer, measured["tabular_wrong"])
