"""Electricity factors (电力排放因子): which value of an area was out by a day, and what else there is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from tanhe.factors.dates import latest
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.loading import Row
from tanhe.factors.model import Alternative, Factor, Selection
from tanhe.factors.names import near
from tanhe.factors.periods import covers
from tanhe.factors.regions import Places
from tanhe.messages import text

SCOPES: Final = {
    "regional": ("区域电网平均", "regional grid average"),
    "regional6": ("区域电网平均（六大区域）", "regional grid average, six regions"),
    "regional7": ("区域电网平均（七大区域）", "regional grid average, seven regions"),
    "provincial": ("省级平均", "provincial average"),
    "national_average": ("全国平均", "national average"),
    "national_excl_traded_nonfossil": (
        "全国平均（不含市场化交易的非化石电量）",
        "national, without traded non-fossil",
    ),
    "national_fossil_only": ("全国化石能源", "national, fossil only"),
    "national_ets": ("全国电网平均（碳市场报告与补充数据表）", "national, emission trading reports"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: the scope after defaulting, and the bounds in time."""

    scope: str
    as_of: date | None
    data_year: int | None
    reporting_year: int | None


class ElectricityTable:
    """All electricity factors, chosen by area, scope and time."""

    def __init__(self, rows: list[Row], places: Places) -> None:
        self._rows = rows
        self._places = places

    def choose(
        self,
        area: str,
        scope: str | None,
        as_of: date | None,
        data_year: int | None,
        reporting_year: int | None,
    ) -> Selection:
        """See :meth:`tanhe.factors.library.Library.electricity`."""
        if scope is not None and scope not in SCOPES:
            raise FactorNotFound(
                f"没有“{scope}”这种口径", f"no scope {scope!r}", near(scope, SCOPES) or tuple(SCOPES)
            )
        nation = self._places.is_nation(area)
        asked = scope or ("national_average" if nation else "regional")
        if asked.startswith("national"):
            areas = {asked: "全国"}
        elif asked == "provincial":
            areas = {asked: self._places.province_name(area)}
        else:
            areas = self._places.regions(area, asked)
        question = Question(asked, as_of, data_year, reporting_year)
        rows = [r for r in self._rows if areas.get(r["scope"]) == r["area_zh"]]
        fitting = [r for r in rows if _refusal(r, question) is None]
        if not fitting:
            raise _nothing(area, question, rows, self._usable(area, question))
        best = max(fitting, key=lambda r: (int(r["data_year"]), r["issued"]))
        return Selection(_factor(best), *_reason(area, best, question), self._others(area, best, question))

    def all(self, area: str) -> tuple[Factor, ...]:
        """Every factor of a province, region or the nation, oldest data first."""
        names = self._places.every_name(area)
        found = [r for r in self._rows if r["area_zh"] in names]
        return tuple(_factor(r) for r in sorted(found, key=lambda r: (r["data_year"], r["scope"])))

    def _usable(self, area: str, question: Question) -> list[Row]:
        """What the same question would allow under another scope, newest first."""
        names = self._places.every_name(area) | {"全国"}
        found = [r for r in self._rows if r["area_zh"] in names and _refusal(r, question) is None]
        return sorted(found, key=lambda r: r["data_year"], reverse=True)

    def _others(self, area: str, best: Row, question: Question) -> tuple[Alternative, ...]:
        names = self._places.every_name(area) | {"全国"}
        others = [r for r in self._rows if r["area_zh"] in names and r is not best]
        others.sort(key=lambda r: (r["scope"] != best["scope"], -int(r["data_year"]), r["scope"]))
        return tuple(Alternative(_factor(r), *_why_not(r, best, question)) for r in others)


