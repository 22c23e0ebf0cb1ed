"""Cross-checks of a parameter (交叉核对): sub-tables of sources and figures, and what the prose says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from tanhe.messages import TanheError
from tanhe.quantity.units import unit as unit_of
from tanhe.reading.blocks import Cell
from tanhe.reading.claims import Parameter, Said
from tanhe.reading.understand import values
from tanhe.reading.understand.absence import says_nothing
from tanhe.reading.understand.located import (
    Row,
    absent,
    figure,
    filled,
    is_unit,
    number,
    said,
    unit_text,
    year_of,
)
from tanhe.reading.understand.vocabulary import cross_field, fold, glued, plain, tidy

Check = dict[str, Said]
_DEVIATION: Final = re.compile(
    r"(?:相差|偏差|差异|误差|差距|差值|差别)[^0-9%。；;]{0,12}?(-?\d+(?:\.\d+)?\s?[%％])"
)
_PERCENT: Final = re.compile(r"-?\d+(?:\.\d+)?\s?[%％]")
_RECOMPUTED: Final = re.compile(r"(?:复算|重算|重新计算)[^；;，,]*")
"""What the writer of the report computed anew is no printed deviation."""
_TITLE: Final = re.compile(r"《[^《》]+》")
_DOCUMENT: Final = re.compile(
    r"(?:[\u4e00-\u9fffA-Za-z\d\-—]{0,12}?)(?:结算单|记录|台账|台帐|统计表|报表|发票(?:清单|原件)?|清单|原件|明细表?|账单|凭证|日志)"
)
_FIGURE: Final = re.compile(
    r"(\d[\d,，]*(?:\.\d+)?)\s*([A-Za-z万吨千兆立标度][A-Za-z0-9³/万吨千瓦时立方米标兆₂]{0,8})"
)
_NONE: Final = re.compile(r"未能提供|无可供|不涉及|没有可供|无法提供|未提供|无交叉")
_LEAD: Final = re.compile(r"^.*(?:提供的|根据|核对了|查阅了?|通过|来源于|将|收集了?|与|和|及|的)")


def read(rows: Sequence[Row], main: Parameter) -> tuple[Mapping[str, Said], ...]:
    """The second sources of a datum, each with its figure, printed deviation and explanation where they stand."""
    tables, prose = _split(rows)
    given = [c for t in tables for c in _checks(t, main)]
    checks = _independent(given, main)
    if given:
        return tuple(_explained(checks, prose))
    return tuple(_from_prose(prose, main))


def note(rows: Sequence[Row]) -> Said | None:
    """The prose of the row, without the figures of its sub-tables."""
    _, prose = _split(rows)
    return Said(glued(tidy(c.text) for c in prose), prose[0].place) if prose else None


def foreign(check: Mapping[str, Said], main: Parameter) -> bool:
    """Whether the figure is in a unit that cannot be the datum's, so that it is another quantity."""
    if "unit" not in check or main.unit is None:
        return False
    try:
        return not unit_of(check["unit"].text).fits(unit_of(unit_text(main.unit.text)))
    except TanheError:
        return False


Nested = list[tuple[Cell, Cell]]
"""One row of a sub-table: header cell and value cell of every column."""


def _split(rows: Sequence[Row]) -> tuple[list[Nested], list[Cell]]:
    """Sub-tables (header and value cells paired) and prose of the row."""
    tables: list[Nested] = []
    prose: list[Cell] = []
    rest = list(rows)
    while rest:
        row = rest.pop(0)
        cells = filled(row)
        if len(cells) > 1 and cross_field(cells[0].text) == "source" and cross_field(cells[1].text):
            while rest and len(filled(rest[0])) > 1:
                tables.append(list(zip(row, rest.pop(0), strict=False)))
        elif len(cells) > 1 and fold(cells[0].text) in ("年份", "年度", "时间"):
            while rest and year_of(filled(rest[0])[0].text) is not None:
                tables.append(list(zip(cells, filled(rest.pop(0)), strict=False)))
        elif len(cells) == 1 and fold(cells[0].text) in ("年份", "年度") and rest:
            head, rest = _upto_year(cells, rest)
            taken, rest = rest[: len(head)], rest[len(head) :]
            tables.append(list(zip(head, [filled(r)[0] for r in taken], strict=False)))
        else:
            prose += cells
    return tables, prose


def _upto_year(cells: list[Cell], rest: list[Row]) -> tuple[list[Cell], list[Row]]:
    """The header cells that stand one a line, up to the year below them."""
    head = list(cells)
    for n, row in enumerate(rest):
        if year_of(row[0].text) is not None:
            return head, rest[n:]
        head += filled(row)
    return head, []


