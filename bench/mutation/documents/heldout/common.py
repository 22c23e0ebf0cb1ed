"""What the held-out operators share: replacing throughout the report, and sums that follow a changed line."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from tanhe.reading.blocks import Paragraph, Table

from ..figures import is_total
from ..operators import Mutant, is_figure, put
from ..paper import At, Paper

DAY = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")


def everything(paper: Paper) -> Iterator[At]:
    """Every paragraph, heading, caption and cell."""
    for n in range(len(paper.blocks)):
        yield from (at for at in paper.of(n) if paper.text(at))


def throughout(paper: Paper, swaps: Mapping[str, str], *, words: Iterable[str] = (), only: Iterable[At] | None = None) -> Iterator[Mutant]:
    """The mutant with these words replaced wherever they stand (figures and codes only as a whole)."""
    if not (swaps := {a: b for a, b in swaps.items() if a and a != b}):
        return
    parts = (re.escape(a) if not re.fullmatch(r"[\d.]+", a) else rf"(?<![\d.]){re.escape(a)}(?![\d.]*\d)" for a in sorted(swaps, key=len, reverse=True))
    pattern = re.compile("|".join(parts))
    edits = {}
    for at in only if only is not None else everything(paper):
        said = paper.text(at)
        if (now := pattern.sub(lambda m: swaps[m[0]], said)) != said:
            edits[at] = now
    yield from put(paper, edits, words=(*swaps, *swaps.values(), *words))


def scaled(figure: str, by: int) -> str:
    """A figure times a power of ten, without losing digits."""
    moved = Decimal(figure).scaleb(by)
    return format(moved.normalize() if moved != moved.to_integral() else moved.quantize(Decimal(1)), "f")


def like(value: Decimal, sample: str) -> str:
    """A value with the decimals of a sample."""
    places = len(sample.partition(".")[2])
    return format(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")


def rows_of(table: Table) -> Iterator[tuple[int, list[str]]]:
    """Rows with a figure at their end that are no sum."""
    for r, row in enumerate(table.rows):
        said = [c.text for c in row]
        if is_figure(said[-1]) and not is_total(said[0]) and not said[0].startswith("各表"):
            yield r, said


def following_sums(paper: Paper, old: str, new: Decimal) -> dict[str, str]:
    """The result of a line, and every sum that holds it, as printed before and as they have to be printed then."""
    delta, found = new - Decimal(old), {old: like(new, old)}
    groups = {row[-1].text for _, t in paper.tables("排放计算表") for row in t.rows if "合计" in row[0].text and is_figure(row[-1].text)}
    table = next((t for _, t in paper.tables("排放量汇总表")), None)
    bought = table is not None and any(row[-2].text == old and "净购入" in row[0].text for row in table.rows if len(row) > 2)
    for row in table.rows if table is not None else ():
        for cell in row[1:]:
            said = cell.text
            total = "总量" in row[0].text and not (bought and "不包括" in row[0].text)
            if is_figure(said) and (total or (said in groups and "燃烧" in row[0].text and not bought) or said == old):
                found[said] = like(Decimal(said) + delta, said)
                if total and "（包括" in row[0].text:
                    found[scaled(said, -4)] = scaled(found[said], -4)
    return found


def follow(paper: Paper, swaps: Mapping[str, str]) -> dict[At, str]:
    """The texts with the replaced figures, and the percentage of a growth that is told beside the year before."""
    pattern = re.compile("|".join(rf"(?<![\d.]){re.escape(a)}(?![\d.]*\d)" for a in sorted(swaps, key=len, reverse=True)))
    totals = [b for a, b in swaps.items() if any(a == c.text for _, t in paper.tables("排放量汇总表") for r in t.rows if "（包括" in r[0].text for c in r)]
    edits = {}
    for at in everything(paper):
        said = paper.text(at)
        now = pattern.sub(lambda m: swaps[m[0]], said)
        if totals and (m := re.search(r"的 ?([\d.]+) ?tCO2 ?相比，排放量(上升|下降) ?([\d.]+)(?=%)", now)):
            change = (Decimal(totals[-1]) / Decimal(m[1]) - 1) * 100
            told = f"{'上升' if change >= 0 else '下降'} {like(abs(change), m[3])}"
            now = now[: m.start(2)] + told + now[m.end(3) :]
        if now != said:
            edits[at] = now
    return edits


def days(said: str) -> list[datetime.date]:
    """The dates of a text that exist."""
    return [datetime.date(*(int(x) for x in m.groups())) for m in DAY.finditer(said)]


def written(day: datetime.date) -> str:
    """A date as the reports print it."""
    return f"{day.year}年{day.month}月{day.day}日"


def step(paper: Paper, *words: str) -> str:
    """The date of a step in the schedule, as printed; empty without."""
    for _, table in paper.tables("时间安排表"):
        for row in table.rows[1:]:
            if len(row) > 2 and any(w in row[1].text for w in words) and DAY.fullmatch(row[2].text):
                return row[2].text
    return ""


def moved(said: str, by: int) -> str:
    """A printed date some days later."""
    return written(days(said)[0] + datetime.timedelta(by))


def inserted(paper: Paper, sentence: str, *headings: str, words: Iterable[str] = ()) -> Iterator[Mutant]:
    """The sentence after the first paragraph below each heading with such words."""
    for at, heading in paper.headings():
        below = paper.blocks[at.block + 1] if at.block + 1 < len(paper.blocks) else None
        if any(h in heading.text for h in headings) and isinstance(below, Paragraph):
            here = At(at.block + 1)
            yield from put(paper, {here: paper.text(here) + sentence}, words=(sentence, *words))


def year(paper: Paper) -> str:
    """The reporting year."""
    return next((m[1] for at in paper.paragraphs() if (m := re.fullmatch(r"(20\d\d)年度", paper.text(at)))), "")


def all_text(paper: Paper) -> str:
    """Everything that is printed."""
    return "\n".join(paper.text(at) for at in everything(paper))
