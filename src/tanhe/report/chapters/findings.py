"""Annexes 1 and 2: non-conformities and clarifications with what became of them; suggestions (不符合项清单、建议)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tanhe.dossier.model import Finding
from tanhe.report.cells import day, ordinal, sentence, word
from tanhe.report.content import Block, Cell
from tanhe.report.context import Context, table


def nonconformities(c: Context) -> Iterator[Block]:
    """The list of non-conformities with the columns of the official annex, clarifications, and each step taken."""
    found = [f for f in c.dossier.findings if f.kind == "nc"]
    if found:
        yield _list(c, "nc", found)
    else:
        yield c.par("findings.nc_none")
    clarifications = [f for f in c.dossier.findings if f.kind == "clarification"]
    if clarifications:
        yield _list(c, "clarification", clarifications)
    yield from _steps(c)


def suggestions(c: Context) -> Iterator[Block]:
    """What the verifiers suggest for later years."""
    found = [f.description for f in c.dossier.findings if f.kind == "suggestion"]
    if found:
        yield from c.listed(found)
    else:
        yield c.absent("suggestions")


def _list(c: Context, kind: str, found: Sequence[Finding]) -> Block:
    keys = ("no", "category", f"{kind}_description", "parameter", "cause", "correction", "conclusion")
    rows = [
        (
            ordinal(n),
            word(c.say(f"findings.{f.category}") if f.category else ""),
            word(f.description),
            word(f.parameter),
            word(f.cause),
            word(_correction(c, f)),
            word(_conclusion(c, f)),
        )
        for n, f in enumerate(found, 1)
    ]
    caption = c.say(f"findings.{kind}_caption")
    return table(caption, c.heads("findings", keys), rows, (0.6, 1, 2, 1.2, 1.6, 2, 1.8), size="small")


def _correction(c: Context, f: Finding) -> str:
    parts = [f.correction, c.say("findings.evidence", evidence=f.evidence) if f.evidence else ""]
    return "".join(sentence(p) for p in parts if p)


def _conclusion(c: Context, f: Finding) -> str:
    """The result of the last verification, the verifiers' words, and where the finding stands."""
    results = [s.result for s in f.steps if s.result is not None]
    parts = [c.say(f"findings.{results[-1]}") if results else "", f.conclusion, c.say(f"findings.state_{f.state}")]
    return "".join(sentence(p) for p in parts if p)


def _steps(c: Context) -> Iterator[Block]:
    """Every recorded step with its day and who took it."""
    rows: list[tuple[Cell, ...]] = []
    kinds: dict[str, int] = {}
    for n, f in enumerate(c.dossier.findings):
        kinds[f.kind] = kinds.get(f.kind, 0) + 1
        for at, step in enumerate(f.steps if f.kind != "suggestion" else ()):
            result = c.say(f"findings.{step.result}") if step.result else ""
            rows.append(
                (
                    c.text(f.id or c.say(f"findings.nth_{f.kind}", n=kinds[f.kind]), "findings", n),
                    word(c.say(f"findings.step_{step.step}")),
                    Cell(day(step.date), align="center", origin=c.origin("findings", n, "steps", at, "date")),
                    word(step.by),
                    word("：".join(filter(None, (result, step.note)))),
                )
            )
    if rows:
        keys = ("finding", "step", "date", "by", "note")
        yield table(c.say("findings.steps_caption"), c.heads("findings", keys), rows, (1, 1.2, 1.6, 1.4, 4), size="small")
