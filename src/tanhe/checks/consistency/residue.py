"""Residue of templates and other reports (模板与他处残留): placeholders, other guidelines, documents called by two names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.consistency._helpers import Said, silent, statements
from tanhe.checks.engine import Context, Family, Result, check, fail
from tanhe.factors.library import library
from tanhe.factors.names import fold
from tanhe.guidelines.registry import find
from tanhe.messages import text

_TRIAL = re.compile(r"[(（]试行[)）]|[(（]\d{4}年?版?[)）]|[(（][^()（）]*修订[^()（）]*[)）]|[(（]以下简称.*")


@check("CON046", Family.CONSISTENCY, "editorial", clause="核查报告格式", covers=("I16",), letters=True)
def placeholders(c: Context) -> Iterator[Result]:
    """没有未填写的占位文字和失效的域代码 | no placeholder of a template and no broken field is left in the report"""
    found = statements(c, "placeholder")
    if not c.dossier.statements:
        yield silent(c, text("占位文字", "placeholders"))
    for said in found:
        broken = "错误" in said.spec.value or "Error" in said.spec.value or said.spec.value.startswith("#")
        yield fail(text(f"{said.where}印有“{said.spec.value}”，是{'失效的引用' if broken else '没有填写的占位文字'}。请{'更新域' if broken else '填写或删去'}",
                        f"{said.where} prints {said.spec.value!r}, {'a broken reference' if broken else 'a placeholder nobody filled in'}. "
                        f"{'Update the field' if broken else 'Fill it in or strike it'}"),
                   f"placeholder/{said.where}/{said.spec.value}", said.places)


def core(title: str) -> str:
    """What tells a guideline from the others: its industry, spelt without 中国, 企业 and the brackets at its end."""
    return re.sub(r"温室气体.*$|^中国", "", fold(_TRIAL.sub("", title)))


def loose(core: str) -> str:
    return re.sub("生产企业|企业|单位|生产|制造", "", core)


@check("CON047", Family.CONSISTENCY, "minor", needs=("guideline",), clause="", covers=("I6", "I9"), letters=True)
def guideline_names(c: Context) -> Iterator[Result]:
    """正文所称核算指南都是本报告的指南，名称无误 | the guideline named in the text is the report's own, under its right title"""
    found = statements(c, "guideline.told")
    if not found:
        yield silent(c, text("核算指南的名称", "the guideline's name"))
        return
    title = find(c.dossier.guideline).title
    own, others = core(title), {loose(core(g.title)): g.title for g in library().guidelines.values() if len(loose(core(g.title))) > 1}
    yield from _numbers(c, found)
    by_title: dict[str, list[Said]] = {}
    for said in found:
        if core(said.spec.value) and core(said.spec.value) != own:
            by_title.setdefault(fold(_TRIAL.sub("", said.spec.value)), []).append(said)
    for printed, said_ in by_title.items():
        where = "、".join(list(dict.fromkeys(s.where for s in said_))[:4])
        places = [p for s in said_ for p in s.places]
        if loose(core(printed)) == loose(own):
            yield fail(text(f"{where}把指南名称印作《{printed}》，应为《{title}》。请改正",
                            f"{where}: the guideline is printed as {printed!r}; its title is {title!r}. Correct it"),
                       f"guideline/{printed}", (*places, *c.place("guideline")), severity="editorial")
        elif loose(core(printed)) in others:
            yield fail(text(f"{where}引用《{printed}》，本报告的核算依据是《{title}》。若是他处文字误入，请改写；若确有采用，请列入核查准则并说明",
                            f"{where} names {printed!r}; this report follows {title!r}. Rewrite the passage if it comes from another report, "
                            "else list it among the criteria and say why"), f"guideline/{printed}", (*places, *c.place("guideline")))


def _numbers(c: Context, found: list[Said]) -> Iterator[Result]:
    """The document number printed after the title, against the library's."""
    row = library().guidelines.get(c.dossier.guideline)
    right = fold(row.document_number) if row is not None else ""
    for said in found if right else ():
        printed = fold(said.spec.text)
        if printed and printed != right and loose(core(said.spec.value)) == loose(core(row.title if row is not None else "")):
            yield fail(text(f"{said.where}把指南的文号印作“{said.spec.text}”，应为“{right}”。请改正",
                            f"{said.where} prints {said.spec.text!r} as the guideline's document number; it is {right!r}. Correct it"),
                       f"guideline-number/{said.where}", (*said.places, *c.place("guideline")), severity="editorial")


@check("CON057", Family.CONSISTENCY, "editorial", clause="", covers=("C3",), letters=True)
def document_names(c: Context) -> Iterator[Result]:
    """同一文件在全文中名称相同 | a document keeps its name throughout the report"""
    found = statements(c, "document-name")
    if not c.dossier.statements:
        yield silent(c, text("文件名称", "names of documents"))
    for said in found:
        if said.spec.text and fold(said.spec.value) != fold(said.spec.text):
            yield fail(text(f"{said.where}称“{said.spec.value}”，别处称“{said.spec.text}”，像是同一文件。请按原件名称统一；若是两份文件，请在清单中分列",
                            f"{said.where} says {said.spec.value!r}, elsewhere {said.spec.text!r}: the same document, it seems. Use the name on "
                            "the document; list them apart if there are two"), f"document/{said.spec.value}", said.places)
