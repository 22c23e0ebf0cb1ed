"""Findings as SARIF 2.1.0 (OASIS 静态分析结果交换格式), for editors and platforms that show results beside the files.

Kinds are SARIF's own: a ``review`` or ``open`` result has level ``none``; the severity stands in its properties.
A waiver is a suppression; a rule that did not run is a notification of the invocation, never a silent pass.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from tanhe import __version__
from tanhe.checks.engine import Rule
from tanhe.checks.findings import Finding
from tanhe.checks.pages import on_hand
from tanhe.dossier.places import Place
from tanhe.messages import language, text
from tanhe.quantity.quantity import plain
from tanhe.report.findings.listing import Listing, effect_words, waiver_words
from tanhe.report.paths import readable

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "tanheFinding/v1"
LEVELS = {"material": "error", "minor": "warning", "editorial": "note", "note": "note"}
Json = dict[str, Any]


def sarif(listing: Listing) -> Json:
    """One SARIF log with one run."""
    index = {rule.code: n for n, rule in enumerate(listing.rules)}
    dossier = listing.inventory.dossier
    run: Json = {
        "tool": {"driver": {
            "name": "Tanhe", "version": __version__, "language": "zh-CN" if language() == "zh" else "en",
            "rules": [_rule(rule) for rule in listing.rules],
        }},
        "invocations": [{
            "executionSuccessful": True,
            "toolExecutionNotifications": [_not_run(code, why, index) for code, why in listing.outcome.not_run],
        }],
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, listing, index) for finding in listing.shown],
        "properties": {
            "entity": dossier.entity.name, "uscc": dossier.entity.uscc or None, "year": dossier.year,
            "rules": {"run": listing.outcome.run, "passed": listing.outcome.passed, "failed": listing.outcome.failed,
                      "notApplicable": listing.outcome.not_applicable, "notRun": len(listing.outcome.not_run),
                      "leftOut": listing.left_out},
            "findingsBelowSeverity": listing.hidden,
        },
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> Json:
    page = on_hand(rule.code)
    described: Json = {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"severity": rule.severity, "family": rule.family.value, "clause": rule.clause or None,
                       "needs": list(rule.needs), "tags": [rule.family.value, *rule.covers]},
    }
    if page is not None:
        described["fullDescription"] = {"text": str(page.meaning)}
        described["help"] = {"text": f"{page.basis}\n{page.settle}"}
    return described


def _result(finding: Finding, listing: Listing, index: dict[str, int]) -> Json:
    dossier = listing.inventory.dossier
    found: Json = {
        "ruleId": finding.rule,
        "kind": finding.kind,
        "level": LEVELS[finding.severity] if finding.kind == "fail" else "none",
        "message": {"text": readable(finding.message)},
        "partialFingerprints": {
            FINGERPRINT: finding.fingerprint(dossier.entity.uscc or dossier.entity.name, dossier.year)
        },
        "properties": {"severity": finding.severity, "family": finding.family, "title": finding.title,
                       "clause": finding.clause, "datum": finding.datum, "effectTco2e": _effect(finding)},
    }
    if finding.rule in index:
        found["ruleIndex"] = index[finding.rule]
    if finding.effect:
        found["message"]["text"] += text(f"（影响 {effect_words(finding.effect)}）", f" (effect {effect_words(finding.effect)})")
    locations = [_location(place, listing.path) for place in finding.places]
    if locations:
        found["locations"] = locations[:1]
        found["relatedLocations"] = [{"id": n, **location} for n, location in enumerate(locations[1:], 1)]
    if finding.waiver:
        at = dossier.place("waivers", dossier.waivers.index(finding.waiver))
        found["suppressions"] = [{
            "kind": "inSource", "status": "accepted", "justification": waiver_words(finding.waiver),
            **({"location": _location(at, listing.path)} if at else {}),
        }]
    return found


def _effect(finding: Finding) -> Json | None:
    effect = finding.effect
    return {"low": plain(effect.low), "high": plain(effect.high)} if effect else None


def _location(place: Place, path: str) -> Json:
    region: Json = {}
    if place.line is not None:
        region["startLine"] = place.line
        if place.column is not None:
            region["startColumn"] = place.column
        if place.quote:
            region["snippet"] = {"text": place.quote}
    physical: Json = {"artifactLocation": {"uri": _uri(path, place.file)}}
    if region:
        physical["region"] = region
    found: Json = {"physicalLocation": physical}
    if place.sheet:
        name = f"{place.sheet}!{place.cell}" if place.cell else place.sheet
        found["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "member"}]
    elif place.page is not None:
        found["logicalLocations"] = [{"fullyQualifiedName": f"p.{place.page}", "kind": "member"}]
    return found


def _uri(path: str, file: str) -> str:
    """The file as a reference: relative as the dossier was given, ``file:`` when it was given absolutely."""
    given = PurePath(path)
    whole = (given.parent if given.suffix in (".yaml", ".yml") else given) / file
    if whole.is_absolute():
        return whole.as_uri()
    return quote(whole.as_posix())


def _not_run(code: str, why: str, index: dict[str, int]) -> Json:
    rule: Json = {"id": code} | ({"index": index[code]} if code in index else {})
    message = text(f"规则 {code} 未运行：{readable(why)}", f"rule {code} did not run: {why}")
    return {"level": "note", "message": {"text": message}, "associatedRule": rule, "descriptor": {"id": "not-run"}}
