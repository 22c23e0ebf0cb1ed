"""The machine-readable record (机读记录), ``tanhe.record/1``: numbers as strings with their digits, absent as null."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from tanhe import __version__
from tanhe.checks.findings import Finding, Outcome
from tanhe.checks.pages import on_hand
from tanhe.dossier.places import Place
from tanhe.dossier.reading import Reading
from tanhe.factors.model import Factor
from tanhe.inventory.model import DatumResult, Evaluation, Input, Inventory, Line, Sum, SupplementaryResult
from tanhe.quantity.quantity import exact_text, plain

SCHEMA = "tanhe.record/1"
Json = dict[str, Any]


def record(inventory: Inventory, outcome: Outcome, path: str, reading: Reading | None = None) -> Json:
    """The record of one verified dossier, or of a finished report with how well it was read."""
    dossier = inventory.dossier
    return {
        "schema": SCHEMA,
        "program": {"version": __version__, "factor_set": inventory.factor_set, "rule_set": rule_set()},
        "input": {"kind": "dossier" if reading is None else "report", "path": path, "sha256": dossier.digest.removeprefix("sha256:")},
        "entity": {"name": dossier.entity.name, "uscc": dossier.entity.uscc},
        "year": dossier.year,
        "guideline": dossier.guideline,
        "guideline_status": {"grade": inventory.guideline.grade, "status": inventory.guideline.status},
        "inventory": {
            "complete": inventory.including.complete,
            "lines": [_line(line) for line in inventory.lines],
            "subtotals": {name: _sum(total) for name, total in inventory.subtotals.items()},
            "totals": {
                "excluding_purchased_energy": _sum(inventory.excluding),
                "including_purchased_energy": _sum(inventory.including),
            },
            "supplementary": [_supplementary(table) for table in inventory.supplementary],
            "data": [_datum(datum) for datum in inventory.data.values()],
        },
        "findings": [finding_object(finding, inventory) for finding in outcome.findings],
        "rules": rule_counts(outcome),
        "factors": [_factor(factor) for factor in inventory.factors],
        "reading": None if reading is None else reading_record(reading),
    }


def reading_record(reading: Reading) -> Json:
    """How well a finished report was read: the record's ``reading``."""
    return {
        "numbers": reading.numbers,
        "placed": reading.placed,
        "closure": f"{reading.closure:.2f}",
        "unplaced": [
            {"line": u.place.line, "page": u.place.page, "text": u.text, "number": u.number, "place": _place(u.place)}
            for u in reading.unplaced
        ],
        "notes": [{"place": _place(place), "text": words} for place, words in reading.notes],
    }


@lru_cache(maxsize=1)
def rule_set() -> str:
    """Digest of the rules' own text: another rule set gives another digest."""
    digest = hashlib.sha256()
    for name, content in _rule_files(files("tanhe.checks"), ""):
        digest.update(name.encode() + content.replace(b"\r\n", b"\n"))
    return f"sha256:{digest.hexdigest()}"


def _rule_files(folder: Traversable, at: str) -> Iterator[tuple[str, bytes]]:
    """Code and data of the rules, folder by folder; their pages explain and do not decide."""
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.is_dir() and file.name not in ("pages", "__pycache__"):
            yield from _rule_files(file, f"{at}{file.name}/")
        elif file.name.endswith((".py", ".yaml", ".csv")):
            yield at + file.name, file.read_bytes()


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else exact_text(value)


def _line(line: Line) -> Json:
    evaluation = line.reported_evaluation
    verified = line.verified_evaluation
    return {
        "id": line.id,
        "source": line.source.id,
        "item": line.item,
        "sign": line.sign,
        "memo": line.memo,
        "formula": evaluation.expression if evaluation else None,
        "formula_id": evaluation.formula.id if evaluation else None,
        "clause": line.source.clause or None,
        "inputs": _inputs(evaluation),
        "exact": _exact(line.exact),
        "value": _number(line.value),
        "unit": line.unit,
        "reported": _number(line.reported),
        "replay": line.replay.grade.value,
        "reason": line.replay.reason or None,
        "full_precision": _exact(line.full),
        "gas_mass": _exact(line.gas_mass),
        "conflict": line.conflict or None,
        "missing": list(line.missing),
        "verified": {
            "formula": verified.expression if verified else None,
            "inputs": _inputs(verified),
            "exact": _exact(line.verified),
            "value": _number(line.verified_value),
        },
        "place": _place(line.place),
    }


