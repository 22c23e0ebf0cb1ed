"""The mutation benchmark on documents: ``make bench-mutation-documents``. One printed defect at a time, read and checked."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[2] / "src"), str(HERE.parents[1])]

from mutation.base import examples  # noqa: E402
from mutation.documents.judge import Verdict, above_note, judged, operators, unmutated  # noqa: E402
from mutation.documents.operators import LAYERS  # noqa: E402
from mutation.run import aligned  # noqa: E402

DETECTED = 90
"""Percent of all mutants that must be detected (检出)."""
PLACED = 90
"""Percent of the detected ones that must be shown at their place (定位)."""
MANY = 5
"""More new findings than this for one defect are a flood."""


def measured(names: list[str], papers: list[str], most: int, workers: int) -> list[Verdict]:
    """Judge every mutant on all processors, example by example, with a bar on the error stream."""
    from rich.console import Console
    from rich.progress import track

    work = [(name, example, most) for example in papers for name in names]
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        done = pool.imap_unordered(judged, work, chunksize=4)
        found = [v for part in track(done, "mutants", len(work), console=Console(stderr=True)) for v in part]
    order = [*operators(), *operators(held_out=True)]
    return sorted(found, key=lambda v: (order.index(v.operator), papers.index(v.example), v.what))


def percent(some: int, every: int) -> str:
    """A share with one decimal, ``-`` of nothing."""
    return f"{100 * some / every:.1f}" if every else "-"


def table(found: list[Verdict]) -> Iterator[list[str]]:
    """A row for each layer, and one for all."""
    yield ["layer", "operators", "mutants", "detected %", "by a finding %", "closure only %", "refused", "at the place %", "reworded only",
           "false alarms", "mutants with", f"> {MANY} findings"]
    for layer in (*LAYERS, "all"):
        mine = [v for v in found if layer in (v.layer, "all")]
        if not mine:
            continue
        hit = [v for v in mine if v.detected]
        gone = [v for v in hit if not v.refused]
        yield [layer, str(len({v.operator for v in mine})), str(len(mine)), percent(len(hit), len(mine)),
               percent(sum(bool(v.rules) for v in mine), len(mine)), percent(sum(v.unexplained and not v.rules for v in mine), len(mine)),
               str(sum(v.refused for v in mine)), percent(sum(v.at_place for v in gone), len(gone)),
               str(sum(bool(v.reworded) and not v.detected for v in mine)), str(sum(len(v.alarms) for v in mine)),
               str(sum(bool(v.alarms) for v in mine)), str(sum(v.findings > MANY for v in mine))]


def standing(papers: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Findings on the unmutated reports as read, beside those of the dossier they were written from."""
    from mutation.judge import outcome_of

    found = {}
    for name in papers:
        read, authored = unmutated(name), outcome_of(name).findings
        extra = Counter(f.rule for f in above_note(read.findings))
        extra.subtract(Counter(f.rule for f in above_note(authored)))
        count = {w: Counter(f.severity for f in fs) for w, fs in (("read", read.findings), ("authored", authored))}
        reading = read.report.reading
        found[name] = {
            "read": dict(count["read"]), "authored": dict(count["authored"]), "numbers": reading.numbers, "placed": reading.placed,
            "more": {r: n for r, n in sorted(extra.items()) if n > 0}, "fewer": {r: -n for r, n in sorted(extra.items()) if n < 0},
        }
    return found


