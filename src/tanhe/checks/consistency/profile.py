"""The profile of the enterprise (企业简介): its figures are those of the tables (A21)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tanhe.checks.consistency._helpers import claim, converted
from tanhe.checks.engine import Context, Family, Result, check, fail
from tanhe.dossier.model import Path
from tanhe.dossier.operations import Product
from tanhe.messages import text
from tanhe.quantity.quantity import plain

_NUMBER = r"\d[\d,.]*\d|\d"
_MONEY = re.compile(
    r"(?P<word>营业收入|销售收入|总产值|产值|净?利润|税[费金]|总资产|固定资产)(?!投资)[^，。；]{0,3}?(?:(?P<year>20\d\d)\s*年)?"
    rf"[^，。；\d]{{0,5}}(?P<value>(?:{_NUMBER})\s*[余多]?)\s*(?P<unit>万元|亿元|元)")
_FIELDS = {"营业收入": "revenue", "销售收入": "revenue", "总产值": "gross_output", "产值": "gross_output", "利润": "profit",
           "净利润": "profit", "税费": "tax", "税金": "tax", "总资产": "total_assets", "固定资产": "fixed_assets"}
_AMOUNT = rf"(?P<value>(?:{_NUMBER})\s*[余多]?)\s*(?P<unit>万?(?:吨|t|台|套|件|只|辆|支|个|块))(?![A-Za-z])(?P<per>\s*[/／每]\s*[年a])?"
_EDGE = r"(?:(?<![\u4e00-\u9fff])|(?<=[产为和及与有含]))"
_CAPACITY = re.compile("设计|产能|能力|规模")
_STAFF = re.compile(rf"(?:员工|职工|从业人员|在册人员|在岗人员)(?:总数|人数)?[^，。；\d其]{{0,4}}(?P<value>(?:{_NUMBER})\s*[余多]?)\s*[人名]")
_FOUNDED = re.compile(r"(?:成立|设立|创立)(?:时间)?[于为：:\s]*(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?"
                      r"|(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?\s*(?:注册|正式)?(?:成立|设立|创立)")
_EARLIER = re.compile("前身|改制|原名|集团|母公司|子公司|分公司")


@check("CON028", Family.CONSISTENCY, "minor", needs=("entity.profile",), clause="", covers=("A21",))
def profile_figures(c: Context) -> Iterator[Result]:
    """企业简介中的产量、产能、金额、人数和成立时间与各表相同 | output, capacity, money, staff and founding in the profile are the tables'"""
    words = c.dossier.entity.profile
    yield from _money(c, words)
    yield from _products(c, words)
    yield from _staff(c, words)
    yield from _founding(c, words)


def _money(c: Context, words: str) -> Iterator[Result]:
    d = c.dossier
    for match in _MONEY.finditer(words):
        name = _FIELDS[match["word"]]
        year = match["year"] or _year_before(words, match.start())
        rows = [(n, r) for n, r in enumerate(d.economics) if getattr(r, name) is not None and year in (None, str(r.year))]
        number = claim(match["value"].replace(" ", ""))
        own = [(converted(getattr(r, name), "万元", match["unit"]), n) for n, r in rows]
        if number is None or not own or any(v is not None and number.agrees(v) for v, _ in own) or _stated(c, name, match):
            continue
        yield _differs(c, match[0], f"{plain(own[0][0])}{match['unit']}" if own[0][0] is not None else "",
                       f"economics/{name}/{year or ''}", ("economics", own[0][1], name))


def _stated(c: Context, name: str, match: re.Match[str]) -> bool:
    """Whether the same figure stands among the statements, which CON022 compares."""
    said = match["value"].replace(" ", "")
    return any(s.value.replace(" ", "") == said for s in c.dossier.statements
               if s.about.startswith("economics.") and s.about.endswith(f".{name}"))


def _products(c: Context, words: str) -> Iterator[Result]:
    """Output and capacity of a product, the figure before or after its name."""
    listed: dict[str, list[tuple[int, Product]]] = {}
    for n, product in enumerate(c.dossier.products):
        if product.name in words:
            listed.setdefault(product.name, []).append((n, product))
    for name, rows in listed.items():
        after = rf"{_EDGE}{re.escape(name)}(?P<gap>[^，。；、\d]{{0,8}}?)\s*(?:{_AMOUNT})"
        before = rf"(?:{_AMOUNT})的?{re.escape(name)}"
        found = [(m, m["gap"]) for m in re.finditer(after, words)] + [(m, "") for m in re.finditer(before, words)]
        for match, gap in found:
            number = claim(match["value"].replace(" ", ""))
            clause = re.split("[。；]", words[:match.start()])[-1] + gap
            able = bool(match["per"] or _CAPACITY.search(clause))
            own = list(_amounts(rows, match["unit"], able))
            if number is not None and own and not any(number.agrees(v) for v, _, _ in own):
                value, n, field = own[0]
                yield _differs(c, match[0], f"{plain(value)}{match['unit']}", f"products/{name}", ("products", n, field))
                break


def _amounts(rows: list[tuple[int, Product]], unit: str, able: bool) -> Iterator[tuple[Decimal, int, str]]:
    """A product's outputs and capacities in the unit of the text; only capacities where it speaks of them."""
    for n, product in rows:
        for field, value, given in (("output", product.output, product.unit), ("capacity", product.capacity, product.capacity_unit)):
            if value is None or (able and field == "output"):
                continue
            bare = re.sub(r"\s*[/／每]\s*[年a].*$|（.*）|\(.*\)", "", given)
            inside = converted(value, bare, unit)
            if inside is not None:
                yield inside, n, field


def _staff(c: Context, words: str) -> Iterator[Result]:
    d = c.dossier
    own: list[tuple[Decimal, Path]] = [(d.entity.employees, ("entity", "employees"))] if d.entity.employees is not None else []
    own += [(r.employees, ("economics", n, "employees")) for n, r in enumerate(d.economics) if r.employees is not None]
    for match in _STAFF.finditer(words) if own else ():
        number = claim(match["value"].replace(" ", ""))
        if number is not None and not any(number.agrees(v) for v, _ in own):
            yield _differs(c, match[0], f"{plain(own[0][0])}人", "employees", own[0][1])
            return


def _founding(c: Context, words: str) -> Iterator[Result]:
    own = [int(part) for part in re.findall(r"\d+", c.dossier.entity.founded)]
    for match in _FOUNDED.finditer(words) if own else ():
        said = [int(part) for part in match.groups() if part]
        clause = re.split("[，。；]", words[:match.start()])[-1]
        if not _EARLIER.search(clause) and any(a != b for a, b in zip(said, own, strict=False)):
            yield _differs(c, match[0], c.dossier.entity.founded, "founded", ("entity", "founded"))
            return


def _year_before(words: str, at: int) -> str | None:
    years: list[str] = re.findall(r"20\d\d", re.split("[。；]", words[:at])[-1])
    return years[-1] if years else None


def _differs(c: Context, printed: str, own: str, datum: str, path: Path) -> Result:
    return fail(text(f"企业简介写作“{printed}”，表中为 {own}。请按统计报表和营业执照统一", f"the profile says {printed!r}, the table {own}. "
                     "Settle by the statistics and the licence"), datum, (*c.place("entity", "profile"), *c.place(*path)))