def _checks(pairs: Nested, main: Parameter) -> Iterator[Check]:
    fields = [cross_field(h.text) for h, _ in pairs]
    if fields and fields[0] == "source":
        check = {f: said(c) for f, (_, c) in zip(fields, pairs, strict=True) if f and c.text.strip()}
        if "value" in check and (found := figure(check["value"].text)):
            value = check["value"]
            check["value"] = Said(found[0], value.place)
            check |= {"unit": Said(found[1], value.place)} if found[1] else {}
        if "value" in check and absent(check["value"].text):
            del check["value"]
        yield check
        return
    for head, cell in pairs:
        name, unit = values.name_and_unit(head.text)
        if (
            cross_field(name) == "result"
            or fold(head.text) in ("年份", "年度", "时间")
            or number(cell.text) is None
        ):
            continue
        check = {"source": Said(name, head.place), "value": said(cell)}
        if unit:
            check["unit"] = said(head, unit)
        elif main.unit is not None:
            check["unit"] = main.unit
        yield check


def _independent(checks: list[Check], main: Parameter) -> list[Check]:
    """Without the datum's own source, and without parts that only sum up to the datum."""
    own = main.verified or main.reported
    if own is None or len(checks) < 2:
        return checks
    same = [c for c in checks if "value" in c and not foreign(c, main)]
    if len(same) > 1 and (whole := number(own.text)) is not None:
        figures = [Fraction(found.value) for c in same if (found := number(c["value"].text))]
        if len(figures) == len(same) and sum(figures) == Fraction(whole.value) and 0 not in figures:
            return [c for c in checks if c not in same]
    if len(same) < 2:
        return checks
    source = main.rows.get("source")
    first = next(
        (c for c in same if source is not None and _core(c["source"].text) in fold(source.text)), same[0]
    )
    return [c for c in checks if c is not first or c["value"].text != own.text]


def _core(title: str) -> str:
    match = re.search(r"《([^《》]+)》", fold(title))
    return match[1] if match else fold(title)


def _explained(checks: list[Check], prose: Sequence[Cell]) -> Iterator[Check]:
    """With the printed deviation and the paragraph that speaks of it, given to the source it names."""
    telling = [
        c for c in prose if _DEVIATION.search(plain(c.text)) or re.search(r"一致|偏差|相差|差异", c.text)
    ]
    same_unit = [c for c in checks if "explanation" not in c and "deviation" not in c]
    for check in checks:
        for cell in telling if check in same_unit else ():
            if len(same_unit) > 1 and _core(check["source"].text) not in fold(cell.text):
                continue
            if match := _DEVIATION.search(plain(cell.text)):
                check = check | {"deviation": said(cell, match[1])}
            check = check | {"explanation": said(cell)}
        if "deviation" in check and (match := _PERCENT.search(_RECOMPUTED.sub("", check["deviation"].text))):
            check = check | {"deviation": Said(match[0], check["deviation"].place)}
        elif "deviation" in check:
            check = {k: v for k, v in check.items() if k != "deviation"}
        check = {k: v for k, v in check.items() if k in ("value", "unit") or not says_nothing(v.text)}
        yield check


def _from_prose(prose: Sequence[Cell], main: Parameter) -> Iterator[Check]:
    for cell in prose:
        for part in re.split(r"(?=[（(]\d[)）])|(?<=[；;])|(?<=。)(?=\s*(?:\d[)）、]))", cell.text):
            shown = re.sub(r"(?<=\d) (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=\d)", "", plain(part))
            found = _figure_in(shown, main)
            if found is not None:
                source = _source(shown[: found.start()])
                if source:
                    check = {
                        "source": said(cell, source),
                        "value": said(cell, found[1]),
                        "unit": said(cell, unit_text(found[2])),
                    }
                    if match := _DEVIATION.search(shown):
                        check["deviation"] = said(cell, match[1])
                    yield check | {"explanation": Said(tidy(part), said(cell, part).place)}
            elif "一致" in shown and not _NONE.search(shown) and (source := _source(shown, first=True)):
                yield {"source": said(cell, source), "explanation": Said(tidy(part), said(cell, part).place)}


def _figure_in(shown: str, main: Parameter) -> re.Match[str] | None:
    """A figure in the datum's unit."""
    for match in _FIGURE.finditer(shown):
        if number(match[1]) is not None and is_unit(match[2]) and main.unit is not None:
            try:
                if unit_of(unit_text(match[2])).fits(unit_of(unit_text(main.unit.text))):
                    return match
            except TanheError:
                continue
    return None


def _source(words: str, first: bool = False) -> str:
    """The document named in the words: the last title in 《》, else the last word for a record."""
    titles = _TITLE.findall(words)
    if titles:
        return str(titles[0] if first else titles[-1])
    named = [_LEAD.sub("", m[0]) for m in _DOCUMENT.finditer(words)]
    named = [n for n in named if len(n) > 2]
    return (named[0] if first else named[-1]) if named else ""
