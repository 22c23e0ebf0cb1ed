"""Wording (文字): vocabulary, cross references, numbering, captions, units and stock sentences (I12–I15, C5, C10, C13)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tanhe.checks.consistency._helpers import (
    Said,
    around,
    claim,
    narrative,
    same,
    shown,
    silent,
    statements,
    table,
)
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable
from tanhe.dossier.places import Place
from tanhe.factors.names import fold
from tanhe.messages import TanheError, text
from tanhe.quantity.units import Unit, unit

_INNER = re.compile(r"^\d+(\.\d+)*")


@check("CON050", Family.CONSISTENCY, "editorial", clause="", covers=("I14",), letters=True)
def vocabulary(c: Context) -> Iterator[Result]:
    """用语：核查组、受核查方 | the words used are those of verification"""
    for said in statements(c, "vocabulary"):
        right = next((r["instead"] for r in table("vocabulary.csv") if r["word"] == said.spec.value), said.spec.text)
        if said.spec.value and said.spec.value != right:
            yield _word(said.where, said.spec.value, right or "核查用语", said.places)
    for path, words in narrative(c.dossier):
        for row in table("vocabulary.csv"):
            if row["word"] in words:
                yield _word(shown(path), row["word"], row["instead"], c.place(*path))


def _word(where: str, word: str, right: str, places: tuple[Place, ...]) -> Result:
    return fail(text(f"{where}用“{word}”，应为“{right}”", f"{where} says {word!r}; it should be {right!r}"),
                f"vocabulary/{where}/{word}", places)


@check("CON051", Family.CONSISTENCY, "editorial", clause="", covers=("I12",), letters=True)
def references(c: Context) -> Iterator[Result]:
    """引用的表号和章节号存在且相符 | cross references lead to the table or section that treats the item"""
    found = statements(c, "reference")
    if not found:
        yield silent(c, text("引用的表号、章节号", "cross references"))
    for said in found:
        if said.spec.text and not same(said.spec.value, said.spec.text):
            yield fail(text(f"{said.where}引用“{said.spec.value}”，该内容实在“{said.spec.text}”。请改正引用",
                            f"{said.where} refers to {said.spec.value!r}; the matter stands in {said.spec.text!r}. Correct it"),
                       f"reference/{said.spec.value}", said.places)


@check("CON052", Family.CONSISTENCY, "editorial", clause="", covers=("I13",), letters=True)
def numbering(c: Context) -> Iterator[Result]:
    """章节、表和公式的编号不重不跳、在正确的上级之下 | numbers of sections, tables and formulas"""
    found = statements(c, "numbering")
    if not found:
        yield silent(c, text("编号", "numbering"))
    seen: dict[str, Said] = {}
    for said in found:
        places = said.places
        number, parent = _INNER.match(said.spec.value), _INNER.match(said.spec.where)
        if said.spec.text and not same(said.spec.value, said.spec.text):
            why = text(f"应为“{said.spec.text}”", f"it should be {said.spec.text!r}")
        elif said.spec.value in seen:
            why = text(f"与{seen[said.spec.value].where}处重复", f"it stands already in {seen[said.spec.value].where}")
            places = (*places, *seen[said.spec.value].places)
        elif number and parent and "." in number[0] and not (number[0] + ".").startswith(parent[0] + "."):
            why = text(f"不属于上级 {parent[0]}", f"it does not belong under {parent[0]}")
        else:
            seen[said.spec.value] = said
            continue
        yield fail(text(f"{said.where}的编号“{said.spec.value}”：{why}", f"number {said.spec.value!r} in {said.where}: {why}"),
                   f"numbering/{said.spec.value}/{said.spec.where}", places)


@check("CON053", Family.CONSISTENCY, "editorial", clause="", covers=("C5",), letters=True)
def captions(c: Context) -> Iterator[Result]:
    """标题、引导语与所述内容相符 | captions agree with what stands below them"""
    found = statements(c, "caption")
    if not found:
        yield silent(c, text("标题", "captions"))
    for said in found:
        if said.spec.text and not same(said.spec.value, said.spec.text):
            yield fail(text(f"{said.where}的标题或引导语为“{said.spec.value}”，内容却是“{said.spec.text}”。请改正",
                            f"{said.where} is headed {said.spec.value!r}, its content is {said.spec.text!r}. Correct it"),
                       f"caption/{said.spec.value}", said.places)


@check("CON054", Family.CONSISTENCY, "editorial", clause="", covers=("A13", "C10"), letters=True)
def units(c: Context) -> Iterator[Result]:
    """印出的单位是计量单位，并与该行该列的量相称 | printed units exist and fit their rows"""
    for name, datum in c.dossier.data.items():
        if datum.unit_printed and (why := _misfit(datum.unit_printed, datum.unit)):
            yield _unit(datum.item, datum.unit_printed, why, f"unit/{name}", c.place("data", name, "unit_printed"))
    for said in statements(c, "unit", "unit."):
        of = c.dossier.data.get(said.rest)
        if why := _misfit(said.spec.value, of.unit if of else None, said.spec.text):
            yield _unit(said.where, said.spec.value, why, f"{said.about}/{said.where}/{said.spec.value}", said.places)
    yield from _told(c)


def _told(c: Context) -> Iterator[Result]:
    """A figure of prose that is a datum's, with a unit that cannot be (电量 7450.80 t)."""
    told = [s for s in statements(c, "told.amount") if sum(map(str.isdigit, s.spec.value)) > 3]
    data = [(name, x, v) for name, x in c.dossier.data.items() for v in (x.reported, x.verified) if v is not None] if told else []
    for said in told:
        number, read = claim(said.spec.value), _read(said.spec.unit)
        same = [(name, x) for name, x, v in data if number is not None and number.low == v]
        if read is None or not same or any(read.fits(x.unit) or _alike(read, x.unit) for _, x in same):
            continue
        name, datum = same[0]
        yield _unit(said.where, f"{said.spec.value}{said.spec.unit}", text(f"而“{datum.item}”的单位是 {datum.unit.zh}", f"is {datum.item!r} in {datum.unit}"),
                    f"told/{said.where}/{said.spec.value}", (*said.places, *c.place("data", name)))


