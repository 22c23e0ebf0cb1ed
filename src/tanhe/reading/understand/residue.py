"""What may be left over from another report or from a template (他处残留): companies, years, provinces, guidelines, placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.consistency._lexicon import clauses, fuels, terms
from tanhe.reading.blocks import Cell
from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.lexicon import data
from tanhe.reading.understand.outline import Line, Sheet
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.view import View

_PLACEHOLDER = re.compile(
    r"[X×Ｘ]{2,}(?:公司|企业|厂|集团|省|市|县|区|年|月|日|号|吨|项|台)|(?:某{2}|X{3,}|×{3,})|[（(【\[<＜](?:请(?:填写|填入|输入|注明|补充)[^）)】\]>＞]{0,16}|填写|待填|填入|此处填写)[）)】\]>＞]"
    r"|【\s*】|待(?:补充|填写|填报|完善|补)(?![\u4e00-\u9fff])|此处(?:填写|插入|替换)|TBD|TODO|[_＿]{3,}(?:年|月|公司|吨|项)"
    r"|错误[!！]\s?(?:未找到引用源|未定义书签|没有文档中该样式)|Error!\s?(?:Reference|Bookmark)[^。]{0,20}"
    r"|#(?:REF|VALUE|DIV/0|NAME|NUM)[!?？！]|#N/A")
_COMPANY = re.compile(r"[\u4e00-\u9fff（）()A-Za-z0-9]{2,40}?(?:有限责任公司|股份有限公司|集团有限公司|有限公司)")
_YEAR = re.compile(r"(?<!\d)(?P<v>20\d\d)年(?:度|(?=(?:企业)?(?:温室气体|二氧化碳|碳)?排放(?:总?量|报告)))")
_OF_OTHERS = re.compile("上年|上一年|前一年|往年|历年|同比|相比|较|以来|历史|上次|自|起|通知|因子|指南|标准|规范|〔|电网|计划|规划|改造|投产|成立|检定|校准|至20|-20|和20|、20|新增")
_BY_RULE = re.compile(r"^[^，。;]{0,12}?(?:按照?|依据|根据)《?(?:□+|核算指南|指南|核算方法)[^，。;\d]{0,12}?对$")
"""The words before a year in 核查组按核算指南对…年度: the guideline is no guideline of that year."""
_COMPARED = re.compile("本年|上年|上一年|同比|相比|往年|历年|变化|一致|增长|下降|以前")
_SITE = re.compile("(?:厂区|厂址|企业|公司|受核查方)(?:坐落|位|地处|坐落于)")
_PROVINCE = re.compile(rf"(?:位于|地处|坐落于|坐落在|在)(?P<v>{'|'.join(data('terms')['provinces'].split())})(?:省|市|自治区|壮族|回族|维吾尔)")
_GUIDELINE = re.compile(r"《(?P<v>[^《》]{4,50}核算(?:方法)?与报告(?:格式)?指南[^《》]{0,24})》(?:[(（](?P<n>[\u4e00-\u9fff]{2,8}[〔\[(（]20\d\d[〕\])）]\d{1,5}号)[)）])?")
_TITLES = re.compile(r"《[^《》]*》")
_ASIDE = frozenset({"criteria", "documents"})
_NORM = re.compile("《|》|GB|T/|DL|JJ|HJ|〔|法$|法律|通知|办法|标准|指南|规范|规程|导则|方法|通则|条例|要求|计划|手册|号")
_GENERAL = frozenset({"basic", "products", "supplementary", "supplementary-claim", "suggestions"})


def residue(v: View) -> Iterator[Listed]:
    """Everything that names another matter than this report's, and what a template left unfilled."""
    yield from _placeholders(v)
    yield from _guidelines(v)
    yield from _foreign(v)
    own, firm = v.year.text if v.year is not None else "", fold(v.entity.text) if v.entity is not None else ""
    for line in v.lines:
        text = line.flat.text
        if line.topic in _ASIDE and not _SITE.search(text):
            continue
        bare = _TITLES.sub(lambda m: "□" * len(m[0]), text)
        if "公司" in bare:
            yield from _companies(line, bare, firm)
        if "年" in bare and own:
            yield from _years(line, bare, own)
        if (line.topic not in ("process", "products") or _SITE.search(bare)) and ("位于" in bare or "在" in bare or "处" in bare):
            for match in _PROVINCE.finditer(bare):
                yield statement("entity.province.told", line.said(*match.span("v")), line.where, text=_sentence(bare, match.start()))
    for sheet in v.outline.sheets:
        yield from _year_of(sheet, own)


