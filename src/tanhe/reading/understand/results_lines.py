"""Tables that set filed beside verified figures line by line (填报值与核查值对照): one row per source and item."""

from __future__ import annotations

import re
from typing import Final

from tanhe.reading.claims import Results, Said
from tanhe.reading.understand.absence import says_nothing
from tanhe.reading.understand.located import Located, figure
from tanhe.reading.understand.results_rows import value
from tanhe.reading.understand.vocabulary import fold, has_word, tidy

FILED: Final = re.compile(r"填报|申报|初始报告|企业报告")
_OTHER: Final = re.compile(r"核查|差异|差值|复算|比例|影响|一致")
_ITEM: Final = re.compile(r"^[^:：]{2,30}[:：]\s*\S")


def is_filed(head: str) -> bool:
    """Whether a header names filed figures and nothing else."""
    return FILED.search(head) is not None and _OTHER.search(head) is None


def by_line(table: Located) -> Results | None:
    """The filed figure of every row named ``排放源：品种``, under a header row with filed and verified figures."""
    for n, row in enumerate(table.rows[:3]):
        heads = {x: fold(c.text) for x, c in enumerate(row) if c.text.strip()}
        filed = next((x for x, h in heads.items() if is_filed(h) and len(h) <= 16), None)
        if filed is None or not any("核查" in h or "复算" in h for h in heads.values()):
            continue
        given = [r for r in table.rows[n + 1 :] if len(r) > filed and _ITEM.match(tidy(r[0].text)) and has_word(r[0].text, "results", "sources")]
        found = [(Said(tidy(r[0].text), r[0].place), value(r[filed])) for r in given
                 if figure(value(r[filed]).text) is not None or says_nothing(r[filed].text)]
        if not found:
            return None
        figures = tuple(v if figure(v.text) is not None else None for _, v in found)
        rows = tuple((label, (v,)) for label, v in found)
        return Results(rows, None, None, table.place, table.section, table.title, "lines", filed=figures)
    return None