def _alike(one: Unit, other: Unit) -> bool:
    """Whether two units are masses or volumes that reports take for each other: t and tCO2, m³ and Nm³."""
    return bool({str(one)[-1:], str(other)[-1:]} <= {"t", "2", "e"} and "/" not in f"{one}{other}") or ("m3" in str(one) and "m3" in str(other))


def _misfit(printed: str, own: Unit | None, right: str = "") -> str:
    read, wanted = _read(printed), own or (_read(right) if right else None)
    if read is None:
        return text("不是计量单位", "is no unit")
    if wanted is not None and not read.fits(wanted):
        return text(f"与“{wanted.zh}”不是同类量", f"does not measure what {wanted} does")
    return ""


@lru_cache(maxsize=512)
def _read(printed: str) -> Unit | None:
    """The unit printed; a refusal looks for the nearest and is worth remembering."""
    try:
        return unit(printed)
    except TanheError:
        return None


def _unit(where: str, printed: str, why: str, datum: str, places: tuple[Place, ...]) -> Result:
    return fail(text(f"{where}的单位印作“{printed}”，{why}。请改正", f"{where}: the unit printed {printed!r} {why}. Correct it"),
                datum, places)


@check("CON055", Family.CONSISTENCY, "editorial", clause="", covers=("C13",), letters=True)
def symbols(c: Context) -> Iterator[Result]:
    """公式说明的符号即表中所用，一行之内不用同一符号指两项 | declared symbols are those used, one meaning each"""
    for said in statements(c, "symbols"):
        declared, used = (set(filter(None, re.split(r"[,，、\s]+", part))) for part in (said.spec.value, said.spec.text))
        if odd := sorted(declared ^ used):
            yield fail(text(f"{said.where}：公式说明与计算表的符号不同：{'、'.join(odd)}。请统一",
                            f"{said.where}: symbols declared and symbols used differ: {', '.join(odd)}. Make them agree"),
                       f"symbols/{said.where}", said.places)
    for n, line in enumerate(c.dossier.lines):
        marks: dict[str, str] = {}
        for symbol, given in line.inputs.items():
            datum = c.dossier.data.get(given) if isinstance(given, str) else None
            mark = datum.symbol if datum else ""
            if mark and mark in marks and marks[mark] != given:
                yield fail(text(f"“{line.item}”一行中 {mark} 既指 {marks[mark]} 又指 {given}。请区分符号",
                                f"in the line {line.item!r}, {mark} stands for {marks[mark]} and for {given}. Tell them apart"),
                           f"symbols/{line.id}/{symbol}", c.place("lines", n, "inputs"))
            marks.setdefault(mark, str(given))