def _foreign(v: View) -> Iterator[Listed]:
    """Sentences with a term of some industry, or a fuel, that no table of the report has."""
    cells = "".join(words(c) for s in v.outline.sheets for row in s.grid for c in row if c is not None and len(c.text) < 60)
    done: set[str] = set()
    for line in v.lines:
        if line.kind != "paragraph" or line.topic == "documents" or line.topic in _GENERAL:
            continue
        told = line.flat.text if line.topic != "criteria" else "。".join(s for s in line.flat.text.split("。") if not _NORM.search(s))
        for clause in clauses(told):
            found = [(word, "told.term") for word, _ in terms(clause)] + [(word, "told.fuel") for word, fuel in fuels(clause) if not fuel.generic]
            for word, about in found:
                if word not in cells and word not in done:
                    done.add(word)
                    yield statement(about, Said(word, line.place), line.where, text=clause[:120])


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in "。;") + 1
    ends = [e for mark in "。;" if (e := text.find(mark, at)) >= 0]
    return re.sub("□+", "《…》", text[start:min(ends) if ends else len(text)])[:160]


def _placeholders(v: View) -> Iterator[Listed]:
    done: set[tuple[str, int | None, str]] = set()
    for said, where, _ in _everything(v):
        if (match := _PLACEHOLDER.search(said.text)) and (key := (match[0], said.place.line, where)) not in done:
            done.add(key)
            yield statement("placeholder", Said(match[0], said.place), where)


def _everything(v: View) -> Iterator[tuple[Said, str, str]]:
    """Lines and cells, the contents left out."""
    for line in v.lines:
        if line.kind != "cell":
            yield line.whole, line.where, line.topic
    for sheet in v.outline.sheets:
        for row in sheet.grid:
            for cell in row:
                if isinstance(cell, Cell) and cell.text:
                    yield Said(cell.text, cell.place), sheet.where, sheet.topic


def _companies(line: Line, text: str, firm: str) -> Iterator[Listed]:
    """Companies that are not the entity."""
    for match in _COMPANY.finditer(text):
        if not firm or not match[0].endswith(firm):
            yield statement("company", line.said(*match.span()), line.where, text=_clause(text, *match.span()))


def _clause(text: str, start: int, end: int) -> str:
    """The words about a name, from one full stop to the next, not too many of them."""
    before, after = re.split("[。;]", text[max(0, start - 80):start])[-1], re.split("[。;]", text[end:end + 80])[0]
    return re.sub("□+", "《…》", before + text[start:end] + after)


def _years(line: Line, text: str, own: str) -> Iterator[Listed]:
    for match in _YEAR.finditer(text):
        if match["v"] == own:
            continue
        clause = re.split("[，。;]", text[max(0, match.start() - 40):match.start()])[-1] + text[match.start():match.end() + 16]
        before = re.split("[，。;]", text[max(0, match.start() - 40):match.start()])[-1]
        own_words = text[match.start():match.end() + 16] if _BY_RULE.match(before) else clause
        if not _OF_OTHERS.search(own_words) and not _COMPARED.search(_sentence(text, match.start())):
            yield statement("year", line.said(*match.span("v")), line.where, text=clause)


def _year_of(sheet: Sheet, own: str) -> Iterator[Listed]:
    """A table of data that is headed by one year only, which is not the report's; a caption that names another year."""
    caption = fold(sheet.caption)
    named = re.findall(r"(?<!\d)(20\d\d)\s*年", _TITLES.sub("", sheet.caption))
    if own and len(set(named)) == 1 and named[0] != own and not _OF_OTHERS.search(caption):
        yield statement("year", Said(named[0], sheet.table.place), sheet.where, text=caption)
    if not own or sheet.topic not in ("activity-data", "factor-data", "results", "supplementary", "emission-claim", "supplementary-claim"):
        return
    years = [(c, words(c)[:4]) for row in sheet.grid[:4] for c in row if c is not None and re.fullmatch(r"20\d\d年?度?", words(c))]
    if years and {y for _, y in years} != {own} and own not in {y for _, y in years} and len({y for _, y in years}) == 1:
        cell, year = years[0]
        yield statement("year", Said(year, cell.place), sheet.where, text=caption or sheet.where)


def _guidelines(v: View) -> Iterator[Listed]:
    """Guidelines named, once for each place, the criteria and the list of evidence left out."""
    done: set[tuple[str, str]] = set()
    for said, where, topic in _everything(v):
        if "指南" not in said.text or topic in _ASIDE:
            continue
        for match in _GUIDELINE.finditer(fold(said.text)):
            if (key := (match[0], where)) not in done:
                done.add(key)
                yield statement("guideline.told", Said(match["v"], said.place), where, text=match["n"] or "")
