"""A factor in plain words (因子说明): labelled lines for the command line and for reports."""

from tanhe.factors.model import GRADES, STATUSES, Alternative, Factor, Fuel, Selection
from tanhe.messages import text

Line = tuple[str, str, str]


def describe(factor: Factor) -> list[Line]:
    """Label in Chinese, label in English, value; lines with nothing to say are left out."""
    period = (
        f"{factor.valid_from or '…'} – {factor.valid_to or '…'}"
        if factor.valid_from or factor.valid_to
        else ""
    )
    span = f"{factor.low} – {factor.high}" if factor.low or factor.high else ""
    grade_zh, grade_en = GRADES[factor.grade]
    lines = [
        ("名称", "name", factor.name),
        ("数值", "value", factor.value_text),
        ("范围", "range", span),
        ("单位", "unit", factor.unit),
        ("文件", "document", factor.document),
        ("文号", "document number", factor.document_number),
        ("条款", "place", factor.place),
        ("发布日期", "issued", factor.issued),
        ("数据年份", "data year", "" if factor.data_year is None else str(factor.data_year)),
        ("适用期", "valid for", period),
        ("适用范围", "applies to", factor.applies_to),
        ("状态", "status", text(*STATUSES[factor.status])),
        ("证据等级", "grade", text(f"{factor.grade}（{grade_zh}）", f"{factor.grade} ({grade_en})")),
        ("来源", "source", factor.source),
        ("说明", "note", factor.note),
        ("键", "key", factor.key),
    ]
    return [line for line in lines if line[2]]


def describe_fuel(fuel: Fuel) -> list[list[Line]]:
    """One block of lines for each default the fuel has."""
    return [describe(f) for f in (fuel.ncv, fuel.carbon_content, fuel.oxidation_factor) if f is not None]


def describe_selection(selection: Selection) -> list[Line]:
    """The chosen factor, why, and the alternatives each with the reason it was not chosen."""
    others = [("备选", "alternative", _alternative(a)) for a in selection.alternatives]
    return [*describe(selection.factor), ("选取理由", "why", selection.why), *others]


def _alternative(other: Alternative) -> str:
    factor = other.factor
    when = text(f"{factor.data_year}年数据", f"data of {factor.data_year}")
    out = text(f"，{factor.issued}公布", f", published {factor.issued}") if factor.issued else ""
    return text(
        f"{factor.value_text}  {factor.name}（{when}{out}）：{other.why}",
        f"{factor.value_text}  {factor.name} ({when}{out}): {other.why}",
    )
