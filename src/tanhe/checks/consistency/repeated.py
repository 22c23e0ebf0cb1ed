"""Numbers that name a document or a version, wherever they are printed (各处的版本号与文号)."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.checks.consistency._helpers import Said, silent, statements
from tanhe.checks.consistency.residue import core, loose
from tanhe.checks.engine import Context, Family, Result, check, fail
from tanhe.factors.library import library
from tanhe.factors.names import fold
from tanhe.messages import text


def _by(found: list[Said], key: str) -> dict[str, dict[str, list[Said]]]:
    """Statements by what they are about and by their value."""
    grouped: dict[str, dict[str, list[Said]]] = {}
    for said in found:
        grouped.setdefault(fold(getattr(said.spec, key)), {}).setdefault(fold(said.spec.value), []).append(said)
    return grouped


def _where(said: list[Said]) -> str:
    return "、".join(list(dict.fromkeys(s.where for s in said))[:3])


def _rare(values: dict[str, list[Said]]) -> tuple[str, str]:
    """The value printed least often and the one printed most often."""
    order = sorted(values, key=lambda v: len(values[v]))
    return order[0], order[-1]


@check("CON038", Family.CONSISTENCY, "minor", clause="核查报告格式", covers=("I9",))
def versions(c: Context) -> Iterator[Result]:
    """初始和最终排放报告的版本号在各处相同 | the versions of the initial and the final report are the same wherever printed"""
    found = statements(c, "version.initial", "version.final")
    if not found:
        yield silent(c, text("版本号", "versions"))
    names = {"version.initial": ("初始", "initial"), "version.final": ("最终", "final")}
    for about, name in names.items():
        values = _by([s for s in found if s.about == about], "about").get(fold(about), {})
        if len(values) > 1:
            listed = "；".join(f"{v}（{_where(said)}）" for v, said in values.items())
            yield fail(text(f"{name[0]}排放报告的版本号不同：{listed}。请按经核查的版本统一",
                            f"the version of the {name[1]} report differs: {listed}. Name the version that was verified"),
                       about, [p for said in values.values() for s in said for p in s.places])


@check("CON059", Family.CONSISTENCY, "editorial", clause="", covers=("I6",), letters=True)
def document_numbers(c: Context) -> Iterator[Result]:
    """同一文件的文号、同一标准的年号在各处相同，指南的文号无误 | a document keeps its number, a standard its year"""
    found = statements(c, "document-number")
    standards = statements(c, "standard")
    if not found and not standards:
        yield silent(c, text("文号", "document numbers"))
    known = {loose(core(g.title)): fold(g.document_number) for g in library().guidelines.values() if "〕" in g.document_number} if found else {}
    for title, values in _by(found, "text").items():
        bare = loose(core(title))
        right = (known.get(bare) or next((n for k, n in known.items() if len(k) > 3 and bare.endswith(k)), None)) if "核算" in title and bare else None
        for value, said in values.items():
            wanted = right if right in values or (right and len(values) == 1) else _rare(values)[1] if len(values) > 1 else value
            if wanted and value != wanted:
                yield fail(text(f"{_where(said)}把“{title[-30:]}”的文号印作“{said[0].spec.value}”，应为“{wanted}”。请改正",
                                f"{_where(said)}: {said[0].spec.value!r} is printed as the number of {title[-30:]!r}; it is {wanted!r}. Correct it"),
                           f"number/{title[-16:]}/{value}", [p for s in said for p in s.places])
    for number, years in _by(standards, "text").items():
        if len(years) > 1:
            rare, usual = _rare(years)
            yield fail(text(f"{_where(years[rare])}引用 {number}-{rare}，{_where(years[usual])}引用 {number}-{usual}。请统一为所用的版本",
                            f"{_where(years[rare])} cites {number}-{rare}, {_where(years[usual])} {number}-{usual}. Cite the edition that was used"),
                       f"standard/{number}", [p for said in years.values() for s in said for p in s.places])
