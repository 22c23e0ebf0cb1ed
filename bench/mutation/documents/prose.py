"""Prose against tables (文表矛盾): a figure, a count, a year told in a sentence differs from the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.reading.blocks import Paragraph

from .operators import FIGURE, Mutant, operator, put, wrong
from .paper import At, Paper


def _prose(paper: Paper) -> Iterator[At]:
    """Paragraphs, and cells that hold sentences."""
    yield from (at for at in paper.paragraphs() if "=" not in paper.text(at))
    yield from (at for at in paper.cells() if "。" in paper.text(at) or "，" in paper.text(at))


def _told(paper: Paper, after: str) -> Iterator[Mutant]:
    """A wrong digit in each figure of a sentence that is followed by these words and printed elsewhere too."""
    for at in _prose(paper):
        said = paper.text(at)
        for m in FIGURE.finditer(said):
            if re.match(after, said[m.end() :]) and sum(c.isdigit() for c in m[0]) >= 3 and paper.again(m[0]):
                yield from put(paper, {at: said[: m.start()] + wrong(m[0], f"{at}{m.start()}") + said[m.end() :]})


@operator("prose", "结论文字中的排放量与表不同", "every total told in a sentence is the table's")
def total_told(paper: Paper) -> Iterator[Mutant]:
    yield from _told(paper, r"\s?(?:tCO(?!2?e?/)|吨二氧化碳|吨CO)")


@operator("prose", "文字中的产量与表不同", "output told in a sentence is the table's")
def output_told(paper: Paper) -> Iterator[Mutant]:
    yield from _told(paper, r"\s?(?:吨(?!二|C)|t(?![A-Za-zC]))")


@operator("prose", "文字中的金额与表不同", "economic figures told are the table's")
def money_told(paper: Paper) -> Iterator[Mutant]:
    yield from _told(paper, r"\s?万元")


@operator("prose", "文字中的能耗与表不同", "energy told in a sentence is the table's")
def energy_told(paper: Paper) -> Iterator[Mutant]:
    yield from _told(paper, r"\s?(?:万?k?Wh|MWh|GJ|万?Nm|万?立方|tce|吨标)")


@operator("prose", "文字中的百分数错", "shares and growth follow from the figures")
def percent_told(paper: Paper) -> Iterator[Mutant]:
    for at in _prose(paper):
        said = paper.text(at)
        for m in FIGURE.finditer(said) if re.search("占|上升|下降|增长|减少|偏差|降低", said) else ():
            if said[m.end() : m.end() + 1] == "%" and "." in m[0]:
                whole, _, rest = m[0].partition(".")
                yield from put(paper, {at: f"{said[: m.start()]}{int(whole) + 2}.{rest}{said[m.end() :]}"})


@operator("prose", "文字中的份数、项数、人数与清单不同", "counts told are those of the lists")
def count_told(paper: Paper) -> Iterator[Mutant]:
    for at in paper.paragraphs():
        said = paper.text(at)
        for m in re.finditer(r"(?<![\d.])(\d{1,3}) ?(?=份|个不符合|项不符合|名员工|人[，。])", said):
            if not said[m.end() :].startswith("人") or paper.again(m[1]):  # people told nowhere else cannot be compared
                yield from put(paper, {at: said[: m.start(1)] + str(int(m[1]) + 2) + said[m.end(1) :]}, words=(m[1],))


@operator("prose", "文字中的年度错", "the year told is the reporting year")
def year_told(paper: Paper) -> Iterator[Mutant]:
    years = re.findall(r"(20\d\d) ?年度", "".join(paper.text(at) for at in paper.paragraphs()))
    year = max(set(years), key=years.count, default="")
    for at in _prose(paper):
        said = paper.text(at)
        for m in re.finditer(rf"{year}(?= ?年度)" if year else r"(?!)", said):
            yield from put(paper, {at: said[: m.start()] + str(int(year) - 1) + said[m.end() :]})


@operator("prose", "文字中的因子值与表不同", "a factor told is the table's")
def factor_told(paper: Paper) -> Iterator[Mutant]:
    yield from _told(paper, r"\s?(?:tC/|GJ/|tCO2/|kg)")


@operator("prose", "参数表说明中的数字与表不同", "figures in an explanation are those of the tables")
def explanation_told(paper: Paper) -> Iterator[Mutant]:
    for at in paper.cells("的核查"):
        said = paper.text(at)
        if "；" in said or "，" in said:
            for m in FIGURE.finditer(said):
                if m[0] in paper.figures and "." in m[0]:
                    yield from put(paper, {at: said[: m.start()] + wrong(m[0], f"{at}{m.start()}") + said[m.end() :]})


@operator("prose", "边界文字与排放源清单矛盾", "the scope names the sources that are computed")
def source_untold(paper: Paper) -> Iterator[Mutant]:
    names = ("净购入电力", "净购入热力", "化石燃料燃烧")
    for at in paper.paragraphs():
        said = paper.text(at)
        if sum(n in said for n in names) >= 2 and "计算" not in said and "没有" not in said:
            for n in names:
                if re.search(f"[、和]{n}", said):
                    yield from put(paper, {at: re.sub(f"[、和]{n}", "", said, count=1)})


@operator("prose", "文字只说涉及电力", "a sentence that only electricity is used contradicts the other sources")
def only_electricity(paper: Paper) -> Iterator[Mutant]:
    if not any("化石燃料燃烧" in t.caption or any("化石燃料" in r[0].text and re.search("[1-9]", "".join(c.text for c in r[1:])) for r in t.rows)
               for _, t in paper.tables("排放")):
        return
    for at, heading in paper.headings():
        if "能源管理" in heading.text or "排放源" in heading.text or "核算边界" in heading.text:
            below = paper.blocks[at.block + 1]
            if isinstance(below, Paragraph):
                here = At(at.block + 1)
                yield from put(paper, {here: paper.text(here) + "企业只消耗电力，不涉及其他能源。"})
