"""Whether a dossier fits its guideline (案卷与指南是否相配): sources, methods, symbols, shares, subtotals, with places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from tanhe.checks.policy import policy
from tanhe.dossier.data import Literal_, Reference, References
from tanhe.dossier.model import Dossier, EmissionLine, Path
from tanhe.dossier.problems import Problem
from tanhe.dossier.validate import nearest, problem
from tanhe.formulas.formula import Formula, SymbolSpec
from tanhe.formulas.registry import all_formulas
from tanhe.guidelines.model import Source
from tanhe.guidelines.registry import find
from tanhe.guidelines.supplementary import TABLES
from tanhe.inventory.lines import method_for
from tanhe.messages import TanheError, text
from tanhe.quantity.quantity import scale
from tanhe.quantity.units import Unit


def misfits(dossier: Dossier) -> tuple[Problem, ...]:
    """What cannot be computed or checked at all: an unknown guideline, supplementary table, emission source or limit."""
    try:
        find(dossier.guideline)
    except TanheError as error:
        return (problem(dossier, "DOS009", error.message, ("guideline",), error.expected or ""),)
    return (*_tables(dossier), *_sources(dossier), *_limits(dossier))


def fit(dossier: Dossier) -> tuple[Problem, ...]:
    """What does not prevent computing the rest: methods, symbols, shares out of range, subtotals of no source."""
    found = [*_subtotals(dossier)]
    for path, line, source in _lines(dossier):
        if source is not None:
            found += _line(dossier, path, line, source)
    found += _derivations(dossier)
    return tuple(dict.fromkeys(found))


def _tables(dossier: Dossier) -> Iterator[Problem]:
    for n, unit in enumerate(dossier.supplementary):
        if unit.table not in TABLES:
            message = text(f"没有补充数据表“{unit.table}”", f"no supplementary table {unit.table!r}")
            yield problem(dossier, "DOS011", message, ("supplementary", n, "table"), ", ".join(TABLES))


def _limits(dossier: Dossier) -> Iterator[Problem]:
    for key, value in dossier.limits.items():
        try:
            policy({key: value})
        except TanheError as error:
            yield problem(dossier, "DOS012", error.message, ("limits", key), "")


def _sources(dossier: Dossier) -> Iterator[Problem]:
    for path, line, source in _lines(dossier):
        if source is None:
            known = _known(dossier, path)
            message = text(f"指南没有排放源“{line.source}”", f"the guideline has no source {line.source!r}")
            near = nearest(line.source, [s.id for s in known]) or ", ".join(s.id for s in known)
            yield problem(dossier, "DOS011", message, (*path, "source"), near)


def _known(dossier: Dossier, path: Path) -> tuple[Source, ...]:
    if path[0] == "lines":
        return find(dossier.guideline).sources
    table = TABLES.get(dossier.supplementary[int(path[1])].table)
    return table.sources if table is not None else ()


def _lines(dossier: Dossier) -> Iterator[tuple[Path, EmissionLine, Source | None]]:
    """Every line with its path and its source, None where the source is not known."""
    paths: list[tuple[Path, EmissionLine]] = [(("lines", n), line) for n, line in enumerate(dossier.lines)]
    for at, unit in enumerate(dossier.supplementary):
        if unit.table in TABLES:
            paths += [(("supplementary", at, "lines", n), line) for n, line in enumerate(unit.lines)]
    for path, line in paths:
        yield path, line, next((s for s in _known(dossier, path) if s.id == line.source), None)


def _subtotals(dossier: Dossier) -> Iterator[Problem]:
    guideline = find(dossier.guideline)
    parts = (guideline.sources, guideline.subtotals, guideline.rows)
    known = list(dict.fromkeys(part.id for group in parts for part in group))
    for name in dossier.subtotals:
        if name not in known:
            message = text(f"没有小计“{name}”", f"no subtotal {name!r}")
            yield problem(dossier, "DAT005", message, ("subtotals", name), nearest(name, known) or ", ".join(known))


def _line(dossier: Dossier, path: Path, line: EmissionLine, source: Source) -> Iterator[Problem]:
    columns = [("inputs", line.inputs, line.method, "method")]
    if line.as_reported is not None:
        columns.append(("as_reported", line.as_reported, line.reported_method, "reported_method"))
    for key, given, named, method in columns:
        try:
            formula = method_for(source, given, named)
        except TanheError as error:
            yield problem(dossier, "DAT007", error.message, (*path, method), error.expected or "")
            continue
        yield from _symbols(dossier, (*path, key), formula, given)
        yield from _shares(dossier, (*path, key), formula, given)


def _symbols(dossier: Dossier, path: Path, formula: Formula, given: Mapping[str, References]) -> Iterator[Problem]:
    for symbol in given:
        if symbol not in formula.symbols:
            message = text(f"公式“{formula.zh}”没有符号“{symbol}”", f"the formula {formula.en!r} has no symbol {symbol!r}")
            yield problem(dossier, "DAT007", message, (*path, symbol), ", ".join(formula.symbols))


def _derivations(dossier: Dossier) -> Iterator[Problem]:
    for name, datum in dossier.data.items():
        formula = all_formulas().get(datum.derive.formula) if datum.derive is not None else None
        if formula is not None and datum.derive is not None:
            yield from _shares(dossier, ("data", name, "derive", "inputs"), formula, datum.derive.inputs)


def _shares(dossier: Dossier, path: Path, formula: Formula, given: Mapping[str, References]) -> Iterator[Problem]:
    """Shares outside 0–1: most often a percentage whose unit says it is a fraction."""
    for symbol, spec in formula.symbols.items():
        references = given.get(symbol, []) if spec.fraction else []
        for n, reference in enumerate(references if isinstance(references, list) else [references]):
            at = (*path, symbol, n) if isinstance(references, list) else (*path, symbol)
            for where, value, unit in _values(dossier, at, reference):
                share = scale(value, unit.factor_to(spec.units[0])) if unit.fits(spec.units[0]) else Decimal(0)
                if not 0 <= share <= 1:
                    yield _share(dossier, where, spec, symbol, value)


def _share(dossier: Dossier, path: Path, spec: SymbolSpec, symbol: str, value: Decimal) -> Problem:
    message = text(f"{spec.zh}（{symbol}）为 {value}", f"{spec.en} ({symbol}) is {value}")
    expected = text("0 到 1 之间的小数；若是百分数，单位（unit）写 %", "a fraction from 0 to 1; for a percentage write the unit %")
    return problem(dossier, "DAT002", message, path, expected)


def _values(dossier: Dossier, path: Path, reference: Reference) -> Iterator[tuple[Path, Decimal, Unit]]:
    """The single values a reference stands for, each with the path where it is written."""
    if isinstance(reference, Literal_):
        yield (*path, "value"), reference.value, reference.unit
    elif reference in dossier.data:
        datum = dossier.data[reference]
        if datum.reported is not None:
            yield ("data", reference, "reported"), datum.reported, datum.reported_unit or datum.unit
        if datum.verified is not None:
            yield ("data", reference, "verified"), datum.verified, datum.unit
