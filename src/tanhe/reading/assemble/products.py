"""Figures told in the rows of a parameter table (数据来源中的算式与数值): products written out and quantities named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from tanhe.dossier.places import Place
from tanhe.quantity.units import Unit, unit
from tanhe.reading.assemble.drafts import Draft, Pool, number
from tanhe.reading.assemble.words import FACTORS, fuel_in, nearest_unit, role_of, squeeze, unit_of
from tanhe.reading.claims import Said

_N = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_PRODUCT = re.compile(rf"({_N})\s*[×xX*]\s*({_N})\s*[=＝]\s*({_N})")
_UNIT = r"(?:t(?:CO\s?[₂2]e?|C)?(?:/[A-Za-z0-9⁴³₂万]+)?|吨(?:二氧化碳(?:当量)?|标煤)?|GJ(?:/[A-Za-z0-9⁴³万]+)?|吉焦|MWh|兆瓦时|kWh|kJ/kg|MPa|°C|℃|万\s?Nm[³3]|万立方米)"
_NAMED = re.compile(rf"([一-鿿A-Za-z（）()“”]{{2,30}}?)\s*(?:合计|共计|共|约)?[为是=＝]\s*({_N})\s*({_UNIT})?")
_COLUMNED = re.compile(rf"((?:[一-鿿]{{1,6}}/[^\s|/0-9]{{1,3}}(?:/[A-Za-z]+)?[\s|]+){{2,6}})((?:{_N}[\s|]*){{2,6}})")
_LEAD = re.compile(r"^(?:其中|经?计算|可得|可知|得到?|则|统计的|的|公式|按照|计算得|计算可得|计算可知)+")


@dataclass(frozen=True)
class Told:
    """A quantity named in running text: its name, figure and unit as printed."""

    name: str
    said: Said
    unit: Unit | None
    cited: Said | None = None


def told(words: Said) -> list[Told]:
    """Quantities named in a text: ``供热量为 9733104.65 GJ``, and small tables run into it (``焓值/kj/kg … 3459.9``)."""
    found: list[Told] = []
    text = re.sub(r"<[^<>]{0,200}>", " ", words.text)
    for match in _COLUMNED.finditer(text):
        heads, figures = re.split(r"[\s|]+", match[1].strip(" |")), re.split(r"[\s|]+", match[2].strip(" |"))
        for head, figure in zip(heads, figures, strict=False):
            name, _, printed = head.partition("/")
            found.append(Told(name, Said(figure, words.place), unit_of(printed)))
    for match in _NAMED.finditer(text):
        name = squeeze(match[1])
        while (shorter := _LEAD.sub("", name)) != name:
            name = shorter
        if len(name) < 2 or number(match[2]) is None:
            continue
        found.append(Told(name, Said(match[2], words.place), unit_of(match[3]) or nearest_unit(match[3]) if match[3] else None))
    return found


def read_products(pool: Pool) -> None:
    """``含碳量 = 43.330 × 0.02024 = 0.87527`` gives the two factors as data; another result than the datum's is kept beside."""
    for draft in pool.of_role("cc"):
        for key in ("source", "cross_check_note", "gaps", "method", "conclusion"):
            said = draft.fields.get(key)
            match = _PRODUCT.search(said.text) if said else None
            if said is None or match is None:
                continue
            _factors(draft, said, match, pool)
            break


def _factors(draft: Draft, said: Said, match: re.Match[str], pool: Pool) -> None:
    first, second = sorted((match[1], match[2]), key=_size, reverse=True)
    thing = re.sub(r"(的)?含碳量.*$", "", draft.item.text)
    below = unit("tC") / draft.unit if draft.unit.powers else unit("t")
    ncv = pool.named(Said(f"{thing}平均低位发热量", said.place), "ncv", "factor", unit("GJ") / below, draft.fuel)
    heat = pool.named(Said(f"{thing}单位热值含碳量", said.place), "ccpe", "factor", unit("tC/GJ"), draft.fuel)
    clauses = _clauses(draft)
    for part, figure, words in ((ncv, first, r"低位发热|热值(?!含碳)"), (heat, second, r"单位热值含碳|含碳量.*(缺省|取自|参照)")):
        part.reported = part.verified = Said(figure, said.place)
        told_source = _about(clauses, words)
        source = draft.fields.get("source", said)
        part.fields["source"] = Said("，".join(told_source) if told_source else source.text, source.place)
        part.table, part.section, part.context = draft.table, draft.section, draft.context
        part.note.append("只出现在含碳量的算式中，未印单位")
    other = next((f for c in _about(clauses, "单位热值含碳") if (f := re.search(r"(?:参照|相近)(?:[^，。；]{0,12}?的)?([一-鿿]{1,4}?[煤油气焦])(?=的|单位|缺省|，|$)", c))), None)
    if other is not None:
        heat.item = Said(f"单位热值含碳量（参照{other[1]}）", heat.item.place)
    derive = {"formula": "combustion.carbon_content", "inputs": {"NCV": ncv.id, "CC": heat.id}}
    result, own = number(match[3]), draft.printed
    if result is not None and own is not None and result.value == own.value:
        draft.derive = derive
    elif result is not None:
        beside = pool.named(Said(f"{draft.item.text}（报告算式的结果）", said.place), "cc", "factor", draft.unit, draft.fuel)
        beside.reported, beside.derive, beside.table = Said(match[3], said.place), derive, draft.table
        beside.symbol = draft.symbol
        beside.fields["source"] = Said("报告所写算式的结果，未用于排放量计算", said.place)
        ncv.verified = heat.verified = None


def _clauses(draft: Draft) -> list[str]:
    text = draft.fields["source"].text if "source" in draft.fields else ""
    return [squeeze(c) for c in re.split(r"[，。；;,]", text) if c.strip()]


def _about(clauses: list[str], words: str) -> list[str]:
    """The clauses that begin with the quantity: where it comes from; a clause that goes on without a subject belongs to it."""
    found: list[str] = []
    on = False
    for clause in clauses:
        begins = re.match(rf"^.{{0,8}}?(?:{words})", clause) is not None and not re.search(r"[=＝]|^(参照|按照|根据)", clause)
        both = re.match(r"^.{0,4}?平均?低位发热量[和与及、]单位热值含碳量", clause) is not None
        on = both or begins or (on and re.match(r"^(参照|取自|按|依据|为|并|采用|引用)", clause) is not None)
        if on:
            found.append(clause)
    return found


def _size(printed: str) -> Decimal:
    found = number(printed)
    return found.value if found else Decimal(0)


def named_in(draft: Draft) -> list[Told]:
    """Quantities told in the rows of a datum's table, those that repeat its own figure left out."""
    rows = [said for key in ("source", "method", "cross_check_note") if (said := draft.fields.get(key)) is not None]
    return [t for said in rows for t in told(said)]


def draft_of(given: Told, pool: Pool, section: str, place: Place | None, context: str = "") -> Draft:
    """A datum for a quantity told in words; an emission printed in ``t`` is of CO2."""
    its_unit = given.unit
    if "排放量" in given.name and (its_unit is None or str(its_unit) == "t"):
        its_unit = unit("tCO2")
    role = role_of(given.name, its_unit)
    kind = "other" if role == "emission" else "factor" if role in FACTORS else "activity"
    draft = pool.named(Said(given.name, given.said.place), role, kind, its_unit or Unit(), fuel_in(given.name))  # type: ignore[arg-type]
    draft.reported = draft.verified = given.said
    draft.section, draft.table, draft.context = section, place, context
    if given.cited is not None:
        draft.fields["source"] = given.cited
    return draft
