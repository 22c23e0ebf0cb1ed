"""Repeated facts (重复出现的事实): dates, addresses, report versions, figures inside running text (C3, A21)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.consistency._helpers import claim, converted, silent, statements
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, review
from tanhe.checks.names import likeness
from tanhe.dossier.model import Path
from tanhe.messages import text
from tanhe.quantity.quantity import plain
from tanhe.quantity.rounding import half_up

_DAY = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?")


@check("CON025", Family.CONSISTENCY, "minor", clause="", covers=("I9", "T1"))
def facts(c: Context) -> Iterator[Result]:
    """日期、地址、编号等在各处相同 | dates, addresses and numbers are the same wherever printed"""
    found = [s for s in statements(c, "dates.", "entity.", "body.", "report.", "client.", "supplementary.")
             if not s.about.endswith(".total") and s.about not in ("entity.uscc", "entity.name", "body.name", "client.name", "entity.industry_name",
                                "entity.industry_code", "entity.employees", "entity.province.told")]
    if not found:
        yield silent(c, text("日期、地址、编号", "dates, addresses, numbers"))
    for said in found:
        head, _, name = said.about.partition(".")
        own = _unit_name(c, name) if head == "supplementary" else getattr(getattr(c.dossier, head), name, None)
        if own in (None, "") or _date_or_word(str(own)) == _date_or_word(said.spec.value):
            continue
        yield fail(text(f"{said.about}：{said.where}印作“{said.spec.value}”，案卷别处为“{own}”。请统一",
                        f"{said.about}: {said.where} prints {said.spec.value!r}, elsewhere it is {str(own)!r}. Make them agree"),
                   f"{said.about}/{said.where}", (*said.places, *c.place(head, name)),
                   severity="minor" if head in ("dates", "report") else "editorial")


def _unit_name(c: Context, name: str) -> str | None:
    """The name of a supplementary table's unit for ``PRODUCT.unit_name``."""
    product, _, part = name.rpartition(".")
    return next((u.unit_name for u in c.dossier.supplementary if part == "unit_name" and u.product == product), None)


def _date_or_word(printed: str) -> str:
    match = _DAY.fullmatch(printed.strip())
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else _squeezed(printed)


@check("CON016", Family.CONSISTENCY, "editorial", needs=("entity.address",), clause="", covers=("I9",))
def addresses(c: Context) -> Iterator[Result]:
    """受核查方、委托方和边界的地址相符 | addresses of entity, client and boundary agree"""
    d = c.dossier
    own = [a for a in (d.entity.address, d.entity.registered_address) if a]
    texts: list[tuple[Path, str]] = [(("boundary", "sites", n), site) for n, site in enumerate(d.boundary.sites[:1])]
    texts += [(("entity", "registered_address"), d.entity.registered_address)] if d.entity.registered_address else []
    if d.client.is_entity and d.client.address:
        texts.append((("client", "address"), d.client.address))
    if not texts and not statements(c, "street"):
        yield not_applicable(text("没有第二处地址", "there is no second address"))
    for path, words in texts:
        exact, main = path[0] == "client", own[0]
        slip = _squeezed(words) != _squeezed(main) and re.sub(r"[\d\s]", "", words) == re.sub(r"[\d\s]", "", main)
        far = path[0] != "entity" and max(likeness(words, a) for a in own) < 0.5
        if slip or far or (exact and not any(_squeezed(words) == _squeezed(a) for a in own)):
            yield review(text(f"{'.'.join(map(str, path))}的地址为“{words}”，受核查方地址为“{own[0]}”。请核对，或说明为何不同",
                              f"the address at {'.'.join(map(str, path))} is {words!r}, the entity's {own[0]!r}. Check it or say why"),
                         f"address/{path[0]}/{path[1]}", (*c.place(*path), *c.place("entity", "address")))


    yield from _streets(c, own)


_STREET = re.compile(r"(?P<s>[\u4e00-\u9fff]{1,6}(?:路|街|大道|大街|巷))(?P<p>[东西南北中]?段?)(?P<v>\d{1,5})号")


