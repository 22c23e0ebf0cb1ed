"""What the report says in more than one place, and how it says it (报告的表述): for the rules of consistency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tanhe.reading.blocks import Document
from tanhe.reading.claims import Claim, Listed, Said
from tanhe.reading.understand.admin import body_names, codes
from tanhe.reading.understand.derivations import derivations
from tanhe.reading.understand.evidence import evidence
from tanhe.reading.understand.figures import figures, repeated, statement
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.formulas_said import formulas
from tanhe.reading.understand.headed import headed
from tanhe.reading.understand.header_formulas import header_formulas
from tanhe.reading.understand.industry import industry
from tanhe.reading.understand.involved import involved
from tanhe.reading.understand.lexicon import sayings, wrong_words
from tanhe.reading.understand.misprints import misprints
from tanhe.reading.understand.named import named
from tanhe.reading.understand.named_again import named_again
from tanhe.reading.understand.numbering import numbering
from tanhe.reading.understand.outline import Line, Outline
from tanhe.reading.understand.passages import passages
from tanhe.reading.understand.pointers import pointers
from tanhe.reading.understand.repeated_results import repeated_results
from tanhe.reading.understand.residue import residue
from tanhe.reading.understand.scales import scales
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.signers import signers
from tanhe.reading.understand.structure import structure
from tanhe.reading.understand.told import told
from tanhe.reading.understand.view import View, masked
from tanhe.reading.understand.wording import wording

_NOTICE = re.compile(r"[\u4e00-\u9fff]{2,8}〔20\d\d〕\d+号|(?:国家[\u4e00-\u9fff]{4,12})?令?第17号令?|\d{2,4}号文")
_ABOUT_IT = re.compile("规则检查结果|复算对照|因子与依据|审阅意见")
_NOT = re.compile("不涉及|未备案|未对|没有|暂未|故不")


def claims(document: Document) -> Iterable[Claim]:
    """Every statement, each with its place."""
    return masked(_statements, document)


def _own(v: View) -> View:
    """The report without annexes that quote findings or repeat figures of both columns: they speak about it, not for it."""
    if not any(_ABOUT_IT.search(t.text) for t in v.outline.titles):
        return v
    out = v.outline
    lines = tuple(x for x in out.lines if not _ABOUT_IT.search(x.where))
    sheets = tuple(s for s in out.sheets if not _ABOUT_IT.search(s.where) and not _ABOUT_IT.search(s.caption))
    return View(Outline(out.document, lines, sheets, out.titles))


def _statements(whole: View) -> Iterator[Claim]:
    v = _own(whole)
    yield from _identity(v)
    yield from figures(v)
    yield from repeated(v)
    yield from _sayings(v)
    yield from _words(v)
    yield from numbering(v)
    yield from wording(v)
    for part in (told, residue, involved, formulas, named, headed, passages, evidence, named_again, repeated_results, structure, misprints, pointers, scales,
                 header_formulas, signers, derivations):
        yield from part(v)


def _identity(v: View) -> Iterator[Listed]:
    for label, said, where, _ in codes(v):
        yield statement("entity.uscc", said, where)
        yield statement("label.uscc", Said(label, said.place), where, text=said.text)
    for said, where in body_names(v):
        yield statement("body.name", said, where)
    if v.entity is not None:
        first = next((x for x in v.lines if x.zone == "cover" and x.kind != "heading" and fold(v.entity.text)[:4] in x.flat.text), None)
        if first is not None and re.fullmatch(r"[\u4e00-\u9fff（）()A-Za-z]{6,40}", first.flat.text):
            yield statement("entity.name", first.whole, first.where)
    for pair in v.pairs:
        if pair.name == "entity.name" and re.search("公司|厂|集团|院|所", pair.value.text) and len(pair.value.text) < 50:
            yield statement("entity.name", pair.value, pair.where)
        elif pair.name == "entity.address":
            yield statement("entity.address", pair.value, pair.where)
        elif pair.name == "industry":
            code, name = industry(pair.value)
            if code is not None:
                yield statement("entity.industry_code", code, pair.where)
            if name is not None:
                yield statement("entity.industry_name", name, pair.where)
        elif pair.name == "entity.industry_code":
            yield statement("entity.industry_code", pair.value, pair.where)


def _sayings(v: View) -> Iterator[Listed]:
    count = next((m["v"] for x in v.lines for about, p, _ in sayings() if about == "nc.count" and (m := p.search(x.flat.text))), "")
    done: set[tuple[str, str, str]] = set()
    for line in v.lines:
        if line.kind == "heading":
            continue
        text = line.flat.text
        for about, pattern, topics in sayings():
            if topics and line.topic not in topics.split() and line.zone not in topics.split():
                continue
            for match in pattern.finditer(text):
                value = line.said(*match.span("v")) if "v" in pattern.groupindex else Said("", line.place)
                if about == "entity.industry_name":
                    value = industry(value)[1] or value
                elif about in ("claim.all-nc-closed", "claim.nc-none"):
                    value = Said(count if about.endswith("closed") else "0", line.place)
                if about == "claim.monitoring-plan" and _NOT.search(_sentence(line, match.start())):
                    continue
                if (about, line.where, value.text) not in done:
                    done.add((about, line.where, value.text))
                    text_ = "" if about.startswith(("entity.", "nc.")) else _sentence(line, match.start())
                    yield statement(about, value, line.where, text=text_)
    absent = v.pair("report.initial")
    if absent is not None and re.search("未填报|未提交|未编制", absent.value.text):
        yield statement("claim.initial-absent", absent.value, absent.where)
    sampling = [(Said(c.text, c.place), s.where) for s in v.outline.sheets for row in s.grid for n, c in enumerate(row) if n and c is not None
                and fold(c.text) == "100%核查"]
    for said, where in sampling:
        yield statement("claim.sampling-100", said, where)


def _sentence(line: Line, at: int) -> str:
    text = line.flat.text
    start = max(text.rfind(mark, 0, at) for mark in "。;") + 1
    ends = [e for mark in "。;" if (e := text.find(mark, at)) >= 0]
    return line.flat.printed(start, min(ends) if ends else len(text))


def _words(v: View) -> Iterator[Listed]:
    done: set[tuple[str, str]] = set()
    cells = [(c, s.where) for s in v.outline.sheets for row in s.grid for c in row if c is not None and ("组" in c.text or "方" in c.text)]
    for cell, where in cells:
        for word in wrong_words():
            if word in words(cell) and (word, where) not in done:
                done.add((word, where))
                yield statement("vocabulary", Said(word, cell.place), where)
    for line in v.lines:
        text = line.flat.text
        for word in wrong_words():
            if word in text and (word, line.where) not in done:
                done.add((word, line.where))
                yield statement("vocabulary", Said(word, line.place), line.where)
        if line.topic != "criteria" and ("号" in text):
            for match in _NOTICE.finditer(text):
                said = line.said(*match.span())
                if (said.text, line.where) not in done:
                    done.add((said.text, line.where))
                    yield statement("criteria", said, line.where)