@check("CON056", Family.CONSISTENCY, "minor", needs=("conclusions",), clause="", covers=("I15",))
def stock_sentences(c: Context) -> Iterator[Result]:
    """套话没有丢掉否定词 | stock sentences keep their negation"""
    d = c.dossier
    told = statements(c, "stock")
    if not told and not any(words for path, words in narrative(d) if path[0] == "conclusions"):
        yield not_applicable(text("没有核查结论", "no conclusions"))
    raised = ""
    patterns = [(re.compile(row["pattern"]), row) for row in table("stock_sentences.csv")]
    has_nc = any(f.kind == "nc" for f in d.findings)
    for path, words in narrative(d):
        if path[0] not in ("conclusions", "other_findings", "quality_assurance"):
            continue
        for pattern, row in patterns:
            match = pattern.search(words)
            if match and not (has_nc and "不符合项" in row["zh"]):
                raised += fold(words)
                yield fail(text(f"{shown(path)}“{around(words, match.start(), match.end())}”：{row['zh']}。若属实请写明详情并列为核查发现",
                                f"{shown(path)} {around(words, match.start(), match.end())!r}: {row['en']}. If it is meant, give "
                                "the details as a finding"), f"{shown(path)}/negation", c.place(*path))
    yield from _lost_in_text(told, patterns, raised)
    for n, finding in enumerate(d.findings):
        if still := re.search("(?:没有|尚?未|不能|不予)(?:全部)?关闭", finding.conclusion):
            yield fail(text(f"“{finding.id}”的核查结论写“{around(finding.conclusion, *still.span())}”，报告却已出具。请关闭该项，或写明如何处理",
                            f"the conclusion on {finding.id} says {around(finding.conclusion, *still.span())!r}, though the report was issued. "
                            "Close it, or say how it was settled"), f"findings/{finding.id}/open", c.place("findings", n, "conclusion"))
    yield from _gaps(c)


def _lost_in_text(told: list[Said], patterns: list[tuple[re.Pattern[str], dict[str, str]]], raised: str) -> Iterator[Result]:
    """Stock sentences anywhere in a report that was read, those of the conclusions left out when they are raised already."""
    for said in told:
        words = said.spec.text or said.spec.value
        row = next((r for pattern, r in patterns if pattern.search(words)), {})
        if row and fold(said.spec.value) not in raised:
            yield fail(text(f"{said.where}“{words}”：{row['zh']}。若属实请写明详情并列为核查发现",
                            f"{said.where} {words!r}: {row['en']}. If it is meant, give the details as a finding"),
                       f"{said.where}/negation/{said.spec.value}", said.places)


def _gaps(c: Context) -> Iterator[Result]:
    """The treatment of gaps that only says 缺失."""
    for name, datum in c.dossier.data.items():
        if re.fullmatch("(?:本报告期内)?(?:有|存在)?(?:数据)?缺失", datum.gaps.strip().rstrip("。")):
            yield fail(text(f"“{datum.item}”的数据缺失处理写作“{datum.gaps}”：像是丢了“无”字。若有缺失，请写明缺失的时段和处理方法",
                            f"treatment of gaps of {datum.item!r} reads {datum.gaps!r}: a negation seems lost. If data are missing, say when and "
                            "how they were treated"), f"data/{name}/gaps", c.place("data", name, "gaps"))
