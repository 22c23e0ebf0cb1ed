"""Wording (措辞): lost negations, garbled formulas, placeholders, words of other reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .operators import Mutant, operator, put
from .paper import At, Paper


def _sentences(paper: Paper) -> Iterator[At]:
    yield from (at for at in paper.texts() if re.search(r"[，。；]", paper.text(at)) and "=" not in paper.text(at))


@operator("wording", "结论丢了否定（没有→有）", "a stock sentence without its negation contradicts the facts")
def negation_lost(paper: Paper) -> Iterator[Mutant]:
    told = (("没有异常波动", "有异常波动"), ("没有偏差", "有偏差"), ("没有未覆盖", "有未覆盖"), ("没有变化", "有变化"), ("无缺失", "缺失"),
            ("不存在", "存在"), ("未发现", "发现"), ("没有改变", "改变"), ("没有参加现场核查", "参加现场核查"), ("无异常", "异常"), ("没有偏离", "有偏离"))
    for at in paper.texts():
        said = paper.text(at)
        for one, other in told:
            if one in said:
                yield from put(paper, {at: said.replace(one, other, 1)}, words=(other,))


@operator("wording", "结论由符合变为不符合", "the conclusion follows from closed findings")
def conclusion_negated(paper: Paper) -> Iterator[Mutant]:
    for at in _sentences(paper):
        said = paper.text(at)
        if re.search(r"(?<!不)(?<!是否)符合(?:核算指南|《|要求|相关)", said) and "不符合项" not in said.replace("不符合项已关闭", ""):
            yield from put(paper, {at: re.sub(r"(?<!不)(?<!是否)符合(?=核算指南|《|要求|相关)", "不符合", said, count=1)}, words=("不符合",))


@operator("wording", "不符合项改称没有关闭", "findings not closed contradict the conclusion")
def not_closed(paper: Paper) -> Iterator[Mutant]:
    for at in paper.texts():
        said = paper.text(at)
        if re.search(r"(?:均已|已)关闭", said):
            yield from put(paper, {at: re.sub(r"(?:均已|已)关闭", "没有关闭", said, count=1)}, words=("没有关闭",))


def _formulas(paper: Paper) -> Iterator[At]:
    yield from (at for at in paper.paragraphs() if re.match(r"^E[^：]*=.*[×*]", paper.text(at)) and "(3." in paper.text(at))


@operator("wording", "公式丢了乘号", "the printed formula is the guideline's")
def formula_times_lost(paper: Paper) -> Iterator[Mutant]:
    for at in _formulas(paper):
        yield from put(paper, {at: paper.text(at).replace("×", "")})
        yield from put(paper, {at: paper.text(at).replace("×", "+", 1)})


@operator("wording", "公式的44/12印错", "the printed formula is the guideline's")
def formula_ratio(paper: Paper) -> Iterator[Mutant]:
    for at in _formulas(paper):
        for wrong in ("12/44", "4412"):
            yield from put(paper, {at: paper.text(at).replace("44/12", wrong)})


@operator("wording", "公式的符号错", "symbols of the formula are those explained below it")
def formula_symbol(paper: Paper) -> Iterator[Mutant]:
    for at in _formulas(paper):
        said = paper.text(at)
        for one, other in (("OF", "CF"), ("NCV", "NVC"), ("EF", "FE"), ("AD", "DA")):
            if one in said:
                yield from put(paper, {at: said.replace(one, other, 1)}, words=(one, other))


@operator("wording", "公式说明的符号不在公式中", "symbols explained are those of the formula")
def explained_symbol(paper: Paper) -> Iterator[Mutant]:
    for at in paper.paragraphs():
        if (m := re.match(r"^(AD|NCV|CC|OF|EF|FC)：", paper.text(at))) is not None:
            yield from put(paper, {at: "QX" + paper.text(at)[len(m[1]) :]}, words=(m[1], "QX"))


def _inserted(paper: Paper, sentence: str) -> Iterator[Mutant]:
    for at in _sentences(paper):
        said = paper.text(at)
        if at.row < 0 and said.endswith("。") and len(said) > 25:
            yield from put(paper, {at: said + sentence}, words=(sentence,))


@operator("wording", "留有占位文字", "no placeholder is left")
def placeholder(paper: Paper) -> Iterator[Mutant]:
    yield from _inserted(paper, "XX公司于XXXX年X月完成整改。")
    yield from _inserted(paper, "【请填写】")


@operator("wording", "别的行业的工艺", "no process of another industry")
def other_process(paper: Paper) -> Iterator[Mutant]:
    printed = "".join(paper.text(at) for at in paper.texts())
    for word, sentence in (("熟料", "熟料由回转窑煅烧，生料中的碳酸盐在窑尾分解。"), ("电解", "电解铝车间的阳极效应由计算机控制。")):
        if word not in printed:  # a term of its own is no other industry's
            yield from _inserted(paper, sentence)


@operator("wording", "别的企业", "no other enterprise")
def other_firm(paper: Paper) -> Iterator[Mutant]:
    yield from _inserted(paper, "宁夏恒泰化工有限公司的排放数据由其生产部统计。")


@operator("wording", "别的地区", "no other place")
def other_city(paper: Paper) -> Iterator[Mutant]:
    yield from _inserted(paper, "厂区位于黑龙江省大庆市让胡路区。")


@operator("wording", "别的能源", "no energy that the lists do not have")
def other_energy(paper: Paper) -> Iterator[Mutant]:
    yield from _inserted(paper, "锅炉燃用的水煤浆按入炉量计量。")


@operator("wording", "核查组误作检查组", "the field's words")
def wrong_term(paper: Paper) -> Iterator[Mutant]:
    for at in _sentences(paper):
        if "核查组" in paper.text(at):
            yield from put(paper, {at: paper.text(at).replace("核查组", "检查组", 1)})


@operator("wording", "单位印错", "units exist")
def unit_misprinted(paper: Paper) -> Iterator[Mutant]:
    printed = "".join(paper.text(at) for at in paper.texts())
    for at in paper.texts():
        said = paper.text(at)
        if (m := re.search(r"(?<![A-Za-z/])(MWh|tCO2e|GJ)(?![A-Za-z/\d])", said)) is not None and "=" not in said:
            bad = {"MWh": "MWhJ", "tCO2e": "tCOe2", "GJ": "GJh"}[m[1]]
            if bad not in printed:  # a misprint that the report has already is no new one
                yield from put(paper, {at: said[: m.start()] + bad + said[m.end() :]})


@operator("wording", "断句：句子少了后半", "sentences end")
def cut_sentence(paper: Paper) -> Iterator[Mutant]:
    for at in paper.paragraphs():
        said = paper.text(at)
        if said.endswith("。") and len(said) > 50 and "，" in said[15:-10]:
            yield from put(paper, {at: said[: said.rindex("，", 0, len(said) - 10) + 1]}, words=(said[-12:],))
