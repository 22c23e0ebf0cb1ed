"""Cover, basic-information and conclusion table, supplementary summary table, contents (封面、结论页、汇总表、目录)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tanhe.dossier.parties import Person
from tanhe.report.cells import NONE, day, day_text, figure, head, heads, joined, word
from tanhe.report.chapters import statements
from tanhe.report.content import Block, Cell, Contents, Cover, PageBreak, Paragraph, Table
from tanhe.report.context import Context, form

PRODUCTS = 3
TEN_THOUSAND = 4


def blocks(c: Context) -> Iterator[Block]:
    """Everything before chapter 1."""
    d = c.dossier
    body = d.body.name if d.body else NONE
    yield Cover(
        number=c.say("front.cover_number", number=d.report.number or c.say("front.no_number")),
        entity=d.entity.name,
        year=c.say("front.cover_year"),
        title=c.say("headings.cover_title"),
        body=c.say("front.cover_seal", body=body),
        date=c.say("front.cover_issued", date=_issued(c)),
    )
    yield _basic(c)
    yield from _conclusion(c)
    yield _signatures(c)
    yield PageBreak()
    yield _summary(c)
    yield from c.incomplete_notes(c.inv.including, *(s.total for s in c.inv.supplementary))
    yield PageBreak()
    yield Contents(c.say("headings.contents"))
    yield PageBreak()


def _issued(c: Context) -> str:
    """The day of issue; nothing is issued while something is open."""
    if c.blocked:
        return c.say("front.not_issued")
    issued = c.dossier.dates.issued
    return day(issued) if issued else c.say("front.no_issue_date")


def _basic(c: Context) -> Table:
    d, e = c.dossier, c.dossier.entity
    industry = " ".join(filter(None, [c.guideline.short, e.industry_code, e.industry_name]))
    rows: list[tuple[Cell, ...]] = [
        (
            _label(c, "name"),
            c.text(e.name, "entity", "name"),
            _label(c, "address"),
            c.text(e.address, "entity", "address"),
        ),
        (
            _label(c, "contact"),
            c.text(e.contact, "entity", "contact"),
            _label(c, "contact_details"),
            c.text(e.contact_details, "entity", "contact_details"),
        ),
        (_label(c, "is_client"), word(_flag(c, d.client.is_entity), colspan=3)),
    ]
    if not d.client.is_entity:
        rows += [
            (_label(c, f"client_{k}"), Cell(getattr(d.client, k) or NONE, 3, origin=c.origin("client", k)))
            for k in ("name", "address", "contact")
        ]
    else:
        own = {"address": d.client.address if d.client.address != e.address else "", "contact": d.client.contact}
        rows += [(_label(c, f"client_{k}"), Cell(v, 3, origin=c.origin("client", k))) for k, v in own.items() if v]
    rows += [
        (_label(c, "industry"), Cell(industry, 3, origin=c.origin("entity", "industry_code"))),
        (_label(c, "legal_person"), word(_flag(c, e.legal_person), colspan=3)),
        (_label(c, "basis"), word(f"《{c.guideline.title}》（{c.guideline.number}）", colspan=3)),
        (
            _label(c, "initial"),
            word(_version(d.report.initial_version, day(d.dates.initial_report)), colspan=3),
        ),
        (_label(c, "final"), word(_version(d.report.final_version, day(d.dates.final_report)), colspan=3)),
    ]
    return form(c.say("headings.basic_table"), [*rows, *_amounts(c)], (1.6, 2.4, 1.6, 2.4))


def _amounts(c: Context) -> Iterator[tuple[Cell, ...]]:
    """Initial and verified amounts of the entity and of the supplementary tables; cause of the difference."""
    filed = statements.initial_filed(c)
    tables = c.inv.supplementary
    none = word(c.say("front.not_involved"))
    not_filed = word(c.say("front.not_filed"), colspan=2)
    yield (
        _label(c, "emissions"),
        head(c.say("front.entity_total"), colspan=2),
        head(c.say("front.supplementary_total")),
    )
    initial = c.total_reported(c.inv.including)
    yield (
        _label(c, "initial_amount"),
        _wide(initial) if filed else not_filed,
        (_several(c, reported=True) if filed else word(c.say("front.not_filed"))) if tables else none,
    )
    yield (_label(c, "verified_amount"), c.total(c.inv.including, colspan=2), _several(c) if tables else none)
    why = joined([p.text for p in statements.difference(c)])
    yield (_label(c, "difference"), Cell(why or NONE, 3, origin=c.origin("conclusions", "difference")))


def _wide(cell: Cell) -> Cell:
    return Cell(cell.text, 2, align=cell.align, bold=cell.bold, origin=cell.origin)


def _several(c: Context, reported: bool = False) -> Cell:
    found = [c.total_reported(s.total) if reported else c.total(s.total) for s in c.inv.supplementary]
    if len(found) == 1:
        return found[0]
    named = [f"{s.unit_name}：{cell.text}" for s, cell in zip(c.inv.supplementary, found, strict=True)]
    return figure("；".join(named), "；".join(cell.origin for cell in found))


def _conclusion(c: Context) -> Iterator[Block]:
    yield Paragraph(c.say("front.conclusion"), "plain", bold=True)
    yield c.par("front.intro")
    yield Paragraph(c.say("front.item_conformity"), "plain", bold=True)
    yield from statements.conformity(c)
    yield Paragraph(c.say("front.item_statement"), "plain", bold=True)
    yield Paragraph(c.say("front.item_entity"), "plain")
    yield from statements.result_table(c)
    yield Paragraph(c.say("front.item_supplementary"), "plain")
    yield from statements.supplementary_declaration(c)
    yield Paragraph(c.say("front.item_fluctuation"), "plain", bold=True)
    yield statements.fluctuation(c)
    yield Paragraph(c.say("front.item_uncovered"), "plain", bold=True)
    yield statements.uncovered(c)


def _signatures(c: Context) -> Table:
    def people(role: str) -> list[Person | None]:
        found: list[Person | None] = [p for p in c.dossier.team if p.role == role]
        return found or [None]

    rows = [
        (
            _label(c, role),
            word(p.name if p else ""),
            _label(c, "signature"),
            Cell(""),
            _label(c, "date"),
            Cell(_signed(c, p)),
        )
        for role in ("leader", "member", "technical-reviewer", "approver")
        for p in people(role)
    ]
    return form("", rows, (1.4, 1.6, 0.8, 1.6, 0.8, 1.8))


def _signed(c: Context, person: Person | None) -> str:
    """The day of signature, empty to be filled in by hand; nobody approves while something is open."""
    if person is not None and person.role == "approver" and c.blocked:
        return c.say("front.not_approved")
    return day(person.signed) if person is not None and person.signed else ""


def _summary(c: Context) -> Table:
    """补充数据汇总表: one row per year, output and emissions in ten thousands."""
    d = c.dossier
    years = sorted(
        {d.year, *(e.year for e in d.economics), *(p.year for p in d.products if p.year)}, reverse=True
    )
    basic = ("sum_year", "sum_name", "sum_uscc", "sum_employees", "sum_fixed", "sum_output", "sum_code")
    numerals = c.words.several("front.numerals")
    top = (
        head(c.say("front.sum_year"), rowspan=3),
        head(c.say("front.group_basic"), colspan=6),
        head(c.say("front.group_products"), colspan=3 * PRODUCTS),
        head(c.say("front.group_emissions"), colspan=3),
    )
    middle = (
        *(head(c.say(f"front.{k}"), rowspan=2) for k in basic[1:]),
        *(head(c.say("front.product", n=n), colspan=3) for n in numerals),
        *(head(c.say(f"front.{k}"), rowspan=2) for k in ("sum_energy", "sum_entity", "sum_supplementary")),
    )
    low = heads(*(c.say(f"front.product_{k}") for _ in range(PRODUCTS) for k in ("name", "unit", "output")))
    rows = (top, middle, low, *(_year(c, year) for year in years))
    widths = (0.8, 1.6, 1.8, 0.9, 1.1, 1.2, 1, *(1.0, 0.6, 1.2) * PRODUCTS, 1, 1.3, 1.3)
    return Table(c.say("headings.summary_table"), rows, widths, 3, size="small", landscape=True)


def _year(c: Context, year: int) -> tuple[Cell, ...]:
    d, e = c.dossier, c.dossier.entity
    at = next((n for n, x in enumerate(d.economics) if x.year == year), None)
    money = d.economics[at] if at is not None else None
    employees = (
        money.employees
        if money and money.employees is not None
        else (e.employees if year == d.year else None)
    )
    products = [(n, p) for n, p in enumerate(d.products) if (p.year or d.year) == year][:PRODUCTS]
    cells = [
        figure(str(year), c.origin("year")),
        c.text(e.name, "entity", "name"),
        c.text(e.uscc, "entity", "uscc"),
        c.figure(employees, "entity", "employees"),
    ]
    cells += [
        c.figure(getattr(money, k) if money else None, "economics", at or 0, k)
        for k in ("fixed_assets", "gross_output")
    ]
    cells.append(c.text(e.industry_code, "entity", "industry_code"))
    for n, product in products:
        cells += [word(product.name), word(product.unit), c.figure(product.output, "products", n, "output")]
    cells += [word("")] * (3 * (PRODUCTS - len(products)))
    cells.append(
        c.figure(money.comprehensive_energy if money else None, "economics", at or 0, "comprehensive_energy")
    )
    return (*cells, *(_ten_thousands(c) if year == d.year else (word(""), word(""))))


def _ten_thousands(c: Context) -> tuple[Cell, Cell]:
    def shown(value: Decimal, missing: tuple[str, ...], name: str) -> Cell:
        text = c.marked(format(value.scaleb(-TEN_THOUSAND), "f"), missing)
        return figure(text, c.say("words.origin_sum", name=name))

    total = c.inv.including
    entity = shown(total.verified_value, total.missing, total.zh)
    tables = [s.total for s in c.inv.supplementary]
    if not tables:
        return entity, word("")
    missing = tuple(m for t in tables for m in t.missing)
    return entity, shown(sum((t.verified_value for t in tables), Decimal(0)), missing, tables[0].zh)


def _version(version: str, date: str) -> str:
    version = day_text(version)
    if date in version:
        return version
    return " / ".join(x for x in (version, date) if x and x != NONE) or NONE


def _label(c: Context, key: str) -> Cell:
    return head(c.say(f"front.{key}"))


def _flag(c: Context, value: bool | None) -> str:
    return "" if value is None else c.say("words.yes_word" if value else "words.no_word")
