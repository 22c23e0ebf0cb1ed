"""Identity of the enterprise (主体标识): the unified social credit code, names, labels (I1–I4, I9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tanhe.checks.consistency._helpers import PROVINCES_ZH, same, silent, statements, table
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, review
from tanhe.dossier.places import Place
from tanhe.factors.errors import FactorNotFound
from tanhe.factors.library import library
from tanhe.messages import text

Mention = tuple[str, tuple[Place, ...]]
_DOUBLED = re.compile(r"(公司|集团|厂){2}$|^(.{4,})\2$")
_CUT = re.compile(r"(有限|有限责任|有限责任公|股份|股份有限|有限公|股份公|集团公)$")


@lru_cache(maxsize=1)
def _rule() -> tuple[str, tuple[int, ...]]:
    """The alphabet and the weights of GB 32100 from the library."""
    rows = {r.code: r.name_zh for r in library().identifiers("uscc")}
    return rows["charset"], tuple(map(int, rows["weights"].split()))


@lru_cache(maxsize=1)
def _organisation_rule() -> tuple[tuple[int, ...], int]:
    rows = {r["item"]: r["value"] for r in table("organisation_code.csv")}
    return tuple(map(int, rows["weights"].split())), int(rows["modulus"])


def well_formed(code: str) -> bool:
    """18 characters of the alphabet (without I O S V Z)."""
    return len(code) == 18 and set(code) <= set(_rule()[0])


def uscc_check_character(code: str) -> str:
    """The character position 18 must have (GB 32100, modulus 31) for the first 17 of a well-formed code."""
    alphabet, weights = _rule()
    total = sum(alphabet.index(mark) * weight for mark, weight in zip(code[:17], weights, strict=True))
    return alphabet[-total % 31]


def organisation_check_character(code: str) -> str:
    """The character position 17 must have (GB 11714, modulus 11) for characters 9–16 of a well-formed code."""
    weights, modulus = _organisation_rule()
    total = sum(int(mark, 36) * weight for mark, weight in zip(code[8:16], weights, strict=True))
    rest = (modulus - total % modulus) % modulus
    return "X" if rest == 10 else str(rest)


def _codes(c: Context) -> list[Mention]:
    """Every mention of the code with its places, the dossier's own first."""
    entity = c.dossier.entity
    found: list[Mention] = [(entity.uscc, c.place("entity", "uscc"))] if entity.uscc else []
    found += [(code, c.place("entity", "uscc_other", n)) for n, code in enumerate(entity.uscc_other)]
    found += [(s.spec.value, s.places) for s in statements(c, "entity.uscc")]
    return [(code.strip().upper().replace(" ", ""), places) for code, places in found]


