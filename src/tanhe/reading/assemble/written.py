"""Emission lines into the tree (排放行写入案卷), with their places."""

from __future__ import annotations

from tanhe.dossier.places import Place
from tanhe.reading.assemble.drafts import Pool, number
from tanhe.reading.assemble.lines import Line, Lines
from tanhe.reading.assemble.tree import Tree


def write(lines: Lines, pool: Pool, tree: Tree) -> None:
    """Put the lines of the inventory into the tree."""
    for line in lines.lines:
        if not line.supplementary:
            write_line(("lines", tree.length("lines")), line, tree)


def write_line(at: tuple[str | int, ...], line: Line, tree: Tree) -> None:
    """One line with its places."""
    place: Place = line.reported.place
    tree.put((*at, "id"), line.id, place)
    tree.put((*at, "source"), line.source, place)
    tree.say((*at, "item"), line.item)
    if line.fuel is not None and line.source in ("combustion", "raw-material", "biomass"):
        tree.put((*at, "fuel"), line.fuel, line.item.place)
    if line.direction is not None:
        tree.put((*at, "direction"), line.direction, place)
    tree.put((*at, "inputs"), dict(line.inputs), place)
    if line.as_reported is not None:
        tree.put((*at, "as_reported"), dict(line.as_reported), place)
    if number(line.reported.text) is not None:
        tree.put((*at, "reported"), line.reported.text.strip(), place)
    if line.note:
        tree.put((*at, "note"), line.note, place)
