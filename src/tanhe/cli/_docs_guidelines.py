"""Reference pages of formulas and guidelines (公式、核算指南)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import groupby

from tanhe.cli._docs import code, table
from tanhe.formulas.formula import Formula, SymbolSpec
from tanhe.formulas.registry import all_formulas
from tanhe.formulas.render import to_text
from tanhe.guidelines.model import Guideline, LibraryKey, Source
from tanhe.guidelines.registry import find, ids
from tanhe.guidelines.supplementary import TABLES, SupplementaryTable
from tanhe.quantity.rounding import POLICIES, RoundingPolicy

ROLES = {"activity": "活动数据", "factor": "因子", "constant": "常数"}
FORMULAS_INTRO = """# 公式

每个公式只写一次，供核算（十进制数）、底稿（活公式）、报告（排版）和批量引擎（列）共用。案卷的 `lines` 按输入的符号选用公式；
`data` 的 `derive.formula` 用这里的编号。带“各期”的符号是一列数；下面的算式里以两期（`_1`、`_2`）示意。"""
GUIDELINES_INTRO = """# 核算指南

每份指南有哪些排放源、用哪些公式、结果表有哪些行。等级：A 有两个独立来源或官方文本；B 一个来源；C 未核实；见
[未证实与未做的](../limits.md)。公式编号链到[公式](formulas.md)。"""

ROUNDING_INTRO = """指南没有规定修约；下面是已公布报告和模板的做法，案卷可在 `rounding.policy` 里点名，或逐项写 `digits`、`intermediate`、`order`。
报告印出的数，总是按它印的位数对照。"""


def formulas() -> str:
    """Every formula by module."""
    parts = [FORMULAS_INTRO]
    for module, members in groupby(all_formulas().values(), key=lambda f: f.id.split(".")[0]):
        doc = import_module(f"tanhe.formulas.{module}").__doc__ or ""
        parts += [f"## {module}", doc.strip().splitlines()[0], *(_formula(f) for f in members)]
    return "\n\n".join(parts)


def _formula(formula: Formula) -> str:
    rows = [
        [code(name), spec.zh, spec.en, _units(spec), ROLES[spec.role] + ("，各期" if spec.many else "")]
        for name, spec in formula.symbols.items()
    ]
    result = " 或 ".join(code(str(u)) for u in formula.result) or "与输入相同"
    doc = " ".join(formula.doc.split())
    return "\n\n".join([
        f"### {formula.id}", f"{formula.zh} · {formula.en}",
        f"{code(f'{formula.result_symbol} = {to_text(formula.tree())}')}，单位 {result}", doc,
        table(["符号", "含义", "meaning", "单位", "种类"], rows),
    ])


def _units(spec: SymbolSpec) -> str:
    return " 或 ".join(code(str(u)) for u in spec.units) + ("（0–1）" if spec.fraction else "") or "不限"


def guidelines() -> str:
    """Every guideline and supplementary table."""
    known = [find(name) for name in ids()]
    return "\n\n".join([
        GUIDELINES_INTRO, *(_guideline(g) for g in known), *(_supplementary(t) for t in TABLES.values()),
        "## 修约", ROUNDING_INTRO, *(_policy(p) for p in POLICIES),
    ])


def _guideline(guideline: Guideline) -> str:
    equation = f"{guideline.result} = {to_text(guideline.equation)}"
    rows = [
        [code(row.id), row.parent, row.zh, row.gas, "、".join(map(code, row.sources))] for row in guideline.rows
    ]
    sums = [[code(s.id), s.zh, "、".join(map(code, s.sources))] for s in guideline.subtotals]
    return "\n\n".join([
        f"## {guideline.id}", f"《{guideline.title}》，{guideline.number}。等级 {guideline.grade}：{guideline.status}。",
        f"总量：{code(equation)}", table(["符号", "含义"], [[code(k), v] for k, v in guideline.symbols.items()]),
        "排放源（`lines` 的 `source`）：", _sources(guideline.sources),
        "结果表的行：", table(["行", "上级", "名称", "气体", "排放源"], rows),
        "小计（`subtotals` 的键，另有每个排放源自己的）：", table(["小计", "名称", "排放源"], sums),
        f"全球变暖潜势：{guideline.gwp_set}。修约：{code(guideline.rounding.name)}。",
    ])


def _sources(sources: tuple[Source, ...]) -> str:
    rows = [
        [code(s.id), s.zh, "<br>".join(f"[{m.id}](formulas.md#{_anchor(m.id)})" for m in s.methods), s.clause, s.grade,
         "；".join(_remarks(s))]
        for s in sources
    ]
    return table(["排放源", "名称", "公式", "条款", "等级", "说明"], rows)


def _anchor(formula_id: str) -> str:
    """The heading's anchor as the documentation builder makes it: the point goes."""
    return formula_id.replace(".", "")


def _remarks(source: Source) -> Iterator[str]:
    if source.sign < 0:
        yield "从总量中扣除"
    if source.memo:
        yield "单列，不计入总量"
    if source.purchased:
        yield "不计入第一个总量"
    if source.gas != "CO2":
        yield source.gas
    yield from _keys("常数", source.constants)
    yield from _keys("可用缺省值", source.defaults)


def _keys(title: str, keys: Mapping[str, LibraryKey]) -> Iterator[str]:
    if keys:
        yield f"{title} " + "、".join(f"{code(symbol)}（{key.category}/{key.item}）" for symbol, key in keys.items())


def _supplementary(form: SupplementaryTable) -> str:
    rows = [[row.number, row.zh, row.unit, code(row.fill), row.rule] for row in form.rows]
    return "\n\n".join([
        f"## {form.id}", f"补充数据表《{form.title}》，{form.document}。等级 {form.grade}。", _sources(form.sources),
        table(["行", "名称", "单位", "填写", "规则"], rows),
    ])


def _policy(policy: RoundingPolicy) -> str:
    rows = [[code(kind.value), "不修约" if places is None else str(places), ""] for kind, places in policy.digits.items()]
    rows += [[code(kind.value), str(places), "中间值"] for kind, places in policy.intermediate.items()]
    digits = "\n\n" + table(["修约对象", "小数位", ""], rows) if rows else ""
    return f"### {policy.name}\n\n来源：{policy.source}。{digits}"