def shown(stands: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The unmutated reports: what reading adds to or loses from the findings of the dossier."""
    rows = [["unmutated reports, read (authored)", "material", "minor", "editorial", "note", "numbers explained"]]
    for name, row in stands.items():
        rows.append([name, *(f"{row['read'].get(s, 0)} ({row['authored'].get(s, 0)})" for s in ("material", "minor", "editorial", "note")),
                     f"{row['placed']} of {row['numbers']}"])
    yield aligned(rows)
    for name, row in stands.items():
        for which in ("more", "fewer"):
            if row[which]:
                yield f"  {name}, {which} than the dossier: " + ", ".join(f"{r}×{n}" if n > 1 else r for r, n in row[which].items())


def survivors(found: list[Verdict]) -> Iterator[str]:
    """Every mutant that nothing noticed, with the rule that would; ``unread``: the dossier read is the same."""
    missed = [v for v in found if not v.detected]
    every_operator = operators() | operators(held_out=True)
    for layer, of_layer in groupby(missed, key=lambda v: v.layer):
        yield f"\n{layer}"
        for name, group in groupby(of_layer, key=lambda v: v.operator):
            listed = list(group)
            every = sum(v.operator == name for v in found)
            yield f"  {name}: {every_operator[name].defect} ({len(listed)} of {every}); would be caught by: {every_operator[name].rule}"
            for v in listed:
                told = [w for w in ("unread" if not v.changed else "", f"note {', '.join(v.notes)}" if v.notes else "",
                                    f"reworded {', '.join(v.reworded)}" if v.reworded else "",
                                    f"elsewhere {'; '.join(v.alarms[:3])}" if v.alarms else "") if w]
                yield f"    {v.example}: {v.what}" + (f"  ({'; '.join(told)})" if told else "")


def elsewhere(found: list[Verdict], most: int = 25) -> Iterator[str]:
    """The false alarms by rule, and the detected mutants without a place."""
    counted = Counter(alarm.split()[0] for v in found for alarm in v.alarms)
    yield "\nfalse alarms by rule: " + (", ".join(f"{rule} {n}" for rule, n in counted.most_common()) or "none")
    lost = [v for v in found if v.detected and not v.at_place and not v.refused]
    yield f"\ndetected, but not at the place ({len(lost)}):"
    for (name, rules), n in Counter((v.operator, ", ".join(v.rules[:4])) for v in lost).most_common(most):
        yield f"  {name}: {rules} ({n})"


def main() -> int:
    """Measure, print, and tell by the exit code whether the targets are met."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--most", type=int, default=3, help="mutants of one operator on one report")
    options.add_argument("--layer", choices=LAYERS, action="append", help="only operators of this layer")
    options.add_argument("--operator", action="append", choices=sorted({*operators(), *operators(held_out=True)}), metavar="NAME", help="only this operator")
    options.add_argument("--heldout", action="store_true", help="the operators that no rule was written for (documents/heldout)")
    options.add_argument("--example", choices=examples(), action="append", help="only this report")
    options.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    options.add_argument("--json", type=Path, help="write every verdict to this file")
    chosen = options.parse_args()
    start, papers = time.perf_counter(), chosen.example or examples()
    known = operators(held_out=chosen.heldout)
    names = [n for n, op in known.items() if op.layer in (chosen.layer or LAYERS) and n in (chosen.operator or known)]
    found = measured(names, papers, chosen.most, chosen.workers)
    stands = standing(papers)
    hit = [v for v in found if v.detected]
    gone = [v for v in hit if not v.refused]
    print(f"{len(names)} operators, {len(found)} mutants, {percent(len(hit), len(found))} % detected, "
          f"{percent(sum(v.at_place for v in gone), len(gone))} % of those at the place, {time.perf_counter() - start:.0f} s\n")
    print(aligned(list(table(found))) + "\n")
    print("\n".join(shown(stands)))
    print("\n".join(elsewhere(found)))
    print("\nsurvivors" + "\n".join(survivors(found)))
    problems = []
    if 100 * len(hit) < DETECTED * len(found):
        problems.append(f"target missed: detected {percent(len(hit), len(found))} % < {DETECTED} %")
    if 100 * sum(v.at_place for v in gone) < PLACED * len(gone):
        problems.append(f"target missed: at the place {percent(sum(v.at_place for v in gone), len(gone))} % < {PLACED} %")
    problems += [f"operator without a mutant: {n}" for n in names if not chosen.example and not any(v.operator == n for v in found)]
    problems += [f"failed: {why} ({n}×)" for why, n in Counter(c for v in found for c in v.crashed).most_common()]
    if chosen.json:
        chosen.json.parent.mkdir(parents=True, exist_ok=True)
        record = {"verdicts": [v.record() for v in found], "unmutated": stands, "problems": problems}
        chosen.json.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
