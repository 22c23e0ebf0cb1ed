"""Reading the data files of the factor library (读取因子数据), and refusing what is not a dated, graded fact.

A file is refused, naming file and line, when a row lacks a key, unit, document, grade, status or source; when
a number cannot be read; when a key stands twice; when two periods of one key overlap; when a guideline is
unknown.
"""

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

from tanhe.factors import tables
from tanhe.factors.dates import earliest, latest
from tanhe.factors.errors import FactorDataError
from tanhe.factors.model import GRADES, STATUSES
from tanhe.factors.tables import Table
from tanhe.quantity.units import UnitError, unit

DATA: Final = Path(__file__).parent / "data"

_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_RATIO: Final = re.compile(r"[0-9]+(\.[0-9]+)?(/[0-9]+)?")

Row = dict[str, str]
Problem = tuple[int, str, str]


def load(table: Table, directory: Path = DATA) -> list[Row]:
    """Rows of one data file, each a dict of stripped text with its line under ``"line"``.

    Raises :class:`FactorDataError` with every problem of the file.
    """
    path = directory / table.file
    if not path.is_file():
        raise FactorDataError(path, [(1, "缺少这个数据文件", "this data file is missing")])
    known = _guideline_ids(directory) if table.guideline else frozenset()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        _check_header(path, table, reader.fieldnames or [])
        rows = list(_rows(reader))
    problems = [p for row in rows for p in _row_problems(table, row, known)]
    problems += _key_problems(table, rows)
    if problems:
        raise FactorDataError(path, sorted(problems))
    return rows


def check(directory: Path = DATA) -> list[FactorDataError]:
    """Load every data file of a directory and read every unit; returns the refusals (empty: all is well)."""
    refused = []
    for table in tables.TABLES:
        try:
            unreadable = list(_unit_problems(table, load(table, directory)))
            if unreadable:
                raise FactorDataError(directory / table.file, unreadable)
        except FactorDataError as error:
            refused.append(error)
    return refused


def _unit_problems(table: Table, rows: list[Row]) -> Iterator[Problem]:
    if table.ratios:
        return
    for row in rows:
        for name in {column for _, column in table.values}:
            try:
                unit(row[name])
            except UnitError:
                yield (
                    int(row["line"]),
                    f"不认识的单位“{row[name]}”（{name}）",
                    f"unknown unit {row[name]!r} ({name})",
                )


def digest(directory: Path = DATA) -> str:
    """``sha256:…`` over the names and contents of all data files, whatever the line ends on this machine."""
    total = hashlib.sha256()
    for path in sorted(directory.glob("*.csv")):
        content = (
            path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        )
        total.update(path.name.encode() + b"\0" + str(len(content)).encode() + b"\0" + content)
    return "sha256:" + total.hexdigest()


def _rows(reader: "csv.DictReader[str]") -> Iterator[Row]:
    previous = reader.line_num
    for raw in reader:
        line, previous = previous + 1, reader.line_num
        row = {name: value.strip() if isinstance(value, str) else "" for name, value in raw.items() if name}
        row["line"] = str(line)
        row["extra"] = "" if None not in raw else "yes"
        yield row


def _guideline_ids(directory: Path) -> frozenset[str]:
    path = directory / tables.GUIDELINES.file
    if not path.is_file():
        return frozenset()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return frozenset(row.get("guideline") or "" for row in csv.DictReader(stream))


def _check_header(path: Path, table: Table, header: Iterable[str]) -> None:
    numbers = (*table.numbers, *(name for name, _ in table.values))
    want = dict.fromkeys((*table.required, *table.columns, *numbers, *(table.either or ())))
    missing = [name for name in want if name not in header]
    if missing:
        said = ", ".join(missing)
        raise FactorDataError(path, [(1, f"缺少列：{said}", f"columns missing: {said}")])


def _row_problems(table: Table, row: Row, known: frozenset[str]) -> Iterator[Problem]:
    line = int(row["line"])
    if row["extra"]:
        yield line, "列数多于表头（含逗号的内容要加引号）", "more cells than the header (quote commas)"
        return
    for name in table.required:
        if not row[name] and name not in (table.either or ()):
            yield line, f"“{name}”不能为空", f"{name} must not be empty"
    if table.either and not any(row[name] for name in table.either):
        one, two = table.either
        yield line, f"“{one}”与“{two}”至少填一项", f"fill {one} or {two}"
    yield from _number_problems(table, row, line)
    if table.graded and row["grade"] and row["grade"] not in GRADES:
        yield line, f"等级“{row['grade']}”应为 A、B 或 C", f"grade {row['grade']!r} is not A, B or C"
    if row.get("status") and row["status"] not in STATUSES:
        allowed = ", ".join(STATUSES)
        yield (
            line,
            f"状态“{row['status']}”应为：{allowed}",
            f"status {row['status']!r} is not one of: {allowed}",
        )
    if table.guideline and row["guideline"] and row["guideline"] not in known:
        where = tables.GUIDELINES.file
        yield (
            line,
            f"{where} 中没有指南“{row['guideline']}”",
            f"guideline {row['guideline']!r} is not in {where}",
        )
    for name in table.dates:
        if row.get(name) and not _is_date(row[name]):
            said = row[name]
            yield (
                line,
                f"“{name}”的日期“{said}”应为 2024、2024-04 或 2024-04-12",
                f"{name} {said!r} is not a date",
            )
    if _backwards(row):
        yield line, "valid_to 早于 valid_from", "valid_to lies before valid_from"


def _number_problems(table: Table, row: Row, line: int) -> Iterator[Problem]:
    for name, unit_column in table.values:
        if not row[name]:
            if name not in table.required and not row.get("note"):
                yield line, f"“{name}”为空时，note 要说明原因", f"{name} is empty: note must say why"
        elif not row[unit_column]:
            yield line, f"“{name}”没有单位（{unit_column}）", f"{name} has no unit ({unit_column})"
    form = _RATIO if table.ratios else _NUMBER
    for name in (*table.numbers, *(name for name, _ in table.values)):
        if row[name] and not form.fullmatch(row[name]):
            yield line, f"“{name}”的“{row[name]}”不是数", f"{name} {row[name]!r} is not a number"


def _key_problems(table: Table, rows: list[Row]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = tuple(row[name] for name in table.key)
        for other in seen.setdefault(key, []):
            said, line, first = " / ".join(key), int(row["line"]), other["line"]
            if not (_dated(row) and _dated(other)):
                yield line, f"“{said}”与第 {first} 行重复", f"{said} stands already in line {first}"
            elif _overlap(row, other):
                yield (
                    line,
                    f"“{said}”的有效期与第 {first} 行重叠",
                    f"the validity of {said} overlaps line {first}",
                )
        seen[key].append(row)


def _dated(row: Row) -> bool:
    return bool(row.get("valid_from") or row.get("valid_to"))


def _overlap(one: Row, two: Row) -> bool:
    if not all(_is_date(row[name]) for row in (one, two) for name in ("valid_from", "valid_to") if row[name]):
        return False
    begin = max(earliest(row["valid_from"]) or date.min for row in (one, two))
    end = min(latest(row["valid_to"]) or date.max for row in (one, two))
    return begin <= end


def _backwards(row: Row) -> bool:
    begin, end = row.get("valid_from", ""), row.get("valid_to", "")
    if not (begin and end and _is_date(begin) and _is_date(end)):
        return False
    return (earliest(begin) or date.min) > (latest(end) or date.max)


def _is_date(said: str) -> bool:
    try:
        earliest(said), latest(said)
    except ValueError:
        return False
    return True
