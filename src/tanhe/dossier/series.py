"""Monthly and billing-period tables (月度与抄表周期数据) read from CSV, every cell with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tanhe.dossier.places import Place
from tanhe.dossier.problems import Problem
from tanhe.messages import TanheError, text
from tanhe.quantity.numbers import parse_optional
from tanhe.quantity.periods import Coverage, Period, parse_series, tile


@dataclass(frozen=True)
class Series:
    """A table of values by period: ``values[column][row]``, None where the cell is empty."""

    name: str
    file: str
    labels: tuple[str, ...]
    periods: tuple[Period, ...]
    values: Mapping[str, tuple[Decimal | None, ...]]
    lines: tuple[int, ...]
    coverage: Coverage | None
    notes: tuple[str, ...] = ()

    def place(self, column: str, row: int) -> Place:
        """File and line of one cell; the column is named as a cell."""
        return Place(self.file, self.lines[row])

    def column(self, name: str) -> tuple[Decimal, ...]:
        """The values of one column; KeyError if absent, ValueError if a cell is empty."""
        found = self.values[name]
        if any(value is None for value in found):
            raise ValueError(name)
        return tuple(value for value in found if value is not None)


def read_csv(name: str, file: str, content: str, columns: list[str], year: int) -> tuple[Series | None, list[Problem]]:
    """Read a table whose first column is the period; every bad cell is a problem with its line."""
    rows = list(csv.reader(io.StringIO(content)))
    header = [cell.strip() for cell in rows[0]] if rows else []
    problems = _header_problems(file, header, columns)
    if problems:
        return None, problems
    body = [(n, [c.strip() for c in row]) for n, row in enumerate(rows[1:], 2) if any(c.strip() for c in row)]
    labels = tuple(row[0] for _, row in body)
    values: dict[str, tuple[Decimal | None, ...]] = {}
    for column in columns:
        at = header.index(column)
        values[column] = tuple(_cell(file, n, column, row[at] if at < len(row) else "", problems) for n, row in body)
    lines = tuple(n for n, _ in body)
    periods, coverage, notes = _periods(file, labels, lines, year, problems)
    if problems and any(p.code != "SER003" for p in problems):
        return None, problems
    return Series(name, file, labels, periods, values, lines, coverage, notes), problems


def _header_problems(file: str, header: list[str], columns: list[str]) -> list[Problem]:
    wanted = ["period", *columns]
    if not header or header[0] != "period":
        message = text("首列应名为 period", "the first column should be named period")
        return [Problem("SER001", message, Place(file, 1), ",".join(wanted))]
    return [
        Problem("SER001", text(f"缺少列“{c}”", f"column {c!r} is missing"), Place(file, 1), ",".join(wanted))
        for c in columns
        if c not in header
    ]


def _cell(file: str, line: int, column: str, printed: str, problems: list[Problem]) -> Decimal | None:
    try:
        number = parse_optional(printed)
    except TanheError as error:
        message = text(f"列“{column}”：{error.message}", f"column {column}: {error.message}")
        problems.append(Problem("SER002", message, Place(file, line), error.expected or ""))
        return None
    return number.value if number else None


def _periods(
    file: str, labels: tuple[str, ...], lines: tuple[int, ...], year: int, problems: list[Problem]
) -> tuple[tuple[Period, ...], Coverage | None, tuple[str, ...]]:
    try:
        read = parse_series(labels, year)
    except TanheError as error:
        problems.append(Problem("SER004", error.message, Place(file, lines[0] if lines else 1), error.expected or ""))
        return (), None, ()
    coverage = tile(read.periods, year)
    for period in coverage.duplicates:
        rows = [line for line, p in zip(lines, read.periods, strict=True) if p == period]
        message = text(
            f"{labels[lines.index(rows[-1])]}出现了 {len(rows)} 次（第 {', '.join(map(str, rows))} 行）",
            f"{labels[lines.index(rows[-1])]} stands {len(rows)} times (lines {', '.join(map(str, rows))})",
        )
        problems.append(Problem("SER003", message, Place(file, rows[-1]), text("每期一行", "one row a period")))
    return read.periods, coverage, read.notes
