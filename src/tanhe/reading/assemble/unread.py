"""Sources of an enterprise's own report of which only the result was read (只读出结果的排放源): lines that cannot be computed.

Such a report gives one figure a source and the data in annexes of many forms. A source whose data were not read
must not vanish from the total: it becomes a line without inputs, and the total says that it is incomplete.
"""

from __future__ import annotations

from tanhe.guidelines.model import Guideline
from tanhe.reading.assemble.drafts import number
from tanhe.reading.assemble.lines import Line, Lines
from tanhe.reading.assemble.tree import Tree
from tanhe.reading.claims import Said


def list_unread(lines: Lines, guideline: Guideline, tree: Tree) -> None:
    """A line for each printed subtotal above zero that no line read belongs to."""
    known = {line.source for line in lines.lines}
    sums = [*((s.id, s.zh, (s.id,)) for s in guideline.sources), *((s.id, s.zh, s.sources) for s in guideline.subtotals)]
    for name, words, sources in sums:
        path = ("subtotals", name, "reported")
        figure = number(str(tree.get(path) or ""))
        if figure is None or not figure.value or known & set(sources):
            continue
        said = Said(str(tree.get(path)), tree.places[path])
        lines.lines.append(Line(f"{sources[0]}/unread", sources[0], Said(f"{words}（明细未读出）", said.place), None, None, {}, said, "排放量汇总表", "",
                                note="附表中该源的活动数据没有读出"))
        known |= set(sources)
