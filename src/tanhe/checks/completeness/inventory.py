"""Whether the inventory is whole (清单完整): every identified source has a value."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.checks.engine import Context, Family, Result, check, review, unsettled
from tanhe.messages import text


@check("CMP001", Family.COMPLETENESS, "material", covers=("B5",))
def identified_sources_have_data(c: Context) -> Iterator[Result]:
    """已识别的排放源都有数据 | every identified source has data"""
    partial = c.inventory.guideline.partial
    for line in c.inventory.lines:
        if partial and line.source.id == "other" and line.verified is None:
            yield review(
                text(f"“{line.item}”是《{c.inventory.guideline.title}》特有的排放源，其公式尚未实现：只列出填报值，没有复算",
                     f"{line.item} is a source of {c.inventory.guideline.title} only, which is not implemented: shown, not recomputed"),
                line.id, (line.place,) if line.place else (), severity="note")
        elif line.verified is None and not line.memo:
            yield unsettled(
                text(f"“{line.item}”无法计算：{'；'.join(line.missing)}。总量因此不完整",
                     f"{line.item} cannot be computed: {'; '.join(line.missing)}. The totals are incomplete"),
                line.id, (line.place,) if line.place else (),
            )
    known = {line.id for line in c.inventory.lines}
    for n, source in enumerate(c.dossier.sources):
        if source.line in known or source.excluded or partial:
            continue
        what = "/".join(filter(None, (source.category, source.energy, source.facility)))
        yield unsettled(
            text(f"{what}：已识别的排放源没有数据。总量因此不完整", f"{what}: identified, no data. The totals are incomplete"),
            what, c.place("sources", n),
        )


@check("CMP002", Family.COMPLETENESS, "material")
def there_are_lines(c: Context) -> Iterator[Result]:
    """案卷有排放量计算行 | the dossier has emission lines"""
    if not c.inventory.lines:
        yield unsettled(text("没有任何排放量计算行", "there is no emission line at all"), "lines", c.place("lines"))
