"""Parts of the report (报告的结构): sections and tables that stand twice, that are left out, or that differ where they are repeated."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.checks.consistency._helpers import silent, statements
from tanhe.checks.engine import Context, Family, Result, check, fail, review, unsettled
from tanhe.messages import text


@check("CON073", Family.CONSISTENCY, "editorial", clause="核查报告格式", covers=("I13", "I16"))
def parts_once(c: Context) -> Iterator[Result]:
    """章节和表各出现一次，编号不缺 | sections and tables stand once, none is left out of the numbers"""
    found = statements(c, "twice", "gap")
    if not c.dossier.statements:
        yield silent(c, text("章节和表", "sections and tables"))
    for said in found:
        if said.about == "twice":
            yield fail(text(f"{said.spec.text or '章节'}“{said.spec.value}”出现两次。请删去重复的一处，并核对两处内容",
                            f"{said.spec.value!r} stands twice. Remove one after comparing them"),
                       f"twice/{said.spec.value[:24]}", said.places)
        else:
            yield fail(text(f"“{said.where}”之前没有编号 {said.spec.value}。请补上缺失的标题或章节，或改正编号",
                            f"there is no {said.spec.value} before {said.where!r}. Supply the heading or section, or correct the numbers"),
                       f"gap/{said.spec.value}", said.places)


@check("CON074", Family.CONSISTENCY, "editorial", clause="核查报告格式", covers=("I16",))
def sections_there(c: Context) -> Iterator[Result]:
    """核查报告格式规定的章节和数据表各行齐全 | the sections of the form are there, and the rows of every table of a datum"""
    if not c.dossier.statements:
        yield silent(c, text("章节", "sections"))
    for said in statements(c, "missing-section", "row-missing"):
        if said.about == "row-missing":
            yield unsettled(text(f"{said.where}没有“{said.spec.value}”一行，同类的表都有。请补充",
                                 f"{said.where} has no row {said.spec.value!r}, which the other tables of its kind have. Supply it"),
                            f"row/{said.where}/{said.spec.value}", said.places)
        else:
            yield unsettled(text(f"报告没有“{said.spec.value}”{f'（{said.spec.where}之后）' if said.spec.where else ''}。请按核查报告格式补充",
                                 f"the report has no {said.spec.value!r} (after {said.spec.where!r}). Supply it as the form requires"),
                            f"section/{said.spec.value}", said.places)


@check("CON075", Family.CONSISTENCY, "minor", clause="核算指南 排放量汇总表", covers=("C3", "C15"))
def repeated_results(c: Context) -> Iterator[Result]:
    """多处印出的排放量汇总表逐格相同、行数相同 | result tables printed more than once have the same rows and figures"""
    if not c.dossier.statements:
        yield silent(c, text("排放量汇总表", "result tables"))
    lacking = {(s.where, s.spec.value) for s in statements(c, "result.lacks")}
    for said in statements(c, "result.differs", "result.lacks"):
        if said.about == "result.lacks":
            yield fail(text(f"{said.where}的汇总表没有“{said.spec.value}”一行，{said.spec.text}的汇总表有。请补列",
                            f"the result table of {said.where} has no row {said.spec.value!r}; that of {said.spec.text} has. Add it"),
                       f"result-row/{said.where}/{said.spec.value[:24]}", said.places)
        elif (said.where, said.spec.value) not in lacking:
            yield review(text(f"{said.where}的汇总表印作 {said.spec.value}，而{said.spec.text}。请统一",
                              f"the result table of {said.where} prints {said.spec.value}; {said.spec.text}. Make them agree"),
                         f"result-cell/{said.where}/{said.spec.value}", said.places)
