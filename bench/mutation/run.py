"""The mutation benchmark: ``make bench-mutation``. One defect at a time, all rules, what they notice and what they miss."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1] / "src"), str(HERE.parent)]

from mutation.base import LAYERS, TARGETS, examples  # noqa: E402
from mutation.judge import Verdict, above_note, caught, judged, operators, outcome_of, tasks  # noqa: E402


def measured(names: list[str], dossiers: list[str], most: int, workers: int) -> list[Verdict]:
    """Judge every mutant on all processors, with a bar on the error stream."""
    from rich.console import Console
    from rich.progress import track

    work = tasks(names, dossiers, most)
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        done = pool.imap_unordered(judged, work, chunksize=4)
        found = [v for part in track(done, "mutants", len(work), console=Console(stderr=True)) for v in part]
    order = list(operators())
    return sorted(found, key=lambda v: (order.index(v.operator), dossiers.index(v.example), v.where))


def share(found: Iterable[Verdict], strictly: bool = False) -> str:
    """Detected as a percentage."""
    counted = [v.strictly if strictly else v.detected for v in found]
    return f"{100 * sum(counted) / len(counted):.1f}" if counted else "-"


def table(found: list[Verdict], clean: str) -> list[list[str]]:
    """Detection by layer."""
    rows = [["layer", "operators", "mutants", "equivalent", "detected", "%", "strict %", "target", "", "clean %", "with notes %", "own layer %"]]
    for layer in LAYERS:
        mine = [v for v in found if v.layer == layer]
        real = [v for v in mine if not v.equivalent]
        own = sum(layer in v.layers for v in real)
        met = "" if not real else "met" if reached(real, layer) else "missed"
        rows.append([layer, str(len({v.operator for v in mine})), str(len(real)), str(len(mine) - len(real)),
                     str(sum(v.detected for v in real)), share(real), share(real, strictly=True), f"≥ {TARGETS[layer]}", met,
                     share(v for v in real if v.example == clean),
                     f"{100 * sum(v.detected or bool(v.notes) for v in real) / max(1, len(real)):.1f}",
                     f"{100 * own / max(1, len(real)):.1f}"])
    return rows


def reached(real: list[Verdict], layer: str) -> bool:
    """Whether the layer's target is met."""
    return 100 * sum(v.detected for v in real) >= TARGETS[layer] * len(real)


def aligned(rows: list[list[str]]) -> str:
    """Rows as text in columns."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def alarms(dossiers: list[str]) -> dict[str, dict[str, Any]]:
    """Findings on the unmutated dossiers by severity, with the rules on the clean one."""
    found = {}
    for name in dossiers:
        outcome = outcome_of(name)
        counted = Counter(f.severity for f in outcome.findings)
        found[name] = {s: counted.get(s, 0) for s in ("material", "minor", "editorial", "note")} | {
            "rules": sorted({f.rule for f in above_note(outcome.findings)}), "not_run": [code for code, _ in outcome.not_run]}
    return found


def survivors(found: list[Verdict]) -> Iterable[str]:
    """Every mutant that nothing noticed, with the rule that would."""
    missed = [v for v in found if not v.detected and not v.equivalent]
    for layer, of_layer in groupby(missed, key=lambda v: v.layer):
        yield f"\n{layer}"
        for name, group in groupby(of_layer, key=lambda v: v.operator):
            operator, listed = operators()[name], list(group)
            every = sum(v.operator == name and not v.equivalent for v in found)
            yield f"  {name}: {operator.defect} ({len(listed)} of {every}); would be caught by: {operator.rule}"
            yield from (f"    {v.example}: {v.where}" + (f" (a note: {', '.join(v.notes)})" if v.notes else "") for v in listed)


def main() -> int:
    """Measure, print, and tell by the exit code whether every target is met."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--most", type=int, default=6, help="mutants of one operator on one dossier")
    options.add_argument("--layer", choices=LAYERS, action="append", help="only operators of this layer")
    options.add_argument("--operator", action="append", help="only this operator")
    options.add_argument("--example", choices=examples(), action="append", help="only this dossier")
    options.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    options.add_argument("--record", type=Path, help="only write what a quick test holds on to, one mutant an operator")
    options.add_argument("--json", type=Path, help="write every verdict to this file")
    chosen = options.parse_args()
    if chosen.record:
        chosen.record.write_text("\n".join(caught(examples()[0])) + "\n", encoding="utf-8")
        return 0
    dossiers = chosen.example or examples()
    names = [n for n, op in operators().items() if op.layer in (chosen.layer or LAYERS) and n in (chosen.operator or operators())]
    found = measured(names, dossiers, chosen.most, chosen.workers)
    real = [v for v in found if not v.equivalent]
    stands = alarms(dossiers)
    idle = [n for n in names if not any(v.operator == n for v in found)]
    print(f"{len(names)} operators, {len(real)} mutants, {len(found) - len(real)} equivalent left out, {share(real)} % detected, "
          f"{share(real, strictly=True)} % by a new or regraded fingerprint (strict)\n")
    print(aligned(table(found, examples()[0])))
    print("\nunmutated dossiers\n" + aligned([["", "material", "minor", "editorial", "note"], *(
        [name, *(str(row[s]) for s in ("material", "minor", "editorial", "note"))] for name, row in stands.items())]))
    print("\nsurvivors" + "\n".join(survivors(found)))
    problems = [f"target missed: {layer} {share(v for v in real if v.layer == layer)} % < {TARGETS[layer]} %"
                for layer in LAYERS if not reached([v for v in real if v.layer == layer], layer)]
    clean = stands.get(examples()[0], {})
    if clean.get("material", 0) or clean.get("minor", 0):
        problems.append(f"false alarms on the clean dossier: {', '.join(clean['rules'])}")
    problems += [f"operator without a mutant: {name}" for name in idle]
    problems += [f"rule failed: {why} ({n}×)" for why, n in Counter(c for v in found for c in v.crashed).most_common()]
    if chosen.json:
        chosen.json.parent.mkdir(parents=True, exist_ok=True)
        record = {"verdicts": [v.record() for v in found], "unmutated": stands, "problems": problems}
        chosen.json.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
