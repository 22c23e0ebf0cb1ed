"""Which library value a datum claims to be (引用的缺省值), from the words of its source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.quantity.units import unit
from tanhe.reading.assemble.drafts import Draft, Pool
from tanhe.reading.assemble.products import named_in
from tanhe.reading.assemble.words import fuel_in
from tanhe.reading.claims import Factor

REGIONS = ("华北", "东北", "华东", "华中", "西北", "南方", "西南")
_DEFAULT = re.compile(r"缺省|默认|推荐值|指南.{0,12}(取值|附录|表)|指南[》)）]?$")
_PARAMETERS = {"ncv": "ncv", "ccpe": "carbon_content", "of": "oxidation_factor"}


def claim_library(pool: Pool, guideline: str, factors: Iterable[Factor]) -> None:
    """Give every factor the library reference its source words name; nothing where no default is claimed."""
    told = list(factors)
    for draft in pool:
        if draft.library is not None:
            continue
        words = _words(draft, told)
        if draft.role in _PARAMETERS:
            draft.library = _fuel(draft, words)
        elif draft.role == "cc" and draft.derive is None and _DEFAULT.search(words):
            draft.library = _product(draft, guideline)
        elif draft.role == "ef" and draft.unit.fits(unit("tCO2/MWh")):
            draft.library = electricity(words, draft.value)
        elif draft.role == "ef" and draft.derive is None and draft.unit.fits(unit("tCO2/GJ")):
            default = draft.value == Decimal("0.11") or _DEFAULT.search(words)
            draft.library = {"table": "heat"} if default else None
        elif draft.role == "enthalpy":
            draft.library = _steam(draft, pool)


def _words(draft: Draft, told: list[Factor]) -> str:
    """What is said of the source: the datum's own rows, else prose that names the same figure."""
    own = [draft.fields[k].text for k in ("source",) if k in draft.fields]
    own = own or [draft.fields[k].text for k in ("conclusion", "cross_check_note") if k in draft.fields]
    if own:
        return " ".join(own)
    said = draft.said
    same = [f for f in told if said is not None and f.value.text.strip() == said.text.strip() and f.cited is not None]
    for factor in same[:1]:
        if factor.cited is not None:
            draft.fields.setdefault("source", factor.cited)
            return factor.cited.text
    return ""


def _fuel(draft: Draft, words: str) -> dict[str, str] | None:
    if not _DEFAULT.search(words) or (re.search("检测报告|化验", words) and not re.search("参照|缺省", words)):
        return None
    fuel = draft.fuel
    named = next((f for c in re.findall(r"([\u4e00-\u9fff]{2,8}?)(?:的)?(?:单位热值含碳量|低位发热量|碳氧化率)?缺省值", words) if (f := fuel_in(c))), None)
    if named is not None:
        fuel = named
    elif re.search("参照|参考|相近|类似", words):
        clauses = re.split(r"[，,。；;]", words)
        others = [f for c in clauses if (f := fuel_in(re.sub(r"《[^》]*》", "", c))) is not None and f != draft.fuel]
        fuel = others[0] if others else fuel
    return {"table": "fuel", "fuel": fuel, "parameter": _PARAMETERS[draft.role]} if fuel else None


def _product(draft: Draft, guideline: str) -> dict[str, str] | None:
    name = re.sub(r"(的)?含碳量.*$", "", draft.item.text)
    try:
        found = library().process("carbon_content", name, guideline)
    except FactorNotFound:
        return None
    return {"table": "process", "category": "carbon_content", "item": found.key.split("/")[2]}


def electricity(words: str, value: Decimal | None) -> dict[str, str] | None:
    """Area, scope and data year that a title names: 《2011年和2012年中国区域电网平均二氧化碳排放因子》华北 → 华北, 2012."""
    bare = re.sub(r"\s", "", words)
    area = next((r for r in REGIONS if r in bare), None)
    if area is not None:
        years = [int(y) for y in re.findall(r"(20\d\d)年(?!第)", bare) if int(y) < 2030]
        if "区域电网平均" in bare or "区域电网" in bare:
            year = max(years, default=0) or _newest(area, "regional6")
            return {"table": "electricity", "area": area, "data_year": str(year), "scope": "regional6"}
        return {"table": "electricity", "area": area} | ({"data_year": str(max(years))} if years else {})
    if ("补充数据" in bare and "缺省" in bare) or "补充数据表" in bare:
        found = [f for f in library().electricity_all("全国") if "/national_ets/" in f.key and (value is None or f.value == value)]
        return {"table": "electricity", "area": "全国", "scope": "national_ets", "data_year": str(found[-1].data_year)} if found else None
    if "全国" in bare or "国家电网" in bare:
        years = [int(y) for y in re.findall(r"(20\d\d)年(?!第)", bare)]
        scope = "national_average" if "平均" in bare else ""
        given = {"table": "electricity", "area": "全国"}
        return given | ({"data_year": str(max(years))} if years else {}) | ({"scope": scope} if scope else {})
    return None


def _newest(area: str, scope: str) -> int:
    years = [f.data_year or 0 for f in library().electricity_all(area) if f"/{scope}/" in f.key]
    return max(years, default=2012)


def _steam(draft: Draft, pool: Pool) -> dict[str, str] | None:
    """Pressure and temperature told beside an enthalpy, in the table of the datum it was used for."""
    users = [d for d in pool if d.derive is not None and draft.id in d.derive["inputs"].values()]
    state = {("temperature" if "温度" in name else "pressure"): said.text for name, said in draft.state if re.search("温度|压力", name)}
    for key, figure in re.findall(r"(温度|压力)\s*(?:约?为|[:：=])?\s*(\d+(?:\.\d+)?)\s*(?:℃|°C|MPa|K)", draft.fields["note"].text if "note" in draft.fields else ""):
        state.setdefault({"温度": "temperature", "压力": "pressure"}[key], figure)
    for given in [t for d in [*users, *_neighbours(draft, pool)] for t in named_in(d)]:
        spelled = str(given.unit) if given.unit is not None else ""
        key = {"MPa": "pressure", "K": "temperature"}.get(spelled)
        if key is not None:
            state.setdefault(key, given.said.text)
    return {"table": "steam", **state, "method": "stated"} if "pressure" in state else None


def _neighbours(draft: Draft, pool: Pool) -> list[Draft]:
    return [d for d in pool if d.table is not None and d.table == draft.table and d is not draft]