def _distinct(c: Context) -> dict[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for code, places in _codes(c):
        found[code] = (*found.get(code, ()), *places)
    return found


@check("CON010", Family.CONSISTENCY, "minor", needs=("entity.uscc",), clause="GB 32100-2015", covers=("I1",))
def credit_code(c: Context) -> Iterator[Result]:
    """统一社会信用代码的长度、字符和校验码 | the unified social credit code: length, alphabet, check character"""
    for code, places in _distinct(c).items():
        if not well_formed(code):
            odd = "、".join(sorted(set(code) - set(_rule()[0])))
            message = text(f"“{code}”共 {len(code)} 位" + (f"，含不允许的字符 {odd}" if odd else "") + "；应为18位，不用 I O S V Z。"
                           "请对照营业执照", f"{code!r} has {len(code)} characters" + (f", among them {odd}" if odd else "")
                           + "; it should have 18, without I O S V Z. Compare the business licence")
        elif code[17] != (right := uscc_check_character(code)):
            message = text(f"“{code}”的校验码为 {code[17]}，按前17位应为 {right}。请对照营业执照",
                           f"{code!r} ends in {code[17]}; its first 17 characters call for {right}. Compare the business licence")
        else:
            continue
        yield fail(message, f"uscc/{code}", places)


@check("CON011", Family.CONSISTENCY, "editorial", needs=("entity.uscc",), clause="GB 11714; GB 32100-2015", covers=("I3",))
def organisation_code(c: Context) -> Iterator[Result]:
    """信用代码第9–17位的组织机构代码校验 | the organisation code inside the credit code"""
    for code, places in _distinct(c).items():
        if well_formed(code) and code[16] != (right := organisation_check_character(code)):
            yield fail(text(f"“{code}”第9–17位为 {code[8:17]}，其校验码应为 {right}。请对照营业执照",
                            f"characters 9–17 of {code!r} are {code[8:17]}; their check character should be {right}. "
                            "Compare the business licence"), f"organisation/{code}", places)


@check("CON012", Family.CONSISTENCY, "minor", needs=("entity.uscc",), clause="", covers=("I2",))
def credit_code_mentions(c: Context) -> Iterator[Result]:
    """全文的统一社会信用代码一致 | all mentions of the credit code are the same"""
    found = _distinct(c)
    if len(found) > 1:
        listed = "、".join(found)
        passing = [code for code in found if well_formed(code) and code[17] == uscc_check_character(code)]
        hint_zh = f"；其中 {'、'.join(passing)} 通过校验" if passing else ""
        hint_en = f"; {', '.join(passing)} passes its check" if passing else ""
        yield fail(text(f"印有不同的代码：{listed}{hint_zh}。请对照营业执照统一", f"different codes are printed: {listed}{hint_en}. "
                        "Settle by the business licence"), "uscc", [p for places in found.values() for p in places])


@check("CON013", Family.CONSISTENCY, "editorial", clause="GB 32100-2015", covers=("I4",))
def credit_code_label(c: Context) -> Iterator[Result]:
    """18位代码不称作组织机构代码 | an 18-character code is not labelled as organisation code"""
    labels = statements(c, "label.uscc")
    if not labels:
        yield silent(c, text("代码名称", "label"))
    for said in labels:
        code = said.spec.text or c.dossier.entity.uscc or ""
        if "组织机构代码" in said.spec.value and len(code.replace(" ", "")) == 18:
            yield fail(text(f"{said.where}把18位的 {code} 称作“{said.spec.value}”，组织机构代码只有9位；应改称统一社会信用代码",
                            f"{said.where} calls the 18 characters {code} {said.spec.value!r}, which has 9; "
                            "name it unified social credit code"), "label.uscc", (*said.places, *c.place("entity", "uscc")))
        elif "统一社会信用代码" not in said.spec.value and "注册号" not in said.spec.value:
            yield fail(text(f"{said.where}的名称印作“{said.spec.value}”，应为统一社会信用代码", f"{said.where} labels it {said.spec.value!r}; the name is "
                            "unified social credit code"), "label.uscc/other", said.places)


@check("CON014", Family.CONSISTENCY, "editorial", needs=("entity.name",), clause="", covers=("I9",))
def names(c: Context) -> Iterator[Result]:
    """受核查方、委托方和核查机构的名称一致、完整 | names agree, neither cut nor doubled"""
    d = c.dossier
    own = {"entity.name": d.entity.name, "body.name": d.body.name if d.body else "", "client.name": d.client.name}
    for about, name in own.items():
        place = c.place(*about.split("."))
        if name and (why := _ill_formed(name)):
            yield fail(text(f"名称“{name}”{why[0]}。请对照营业执照", f"the name {name!r} {why[1]}. Compare the licence"), about, place)
        for said in statements(c, about):
            if name and not same(said.spec.value, name):
                how = _how(said.spec.value, name)
                yield fail(text(f"{said.where}印作“{said.spec.value}”，{how[0]}；别处为“{name}”。请统一",
                                f"{said.where} prints {said.spec.value!r}, {how[1]}; elsewhere {name!r}. Make them agree"),
                           f"{about}/{said.spec.value}", (*said.places, *place),
                           severity="editorial" if how[2] else "minor")
    if d.client.is_entity and d.client.name and not same(d.client.name, d.entity.name):
        yield fail(text(f"委托方即受核查方，名称却为“{d.client.name}”与“{d.entity.name}”。请统一",
                        f"the client is the entity, but the names are {d.client.name!r} and {d.entity.name!r}. Make them agree"),
                   "client=entity", (*c.place("client", "name"), *c.place("entity", "name")), severity="minor")


def _ill_formed(name: str) -> tuple[str, str] | None:
    if _CUT.search(name):
        return "末尾缺字", "is cut at its end"
    if _DOUBLED.search(name):
        return "有重复的字", "repeats itself"
    return None


def _how(printed: str, own: str) -> tuple[str, str, bool]:
    """How a printed name differs: in Chinese, in English, whether it is a mere slip."""
    if printed and printed in own:
        return "缺字", "cut short", True
    if own in printed:
        return "有重复或多余的字", "with words doubled or added", True
    return "是另一个名称", "another name", False


@check("CON015", Family.CONSISTENCY, "editorial", needs=("entity.uscc",), clause="GB 32100-2015", covers=("I1",))
def credit_code_region(c: Context) -> Iterator[Result]:
    """信用代码的行政区划与所在省份 | the division in the credit code and the province"""
    code, province = c.dossier.entity.uscc or "", c.dossier.entity.province
    if not well_formed(code) or not province:
        yield not_applicable(text("没有可比的代码或省份", "no code or province to compare"))
        return
    try:
        own, registered = library().province(province), library().province(f"{code[2:4]}0000")
    except FactorNotFound as why:
        if province[:2] not in PROVINCES_ZH:
            yield review(text(f"“{province}”不是省级行政区名称。请改正", f"{province!r} is no province. Correct it") + f"（{why.message}）",
                         "province", c.place("entity", "province"))
        return
    if code[2:4] != own.code[:2]:
        yield review(text(f"代码“{code}”的登记地为{registered.name_zh}，案卷的省份为{own.name_zh}。请核对代码、地址，或说明异地登记",
                          f"the code {code!r} was issued in {registered.name_en}, the dossier says {own.name_en}. Check code and "
                          "address, or explain"), "uscc/region", (*c.place("entity", "uscc"), *c.place("entity", "province")))