def _streets(c: Context, own: list[str]) -> Iterator[Result]:
    """Another number of the entity's street in text or in another table."""
    numbers: dict[str, set[str]] = {}
    for address in own:
        for match in _STREET.finditer(_squeezed(address)):
            numbers.setdefault((match["s"] + match["p"])[-3:], set()).add(match["v"])
    for said in statements(c, "street"):
        known = numbers.get(said.spec.text[-3:], set())
        if known and said.spec.value not in known:
            yield review(text(f"{said.where}的地址为“{said.spec.text}{said.spec.value}号”，受核查方地址为“{own[0]}”。请核对，或说明为何不同",
                              f"{said.where} has {said.spec.text}{said.spec.value}号, the entity's address is {own[0]!r}. Check it or say why"),
                         f"street/{said.where}", (*said.places, *c.place("entity", "address")))


def _squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


@check("CON017", Family.CONSISTENCY, "minor", needs=("report",), clause="", covers=("I9", "T1"))
def version_dates(c: Context) -> Iterator[Result]:
    """报告版本和文件清单中的日期与时间安排相同 | dates of report versions agree with the schedule"""
    d = c.dossier
    texts: list[tuple[Path, str, str]] = [
        (("report", "initial_version"), d.report.initial_version, "initial_report"),
        (("report", "final_version"), d.report.final_version, "final_report"),
    ]
    for n, document in enumerate(d.documents):
        kind = "initial_report" if "初始" in document.title else "final_report" if "最终" in document.title else ""
        if kind and document.date and "排放报告" in document.title:
            texts.append((("documents", n), document.date.isoformat(), kind))
    for path, words, name in texts:
        match, own = _DAY.search(words), getattr(d.dates, name)
        if match and own and (int(match[1]), int(match[2]), int(match[3])) != (own.year, own.month, own.day):
            yield fail(text(f"{'.'.join(map(str, path))}的日期为 {match[0]}，时间安排（{name}）为 {own}。请统一",
                            f"{'.'.join(map(str, path))} is dated {match[0]}, the schedule ({name}) says {own}. Make them agree"),
                       f"{name}/{path[0]}", (*c.place(*path), *c.place("dates", name)))


_LAST_YEAR = re.compile(r"(?P<y>20\d\d|上)\s*年度?[^\d。；;，,]{0,14}?(?P<v>\d[\d,]*(?:\.\d+)?)\s*(?:tCO2e?|吨(?:CO2|二氧化碳))")
"""An emission of the year before told in the sentence itself."""


@check("CON029", Family.CONSISTENCY, "minor", needs=("conclusions.fluctuation",), clause="", covers=("A23", "C3"))
def fluctuation_figures(c: Context) -> Iterator[Result]:
    """波动说明中的产量、排放量和百分比由案卷数值得出 | figures told about fluctuation follow from the dossier"""
    d, words = c.dossier, c.dossier.conclusions.fluctuation
    outputs = [(p.output, p.unit, p.year) for p in d.products if p.output is not None]
    outputs += [(e.output, e.output_unit, e.year) for e in d.economics if e.output is not None]
    now = [v for v in (c.inventory.including.reported, c.inventory.excluding.reported, c.inventory.including.verified_value) if v is not None]
    before = [n.low for s in statements(c, "previous.") if (n := claim(s.spec.value)) is not None]
    before += [n.low for m in _LAST_YEAR.finditer(words) if m["y"] in ("上", str(d.year - 1)) and (n := claim(m["v"])) is not None]
    shares = [(a - b) / b * 100 for a in now for b in before if b]
    made = {year: [v for v, _, y in outputs if y == year] for year in (d.year, d.year - 1)}
    shares += [(a - b) / b * 100 for a in made[d.year] for b in made[d.year - 1] if b]
    for match in re.finditer(r"(\d[\d,]*(?:\.\d+)?)\s*(%|万?tCO2e?|万?吨CO2|万?吨(?!标|CO|二氧化碳))", words):
        number = claim(match[1])
        if match[2] == "%":
            known = [abs(v) for v in shares]
        elif "CO2" in match[2]:
            known = [v / (10000 if match[2].startswith("万") else 1) for v in now + before] if before else []
        else:
            known = [v for w, unit, _ in outputs if (v := converted(w, unit, match[2])) is not None]
        if number is not None and known and not any(number.agrees(v) for v in known):
            yield fail(text(f"波动说明写作“{match[0]}”，由案卷的排放量和产量得不出此数（{'、'.join(plain(half_up(v, number.digits)) for v in known[:6])}）。请改正",
                            f"the text on fluctuation says {match[0]!r}; emissions and output of the dossier give "
                            f"{', '.join(plain(half_up(v, number.digits)) for v in known[:6])}. Correct it"),
                       f"fluctuation/{match[2]}/{match.start()}", c.place("conclusions", "fluctuation"))
