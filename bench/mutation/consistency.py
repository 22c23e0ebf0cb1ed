"""One thing said in two ways; text of another report (前后一致)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from .base import Base, Mutant, is_number, like, operator, put, swapped_digits, times, wrong_digits

OTHER_FIRM = "浙江示范水泥有限公司"


def said(b: Base, *abouts: str) -> Iterator[tuple[str, str]]:
    """Statements about these: path and value."""
    return b.statements(*abouts)


def spoilt_numbers(b: Base, *abouts: str) -> Iterator[Mutant]:
    """Every number stated about these with a digit wrong, two swapped, or the point moved."""
    for path, value in said(b, *abouts):
        if is_number(value) and Decimal(value):
            wrong = [*wrong_digits(value), *swapped_digits(value), ("×10", times(value, "10")), ("×0.0001", times(value, "0.0001"))]
            yield from (put(f"{path} {b.at(path.replace('.value', '.about'))} {how}", (path, other)) for how, other in wrong)


@operator("consistency", "封面或结论的排放量与计算表不同", "every total in the text equals the table")
def cover_total(b: Base) -> Iterator[Mutant]:
    yield from spoilt_numbers(b, "totals.")


@operator("consistency", "文中的小计与汇总表不同", "every subtotal in the text equals the table")
def stated_subtotal(b: Base) -> Iterator[Mutant]:
    yield from spoilt_numbers(b, "subtotals.", "supplementary.")


@operator("consistency", "计算表的数据与数据表不同", "every datum in the text equals the table")
def stated_datum(b: Base) -> Iterator[Mutant]:
    yield from spoilt_numbers(b, "datum.")


@operator("consistency", "正文的营业收入等与表不同", "money in the text equals the table")
def stated_money(b: Base) -> Iterator[Mutant]:
    yield from spoilt_numbers(b, "economics.")


@operator("consistency", "正文的产量与表不同", "output in the text equals the table")
def stated_product(b: Base) -> Iterator[Mutant]:
    yield from spoilt_numbers(b, "product.")


@operator("consistency", "正文数的单位错", "a statement's unit fits its value")
def stated_unit(b: Base) -> Iterator[Mutant]:
    wrong = {"万元": "元", "吨": "万吨", "MWh": "kWh", "GJ": "MJ", "万Nm³": "Nm³", "t": "kg", "tCO2": "万tCO2", "tCO2e": "万tCO2e"}
    for path, statement in b.each("statements"):
        known = statement["about"].startswith(("economics", "product", "datum", "totals", "subtotals"))
        if known and is_number(str(statement.get("value", ""))) and Decimal(statement["value"]) and statement.get("unit") in wrong:
            yield put(f"{path} {statement['about']}", (f"{path}.unit", wrong[statement["unit"]]))


@operator("consistency", "表中的产量或经营数据错，正文照旧", "the table equals the text; products add up")
def table_of_firm(b: Base) -> Iterator[Mutant]:
    spots = [f"{p}.output" for p, x in b.each("products") if list(said(b, f"product.{x['name']}"))]
    for path, value in said(b, "economics."):
        _, year, field = b.at(path.replace(".value", ".about")).split(".")
        rows = [p for p, e in b.each("economics") if e.get("year") == year and is_number(value) and e.get(field) == value]
        spots += [f"{p}.{field}" for p in rows]
    for path in dict.fromkeys(spots):
        yield from (put(f"{path} {how}", (path, wrong)) for how, wrong in wrong_digits(b.number(path) or "0"))


@operator("consistency", "经营表的总产量不等于各产品之和", "products add up")
def output_sum(b: Base) -> Iterator[Mutant]:
    for path, row in b.each("economics"):
        made = [p for _, p in b.each("products") if p.get("year") == row["year"]]
        if row.get("output") and len(made) > 1:
            yield from (put(f"{path} {how}", (f"{path}.output", wrong)) for how, wrong in wrong_digits(row["output"]))


@operator("consistency", "别的企业的名称", "the entity's name is the same throughout")
def name_of_other(b: Base) -> Iterator[Mutant]:
    for path, value in said(b, "entity.name"):
        yield put(path, (path, OTHER_FIRM))
        yield put(f"{path} cut", (path, value[:-1]))
        yield put(f"{path} character", (path, value[:2] + "金" + value[3:]))


@operator("consistency", "核查机构名称不同", "the body's name is the same throughout")
def body_of_other(b: Base) -> Iterator[Mutant]:
    for path, value in said(b, "body.name"):
        yield put(path, (path, "上海某某检测有限公司"))
        yield put(f"{path} doubled", (path, value + "有限公司"))


@operator("consistency", "统一社会信用代码一位错", "the code's check character; the same throughout")
def code_digit(b: Base) -> Iterator[Mutant]:
    spots = list(said(b, "entity.uscc")) + ([("entity.uscc", b.at("entity.uscc"))] if b.at("entity.uscc") else [])
    for path, code in spots:
        for n in (3, 9, 15, 17):
            if n < len(code):
                yield put(f"{path} {n + 1}", (path, code[:n] + ("7" if code[n] != "7" else "4") + code[n + 1 :]))


@operator("consistency", "统一社会信用代码两位对调或少一位", "the code's check character; 18 characters")
def code_shape(b: Base) -> Iterator[Mutant]:
    code = b.at("entity.uscc")
    if code:
        yield put("short", ("entity.uscc", code[:-1]))
        for n in range(8, 16, 2):
            if code[n] != code[n + 1]:
                yield put(f"swapped {n}", ("entity.uscc", code[:n] + code[n + 1] + code[n] + code[n + 2 :]))


@operator("consistency", "18 位代码印作组织机构代码", "an 18-character code is no organisation code")
def code_label(b: Base) -> Iterator[Mutant]:
    for path, value in said(b, "label.uscc"):
        if value != "组织机构代码":
            yield put(path, (path, "组织机构代码"))


@operator("consistency", "行业名称或代码是别的行业", "the industry is the same throughout")
def industry_of_other(b: Base) -> Iterator[Mutant]:
    for about, other in (("entity.industry_name", "水泥制造"), ("entity.industry_code", "3011")):
        yield from (put(path, (path, other)) for path, value in said(b, about) if value != other)


@operator("consistency", "行业代码与行业名称不是一类", "code and name belong together in the stated edition")
def code_of_other_class(b: Base) -> Iterator[Mutant]:
    code = str(b.at("entity.industry_code", ""))
    if code and b.at("entity.industry_name"):
        for other in ("3011", "1320", "2619"):
            if other not in code:
                spots = [(p, other) for p, _ in said(b, "entity.industry_code")]
                yield put(other, ("entity.industry_code", other), *spots)


@operator("consistency", "正文的日期与时间表不同", "a date in the text equals the schedule")
def stated_date(b: Base) -> Iterator[Mutant]:
    for path, value in said(b, "dates."):
        yield put(path, (path, value[:-1] + ("1" if value[-1] != "1" else "2")))


@operator("consistency", "文中提到别的企业", "no other firm in the text")
def text_of_other_firm(b: Base) -> Iterator[Mutant]:
    for path in ("boundary.description", "energy_management", "conclusions.conformity", "entity.profile"):
        text = b.at(path)
        if text:
            yield put(path, (path, f"{text}{OTHER_FIRM}的核算边界和数据与上述一致。"))


@operator("consistency", "文中提到别的行业的工艺或产品", "no process or product of another industry in the text")
def text_of_other_industry(b: Base) -> Iterator[Mutant]:
    for path, words in (("method_notes.+", "熟料煅烧的过程排放按水泥熟料产量计算"), ("scope.+", "电解铝阳极效应产生的全氟化碳排放"),
                        ("quality_assurance.+", "机组供电煤耗和入炉煤由燃料部统计"), ("method_notes.+", "受核查方属于水泥制造业，熟料产量由中控室统计")):
        if b.at(path.split(".")[0]) and words[:2] not in str(b.tree):
            yield put(f"{path} {words}", (path, words))


@operator("consistency", "文中提到案卷没有的能源", "no energy in the text that the dossier lacks")
def text_of_other_energy(b: Base) -> Iterator[Mutant]:
    for path, words in (("method_notes.+", "无烟煤按消耗量、低位发热量和单位热值含碳量计算"), ("scope.+", "液化石油气燃烧产生的排放"),
                        ("review_focus.+", "焦炭的消耗量和入库数据")):
        if b.at(path.split(".")[0]) and words[:3].removesuffix("的") not in str(b.tree):
            yield put(f"{path} {words}", (path, words))


@operator("consistency", "结论写的是别的年度", "the year is the same throughout")
def text_of_other_year(b: Base) -> Iterator[Mutant]:
    year, other = str(b.dossier.year), str(b.dossier.year - 2)
    spots: list[tuple[str, Any]] = [(p, b.at(p)) for p in ("conclusions.conformity", "boundary.description")]
    spots += [(f"{p}.title", t["title"]) for p, t in b.each("tables")]
    spots += [(f"{part}.{n}", t) for part in ("scope", "purpose") for n, t in enumerate(b.at(part, []))]
    for path, text in spots:
        if text and re.search(f"{year} ?年", text):
            yield put(path, (path, text.replace(year, other)))


@operator("consistency", "核算方法的总公式少一项", "the formula has every term of the guideline")
def formula_term_missing(b: Base) -> Iterator[Mutant]:
    for path, value in said(b, "formula.total"):
        terms = value.split(",")
        used = {line["source"] for line in b.at("lines", [])}
        yield from (put(f"{path} {t}", (path, ",".join(x for x in terms if x != t))) for t in terms if t in used)


@operator("consistency", "用词、编号、引用、标题、单位错", "statements of wrong words, numbers, references, captions and units")
def printed_slips(b: Base) -> Iterator[Mutant]:
    slips = (("vocabulary", "检查组", ""), ("numbering", "3.2.2.2", "不在所属的 3.2.2 之下"), ("reference", "表3.4-28", "应为表3.4-26"),
             ("caption", "化石燃料燃烧", "所列为净购入电力"), ("unit", "MWhJ", ""))
    for about, value, text in slips:
        statement = {"about": about, "value": value, "where": "3.4.3 计算表", "text": text}
        yield put(about, ("statements.+", statement))


@operator("consistency", "数据的单位印成不可能的单位", "a printed unit is a unit")
def unit_printed(b: Base) -> Iterator[Mutant]:
    for path, datum in b.each("data"):
        if datum.get("kind", "activity") == "activity" and "unit_printed" not in datum:
            yield put(path, (f"{path}.unit_printed", "MWhJ"))


@operator("consistency", "受访人数与访谈表不同", "the number of interviewees equals the table")
def interviewees(b: Base) -> Iterator[Mutant]:
    for path, value in said(b, "interviewee-count"):
        if b.clean:
            yield put(path, (path, str(int(value) + 5)))


@operator("consistency", "称边界与上年相同而边界有变化", "the claim agrees with the boundary")
def boundary_claim(b: Base) -> Iterator[Mutant]:
    if list(b.each("statements")) and any(s["about"] == "claim.same-boundary" for _, s in b.each("statements")):
        yield put("boundary.changed", ("boundary.changed", "是"))


@operator("consistency", "简介中的数与表不同", "numbers in the profile equal the tables")
def profile_number(b: Base) -> Iterator[Mutant]:
    profile = b.at("entity.profile", "")
    known = {str(x) for _, row in [*b.each("products"), *b.each("economics")] for x in row.values()}
    for value in dict.fromkeys(re.findall(r"\d+\.\d+|\d{4,}", profile)):
        if value in known and len(value) > 4:
            for how, wrong in list(wrong_digits(value))[:2]:
                yield put(f"{value} {how}", ("entity.profile", profile.replace(value, wrong)))


@operator("consistency", "地址不在所称的省", "the address lies in the province")
def province_of_other(b: Base) -> Iterator[Mutant]:
    if b.at("entity.province"):
        for other in ("云南", "黑龙江"):
            yield put(other, ("entity.province", other))


@operator("consistency", "填报数与核查数不同而称没有偏差", "the stated difference equals reported against verified")
def difference_claim(b: Base) -> Iterator[Mutant]:
    if "没有偏差" in b.at("conclusions.difference", ""):
        for path, datum in b.each("data"):
            value = datum.get("verified", "")
            if datum.get("kind", "activity") == "activity" and is_number(value) and Decimal(value) and "series" in datum:
                yield put(path, (f"{path}.reported", like(Decimal(value) * Decimal("0.93"), value)))
