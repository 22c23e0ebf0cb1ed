"""Identity and statements (身份与陈述): codes, guidelines, claims that other parts of the report deny."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.reading.blocks import Heading

from ..operators import Mutant, operator, put
from ..paper import At, Paper
from .common import all_text, everything, inserted, throughout, year


def _code(paper: Paper) -> str:
    return next((s for at in paper.cells() if re.fullmatch(r"9[0-9A-HJ-NP-Z]{17}", s := paper.text(at))), "")


@operator("identity", "统一社会信用代码全文同错一位", "the check character of the credit code holds")
def code_everywhere(paper: Paper) -> Iterator[Mutant]:
    if code := _code(paper):
        for n in (5, 10, 14):
            if code[n].isdigit():
                yield from throughout(paper, {code: code[:n] + str((int(code[n]) + 5) % 10) + code[n + 1 :]})


@operator("identity", "统一社会信用代码把0印作O、1印作I或少一位（一处）", "the code has 18 characters of its alphabet, the same throughout")
def code_letters(paper: Paper) -> Iterator[Mutant]:
    if code := _code(paper):
        for at in everything(paper):
            said = paper.text(at)
            if code in said:
                for now in (code[:2] + code[2:].replace("0", "O", 1), code[:2] + code[2:].replace("1", "I", 1), code[:-2] + code[-1]):
                    yield from put(paper, {at: said.replace(code, now, 1)}, words=(code, now))


@operator("identity", "统一社会信用代码标作组织机构代码", "an 18-character code is a credit code")
def code_label(paper: Paper) -> Iterator[Mutant]:
    for at in paper.cells("基本信息表", "补充数据汇总表"):
        if paper.text(at) == "统一社会信用代码":
            yield from put(paper, {at: "组织机构代码"})


@operator("identity", "行业代码全文换成别的行业（名称未变）", "code and name belong together")
def industry_everywhere(paper: Paper) -> Iterator[Mutant]:
    for at in paper.cells("基本信息表"):
        if m := re.match(r"C?(\d{4}) ", paper.text(at)):
            for now in ("3011", "2511"):
                yield from throughout(paper, {f"{a}{m[1]}": f"{a}{now}" for a in ("", "C")}, words=(m[1], now))
            return


@operator("identity", "全文采用别的行业的核算指南", "the guideline is that of the industry")
def guideline_everywhere(paper: Paper) -> Iterator[Mutant]:
    mine = next((m[0] for at in paper.cells("结论表") if (m := re.search(r"《[^《》]*核算方法与报告指南[^《》]*》", paper.text(at)))), "")
    for name in ("《中国陶瓷生产企业温室气体排放核算方法与报告指南（试行）》", "《中国平板玻璃生产企业温室气体排放核算方法与报告指南（试行）》"):
        if mine:
            yield from throughout(paper, {mine: name, mine.strip("《》"): name.strip("《》")})


@operator("identity", "邮编位数不对", "a postcode has six digits")
def postcode(paper: Paper) -> Iterator[Mutant]:
    for at in paper.cells("基本信息表"):
        if re.fullmatch(r"\d{6}", paper.text(at)):
            yield from put(paper, {at: paper.text(at)[:5]})
            yield from put(paper, {at: paper.text(at) + "0"})


@operator("identity", "成立时间在报告年度之后", "an enterprise is older than its emissions")
def founded_late(paper: Paper) -> Iterator[Mutant]:
    for at in paper.cells("基本信息表"):
        if at.cell and paper.text(at._replace(cell=at.cell - 1)) == "成立时间" and (m := re.match(r"\d{4}", paper.text(at))):
            yield from put(paper, {at: f"{int(year(paper)) + 2}{paper.text(at)[4:]}"}, words=(m[0],))


@operator("identity", "报告期写成跨年度", "the period is the calendar year")
def period(paper: Paper) -> Iterator[Mutant]:
    told = int(year(paper))
    for at in paper.paragraphs():
        said = paper.text(at)
        if f"报告期为{told}年" in said:
            yield from put(paper, {at: said.replace(f"报告期为{told}年", f"报告期为{told - 1}年7月1日至{told}年6月30日")})
        if m := re.search(r"(20\d\d) 年 1 月 1 日至 12 月 31 日", said):
            yield from put(paper, {at: said.replace(m[0], f"{told - 1} 年 4 月 1 日至 {told} 年 3 月 31 日")})


@operator("identity", "准则列入已被代替的标准", "standards are in force when the report is signed")
def superseded(paper: Paper) -> Iterator[Mutant]:
    old = (("GB/T 2589-2020", "GB/T 2589-2008"), ("DL/T 448-2016", "DL/T 448-2000"), ("GB/T 4754-2017", "GB/T 4754-2011"),
           ("GB/T4754-2017", "GB/T4754-2011"), ("GB 17167-2006", "GB 17167-1997"), ("GB17167-2006", "GB17167-1997"))
    for at in paper.paragraphs():
        said = paper.text(at)
        for one, other in old:
            if one in said and re.match("（\\d+）", said):
                yield from put(paper, {at: said.replace(one, other)}, words=(other,))


@operator("references", "准则中没有核算指南", "the accounting guideline is one of the criteria")
def criteria_without_guideline(paper: Paper) -> Iterator[Mutant]:
    for at in paper.paragraphs():
        said = paper.text(at)
        if re.match(r"（\d+）.*核算方法与报告指南", said) and "准则" in paper.heading(at.block):
            yield from put(paper, {at: said[: said.index("）") + 1] + "《统计法实施条例》。"}, words=("核算方法与报告指南",))


@operator("references", "文号的年份晚于报告", "a cited notice is older than the report")
def notice_year(paper: Paper) -> Iterator[Mutant]:
    for at in paper.paragraphs():
        said = paper.text(at)
        if (m := re.search(r"〔(20\d\d)〕", said)) and re.match("（\\d+）", said):
            yield from put(paper, {at: said.replace(m[0], f"〔{int(m[1]) + 12}〕", 1)}, words=(f"〔{int(m[1]) + 12}〕",))


@operator("references", "引用的表存在但讲的是别的", "a table referred to treats what is said")
def wrong_table(paper: Paper) -> Iterator[Mutant]:
    team = next((m[0] for _, t in paper.tables("核查组成员表") if (m := re.match(r"表 ?[\d.]+-\d+", t.caption))), "")
    if team:
        yield from inserted(paper, f"各能源品种的年消耗量见{team}。", "核算数据的核查", "能源管理现状", words=(team,))


@operator("references", "引用不存在的附件或公式", "an annex or formula referred to exists")
def dead_annex(paper: Paper) -> Iterator[Mutant]:
    yield from inserted(paper, "详见本报告附件7。", "核算数据的核查", "能源管理现状", "质量保证", words=("附件7",))
    yield from inserted(paper, "按公式（9.9-4）计算。", "核算方法的核查", "核算数据的核查", words=("9.9-4",))


@operator("references", "两张表的表题互换", "a caption names what its table holds")
def captions_exchanged(paper: Paper) -> Iterator[Mutant]:
    named = {key: (n, t.caption) for key in ("产品产量表", "经营情况表", "计量器具表", "用能设备表", "时间安排表", "核查组成员表")
             for n, t in paper.tables(key)}
    for one, other in (("产品产量表", "经营情况表"), ("计量器具表", "用能设备表"), ("时间安排表", "核查组成员表")):
        if one in named and other in named:
            (a, x), (b, y) = named[one], named[other]
            yield from put(paper, {At(a): x.replace(x.split(" ")[-1], y.split(" ")[-1]), At(b): y.replace(y.split(" ")[-1], x.split(" ")[-1])})


@operator("references", "计算表的表题写作别的燃料", "a caption names what its table holds")
def calculation_caption(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("排放计算表："):
        fuel = table.caption.rpartition("：")[2]
        yield from put(paper, {At(n): table.caption.replace(fuel, "天然气" if "天然气" not in fuel else "液化石油气")}, words=(fuel,))


@operator("prose", "上升写成下降", "growth follows from both years")
def growth_direction(paper: Paper) -> Iterator[Mutant]:
    for at in paper.paragraphs():
        said = paper.text(at)
        for m in re.finditer(r"(上升|下降) ?[\d.]+%", said):
            yield from put(paper, {at: said[: m.start()] + {"上升": "下降", "下降": "上升"}[m[1]] + said[m.end(1) :]})


@operator("prose", "首次核查或新增企业却与上年度比较", "a claim on the year before needs its figures")
def same_as_last_year(paper: Paper) -> Iterator[Mutant]:
    if re.search("新增企业|首次接受|首次进行", all_text(paper)):
        yield from inserted(paper, "排放量与上年度基本持平。", "异常波动", words=("上年度",))


@operator("prose", "没有监测计划却称符合备案的监测计划", "claims on a plan only where there is one")
def plan_claimed(paper: Paper) -> Iterator[Mutant]:
    if re.search("没有制定监测计划|监测计划尚未备案|监测计划未备案", all_text(paper)):
        yield from inserted(paper, "受核查方的监测活动符合已备案的监测计划。", "符合性", "质量保证", words=("监测计划",))


@operator("prose", "填报值与核查值不同却称没有偏差，或相同却称有偏差", "differences told are those of the figures")
def difference_claim(paper: Paper) -> Iterator[Mutant]:
    for at in paper.paragraphs():
        said = paper.text(at)
        if m := re.search(r"，相差 [-\d.]+ tCO2e（[-\d.]+%）", said):
            yield from put(paper, {at: said.replace(m[0], "，两者一致，没有偏差")}, words=("没有偏差",))
        if m := re.search(r"填报总量与核查后总量一致，均为 ([\d.]+)", said):
            yield from put(paper, {at: said.replace("填报总量与核查后总量一致，均为", "填报总量与核查后总量不一致，核查后调整为")})


@operator("prose", "没有初始报告却评价初始报告", "an initial report is either absent or submitted")
def initial_report_claimed(paper: Paper) -> Iterator[Mutant]:
    if re.search("未填报初始排放报告|没有初始排放报告|没有编写排放报告的要求", all_text(paper)):
        yield from inserted(paper, "受核查方按时提交了初始排放报告，填报无误。", "文件评审", "符合性", words=("初始排放报告",))


@operator("wording", "否定丢失：有不符合项、有其他场所、有外供、有变化", "a stock sentence without its negation contradicts the facts")
def negation(paper: Paper) -> Iterator[Mutant]:
    told = (("没有发现不符合项", "发现不符合项"), ("没有不符合项", "有不符合项"), ("没有记录不符合项", "记录有不符合项"), ("无其他分支机构", "有其他分支机构"),
            ("没有分公司、分厂和其他经营场所", "有分公司、分厂和其他经营场所"), ("没有外供热力", "有外供热力"), ("没有自发电", "有自发电"), ("无外购热力", "有外购热力"),
            ("不涉及补充数据表", "涉及补充数据表"), ("没有新增、替换和退出", "有新增、替换和退出"), ("无新增设施", "有新增设施"), ("无偏差", "有偏差"))
    for at in paper.texts():
        said = paper.text(at)
        for one, other in told:
            if one in said:
                yield from put(paper, {at: said.replace(one, other, 1)}, words=(other,))
                break


@operator("wording", "结论改为保留或不通过，其余未变", "the conclusion follows from the findings")
def conclusion_withheld(paper: Paper) -> Iterator[Mutant]:
    for at, heading in paper.headings():
        if "与核算指南的符合性" in heading.text and not isinstance(paper.blocks[at.block + 1], Heading):
            here = At(at.block + 1)
            yield from put(paper, {here: paper.text(here) + "核查组认为该排放报告未通过核查。"}, words=("未通过",))


@operator("wording", "净购入电力写作外供电力", "what is bought is not sold")
def bought_is_sold(paper: Paper) -> Iterator[Mutant]:
    for at in paper.cells("排放计算表"):
        if paper.text(at) == "净购入电量":
            yield from put(paper, {at: "净外供电量"})
    for at, heading in paper.headings():
        if "净购入电" in heading.text and not heading.number:
            yield from put(paper, {at: heading.text.replace("净购入", "净外供")})
