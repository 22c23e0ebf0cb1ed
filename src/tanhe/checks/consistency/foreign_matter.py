"""Text from another report (误入的文字): fuels the dossier does not have, terms of another industry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.consistency._helpers import Text, narrative, processes, shown, statements
from tanhe.checks.consistency._lexicon import Fuel, clauses, fuels, terms, without_fuels
from tanhe.checks.consistency.industry import divisions
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable, not_run, review
from tanhe.dossier.model import Dossier
from tanhe.messages import text

_NO = re.compile("不涉及|不含|不包括|没有|无|未|除外|不使用|停用|替代|参照|缺省|等项|等(化石)?燃料|等能源")
_OTHERS = re.compile("公司|客户|用户|上游|下游|供应|销往|外售|外购|购入|采购|应用于|用于.*(行业|领域)|参照|借鉴|类似|不同于|区别于")


def _texts(d: Dossier) -> list[Text]:
    """What the report says in prose about this entity; the profile and the findings have their own rules."""
    return [(path, words) for path, words in narrative(d) if words and path[0] != "findings"]


def _own(d: Dossier) -> list[str]:
    """What the dossier says the entity has and makes: lists, data, documents, process."""
    e = d.entity
    parts = [e.name, e.industry_name, e.business_scope]
    parts += [x.name + x.use + x.facility for x in d.energy] + [f"{x.category} {x.energy} {x.facility}" for x in d.sources]
    parts += [f"{x.name} {x.unit} {x.energy}" for x in d.equipment] + [x.name for x in d.products] + [x.name for x in d.meters]
    parts += [f"{x.item} {x.facility}" for x in d.data.values()] + [x.item for x in d.lines]
    parts += [x.title for x in d.tables.values()] + [x.title for x in d.documents] + [words for _, words in processes(d)]
    return parts


@check("CON044", Family.CONSISTENCY, "minor", needs=("sources",), clause="", covers=("B5",))
def foreign_fuel(c: Context) -> Iterator[Result]:
    """文中所称燃料都在能源与排放源之内 | fuels named in the texts are the entity's"""
    d = c.dossier
    own = {fuel for _, fuel in fuels(" ".join(_own(d)))}
    seen: set[str] = set()
    for path, words in _texts(d):
        if path == ("entity", "profile"):
            continue
        for part in clauses(words):
            odd = [word for word, fuel in fuels(part) if not _has(own, fuel)]
            if not odd or _NO.search(without_fuels(part)):
                continue
            for word in odd:
                datum = f"{shown(path)}/{word}"
                if datum in seen:
                    continue
                seen.add(datum)
                yield fail(text(f"{shown(path)}写到“{word}”，能源、设备、排放源和数据中都没有。若确有使用，补列排放源；若是他处文字误入，请改写",
                                f"{shown(path)} names {word}, which is in no list of energy, equipment, sources or data. "
                                "Add the source if it is used; rewrite the passage if it comes from another report"),
                           datum, c.place(*path))
    for said in statements(c, "told.fuel"):
        found = next((fuel for word, fuel in fuels(said.spec.text) if word == said.spec.value), None)
        if found is None or _has(own, found) or _NO.search(without_fuels(said.spec.text)) or any(x.endswith(f"/{said.spec.value}") for x in seen):
            continue
        yield fail(text(f"{said.where}写到“{said.spec.value}”（“{said.spec.text[:40]}”），能源、设备、排放源和数据中都没有。若确有使用，补列排放源；"
                        "若是他处文字误入，请改写",
                        f"{said.where} names {said.spec.value} ({said.spec.text[:40]!r}), which is in no list of energy, equipment, sources or data. "
                        "Add the source if it is used; rewrite the passage if it comes from another report"),
                   f"{said.where}/{said.spec.value}", said.places)


def _has(own: set[Fuel], said: Fuel) -> bool:
    """Whether the dossier has the fuel; a bare 煤 or 燃气 stands for any of its family, but not beside a named one."""
    family = [f for f in own if f.family == said.family]
    if said in family or (said.generic and family):
        return True
    return bool(family) and all(f.generic for f in family)


@check("CON045", Family.CONSISTENCY, "minor", clause="", covers=("I8",))
def foreign_industry(c: Context) -> Iterator[Result]:
    """文中没有别的行业的工艺、设备和产品 | no process, device or product of another industry in the texts"""
    d = c.dossier
    texts, codes = _texts(d), _codes(d)
    if not codes:
        yield not_run(text("案卷没有行业代码或可识别的行业名称", "the dossier has no industry code and no industry name that is known"))
        return
    if not texts and not statements(c, "told.term"):
        yield not_applicable(text("没有文字说明", "there is no prose"))
    own = ""
    seen: set[str] = set()
    for path, words in texts:
        found = [hit for hit in terms(words) if not hit[1].holds(codes)]
        for word, industry in found:
            own = own or " ".join([*_own(d), *(s.zh for s in c.inventory.guideline.sources)])
            datum = f"{shown(path)}/{word}"
            if word in own or datum in seen or not _asserted(words, word):
                continue
            seen.add(datum)
            yield review(text(f"{shown(path)}写到“{word}”，这是{industry.zh}的用语；受核查方的行业为“{d.entity.industry_name}”，工艺、设备、产品和数据中都没有。"
                              "若是他处文字误入，请改写；若确有此工序，请补入工艺和排放源",
                              f"{shown(path)} says {word!r}, a term of {industry.en}; the entity's industry is "
                              f"{d.entity.industry_name!r}, and no process, device, product or datum has it. Rewrite the passage if it "
                              "comes from another report, else add the process and its source"),
                         datum, (*c.place(*path), *c.place("entity", "industry_name")))
    yield from _terms_told(c, codes, seen)


def _terms_told(c: Context, codes: set[str], seen: set[str]) -> Iterator[Result]:
    """Terms of other industries anywhere in a report that was read."""
    told = statements(c, "told.term")
    listed = [*_own(c.dossier), *(s.zh for s in c.inventory.guideline.sources)] if told else []
    process = {words for _, words in processes(c.dossier)}
    own = " ".join(part for part in listed if part not in process)
    for said in told:
        found = next((industry for word, industry in terms(said.spec.text) if word == said.spec.value), None)
        if found is None or found.holds(codes) or said.spec.value in own or any(x.endswith(f"/{said.spec.value}") for x in seen):
            continue
        if not _asserted(said.spec.text, said.spec.value):
            continue
        yield review(text(f"{said.where}写到“{said.spec.value}”（“{said.spec.text[:40]}”），这是{found.zh}的用语；受核查方的行业为“{c.dossier.entity.industry_name}”，"
                          "工艺、设备、产品和数据中都没有。若是他处文字误入，请改写；若确有此工序，请补入工艺和排放源",
                          f"{said.where} says {said.spec.value!r} ({said.spec.text[:40]!r}), a term of {found.en}; the entity's industry is "
                          f"{c.dossier.entity.industry_name!r}, and no process, device, product or datum has it. Rewrite the passage if it comes "
                          "from another report, else add the process and its source"),
                     f"{said.where}/{said.spec.value}", (*said.places, *c.place("entity", "industry_name")))


def _asserted(words: str, term: str) -> bool:
    """Whether some clause says the term of the entity itself, not of others and not in denial."""
    return any(term in part and not _NO.search(part) and not _OTHERS.search(part) for part in clauses(words))


def _codes(d: Dossier) -> set[str]:
    """The entity's class as stated, else the divisions its industry's name points to."""
    stated = re.sub(r"\D", "", d.entity.industry_code)
    return {stated} if len(stated) >= 2 else divisions(d)
