"""Text from another report (误入的文字): companies, years and provinces that are not this dossier's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tanhe.checks.consistency._helpers import (
    PROVINCES_ZH,
    Text,
    boundary_texts,
    conclusions,
    narrative,
    several,
    shown,
    statements,
    table,
)
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, review
from tanhe.dossier.model import Dossier
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.factors.names import fold
from tanhe.messages import text

_COMPANY = re.compile(r"[\u4e00-\u9fff（）()A-Za-z0-9]*?(?:有限责任公司|股份有限公司|集团有限公司|有限公司)")
_RELATION = re.compile("上游|下游|客户|用户|供应|供货|供给|提供|供电|供热|供汽|供气|结算|电费|发票|采购|购自|购入|外购|销往|外售|售予|销售给|"
                       "股东|控股|隶属|出资|投资|母公司|子公司|分公司|前身|原名|更名|租赁|承租|出租|委托|外包|运维|维保|检测|校准|检定|签订")
_SERVICE = re.compile("国网|南方电网|电网|供电|供热|热力|燃气|天然气|水务|自来水|检测|计量|检验|校准|加油")
_LEAD = re.compile("上游|下游|客户|用户|供应商|供货方?|购自|购入|外购|采购|销往|外售|售予|销售给|股东|隶属|母公司|子公司|分公司|前身|原名|承租|出租给|委托|外包")
_FORM = re.compile("(?:其他|性质|类型|为)(?:有限责任公司|股份有限公司|有限公司)|^(?:有限责任公司|股份有限公司|有限公司)$")
_OTHERS = re.compile("上游|下游|客户|用户|供应商|股东|控股|隶属|母公司|子公司|分公司|前身|原名|更名|集团")
_ADDRESS = re.compile(rf"(?P<province>{'|'.join(PROVINCES_ZH)})(?:省|壮族自治区|回族自治区|维吾尔自治区|自治区)?(?P<city>[\u4e00-\u9fff]{{2,5}})市")
_STOP = re.compile(r"[，,。；;！!？?\n]")
_LISTED = re.compile(r"[，,、和及等\s]*")
CLAUSE = 80
"""Characters on either side of a name that are looked through for its clause."""

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年(?:度|\s*0?1\s*月\s*0?1\s*日\s*(?:至|到|起|~|～|—|–|-))")
_PRIOR = re.compile("上年|上一年|同比|相比|较|以来|历史|上次|起|通知|因子|指南|〔|新增")


def _official(d: Dossier) -> Iterator[Text]:
    """Texts that speak of this entity and year only."""
    yield from conclusions(d)
    yield from boundary_texts(d)
    yield from several(("purpose",), d.purpose)
    yield from several(("review_focus",), d.review_focus)
    yield ("report", "initial_version"), d.report.initial_version
    yield ("report", "final_version"), d.report.final_version


@check("CON040", Family.CONSISTENCY, "minor", needs=("entity.name",), clause="", covers=("I9",))
def foreign_company(c: Context) -> Iterator[Result]:
    """文中的企业名称都属于本案卷 | no other company's name in the texts"""
    d = c.dossier
    known = [fold(n) for n in (d.entity.name, d.client.name, d.body.name if d.body else "") if n]
    texts = [*_official(d), *narrative(d), *((("tables", n, "title"), t.title) for n, t in d.tables.items()),
             *((("documents", n, "title"), x.title) for n, x in enumerate(d.documents)),
             *several(("criteria",), d.criteria), *((("data", n, "item"), x.item) for n, x in d.data.items()),
             *((("data", n, "source"), x.source) for n, x in d.data.items())]
    seen: set[tuple[str, tuple[str | int, ...]]] = set()
    for path, words in texts:
        if "公司" not in words:
            continue
        listed, related = 0, False
        for match in _COMPANY.finditer(words):
            said = fold(match[0])
            related = _related(words, match) or (related and _LISTED.fullmatch(words, listed, match.start()) is not None)
            listed = match.end()
            if related or said in ("有限公司", "股份有限公司") or _SERVICE.search(match[0]) or (said, path) in seen:
                continue
            if any(said.endswith(n) or (n.endswith(said) and len(said) > 6) for n in known):
                continue
            seen.add((said, path))
            yield fail(text(f"{shown(path)}出现“{match[0][-24:]}”，不是受核查方、委托方或核查机构。若是他处文字误入请改写，否则说明其关系",
                            f"{shown(path)} names {match[0][-24:]!r}, which is neither the entity, the client nor the verification "
                            "body. Rewrite the passage if it comes from another report, else say how it is related"),
                       f"{shown(path)}/{match[0][-24:]}", (*c.place(*path), *c.place("entity", "name")))
    yield from _companies_told(c, known, {name for name, _ in seen})