def _refusal(row: Row, question: Question) -> tuple[str, str] | None:
    year, as_of = question.data_year, question.as_of
    if year is not None and int(row["data_year"]) != year:
        return f"不是{year}年的数据", f"not data of {year}"
    if row["status"] == "draft" and year is None:
        return "征求意见稿，从未生效", "a draft, never in force"
    if as_of is not None:
        out = latest(row["issued"])
        if out is None:
            return "公布日期不明", "day of publication unknown"
        if out > as_of:
            return (
                f"{row['issued']} 才公布，{as_of} 还没有",
                f"published on {row['issued']}, not yet on {as_of}",
            )
    elif row["status"] == "unverified" and year is None:
        return "未核实，不作缺省选取", "not confirmed, never chosen by default"
    if question.reporting_year is not None and not covers(row, date(question.reporting_year, 7, 1)):
        return (
            f"不适用于{question.reporting_year}年度",
            f"not for the reporting year {question.reporting_year}",
        )
    return None


def _why_not(row: Row, best: Row, question: Question) -> tuple[str, str]:
    refused = _refusal(row, question)
    if refused is not None:
        return refused
    if row["scope"] == best["scope"] or row["scope"][:8] == best["scope"][:8] == "regional":
        return f"{row['data_year']}年数据，较旧", f"data of {row['data_year']}, older"
    return f"口径不同：{SCOPES[row['scope']][0]}", f"another scope: {SCOPES[row['scope']][1]}"


def _reason(area: str, row: Row, question: Question) -> tuple[str, str]:
    zh, en = SCOPES[row["scope"]]
    if row["area_zh"] != area and not row["scope"].startswith("national"):
        zh, en = f"{area}属{row['area_zh']}，{zh}", f"{area} lies in {row['area_en']}; {en}"
    zh, en = f"{zh}，{row['data_year']}年数据", f"{en}, data of {row['data_year']}"
    if question.as_of is not None:
        zh = f"{zh}，{row['issued']}公布，为 {question.as_of} 已公布的最新值"
        en = f"{en}, published {row['issued']}, the newest out by {question.as_of}"
    return zh, en


def _nothing(area: str, question: Question, rows: list[Row], usable: list[Row]) -> FactorNotFound:
    zh, en = SCOPES[question.scope]
    reasons = [(r, _refusal(r, question)) for r in sorted(rows, key=lambda r: r["issued"] or "9999")]
    shown = [_brief(r) for r in [*usable[:2], *(r for r, _ in reasons)]]
    if not rows:
        return FactorNotFound(f"“{area}”没有{zh}因子", f"{area} has no factor of this kind: {en}", shown[:2])
    late = [(r, why) for r, why in reasons if why and "才公布" in why[0]]
    row, why = (late or reasons)[0]
    assert why is not None
    return FactorNotFound(
        f"“{area}”的{zh}没有可用的值：{row['data_year']}年数据 {row['value']} {why[0]}",
        f"no {en} for {area}: {row['value']} (data of {row['data_year']}) {why[1]}",
        shown[:3],
    )


def _brief(row: Row) -> str:
    out = row["issued"] or text("公布日期不明", "day unknown")
    return text(
        f"{row['value']} {_name(row)}（{row['data_year']}年数据，{out}）",
        f"{row['value']} {row['area_en']} {row['scope']} ({row['data_year']}, {out})",
    )


def _name(row: Row) -> str:
    area = "" if row["area_zh"] == "全国" else row["area_zh"]
    return f"{area}{SCOPES[row['scope']][0]}电力排放因子"


def _factor(row: Row) -> Factor:
    return Factor(
        key=f"electricity/{row['scope']}/{row['area_zh']}/{row['data_year']}",
        name=_name(row),
        value=Decimal(row["value"]),
        value_text=row["value"],
        unit=row["unit"],
        document=row["document"],
        document_number=row["document_number"],
        place=row["place"],
        issued=row["issued"],
        data_year=int(row["data_year"]),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        applies_to=row["applies_to"],
        status=row["status"],
        grade=row["grade"],
        source=row["source"],
        note=row["note"],
    )
