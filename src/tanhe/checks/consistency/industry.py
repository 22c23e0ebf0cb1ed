"""Industry and products (行业与产品): every mention agrees, products fit the industry and their unit (I5, I7, I8, A22)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tanhe.checks.consistency._helpers import Text, narrative, shown, statements, table
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, review
from tanhe.dossier.model import Dossier
from tanhe.dossier.places import Place
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.factors.model import IndustryClass
from tanhe.factors.names import fold
from tanhe.messages import TanheError, text
from tanhe.quantity.units import unit

_BELONGS = re.compile(r"(?<!不)属于?([\u4e00-\u9fff、]{2,20}?(?:制造业|行业|工业|制品业|加工业))")
_TAIL = re.compile(r"(制造业|加工业|制造|加工|行业|工业|业)$")
_GENERIC = re.compile(r"设备|产品|制造|生产|加工|系列|材料|其他|有限|公司|项目|相关")


@lru_cache(maxsize=256)
def _classes(code: str, stated: str) -> list[IndustryClass]:
    """The class of a code and those above it, in the stated edition or, none stated, in any."""
    bare = re.sub(r"^[A-Za-z]", "", code.strip())
    if not bare:
        return []
    said = re.search(r"(2011|2017)", stated)
    for edition in (said[1],) if said else ("2017", "2011"):
        found = []
        for length in (4, 3, 2):
            try:
                found.append(library().industry_class(bare[:length], edition))
            except FactorNotFound:
                continue
        if found and found[0].code == bare:
            return found
    return []


def _core(name: str) -> str:
    return _TAIL.sub("", fold(name))


def _alike(one: str, other: str) -> bool:
    a, b = _core(one), _core(other)
    return bool(a and b) and (a in b or b in a)


@check("CON030", Family.CONSISTENCY, "editorial", clause="GB/T 4754", covers=("I8",))
def industry_mentions(c: Context) -> Iterator[Result]:
    """各处所称行业相同 | every mention names the same industry"""
    d = c.dossier
    own = [d.entity.industry_name, *(k.name_zh for k in _classes(d.entity.industry_code, d.entity.industry_edition))]
    own = [name for name in own if name]
    if not own:
        yield not_applicable(text("案卷没有行业名称", "the dossier names no industry"))
        return
    for said in statements(c, "entity.industry_name", "entity.industry_code"):
        if said.about.endswith("code"):
            agrees = re.sub(r"\D", "", said.spec.value) == re.sub(r"\D", "", d.entity.industry_code)
        else:
            coded = bool(d.entity.industry_code)
            agrees = any(_core(said.spec.value) == _core(n) if coded else _alike(said.spec.value, n) for n in own)
        if not agrees and (said.about.endswith("name") or d.entity.industry_code):
            yield _other_industry(c, said.where, said.spec.value, f"{said.about}/{said.spec.value}", said.places)
    titles = [c.inventory.guideline.title]
    for path, words in narrative(d):
        for match in _BELONGS.finditer(words):
            if not any(_alike(match[1], name) for name in own) and not any(_core(match[1]) in t for t in titles):
                yield _other_industry(c, shown(path), match[1], f"industry/{match[1]}", c.place(*path))


def _other_industry(c: Context, where: str, printed: str, datum: str, places: tuple[Place, ...]) -> Result:
    entity = c.dossier.entity
    own = f"{entity.industry_code} {entity.industry_name}".strip()
    return fail(text(f"{where}称行业为“{printed}”，基本信息为“{own}”。请统一；若是他处文字误入，请改写该段",
                     f"{where} names the industry {printed!r}, the basic information {own!r}. Make them agree; rewrite the "
                     "passage if it comes from another report"), datum,
                (*places, *c.place("entity", "industry_name")))


@check("CON031", Family.CONSISTENCY, "editorial", needs=("entity.industry_code",), clause="GB/T 4754", covers=("I5",))
def industry_code(c: Context) -> Iterator[Result]:
    """行业代码存在于所用版本，名称与代码相符 | the industry code exists in its edition and has that name"""
    entity = c.dossier.entity
    found = _classes(entity.industry_code, entity.industry_edition)
    edition = entity.industry_edition or "GB/T 4754-2017/2011"
    if not found:
        yield fail(text(f"{edition} 没有代码 {entity.industry_code}。请按营业执照的主营业务重新选取",
                        f"{edition} has no code {entity.industry_code}. Choose again by the main business"),
                   f"industry/{entity.industry_code}", c.place("entity", "industry_code"))
    elif entity.industry_name and not any(_core(entity.industry_name) == _core(k.name_zh) for k in found):
        yield fail(text(f"代码 {entity.industry_code} 在 GB/T 4754-{found[0].edition} 中为“{found[0].name_zh}”，案卷写作"
                        f"“{entity.industry_name}”。请统一", f"{entity.industry_code} means {found[0].name_zh!r} in GB/T 4754-"
                        f"{found[0].edition}; the dossier says {entity.industry_name!r}. Make them agree"),
                   f"industry/{entity.industry_code}/name", (*c.place("entity", "industry_code"),
                                                              *c.place("entity", "industry_name")))


def divisions(d: Dossier) -> set[str]:
    """The two-digit divisions the entity's industry may belong to; empty when not known."""
    code = re.sub(r"^[A-Za-z]", "", d.entity.industry_code.strip())
    if len(code) >= 2:
        return {code[:2]}
    return {v for row in table("industry_words.csv") if row["word"] in d.entity.industry_name for v in row["divisions"].split()}