def _inputs(evaluation: Evaluation | None) -> Json:
    if evaluation is None:
        return {}
    found: Json = {}
    for item in evaluation.inputs:
        if item.spec.many:
            found |= {f"{item.symbol}_{n}": _input(item, v) for n, v in enumerate(item.values, 1)}
        else:
            found[item.symbol] = _input(item, item.value)
    return found


def _input(item: Input, value: Decimal) -> Json:
    return {
        "value": plain(value),
        "unit": str(item.unit),
        "stated": {"value": plain(item.stated[0]), "unit": str(item.stated[1])},
        "origin": item.origin,
        "datum": item.datum,
        "place": _place(item.place),
        "factor": item.factor.key if item.factor else None,
    }


def _sum(total: Sum) -> Json:
    return {
        "exact": exact_text(total.exact),
        "value": plain(total.value),
        "reported": _number(total.reported),
        "replay": total.replay.grade.value,
        "reason": total.replay.reason or None,
        "complete": total.complete,
        "missing": list(total.missing),
        "verified": {"exact": exact_text(total.verified), "value": plain(total.verified_value)},
    }


def _supplementary(table: SupplementaryResult) -> Json:
    return {
        "table": table.table,
        "product": table.product,
        "unit_name": table.unit_name or None,
        "lines": [_line(line) for line in table.lines],
        "subtotals": {name: _sum(total) for name, total in table.subtotals.items()},
        "total": _sum(table.total),
    }


def _datum(datum: DatumResult) -> Json:
    evaluation = datum.evaluation
    return {
        "id": datum.id,
        "item": datum.datum.item,
        "unit": str(datum.datum.unit),
        "reported": _number(datum.reported),
        "verified": _number(datum.verified),
        "formula": evaluation.expression if evaluation else None,
        "exact": _exact(evaluation.exact) if evaluation else None,
        "replay": datum.replay.grade.value,
        "reason": datum.replay.reason or None,
        "readings": [{"method": r.method, "value": plain(r.value), "unit": r.unit} for r in datum.readings],
        "factor": datum.factor.key if datum.factor else None,
        "library_note": datum.library_note or None,
        "place": _place(datum.place),
    }


def rule_counts(outcome: Outcome) -> Json:
    """How many rules ran, and how each ended; those that did not run with the reason."""
    return {
        "run": outcome.run, "passed": outcome.passed, "failed": outcome.failed,
        "not_applicable": outcome.not_applicable,
        "not_run": [{"rule": rule, "why": why} for rule, why in outcome.not_run],
    }


def finding_object(finding: Finding, inventory: Inventory) -> Json:
    """One finding; ``waived`` is null, or the reason, the role and the date of its waiver."""
    dossier = inventory.dossier
    effect, waiver, page = finding.effect, finding.waiver, on_hand(finding.rule)
    return {
        "rule": finding.rule,
        "family": finding.family or None,
        "kind": finding.kind,
        "severity": finding.severity,
        "title": finding.title,
        "message": finding.message,
        "clause": finding.clause,
        "datum": finding.datum,
        "places": [_place(place) for place in finding.places],
        "effect_tco2e": {"low": plain(effect.low), "high": plain(effect.high)} if effect else None,
        "settle": str(page.settle) if page else None,
        "fingerprint": finding.fingerprint(dossier.entity.uscc or dossier.entity.name, dossier.year),
        "waived": {"reason": waiver.reason, "by": waiver.by, "date": waiver.date.isoformat()} if waiver else None,
    }


def _place(place: Place | None) -> Json | None:
    if place is None:
        return None
    return {
        "file": place.file, "line": place.line, "page": place.page, "sheet": place.sheet, "cell": place.cell,
        "quote": place.quote or None, **({} if place.confidence is None else {"recognised": f"{place.confidence:.2f}"}),
    }


def _factor(factor: Factor) -> Json:
    return {
        "key": factor.key, "name": factor.name, "value": factor.value_text, "unit": factor.unit,
        "document": factor.document, "document_number": factor.document_number or None, "place": factor.place or None,
        "issued": factor.issued or None, "data_year": factor.data_year, "valid_from": factor.valid_from or None,
        "valid_to": factor.valid_to or None, "status": factor.status, "grade": factor.grade,
    }
