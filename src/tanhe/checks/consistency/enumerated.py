"""Sources enumerated in scope and method (范围与方法文字列举的排放源): every source that is computed is named (B5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.engine import Context, Family, Result, check, fail
from tanhe.dossier.model import Path
from tanhe.messages import text

_GROUPS = (
    ("combustion", re.compile("燃料|燃烧"), "化石燃料燃烧", "combustion"), ("electricity", re.compile("电"), "净购入电力", "purchased electricity"),
    ("heat", re.compile("热力|蒸汽|热量|供热"), "净购入热力", "purchased heat"),
)
_OPEN = re.compile("等|以及其他|间接排放|所有|全部|直接排放")
_SUM = re.compile("总排放量|排放总量|总量")
_NOT = re.compile("没有|不涉及|不包括|不含|无|未")


@check("CON067", Family.CONSISTENCY, "minor", needs=("lines",), clause="", covers=("B5", "C3"))
def enumerated(c: Context) -> Iterator[Result]:
    """核查范围和核算方法所列举的排放源包含所有已计算的排放源 | sources enumerated in scope and method include every source computed"""
    d = c.dossier
    computed = {x.source for x in d.lines if x.reported not in (None, 0)}
    texts: list[tuple[Path, str]] = [(("method_notes", n), words) for n, words in enumerate(d.method_notes) if _SUM.search(words) and "之和" in words]
    scope = "；".join(d.scope)
    most = max(range(len(d.scope)), key=lambda n: len(_named(d.scope[n])), default=0)
    texts += [(("scope", most), scope)] if scope else []
    for path, words in texts:
        named = _named(words)
        if (len(named) < 2 and not (path[0] == "method_notes" and named)) or _OPEN.search(words) or _NOT.search(words):
            continue
        for source, _, zh, en in _GROUPS:
            if source in computed and source not in named:
                lines = [p for n, x in enumerate(d.lines) if x.source == source for p in c.place("lines", n)]
                yield fail(text(f"“{words[-60:]}”列举的排放源没有{zh}，排放量计算却有。请补全，或查明该行",
                                f"{words[-60:]!r} enumerates the sources without {en}, which is computed. Complete it, or settle the line"),
                           f"enumerated/{path[0]}/{source}", (*c.place(*path), *lines))


def _named(words: str) -> set[str]:
    return {source for source, pattern, _, _ in _GROUPS if pattern.search(words)}