@check("CON032", Family.CONSISTENCY, "minor", clause="", covers=("I7",))
def products_fit(c: Context) -> Iterator[Result]:
    """主营产品与行业、经营范围和企业名称相称 | the main products fit industry, business scope and name"""
    d = c.dossier
    own = divisions(d)
    texts: list[Text] = [(("products", n), p.name) for n, p in enumerate(d.products)]
    texts += [(("entity", "profile"), part) for part in re.split(r"[。；]", d.entity.profile) if re.search("生产|主营|产品", part)]
    if not texts:
        yield not_applicable(text("没有产品或企业简介", "no products, no profile"))
        return
    hits = [(path, row) for path, words in texts for row in table("product_words.csv") if row["word"] in words]
    if own and hits and not any(own & set(row["divisions"].split()) for _, row in hits):
        words = "、".join(dict.fromkeys(row["word"] for _, row in hits))
        yield review(text(f"所述产品（{words}）属 GB/T 4754 第{'、'.join(sorted({v for _, r in hits for v in r['divisions'].split()}))}类，"
                          f"行业却为“{d.entity.industry_name}”（第{'、'.join(sorted(own))}类）。请核对营业执照；若是他处文字误入，请改写",
                          f"the products named ({words}) do not belong to the industry {d.entity.industry_name!r} (division "
                          f"{', '.join(sorted(own))}). Check the licence; rewrite the passage if it comes from another report"),
                     "products/industry", [p for path, _ in hits for p in c.place(*path)][:1] + list(c.place("entity", "industry_name")))
    scope = d.entity.business_scope + d.entity.name + d.entity.industry_name
    if d.entity.business_scope and d.products and not _shares(d.products[0].name, scope):
        name = d.products[0].name
        yield review(text(f"主营产品“{name}”不见于经营范围。请核对营业执照", f"the main product {name!r} is not in the business scope. "
                          "Check the licence"), f"products/{name}", (*c.place("products", 0), *c.place("entity", "business_scope")))


def _shares(product: str, scope: str) -> bool:
    """Whether two neighbouring characters of the product, generic words left out, stand in the scope."""
    core = _GENERIC.sub(" ", product)
    pairs = [core[n: n + 2] for n in range(len(core) - 1) if " " not in core[n: n + 2]] or [product]
    return any(pair in scope for pair in pairs)


@check("CON033", Family.CONSISTENCY, "minor", needs=("products",), clause="", covers=("A22",))
def output_units(c: Context) -> Iterator[Result]:
    """产量的单位适合该产品，并与产能的单位同类 | the unit of output fits the product and its capacity"""
    for n, product in enumerate(c.dossier.products):
        kind = next((r["counted_in"] for r in table("product_words.csv") if r["word"] in product.name), "")
        own, other = _kind_of(product.unit), _kind_of(product.capacity_unit)
        wrong = kind and own and own != kind
        if product.output is not None and (wrong or (own and other and own != other)):
            against_zh = f"产能的单位为“{product.capacity_unit}”" if other and own != other else "这类产品通常不用此单位计量"
            against_en = f"its capacity is in {product.capacity_unit!r}" if other and own != other else "such goods are not counted in it"
            yield review(text(f"{product.name}的产量 {product.output} 单位为“{product.unit}”，{against_zh}。请对照产量统计表",
                              f"output of {product.name}, {product.output}, is in {product.unit!r}, but {against_en}. "
                              "Compare the production statistics"), f"products/{product.name}/unit",
                         (*c.place("products", n, "unit"), *c.place("products", n, "capacity_unit")))


def _kind_of(printed: str) -> str:
    """``mass`` or ``piece`` of a unit as printed; empty for anything else."""
    bare = re.sub(r"[/／每](年|a|月|日|天).*$|（.*）|\(.*\)", "", printed)
    try:
        dimension = unit(bare).dimension
    except TanheError:
        return "piece" if bare.endswith(("台", "套", "只", "件", "个", "辆", "支")) else ""
    return dimension[0][0] if dimension in ((("mass", 1),), (("piece", 1),)) else ""
