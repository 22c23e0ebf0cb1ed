"""Reference rows (参考数据): guidelines, industry classes, standards, standard coal, plausible ranges."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tanhe.factors.dates import earliest
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.loading import Row
from tanhe.factors.model import Factor, Guideline, IndustryClass, PlausibleRange, StandardCoal, StandardStatus
from tanhe.factors.names import bare, fold, lookup, near

_COMMON_WORDS = re.compile("中国|企业|生产|和报告|与报告|方法")
_DATED_NAME = re.compile(r"(.*\d)[-—](\d{4})$")


def guidelines(rows: list[Row]) -> dict[str, Guideline]:
    """Guidelines by id, in the order of the file."""
    return {
        r["guideline"]: Guideline(
            r["guideline"],
            r["title"],
            r["document_number"],
            r["issued"],
            r["valid_from"],
            r["valid_to"],
            r["fuel_table_seen"],
            r["same_fuels_as"],
            r["same_fuels_grade"],
            tuple(r["not_shared"].split()),
            r["status"],
            r["grade"],
            r["source"],
            r["note"],
        )
        for r in rows
    }


def find_guideline(name: str, known: Mapping[str, Guideline]) -> Guideline:
    """By id, else by title (brackets, 中国, 企业, 生产 ignored), else by document number."""
    if name in known:
        return known[name]
    said = _core(name)
    alike = [
        g
        for g in known.values()
        if (said and _core(g.title) == said) or fold(g.document_number) == fold(name)
    ]
    if len(alike) == 1:
        return alike[0]
    shown = [g.id for g in alike] or _near_guidelines(name, known)
    if alike:
        raise FactorNotFound(f"“{name}”指不止一个指南", f"{name!r} means more than one guideline", shown)
    raise FactorNotFound(f"因子库中没有指南“{name}”", f"no guideline {name!r} in the library", shown)


def _core(title: str) -> str:
    return _COMMON_WORDS.sub("", bare(title))


def _near_guidelines(name: str, known: Mapping[str, Guideline]) -> list[str]:
    titles = {g.title: g.id for g in known.values()}
    ids = [i for i in near(name, known) if i in known]
    return list(dict.fromkeys([*ids, *(titles[t] for t in near(name, titles))]))[:3]


def industry_class(code: str, edition: str, rows: Mapping[tuple[str, str], Row]) -> IndustryClass:
    """See :meth:`tanhe.factors.library.Library.industry_class`."""
    clean = fold(code).upper()
    if len(clean) > 1 and clean[0].isalpha():
        clean = clean[1:]
    year = edition.rsplit("-", 1)[-1]
    row = rows.get((year, clean))
    if row is None:
        raise _no_class(code, clean, year, rows)
    return IndustryClass(
        row["edition"],
        row["code"],
        row["name_zh"],
        row["level"],
        row["section"],
        row["guideline"],
        row["guideline_grade"],
        row["ets_guideline"],
        row["grade"],
        row["source"],
        row["note"],
    )


def _no_class(code: str, clean: str, year: str, rows: Mapping[tuple[str, str], Row]) -> FactorNotFound:
    editions = sorted({e for e, _ in rows})
    if year not in editions:
        return FactorNotFound(f"没有 GB/T 4754-{year} 的分类", f"no classes of GB/T 4754-{year}", editions)
    other = [f"{clean} {rows[e, clean]['name_zh']}（{e}）" for e in editions if (e, clean) in rows]
    close = [f"{c} {r['name_zh']}（{e}）" for (e, c), r in rows.items() if e == year and c == clean[:-1]]
    note = "；2011版只收录与2017版不同的类别" if year == "2011" else ""
    return FactorNotFound(
        f"GB/T 4754-{year} 中没有代码“{code}”{note}",
        f"GB/T 4754-{year} has no code {code!r}",
        [*other, *close],
    )


def standard_status(name: str, on: date, rows: list[Row]) -> StandardStatus:
    """See :meth:`tanhe.factors.library.Library.standard_status`."""
    exact = [r for r in rows if _mark(r["standard"]) == _mark(name)]
    editions = exact or [r for r in rows if _series(r["standard"]) == _mark(name)]
    titled = editions or [r for r in rows if fold(r["title"]) == fold(name)]
    if not titled:
        words = [r["standard"] for r in rows] + [r["title"] for r in rows]
        raise FactorNotFound(f"没有收录标准“{name}”", f"standard {name!r} is not recorded", near(name, words))
    states = [(_state(r, on), r) for r in titled]
    order = {"current": 0, "unknown": 1, "superseded": 2, "not-yet": 3}
    state, row = min(states, key=lambda pair: (order[pair[0]], -int((pair[1]["valid_from"] or "0")[:4])))
    return StandardStatus(
        row["standard"],
        row["title"],
        row["issued"],
        row["valid_from"],
        row["superseded_by"],
        row["superseded_on"],
        state,
        row["status"],
        row["grade"],
        row["source"],
        row["note"],
    )


def _state(row: Row, on: date) -> str:
    gone, begun = earliest(row["superseded_on"]), earliest(row["valid_from"])
    if gone is not None and on >= gone:
        return "superseded"
    if begun is not None and on < begun:
        return "not-yet"
    if begun is None or (row["superseded_by"] and gone is None):
        return "unknown"
    return "current"


def _mark(name: str) -> str:
    return fold(name).replace("—", "-").replace("–", "-")


def _series(standard: str) -> str:
    found = _DATED_NAME.fullmatch(_mark(standard))
    return found[1] if found else ""


def standard_coal(energy: str, edition: str, rows: list[Row]) -> StandardCoal:
    """See :meth:`tanhe.factors.library.Library.standard_coal`."""
    inside = [r for r in rows if r["edition"].endswith(edition.rsplit("-", 1)[-1])]
    if not inside:
        raise FactorNotFound(
            f"没有 {edition} 的折标系数",
            f"no coefficients of {edition}",
            sorted({r["edition"] for r in rows}),
        )
    index = {
        fold(w): r
        for r in inside
        for w in (r["energy_id"], r["energy_zh"], bare(r["energy_zh"]), r["energy_en"])
    }
    row = lookup(energy, index)
    if row is None:
        raise FactorNotFound(
            f"{inside[0]['edition']} 没有“{energy}”的折标系数",
            f"no coefficient for {energy!r}",
            near(energy, [r["energy_zh"] for r in inside]),
        )
    ncv = _coal_factor(row, "ncv", "平均低位发热量") if row["ncv"] else None
    return StandardCoal(
        row["energy_id"],
        row["edition"],
        row["energy_zh"],
        row["energy_en"],
        ncv,
        _coal_factor(row, "coefficient", "折标准煤系数"),
    )


def _coal_factor(row: Row, field: str, zh: str) -> Factor:
    high = row[f"{field}_high"]
    return Factor(
        key=f"standard-coal/{row['edition']}/{row['energy_id']}/{field}",
        name=f"{row['energy_zh']} {zh}",
        value=Decimal(row[field]),
        value_text=row[field],
        unit=row[f"{field}_unit"],
        document=row["document"],
        document_number=row["document_number"],
        place=row["place"],
        issued=row["issued"],
        data_year=None,
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        applies_to="",
        status=row["status"],
        grade=row["grade"],
        source=row["source"],
        note=row["note"],
        low=row[field] if high else "",
        high=high,
    )


def plausible_range(row: Row) -> PlausibleRange:
    """One row of the plausible net calorific values."""

    def number(name: str) -> Decimal | None:
        return Decimal(row[name]) if row[name] else None

    low, high = Decimal(row["plausible_min"]), Decimal(row["plausible_max"])
    return PlausibleRange(
        row["fuel_id"],
        row["fuel_zh"],
        row["unit"],
        number("default_min") or low,
        number("default_max") or high,
        low,
        high,
        number("default_carbon_min"),
        number("default_carbon_max"),
        row["carbon_unit"],
        row["grade"],
        row["note"],
    )
