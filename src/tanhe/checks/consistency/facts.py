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
_MONEY = re.compile(
    r"(?P<word>营业收入|销售收入|总产值|产值|净?利润|税[费金]|总资产|固定资产)[^，。；]{0,3}?(?:(?P<year>20\d\d)\s*年)?"
    r"[^，。；\d]{0,5}(?P<value>\d[\d,.]*\s*[余多]?)\s*(?P<unit>万元|亿元|元)")
_FIELDS = {"营业收入": "revenue", "销售收入": "revenue", "总产值": "gross_output", "产值": "gross_output", "利润": "profit",
           "净利润": "profit", "税费": "tax", "税金": "tax", "总资产": "total_assets", "固定资产": "fixed_assets"}


@check("CON025", Family.CONSISTENCY, "minor", clause="", covers=("I9", "T1"))
def facts(c: Context) -> Iterator[Result]:
    """日期、地址、编号等在各处相同 | dates, addresses and numbers are the same wherever printed"""
    found = [s for s in statements(c, "dates.", "entity.", "body.", "report.", "client.", "supplementary.")
             if not s.about.endswith(".total") and s.about not in ("entity.uscc", "entity.name", "body.name", "client.name", "entity.industry_name",
                                "entity.industry_code", "entity.employees")]
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


@check("CON028", Family.CONSISTENCY, "minor", needs=("entity.profile",), clause="", covers=("A21",))
def profile_figures(c: Context) -> Iterator[Result]:
    """企业简介中的产量和金额与各表相同 | output and money in the profile are those of the tables"""
    d, words = c.dossier, c.dossier.entity.profile
    for match in _MONEY.finditer(words):
        name = _FIELDS[match["word"]]
        year = match["year"] or _year_before(words, match.start())
        rows = [(n, r) for n, r in enumerate(d.economics) if getattr(r, name) is not None and year in (None, str(r.year))]
        number = claim(match["value"].replace(" ", ""))
        stated = any(s.about.startswith("economics.") and s.about.endswith(name) for s in d.statements)
        own = [(converted(getattr(r, name), "万元", match["unit"]), n) for n, r in rows]
        if number is None or stated or not own or any(v is not None and number.agrees(v) for v, _ in own):
            continue
        yield _profile(c, match[0], f"{plain(own[0][0])}{match['unit']}" if own[0][0] is not None else "",
                       f"economics/{name}/{year or ''}", ("economics", own[0][1], name))
    for n, product in enumerate(d.products):
        near = re.search(rf"{re.escape(product.name)}(?:产量)?(?:为|达|约)?\s*(\d[\d,.]*\s*[余多]?)\s*(万?吨|t|万?台|万?套|万?件)(?![/／每])", words)
        if near is None or product.output is None:
            continue
        number = claim(near[1].replace(" ", ""))
        values = [converted(p.output, p.unit, near[2]) for p in d.products if p.name == product.name and p.output is not None]
        if number is not None and None not in values and not any(v is not None and number.agrees(v) for v in values):
            yield _profile(c, near[0], f"{plain(product.output)}{product.unit}", f"products/{product.name}", ("products", n, "output"))


def _year_before(words: str, at: int) -> str | None:
    years: list[str] = re.findall(r"20\d\d", re.split("[。；]", words[:at])[-1])
    return years[-1] if years else None


def _profile(c: Context, printed: str, own: str, datum: str, path: Path) -> Result:
    return fail(text(f"企业简介写作“{printed}”，表中为 {own}。请按统计报表统一", f"the profile says {printed!r}, the table {own}. "
                     "Settle by the statistics"), datum, (*c.place("entity", "profile"), *c.place(*path)))


@check("CON016", Family.CONSISTENCY, "editorial", needs=("entity.address",), clause="", covers=("I9",))
def addresses(c: Context) -> Iterator[Result]:
    """受核查方、委托方和边界的地址相符 | addresses of entity, client and boundary agree"""
    d = c.dossier
    own = [a for a in (d.entity.address, d.entity.registered_address) if a]
    texts: list[tuple[Path, str]] = [(("boundary", "sites", n), site) for n, site in enumerate(d.boundary.sites[:1])]
    texts += [(("entity", "registered_address"), d.entity.registered_address)] if d.entity.registered_address else []
    if d.client.is_entity and d.client.address:
        texts.append((("client", "address"), d.client.address))
    if not texts:
        yield not_applicable(text("没有第二处地址", "there is no second address"))
    for path, words in texts:
        exact, main = path[0] == "client", own[0]
        slip = _squeezed(words) != _squeezed(main) and re.sub(r"[\d\s]", "", words) == re.sub(r"[\d\s]", "", main)
        far = path[0] != "entity" and max(likeness(words, a) for a in own) < 0.5
        if slip or far or (exact and not any(_squeezed(words) == _squeezed(a) for a in own)):
            yield review(text(f"{'.'.join(map(str, path))}的地址为“{words}”，受核查方地址为“{own[0]}”。请核对，或说明为何不同",
                              f"the address at {'.'.join(map(str, path))} is {words!r}, the entity's {own[0]!r}. Check it or say why"),
                         f"address/{path[0]}/{path[1]}", (*c.place(*path), *c.place("entity", "address")))


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


@check("CON029", Family.CONSISTENCY, "minor", needs=("conclusions.fluctuation",), clause="", covers=("A23", "C3"))
def fluctuation_figures(c: Context) -> Iterator[Result]:
    """波动说明中的产量、排放量和百分比由案卷数值得出 | figures told about fluctuation follow from the dossier"""
    d, words = c.dossier, c.dossier.conclusions.fluctuation
    outputs = [(p.output, p.unit, p.year) for p in d.products if p.output is not None]
    outputs += [(e.output, e.output_unit, e.year) for e in d.economics if e.output is not None]
    now = [v for v in (c.inventory.including.reported, c.inventory.excluding.reported, c.inventory.including.verified_value) if v is not None]
    before = [n.low for s in statements(c, "previous.") if (n := claim(s.spec.value)) is not None]
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
