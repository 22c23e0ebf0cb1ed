"""Monthly and billing-period tables (月度与抄表周期数据) read from CSV, every cell with its place."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tanhe.dossier.places import Place
from tanhe.dossier.problems import Problem
from tanhe.dossier.values import number_of
from tanhe.messages import TanheError, text
from tanhe.quantity import periods as written_periods
from tanhe.quantity.numbers import parse_optional
from tanhe.quantity.periods import Coverage, Period, parse_series, tile

MOST_ROWS = 2_000
"""Most rows of a table; a year of daily readings has 366."""

Row = tuple[int, list[str]]


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
    rows, problems = _rows(file, content)
    header = rows[0][1] if rows else []
    problems = problems or _header_problems(file, header, columns)
    if problems:
        return None, problems
    body = rows[1:]
    problems += _too_long(file, header, body)
    labels = tuple(row[0] for _, row in body)
    values: dict[str, tuple[Decimal | None, ...]] = {}
    for column in columns:
        at = header.index(column)
        values[column] = tuple(_cell(file, n, column, row[at] if at < len(row) else "", problems) for n, row in body)
    lines = tuple(n for n, _ in body)
    periods, coverage, notes = _periods(file, labels, lines, year, problems)
    if problems and any(p.code != "SER003" for p in problems):
        return None, sorted(problems, key=lambda p: (p.place.line or 0) if p.place else 0)
    return Series(name, file, labels, periods, values, lines, coverage, notes), problems


def _rows(file: str, content: str) -> tuple[list[Row], list[Problem]]:
    """The rows that hold anything, each with the line it begins on."""
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    rows: list[Row] = []
    begins = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((begins, [cell.strip() for cell in row]))
            begins = reader.line_num + 1
    except csv.Error:
        message = text("引号没有成对，或一格过长", "a quote that is not closed, or a cell too long")
        return [], [Problem("SER001", message, Place(file, begins), text("逗号分隔的 CSV", "CSV, separated by commas"))]
    if len(rows) > MOST_ROWS + 1:
        message = text(f"有 {len(rows) - 1} 行", f"{len(rows) - 1} rows")
        return [], [Problem("SER001", message, Place(file), text(f"至多 {MOST_ROWS} 行", f"at most {MOST_ROWS}"))]
    return rows, []


def _header_problems(file: str, header: list[str], columns: list[str]) -> list[Problem]:
    wanted = text("表头 ", "the header ") + ",".join(["period", *columns])
    if not header or header[0] != "period":
        message = text("首列应名为 period，以逗号分隔", "the first column should be named period, commas between columns")
        return [Problem("SER001", message, Place(file, 1), wanted)]
    problems = [
        Problem("SER001", text(f"列“{c}”出现多次", f"column {c!r} stands more than once"), Place(file, 1), wanted)
        for c in dict.fromkeys(header)
        if c in columns and header.count(c) > 1
    ]
    for column in columns:
        if column not in header:
            near = difflib.get_close_matches(column, header[1:], n=1, cutoff=0.6)
            hint = text(f"，最接近的是“{near[0]}”", f"; the nearest is {near[0]!r}") if near else ""
            message = text(f"缺少列“{column}”", f"column {column!r} is missing") + hint
            problems.append(Problem("SER001", message, Place(file, 1), wanted))
    return problems


def _too_long(file: str, header: list[str], body: list[Row]) -> list[Problem]:
    """Rows with more cells than the header: most often a thousands separator without quotes."""
    return [
        Problem(
            "SER002",
            text(f"有 {len(row)} 格，表头只有 {len(header)} 列", f"{len(row)} cells under a header of {len(header)}"),
            Place(file, line),
            text("每列一格；数字里有逗号时加引号", "one cell a column; quotes around a number with commas"),
        )
        for line, row in body
        if len(row) > len(header) and any(row[len(header):])
    ]


def _cell(file: str, line: int, column: str, printed: str, problems: list[Problem]) -> Decimal | None:
    try:
        number = parse_optional(printed)
        return number_of(number) if number else None
    except TanheError as error:
        message = text(f"列“{column}”：{error.message}", f"column {column}: {error.message}")
        problems.append(Problem("SER002", message, Place(file, line), error.expected or ""))
        return None


def _periods(
    file: str, labels: tuple[str, ...], lines: tuple[int, ...], year: int, problems: list[Problem]
) -> tuple[tuple[Period, ...], Coverage | None, tuple[str, ...]]:
    bad = [p for p in (_bad_period(file, label, line, year) for label, line in zip(labels, lines, strict=True)) if p]
    if bad:
        problems += bad
        return (), None, ()
    try:
        read = parse_series(labels, year)
    except TanheError as error:
        problems.append(Problem("SER004", error.message, Place(file, lines[0] if lines else 1), error.expected or ""))
        return (), None, ()
    coverage = tile(read.periods, year)
    for period in coverage.duplicates:
        rows = [line for line, p in zip(lines, read.periods, strict=True) if p == period]
        label = labels[lines.index(rows[-1])]
        message = text(
            f"{label}出现了 {len(rows)} 次（第 {', '.join(map(str, rows))} 行）",
            f"{label} stands {len(rows)} times (lines {', '.join(map(str, rows))})",
        )
        datum = f"{file}/{period}"
        problems.append(Problem("SER003", message, Place(file, rows[-1]), text("每期一行", "one row a period"), datum))
    return read.periods, coverage, read.notes


def _bad_period(file: str, label: str, line: int, year: int) -> Problem | None:
    try:
        written_periods.parse(label, year)
    except TanheError as error:
        return Problem("SER004", error.message, Place(file, line), error.expected or "")
    return None
