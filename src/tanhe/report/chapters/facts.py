"""3.1 基本情况: profile, energy and meters, process, products, economics."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.report.cells import NONE, day, day_text, head, ordinal, percent, word
from tanhe.report.content import Block, Cell, Heading, Paragraph
from tanhe.report.context import Context, form, table, without_empty

INDICATORS = (
    "total_assets",
    "fixed_assets",
    "revenue",
    "gross_output",
    "value_added",
    "profit",
    "tax",
    "debt_ratio",
    "research",
    "employees",
    "output",
    "comprehensive_energy",
)
_RENAMED = {"employees": "economics_employees", "output": "economics_output"}


def blocks(c: Context) -> Iterator[Block]:
    """3.1.1 to 3.1.3."""
    yield Heading(1, c.say("headings.3"))
    yield Heading(2, c.say("headings.3.1"))
    yield Heading(3, c.say("headings.3.1.1"))
    yield from _profile(c)
    yield Heading(3, c.say("headings.3.1.2"))
    yield from _energy(c)
    yield from _equipment(c)
    yield from _meters(c)
    yield Heading(3, c.say("headings.3.1.3"))
    yield from _processes(c)
    yield from _products(c)
    yield from _economics(c)


def _profile(c: Context) -> Iterator[Block]:
    e = c.dossier.entity
    yield c.own(e.profile) if e.profile else c.absent("profile")
    industry = " ".join(
        filter(
            None,
            [e.industry_code, e.industry_name, f"（{e.industry_edition}）" if e.industry_edition else ""],
        )
    )
    pairs = [
        ("name", e.name, "name"),
        ("uscc", e.uscc, "uscc"),
        ("legal_representative", e.legal_representative, "legal_representative"),
        ("ownership", e.ownership, "ownership"),
        ("founded", day_text(e.founded), "founded"),
        ("province", e.province, "province"),
        ("postcode", e.postcode, "postcode"),
        ("employees", NONE if e.employees is None else f"{e.employees:f}", "employees"),
        ("contact", e.contact, "contact"),
        ("contact_department", e.contact_department, "contact_department"),
        ("contact_details", e.contact_details, "contact_details"),
        ("ghg_department", e.ghg_department, "ghg_department"),
    ]
    rows: list[tuple[Cell, ...]] = []
    for left, right in zip(pairs[::2], pairs[1::2], strict=True):
        rows.append(
            tuple(
                x
                for key, value, path in (left, right)
                for x in (head(c.say(f"facts.{key}")), c.text(value, "entity", path))
            )
        )
    wide = [
        ("industry", industry, "industry_code"),
        ("registered_address", e.registered_address, "registered_address"),
        ("address", e.address, "address"),
        ("scope", e.business_scope, "business_scope"),
    ]
    if e.energy_department:
        wide.insert(0, ("energy_department", e.energy_department, "energy_department"))
    rows += [
        (head(c.say(f"facts.{key}")), Cell(value or NONE, 3, origin=c.origin("entity", path)))
        for key, value, path in wide
    ]
    rows.append((head(c.say("facts.guideline")), word(f"《{c.guideline.title}》", colspan=3)))
    yield form(c.say("facts.basic_caption"), rows, (1.6, 2.6, 1.6, 2.6))
    if e.uscc_other:
        yield c.par("facts.uscc_other", "note", codes=c.say("words.list_mark").join(e.uscc_other))
    if e.organisation:
        yield c.par("facts.organisation", departments=c.say("words.list_mark").join(e.organisation))
    else:
        yield c.absent("organisation")


def _energy(c: Context) -> Iterator[Block]:
    d = c.dossier
    yield c.own(d.energy_management) if d.energy_management else c.absent("energy_management")
    if not d.energy:
        yield c.absent("energy")
        return
    titles = c.heads("facts", ("no", "energy_name", "energy_use", "energy_facility"))
    rows = [(ordinal(n), word(e.name), word(e.use), word(e.facility)) for n, e in enumerate(d.energy, 1)]
    yield table(c.say("facts.energy_caption"), titles, rows, (0.8, 2.4, 3, 3))


def _equipment(c: Context) -> Iterator[Block]:
    if not c.dossier.equipment:
        yield c.absent("equipment")
        return
    titles = c.heads("facts", ("no", "unit", "device", "model", "energy", "count", "location", "status"))
    rows = [
        (
            ordinal(n + 1),
            word(e.unit),
            word(e.name),
            c.text(e.model, "equipment", n, "model"),
            word(e.energy),
            c.text(e.count, "equipment", n, "count"),
            word(e.location),
            word(e.status),
        )
        for n, e in enumerate(c.dossier.equipment)
    ]
    widths = (0.7, 1.2, 2, 2.4, 1.3, 0.9, 1.5, 1)
    yield without_empty(table(c.say("facts.equipment_caption"), titles, rows, widths, size="small"), (1, 6, 7))


def _meters(c: Context) -> Iterator[Block]:
    if not c.dossier.meters:
        yield c.absent("meters")
        return
    keys = (
        "meter_no",
        "meter_name",
        "count",
        "model",
        "accuracy",
        "location",
        "interval",
        "calibrated",
        "validity",
        "certificate",
        "status",
    )
    rows = []
    for n, m in enumerate(c.dossier.meters):
        valid = (
            c.say("facts.until", first=day(m.valid_from), last=day(m.valid_to))
            if m.valid_from or m.valid_to
            else ""
        )
        rows.append(
            (
                c.text(m.number, "meters", n, "number"),
                word(m.name),
                c.text(m.count, "meters", n, "count"),
                c.text(m.model, "meters", n, "model"),
                c.text(m.accuracy, "meters", n, "accuracy"),
                word(m.location),
                word(m.interval),
                word(day(m.calibrated)),
                word(valid),
                c.text(m.certificate, "meters", n, "certificate"),
                word(m.status),
            )
        )
    widths = (0.9, 1.5, 0.7, 1.6, 0.8, 1.3, 1.1, 1.7, 2.4, 1.5, 0.8)
    yield without_empty(table(c.say("facts.meter_caption"), c.heads("facts", keys), rows, widths, size="small"), (9, 10))


def _processes(c: Context) -> Iterator[Block]:
    if not c.dossier.processes:
        yield c.absent("processes")
    for process in c.dossier.processes:
        yield Paragraph(c.say("facts.process_title", name=process.name), "plain", bold=True)
        if process.text:
            yield c.own(process.text)
        yield from c.listed(f"{step.name}：{step.text}" for step in process.steps)


def _products(c: Context) -> Iterator[Block]:
    if not c.dossier.products:
        yield c.absent("products")
        return
    titles = c.heads(
        "facts", ("year", "product", "output", "product_unit", "capacity", "capacity_unit", "value")
    )
    rows = [
        (
            c.figure(p.year, "products", n, "year"),
            word(p.name),
            c.figure(p.output, "products", n, "output"),
            word(p.unit),
            c.figure(p.capacity, "products", n, "capacity"),
            word(p.capacity_unit),
            c.figure(p.value, "products", n, "value"),
        )
        for n, p in enumerate(c.dossier.products)
    ]
    yield table(c.say("facts.products_caption"), titles, rows, (0.9, 2, 1.6, 0.8, 1.3, 1.6, 1.3))


def _economics(c: Context) -> Iterator[Block]:
    years = c.dossier.economics
    if not years:
        yield c.absent("economics")
        return
    titles = [head(c.say("facts.indicator"))]
    titles += [head(c.say("front.year", year=e.year)) for e in years]
    rows = []
    for key in INDICATORS:
        if all(getattr(e, key) is None for e in years):
            continue
        unit = next((e.output_unit for e in years if e.output_unit), NONE)
        name = c.say(f"facts.{_RENAMED.get(key, key)}", unit=unit)
        row = [word(name)]
        for n, e in enumerate(years):
            value = getattr(e, key)
            text = percent(value) if key == "debt_ratio" else (NONE if value is None else f"{value:f}")
            row.append(Cell(text, align="center", origin=c.origin("economics", n, key)))
        rows.append(tuple(row))
    yield table(c.say("facts.economics_caption"), titles, rows, (2.4, *(1.6 for _ in years)))