def _companies_told(c: Context, known: list[str], seen: set[str]) -> Iterator[Result]:
    """Companies in text that the dossier does not hold as such (statements of a report read from a file)."""
    for said in statements(c, "company"):
        match = _COMPANY.search(said.spec.text, max(0, said.spec.text.find(said.spec.value[-6:]) - len(said.spec.value)))
        name = fold(said.spec.value)
        if name in seen or _SERVICE.search(said.spec.value) or _FORM.search(said.spec.value) or any(name.endswith(n) for n in known):
            continue
        if any(n.endswith(name) and len(name) > 6 for n in known) or _OTHERS.search(said.spec.text) or (match and _related(said.spec.text, match)):
            continue
        seen.add(name)
        yield fail(text(f"{said.where}出现“{said.spec.value[-24:]}”，不是受核查方、委托方或核查机构。若是他处文字误入请改写，否则说明其关系",
                        f"{said.where} names {said.spec.value[-24:]!r}, which is neither the entity, the client nor the verification body. "
                        "Rewrite the passage if it comes from another report, else say how it is related"),
                   f"company/{said.spec.value[-24:]}", (*said.places, *c.place("entity", "name")))


def _related(words: str, company: re.Match[str]) -> bool:
    """Whether the clause says how a company is related to the entity; the match may begin with such words (上游为…)."""
    before, after = words[max(0, company.start() - CLAUSE):company.start()], words[company.end():company.end() + CLAUSE]
    return bool(_LEAD.search(company[0]) or _RELATION.search(_STOP.split(before)[-1]) or _RELATION.search(_STOP.split(after, maxsplit=1)[0]))


@check("CON041", Family.CONSISTENCY, "minor", needs=("year",), clause="", covers=("C3",))
def reporting_year(c: Context) -> Iterator[Result]:
    """文中的核算年度都是本年度 | the reporting year is the same wherever it is named"""
    d = c.dossier
    tables = [(("tables", n, "title"), re.sub(r"^(20\d\d)\s*年(?!度)", r"\1年度", t.title)) for n, t in d.tables.items()]
    for path, words in (t for t in [*_official(d), *tables] if t[0] != ("conclusions", "fluctuation")):
        for match in _YEAR.finditer(words):
            clause = re.split("[，。；]", words[:match.start()])[-1] + words[match.start(): match.end() + 12]
            if int(match[1]) != d.year and not _PRIOR.search(clause):
                yield fail(text(f"{shown(path)}写作{match[1]}年度，核算年度为{d.year}。请改正或说明",
                                f"{shown(path)} says {match[1]}, the reporting year is {d.year}. Correct or explain"),
                           f"{shown(path)}/{match[1]}", (*c.place(*path), *c.place("year")))
    for said in statements(c, "year"):
        if said.spec.value != str(d.year):
            yield fail(text(f"{said.where}写作{said.spec.value}年（“{said.spec.text[:40]}”），核算年度为{d.year}。请改正或说明",
                            f"{said.where} says {said.spec.value} ({said.spec.text[:40]!r}), the reporting year is {d.year}. Correct or explain"),
                       f"{said.where}/{said.spec.value}", (*said.places, *c.place("year")))
    for said in statements(c, "period"):
        yield fail(text(f"{said.where}的报告期写作“{said.spec.value}”，核算年度为{d.year}年1月1日至12月31日。请改正或说明",
                        f"{said.where} tells the period {said.spec.value!r}; the reporting year is 1 January to 31 December {d.year}. Correct or "
                        "explain"), f"period/{said.where}", (*said.places, *c.place("year")))


