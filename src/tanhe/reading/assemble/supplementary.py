"""The supplementary data table (补充数据表) as a unit with its own lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from tanhe.reading.assemble.drafts import Draft, Pool, number
from tanhe.reading.assemble.lines import Line, Lines, write_line
from tanhe.reading.assemble.tree import Tree
from tanhe.reading.claims import Said

METHANOL = "ndrc-methanol-2018"


def write_supplementary(lines: Lines, rows: list[tuple[Said, str]], pool: Pool, tree: Tree) -> None:
    """One unit from the supplementary calculation tables; feed lines are those of the carbon balance they repeat."""
    own = [line for line in lines.lines if line.supplementary]
    total = next((s for s, name in reversed(rows) if name in ("supplementary.total", "totals.including")), None)
    if not own and total is None:
        return
    output = _output(pool)
    if output is None or "甲醇" not in output.item.text:
        for said, _ in rows:
            tree.lose(said, "没有此产品的补充数据表")
        for line in own:
            tree.lose(line.reported, f"没有此产品的补充数据表：{line.title}")
        return
    at = ("supplementary", 0)
    first = (own[0].reported if own else total)
    place = first.place if first is not None else None
    tree.put((*at, "table"), METHANOL, place)
    tree.put((*at, "product"), "甲醇", place)
    unit_name = next((line.unit_name for line in own if re.search("车间|分厂|装置", line.unit_name)), "")
    if unit_name:
        tree.put((*at, "unit_name"), unit_name, place)
    tree.put((*at, "output"), output.id, place)
    for n, line in enumerate([*_feed(lines.lines, rows), *own]):
        write_line((*at, "lines", n), line, tree)
    if total is not None and number(total.text) is not None:
        tree.put((*at, "total", "reported"), total.text.strip(), total.place)


def _output(pool: Pool) -> Draft | None:
    found = [d for d in pool if d.kind == "production"]
    return next((d for d in found if "甲醇" in d.item.text), found[0] if found else None)


def _feed(lines: Iterable[Line], rows: list[tuple[Said, str]]) -> list[Line]:
    """The carbon balance again, when its net is the figure printed for energy used as raw material."""
    said = next((s for s, name in rows if name == "supplementary.feed"), None)
    printed = number(said.text) if said else None
    balance = [line for line in lines if line.source == "raw-material" and not line.supplementary]
    net = sum(((-1 if x.direction == "out" else 1) * p.value for x in balance if (p := number(x.reported.text)) is not None), Decimal(0))
    if printed is None or net != printed.value:
        return []
    note = f"补充数据表只印碳输入与碳输出之差{said.text if said else ''}，本行取自法人边界的计算表"
    found = []
    for line in balance:
        name = line.id.removeprefix("raw-material/")
        found.append(Line(f"supplementary/{name}", "feed", line.item, line.fuel, line.direction, line.inputs, line.reported, line.title,
                          line.section, True, note=note))
    return found
