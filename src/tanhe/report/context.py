"""What every chapter is written from: the inventory and the words, with shorthands for figures and totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from tanhe.checks.findings import Finding, Outcome
from tanhe.checks.life import may_conclude, unsettled
from tanhe.dossier.model import Dossier
from tanhe.guidelines.model import Guideline
from tanhe.inventory.model import Inventory, Line, Sum
from tanhe.quantity.quantity import plain
from tanhe.report import cells
from tanhe.report.content import Align, Cell, Paragraph, Table
from tanhe.report.words import Words

Style = Literal["body", "plain", "center", "note", "list"]


@dataclass(frozen=True)
class Context:
    """One report in the making."""

    inv: Inventory
    words: Words
    outcome: Outcome | None = None
    """What the rules found, when they were run."""

    @property
    def dossier(self) -> Dossier:
        """The dossier the inventory was computed from."""
        return self.inv.dossier

    @property
    def guideline(self) -> Guideline:
        """The guideline of the inventory."""
        return self.inv.guideline

    @cached_property
    def obstacles(self) -> tuple[str, ...]:
        """What of the dossier's own findings stands against a positive conclusion."""
        return may_conclude(self.dossier)[1]

    @cached_property
    def waiting(self) -> tuple[Finding, ...]:
        """The material findings of rules that nobody dealt with."""
        return tuple(f for f in (self.outcome.findings if self.outcome else ()) if unsettled(f, self.dossier))

    @property
    def blocked(self) -> bool:
        """Whether there may be no approval and no positive conclusion yet."""
        return bool(self.obstacles or self.waiting)

    def say(self, key: str, /, **values: object) -> str:
        """A sentence; entity, year, guideline and body are always known to it."""
        body = self.dossier.body.name if self.dossier.body else self.words("names.body")
        known = {
            "entity": self.dossier.entity.name,
            "year": self.dossier.year,
            "guideline": self.guideline.title,
            "body": body,
        }
        return self.words(key, **(known | values))

    def par(self, key: str, style: Style = "body", /, **values: object) -> Paragraph:
        """A paragraph with that sentence."""
        return Paragraph(self.say(key, **values), style)

    def heads(self, file: str, keys: Iterable[str]) -> tuple[Cell, ...]:
        """A header row of those words."""
        return cells.heads(*(self.say(f"{file}.{key}") for key in keys))

    def absent(self, what: str) -> Paragraph:
        """Says that the dossier has nothing here."""
        return self.par("words.absent", what=self.say(f"names.{what}"))

    def own(self, text: str) -> Paragraph:
        """The dossier's own text as a paragraph."""
        return Paragraph(cells.sentence(text))

    def listed(self, texts: Iterable[str]) -> tuple[Paragraph, ...]:
        """Numbered list items; a single one as a paragraph."""
        given = tuple(texts)
        if len(given) == 1:
            return (self.own(given[0]),)
        return tuple(Paragraph(f"（{n}）{cells.sentence(text)}", "list") for n, text in enumerate(given, 1))

    def origin(self, *path: str | int) -> str:
        """Where the dossier says so: file and line."""
        place = self.dossier.place(*path)
        return str(place) if place else "dossier.yaml: " + ".".join(map(str, path))

    def figure(self, value: Decimal | int | None, *path: str | int) -> Cell:
        """A dossier figure with its place."""
        return cells.figure(cells.number(value), self.origin(*path))

    def text(self, value: str | None, *path: str | int) -> Cell:
        """A dossier text with its place (model numbers, codes)."""
        return Cell(value.strip() if value and value.strip() else cells.NONE, origin=self.origin(*path))

    def amount(self, value: Decimal, missing: Sequence[str]) -> str:
        """An emission with its unit for running text; an incomplete one says so after the unit."""
        return self.marked(f"{plain(value)} tCO2e", missing)

    def marked(self, shown: str, missing: Sequence[str]) -> str:
        """A sum as shown; an incomplete one always says so."""
        return shown + self.say("words.incomplete_mark") if missing else shown

    def total(self, total: Sum, colspan: int = 1, bold: bool = True) -> Cell:
        """The verified figure of a subtotal or total."""
        shown = self.marked(plain(total.verified_value), total.missing)
        return cells.figure(shown, self.say("words.origin_sum", name=total.zh), colspan, bold)

    def total_reported(self, total: Sum) -> Cell:
        """The reported figure of a subtotal or total."""
        shown = cells.NONE if total.reported is None else self.marked(plain(total.reported), total.missing)
        return cells.figure(shown, str(total.place or total.id))

    def line_value(self, line: Line) -> Cell:
        """The verified figure of a line; what is missing says so."""
        if line.verified_value is None:
            return cells.centred(self.say("words.no_value"))
        return cells.figure(plain(line.verified_value), self.say("words.origin_line", line=line.id))

    def line_reported(self, line: Line) -> Cell:
        """The reported figure of a line."""
        return cells.figure(cells.number(line.reported), str(line.place or line.id))

    def incomplete_notes(self, *sums: Sum) -> tuple[Paragraph, ...]:
        """Names what is missing under a table of totals."""
        missing = tuple(dict.fromkeys(m for total in sums for m in total.missing))
        return (self.par("words.incomplete_note", "note", missing=cells.joined(missing)),) if missing else ()


def table(
    caption: str,
    head: Sequence[Cell],
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[float],
    align: Sequence[Align] = (),
    size: Literal["normal", "small"] = "normal",
    landscape: bool = False,
) -> Table:
    """A table with one header row."""
    body = tuple(tuple(row) for row in rows)
    return Table(caption, (tuple(head), *body), tuple(widths), 1, tuple(align), size, landscape)


def form(caption: str, rows: Iterable[Sequence[Cell]], widths: Sequence[float]) -> Table:
    """A form: labels and fields, no header row."""
    return Table(caption, tuple(tuple(row) for row in rows), tuple(widths), 0)


def without_empty(table: Table, columns: Sequence[int]) -> Table:
    """The table without those of the named columns in which no row says anything; for tables without spans."""
    said = {x for x in columns if any(row[x].text != cells.NONE for row in table.rows[table.header_rows :])}
    kept = [x for x in range(len(table.widths)) if x in said or x not in columns]
    rows = tuple(tuple(row[x] for x in kept) for row in table.rows)
    return replace(table, rows=rows, widths=tuple(table.widths[x] for x in kept))
