"""Values against the document they claim (引用值与出处)."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.checks.engine import Context, Family, Result, check, fail, review
from tanhe.inventory.replay import digits_of
from tanhe.messages import text
from tanhe.quantity.quantity import scale
from tanhe.quantity.rounding import half_up
from tanhe.quantity.units import unit


@check("LIB001", Family.PROVENANCE, "material", covers=("F1", "F8"))
def values_are_what_their_source_says(c: Context) -> Iterator[Result]:
    """引用值与所称出处一致 | a value is what its source says"""
    for result in c.inventory.data.values():
        stated = result.reported if result.reported is not None else result.verified
        if result.factor is None or stated is None:
            continue
        its_unit, factor = result.datum.reported_unit or result.datum.unit, result.factor
        if not its_unit.fits(unit(factor.unit)):
            continue
        value = scale(stated, its_unit.factor_to(unit(factor.unit)))
        if value == factor.value:
            continue
        rounded = half_up(factor.value, digits_of(stated)) == value
        message = text(
            f"{result.datum.item}填 {stated}，《{factor.document}》{factor.place} 为 {factor.value_text}（{factor.grade}级）"
            + ("，是后者的修约" if rounded else ""),
            f"{result.datum.item} is {stated}; {factor.document} {factor.place} says {factor.value_text} "
            f"(grade {factor.grade})" + (", of which it is a rounding" if rounded else ""),
        )
        places = (result.place,) if result.place else ()
        yield review(message, result.id, places, severity="editorial") if rounded else fail(message, result.id, places)