@check("CON042", Family.CONSISTENCY, "editorial", clause="", covers=("I11",))
def notices(c: Context) -> Iterator[Result]:
    """所引年度通知与数据年度相称 | a cited annual notice fits the data year"""
    d = c.dossier
    texts = [*several(("criteria",), d.criteria), *several(("purpose",), d.purpose), *conclusions(d),
             *((("statements", n), s.value) for n, s in enumerate(d.statements) if s.about == "criteria")]
    if not d.criteria and not d.purpose:
        yield not_applicable(text("没有核查准则", "no criteria"))
    known = [(re.compile(row["pattern"]), row) for row in table("notices.csv")]
    found: dict[tuple[str, str], list[tuple[str | int, ...]]] = {}
    for path, words in texts:
        named = re.search(r"做好\s*(20\d\d)(?:[-—~至、和及]+(20\d\d))?\s*年", words)
        if named and not int(named[1]) <= d.year <= int(named[2] or named[1]):
            found.setdefault((named[0], named[1]), []).append(path)
            continue
        for pattern, row in known:
            if pattern.search(words) and not int(row["first_year"]) <= d.year <= int(row["last_year"]):
                found.setdefault((row["title"], row["first_year"]), []).append(path)
    for (title, year), paths in found.items():
        where = "、".join(d.statements[int(p[1])].where if p[0] == "statements" else shown(p) for p in paths)
        yield fail(text(f"{where}引用“{title}”，它针对{year}年度的数据，而核算年度为{d.year}。请引用当年的通知",
                        f"{where}: {title!r} is for data of {year}; the reporting year is {d.year}. Cite the notice of that year"),
                   f"notice/{year}/{title[:12]}", [p for path in paths for p in c.place(*path)] + list(c.place("year")))


@check("CON043", Family.CONSISTENCY, "minor", needs=("entity.province",), clause="", covers=("C3",))
def foreign_province(c: Context) -> Iterator[Result]:
    """地址与边界中的省份是本企业的省份 | province of addresses and boundary is the entity's"""
    d = c.dossier
    try:
        own = library().province(d.entity.province).name_zh
    except FactorNotFound:
        return
    names = [p for p in PROVINCES_ZH if p != own[:2] and p not in own]
    texts = [*several(("boundary", "sites"), d.boundary.sites), (("boundary", "description"), d.boundary.description),
             (("entity", "address"), d.entity.address), (("entity", "registered_address"), d.entity.registered_address),
             *([(("client", "address"), d.client.address)] if d.client.is_entity and d.client.address != d.entity.address else []),
             *several(("scope",), d.scope)]
    for path, words in texts:
        for match in re.finditer(rf"(?:^|[^\u4e00-\u9fff]|位于|在|为)({'|'.join(names)})(?:省|市|自治区|壮族|回族|维吾尔)", words):
            yield review(text(f"{shown(path)}写到“{match[1]}”，企业所在省份为{own}。请改正，或说明异地场所是否列入边界",
                              f"{shown(path)} says {match[1]!r}, the entity's province is {own}. Correct it, or say whether the "
                              "other site is inside the boundary"), f"{shown(path)}/{match[1]}",
                         (*c.place(*path), *c.place("entity", "province")))
    yield from _cities(c, [*texts, (("client", "address"), d.client.address)])
    told = {words for _, words in texts}
    for said in statements(c, "entity.province.told"):
        if said.spec.value in names and not any(said.spec.text[:20] in fold(words) for words in told if words):
            yield review(text(f"{said.where}写到“{said.spec.value}”（“{said.spec.text[:40]}”），企业所在省份为{own}。请改正，或说明异地场所是否列入边界",
                              f"{said.where} says {said.spec.value!r} ({said.spec.text[:40]!r}), the entity's province is {own}. Correct it, or say "
                              "whether the other site is inside the boundary"), f"told/{said.where}/{said.spec.value}",
                         (*said.places, *c.place("entity", "province")))


@lru_cache(maxsize=1)
def _city() -> dict[str, str]:
    """The province of every prefecture-level city (地级市)."""
    return {city: row["province"] for row in table("cities.csv") for city in row["cities"].split()}


def _cities(c: Context, texts: list[Text]) -> Iterator[Result]:
    """An address whose city lies in another province than the one before it."""
    for path, words in texts:
        match = _ADDRESS.match(fold(words))
        if match and _city().get(match["city"], match["province"]) != match["province"]:
            yield fail(text(f"{shown(path)}的地址写“{match[0]}”，{match['city']}市属于{_city()[match['city']]}。请改正",
                            f"{shown(path)} has the address {match[0]!r}; {match['city']} lies in {_city()[match['city']]}. Correct it"),
                       f"{shown(path)}/city", c.place(*path))
