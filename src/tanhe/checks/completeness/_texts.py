"""Where a dossier speaks of sources (案卷文字): each text with its area and path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tanhe.dossier.model import Dossier, Path

_TOLD = ("process", "boundary", "scope", "energy", "equipment", "source", "facility")


@dataclass(frozen=True)
class Text:
    """One text: its area, where it stands, and the longer text it belongs to (``around``)."""

    area: str
    path: Path
    words: str
    around: str = ""


def evidence(d: Dossier) -> Iterator[Text]:
    """Texts that can show a source: what the enterprise does, has, buys and records."""
    yield from _processes(d)
    whole = " ".join(w for p in d.processes for w in (p.name, p.text, *(f"{s.name} {s.text}" for s in p.steps)))
    for n, energy in enumerate(d.energy):
        yield Text("energy", ("energy", n), f"{energy.name}({energy.use} {energy.facility})", whole)
    for n, device in enumerate(d.equipment):
        yield Text("equipment", ("equipment", n), f"{device.name}({device.energy}){device.status}")
    for n, product in enumerate(d.products):
        yield Text("product", ("products", n), product.name)
    for n, line in enumerate(d.scope):
        yield Text("scope", ("scope", n), line)
    yield Text("boundary", ("boundary", "description"), d.boundary.description)
    yield Text("boundary", ("energy_management",), d.energy_management)
    for n, line in enumerate(d.boundary.notes):
        yield Text("boundary", ("boundary", "notes", n), line)
    for n, line in enumerate(d.quality_assurance):
        yield Text("boundary", ("quality_assurance", n), line)
    for n, said in enumerate(d.statements):
        if said.about.startswith(_TOLD):
            yield Text("statement", ("statements", n), said.text or said.value)
    yield from _records(d, whole)


def _processes(d: Dossier) -> Iterator[Text]:
    for n, process in enumerate(d.processes):
        around = " ".join((process.name, process.text, *(f"{s.name} {s.text}" for s in process.steps)))
        yield Text("process", ("processes", n, "name"), process.name, around)
        yield Text("process", ("processes", n, "text"), process.text, around)
        for m, step in enumerate(process.steps):
            yield Text("process", ("processes", n, "steps", m), f"{step.name}:{step.text}", around)


def _records(d: Dossier, whole: str) -> Iterator[Text]:
    """Data, tables, meters and documents: what is measured and paid for."""
    for name, datum in d.data.items():
        if datum.kind == "activity" and datum.library is None:
            yield Text("data", ("data", name), f"{datum.item}({datum.facility})", whole)
    for name, table in d.tables.items():
        yield Text("data", ("tables", name), table.title, whole)
    for n, meter in enumerate(d.meters):
        yield Text("meter", ("meters", n), f"{meter.name}{meter.status}")
    for n, document in enumerate(d.documents):
        yield Text("document", ("documents", n), document.title, whole)


def answers(d: Dossier) -> Iterator[str]:
    """Further texts in which a source may be denied: 不涉及碳酸盐使用."""
    yield from d.method_notes
    yield from d.other_findings
    yield d.boundary.branches
    yield d.boundary.changes
