"""3.2 核算边界 and 3.3 核算方法: sites, sources, formulas with their symbols."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.dossier.operations import SourceEntry
from tanhe.formulas.formula import Formula
from tanhe.inventory.model import Evaluation
from tanhe.report.cells import NONE, ordinal, units_text, word
from tanhe.report.content import Block, Equation, Heading
from tanhe.report.context import Context, table


def blocks(c: Context) -> Iterator[Block]:
    """3.2 and 3.3."""
    yield Heading(2, c.say("headings.3.2"))
    yield Heading(3, c.say("headings.3.2.1"))
    yield from _sites(c)
    yield Heading(3, c.say("headings.3.2.2"))
    yield from _sources(c)
    yield Heading(2, c.say("headings.3.3"))
    yield from _total(c)
    yield from _methods(c)


def _sites(c: Context) -> Iterator[Block]:
    b = c.dossier.boundary
    if not (b.description or b.sites):
        yield c.absent("boundary")
        return
    mark = c.say("words.list_mark")
    if b.description:
        yield c.own(b.description)
    if b.sites:
        yield c.par("facts.sites", sites=mark.join(b.sites))
    if b.branches:
        yield c.par("facts.branches", branches=b.branches)
    if b.changes:
        yield c.par("facts.changes", changes=b.changes)
    if b.changed is not None:
        yield c.par("facts.changed_yes" if b.changed else "facts.changed_no")
    yield from c.listed(b.notes)


def _sources(c: Context) -> Iterator[Block]:
    if not c.dossier.sources:
        yield c.absent("sources")
        return
    keys = ("no", "category", "gas", "source_energy", "facility", "location", "source_line")
    rows = [
        (
            ordinal(n),
            word(s.category),
            word(s.gas),
            word(s.energy),
            word(s.facility),
            word(s.location),
            word(_state(c, s)),
        )
        for n, s in enumerate(c.dossier.sources, 1)
    ]
    yield table(
        c.say("facts.sources_caption"), c.heads("facts", keys), rows, (0.7, 1.8, 1.1, 1.2, 1.9, 1.2, 2.9)
    )
    yield from c.incomplete_notes(c.inv.including)


def _state(c: Context, entry: SourceEntry) -> str:
    if entry.excluded:
        state = c.say("words.excluded", reason=entry.excluded)
    else:
        line = c.inv.line(entry.line) if entry.line else None
        state = c.say("facts.computed" if line and line.verified_value is not None else "facts.unlinked")
    note = entry.note.removeprefix(state.split("，")[0]).lstrip("，；。")
    return f"{state}；{note}" if note else state


def _total(c: Context) -> Iterator[Block]:
    g = c.guideline
    yield c.par("facts.method_intro", number=g.number, grade=g.grade, status=g.status)
    yield Heading(3, c.say("headings.3.3.1"))
    yield c.par("facts.total_intro")
    yield Equation(g.result, g.equation, unit="tCO2e")
    yield c.par("facts.where", "plain")
    marks = _marks(c, len(g.symbols))
    for (symbol, meaning), mark in zip(g.symbols.items(), marks, strict=True):
        yield c.par("facts.symbol", "list", symbol=symbol, meaning=meaning, mark=mark)


def _methods(c: Context) -> Iterator[Block]:
    used = [s for s in c.guideline.sources if any(line.source.id == s.id for line in c.inv.lines)]
    for n, source in enumerate(used, 2):
        yield Heading(3, c.say("headings.3.3.n", n=n, source=source.zh))
        lines = [line for line in c.inv.lines if line.source.id == source.id]
        verified = _formulas(line.verified_evaluation for line in lines)
        for formula, evaluation in verified.items():
            yield c.par(_intro(source.clause), clause=source.clause, method=formula.zh)
            yield from _equation(c, formula, evaluation)
        if any(line.spec.direction for line in lines):
            yield c.par("facts.direction")
        if source.sign < 0:
            yield c.par("facts.deducted")
        for formula, evaluation in _formulas(line.reported_evaluation for line in lines).items():
            if formula not in verified:
                yield c.par("facts.reported_method")
                yield from _equation(c, formula, evaluation)
    unused = [s.zh for s in c.guideline.sources if s not in used and not s.memo]
    if unused:
        yield c.par("facts.unused", sources=c.say("words.list_mark").join(unused))
    if c.dossier.method_notes:
        yield c.par("facts.method_notes")
        yield from c.listed(c.dossier.method_notes)
    else:
        yield c.absent("methods")


def _formulas(evaluations: Iterator[Evaluation | None]) -> dict[Formula, Evaluation]:
    found: dict[Formula, Evaluation] = {}
    for evaluation in evaluations:
        if evaluation is not None:
            found.setdefault(evaluation.formula, evaluation)
    return found


def _equation(c: Context, formula: Formula, evaluation: Evaluation) -> Iterator[Block]:
    unit = units_text(formula.result)
    yield Equation(formula.result_symbol, formula.tree(evaluation.lengths), unit="" if unit == NONE else unit)
    yield c.par("facts.where", "plain")
    marks = _marks(c, len(formula.symbols))
    for (symbol, spec), mark in zip(formula.symbols.items(), marks, strict=True):
        units = units_text(spec.units)
        key = "facts.symbol" if units == NONE else "facts.symbol_unit"
        yield c.par(key, "list", symbol=symbol, meaning=spec.zh, unit=units, mark=mark)


def _marks(c: Context, count: int) -> tuple[str, ...]:
    """What closes each line of an enumeration."""
    between, end = c.words.several("facts.symbol_marks")
    return (*(between,) * (count - 1), end)[-count:] if count else ()


def _intro(clause: str) -> str:
    """The sentence that cites a clause: a numbered formula, a part known by its name, or only the guideline."""
    if not clause:
        return "facts.source_intro_bare"
    return "facts.source_intro" if clause.startswith("公式") else "facts.source_intro_part"
