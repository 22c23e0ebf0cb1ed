"""Calculation tables whose rows stand on lines (一行一行的计算表): the line of letters and the formula anchors the columns.

``品种``, names and units stand above ``A B C=A*B``; below it each row is a label and as many figures as there are letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tanhe.reading.documents.cells import Row, cell_of, is_figure, key
from tanhe.reading.documents.lines import Line, half
from tanhe.reading.documents.words import CAPTION, TOTAL
from tanhe.reading.understand.flat import fold

_LETTERS: Final = re.compile(r"A1?(?: [B-Z]1?)*(?: [A-Z]\d?\s?=.{1,60})")
_LABELS: Final = re.compile(r"品种|(?:能源|燃料|物料|产品|原料)(?:品种|名称|种类)?|名称|类别|种类|排放源|项目|年份|年度|[\u4e00-\u9fff]{0,3}输入/输出|方向|设施")
_UNIT: Final = re.compile(r"%|/|t|吨|(?:万|千|10\^?4)?(?:tCO2e?|tC|t|kg|GJ|TJ|MJ|Nm3|m3|kWh|MWh|kgCO2|kmol|台|h)(?:/(?:万|千|10\^?4)?(?:tCO2|t|kg|GJ|TJ|Nm3|m3|kWh|MWh|kmol|台))?")
_NAME: Final = re.compile(
    r"[\u4e00-\u9fff]{0,12}(?:量|热值|氧化率|因子|浓度|分数|比例|系数|纯度|率|发热值|占比|电力|热力)(?:\(.{1,10}\))?"
)
_FITS: Final = (
    (re.compile("含碳"), re.compile(r"tC/")),
    (re.compile("热值|发热"), re.compile(r"[GTM]J/")),
    (re.compile("率|分数|比例"), re.compile(r"%|/")),
    (re.compile("因子"), re.compile(r"t(?:CO2|C)e?/")),
    (re.compile("排放量"), re.compile(r"(?:万)?tCO2e?$")),
    (re.compile("消费|消耗|购入|投入|产量|产出|外供|电量|热量|用量|输出|使用|电力$|热力$"), re.compile(r"(?:万|千)?(?:t|Nm3|m3|[kM]Wh|GJ|kg|台|吨)$")),
)
_SENTENCE: Final = ("。", "；", ";", "：", ":")
_ABOVE: Final = 14
_MOST: Final = 60

Found = tuple[int, list[Row]]


def computed_rows(lines: Sequence[Line], file: str) -> Found | None:
    """The number of the last line of the calculation table whose header the lines begin, and its rows."""
    lines = lines[:_MOST]
    at = next((n for n, line in enumerate(lines[: _ABOVE + 1]) if _LETTERS.fullmatch(line.half)), 0)
    if not at or any(line.text.endswith(_SENTENCE) or CAPTION.fullmatch(line.half[:120]) or len(line.text) > 80 for line in lines[:at]):
        return None
    letters = _parted(lines[at].text)
    head = _head([token for line in lines[:at] for token in _tokens(line)], lines[:at], len(letters))
    if head is None:
        return None
    labels, names, units = head
    last, rows = rows_below(lines, at + 1, len(labels), len(letters), file)
    if not rows:
        return None
    blank = [""] * len(labels)
    made = [[cell_of(file, lines[0], said) for said in (*labels, *names)]]
    made += [[cell_of(file, lines[at - 1], said) for said in (*blank, *units)]] if units else []
    made += [[cell_of(file, lines[at], said) for said in (*blank, *letters)]]
    return lines[last].number, [*made, *rows]


def _plain(said: str) -> str:
    """Half-width, subscripts and superscripts as digits."""
    return half(said).replace("₂", "2").replace("³", "3")


def _tokens(line: Line) -> list[str]:
    said = re.sub(r"(?<=CO) (?=₂)|(?<=Nm) (?=³)|(?<=CO₂) (?=/)|(?<=CO ₂) (?=/)", "", line.text)
    said = re.sub(r"(?<=万) (?=[Nn]?m|t|kWh)", "", said)
    said = re.sub(r"(?<=CO2) (?=/)", "", said)
    glued = re.fullmatch(r"(.*(?:CO2|tC|GJ|t|%|Wh|/))([\u4e00-\u9fff]{2,6})", said)
    return [*glued[1].split(" "), glued[2]] if glued and _LABELS.fullmatch(glued[2]) else said.split(" ")


def _parted(said: str) -> list[str]:
    """``A B C=A*B``: letters, and the formula whole."""
    formula = re.search(r"[A-Z]\d?\s?=", half(said))
    at = formula.start() if formula is not None else len(said)
    return [*said[:at].split(), *([said[at:]] if said[at:] else [])]


def _head(tokens: Sequence[str], lines: Sequence[Line], count: int) -> tuple[list[str], list[str], list[str]] | None:
    """Names of the label columns, names and units of the others; None where it cannot be told which is which."""
    units = [said for said in tokens if _UNIT.fullmatch(_plain(said))]
    rest = [said for said in tokens if not _UNIT.fullmatch(_plain(said))]
    labels = [said for said in rest if _LABELS.fullmatch(key(said))]
    if len(units) not in (0, count) or not 1 <= len(labels) <= 2:
        return None
    rest = [said for said in rest if said not in labels]
    names = _in_order(rest, units, count) or _matched([[t for t in _tokens(line) if t in rest] for line in lines], units)
    return (labels, names, units) if names is not None else None


def _in_order(said: Sequence[str], units: Sequence[str], count: int) -> list[str] | None:
    """Neighbouring pieces joined to names of quantities, each over a unit that measures it."""
    best: dict[tuple[int, int], list[str]] = {(0, 0): []}
    for at in range(len(said)):
        for done in range(count):
            if (at, done) not in best:
                continue
            for stop in range(at + 1, min(at + 4, len(said)) + 1):
                joined = "".join(said[at:stop])
                if len(joined) > 2 and _NAME.fullmatch(fold(joined)) and _measured(joined, units[done : done + 1]):
                    best.setdefault((stop, done + 1), [*best[at, done], joined])
    return best.get((len(said), count))


def _matched(lines: Sequence[Sequence[str]], units: Sequence[str]) -> list[str] | None:
    """Names cut across lines, put over the units they are measured in."""
    whole = [said for line in lines for said in line if _kind(said) is not None]
    parts = [[said for said in line if _kind(said) is None] for line in lines]
    parts = [line for line in parts if line]
    for upper, lower in pairwise(parts):
        if len(upper) == len(lower):
            whole += [a + b for a, b in zip(upper, lower, strict=True)]
    names: list[str] = []
    for unit in units:
        fit = [name for name in whole if (own := _kind(name)) is not None and _FITS[own][1].match(_plain(unit))]
        if len(fit) != 1:
            return None
        names.append(fit[0])
    return names if names and len(set(names)) == len(whole) == len(names) else None


def _measured(name: str, units: Sequence[str]) -> bool:
    own = _kind(name)
    return not units or own is None or units[0] == "/" or _FITS[own][1].match(_plain(units[0])) is not None


def _kind(said: str) -> int | None:
    """Which sort of quantity a whole name is; None for a piece of one."""
    folded = fold(said)
    if len(folded) < 3 or not _NAME.fullmatch(folded):
        return None
    return next((n for n, (form, _) in enumerate(_FITS) if form.search(folded)), None)


def rows_below(lines: Sequence[Line], start: int, labels: int, count: int, file: str) -> tuple[int, list[Row]]:
    """Rows below the letters; a total has one figure."""
    made: list[Row] = []
    last, above = start, ""
    for n, line in enumerate(lines[start:], start):
        tokens = line.text.split(" ")
        cut = len(tokens)
        while cut and is_figure(tokens[cut - 1]) and len(tokens) - cut < count:
            cut -= 1
        said, figures = tokens[:cut], tokens[cut:]
        if not figures:
            if above or len(line.text) > 30 or line.text.endswith(_SENTENCE) or CAPTION.fullmatch(line.half[:120]):
                break
            above = line.text
            continue
        total = TOTAL.fullmatch(half(" ".join(said))) is not None or " ".join(said).startswith("各表合计")
        own = _labelled([above, *said] if above else said, labels)
        if own is None and made and len(said) == labels - 1:
            own = ["", *said]
        if total and len(figures) == 1:
            row = [" ".join(said), *[""] * (labels + count - 2), figures[0]]
        elif own is not None and len(figures) == count:
            row = [*own, *figures]
        else:
            break
        made.append([cell_of(file, line, cell) for cell in row])
        last, above = n, ""
    return last, made


def _labelled(said: Sequence[str], labels: int) -> list[str] | None:
    """Words before the figures as the cells of the label columns."""
    if len(said) < labels:
        return None
    return ["".join(said[: len(said) - labels + 1]), *said[len(said) - labels + 1 :]]


_UPRIGHT: Final = ("代号", "符号", "参数代号")


def upright_rows(lines: Sequence[Line], file: str) -> Found | None:
    """代号 参数 数值 单位: a letter begins each line, the formula the last."""
    heads = lines[0].text.split(" ")
    if len(heads) != 4 or heads[0] not in _UPRIGHT or key(heads[2]) not in ("数值", "数据", "值") or heads[3] != "单位":
        return None
    made = [[cell_of(file, lines[0], said) for said in heads]]
    for line in lines[1:_MOST]:
        found = re.fullmatch(r"([A-Z]\d?|[A-Z]\d?\s?=\S+) (.+) (\S+) (\S+)", line.text)
        if found is None or not is_figure(found[3]):
            return None
        made.append([cell_of(file, line, said) for said in found.groups()])
        if "=" in half(found[1]):
            return (line.number, made) if len(made) > 3 else None
    return None
