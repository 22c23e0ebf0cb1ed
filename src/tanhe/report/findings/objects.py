"""Findings as one JSON object (JSON 格式): the same finding objects as the record, with the counts of the rules."""

from __future__ import annotations

from typing import Any

from tanhe import __version__
from tanhe.checks.pages import on_hand
from tanhe.report.findings.listing import Listing
from tanhe.report.record import finding_object, rule_counts, rule_set

SCHEMA = "tanhe.findings/1"


def objects(listing: Listing) -> dict[str, Any]:
    """The findings shown; what the options left out is counted."""
    dossier = listing.inventory.dossier
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "program": {"version": __version__, "factor_set": listing.inventory.factor_set, "rule_set": rule_set()},
        "input": {"kind": "dossier", "path": listing.path, "sha256": dossier.digest.removeprefix("sha256:")},
        "entity": {"name": dossier.entity.name, "uscc": dossier.entity.uscc},
        "year": dossier.year,
        "findings": [finding_object(finding, listing.inventory) for finding in listing.shown],
        "rules": rule_counts(listing.outcome),
        "left_out": {"rules": listing.left_out, "findings": listing.hidden},
        "idle_waivers": [
            {"rule": w.rule, "reason": w.reason, "by": w.by, "date": w.date.isoformat()} for w in listing.idle_waivers
        ],
    }
    if listing.explain:
        found["pages"] = {f.rule: _page(f.rule) for f in listing.shown}
    if listing.verbose:
        found["rules"]["milliseconds"] = {code: f"{s * 1000:.3f}" for code, s in listing.outcome.seconds.items()}
    return found


def _page(code: str) -> dict[str, str] | None:
    page = on_hand(code)
    if page is None:
        return None
    return {"meaning": str(page.meaning), "basis": str(page.basis), "fails": str(page.fails.words),
            "passes": str(page.passes.words), "settle": str(page.settle)}
