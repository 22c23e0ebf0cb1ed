"""Findings as SARIF and HTML: complete, well formed, nothing loaded from elsewhere, nothing hidden."""

import datetime
import json
import re
from html.parser import HTMLParser

import jsonschema
import pytest

from tanhe.checks import registry
from tanhe.checks.examine import examine
from tanhe.dossier.load import load
from tanhe.messages import speaking
from tanhe.report.findings.html import html
from tanhe.report.findings.listing import Listing
from tanhe.report.findings.sarif import FINGERPRINT, sarif

TODAY = datetime.date(2026, 11, 20)
WAIVER = ("\ntables:", "\nwaivers: [{rule: XAB001, reason: '<b>已说明</b>', by: 核查组长, date: 2024-05-06}]\ntables:")

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {"type": "object", "required": ["uri"], "properties": {
                    "uri": {"type": "string", "pattern": r"^(file:///)?[A-Za-z0-9._~/%!$&'()*+,;=@:-]+$"}}},
                "region": {"type": "object", "required": ["startLine"], "properties": {
                    "startLine": {"type": "integer", "minimum": 1}, "startColumn": {"type": "integer", "minimum": 1}}},
            },
        },
        "logicalLocations": {"type": "array", "items": {"type": "object", "required": ["fullyQualifiedName"]}},
    },
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
SHAPE = {  # what SARIF 2.1.0 §3.13–3.27 asks of the parts we write
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "maxItems": 1, "items": {
            "type": "object",
            "required": ["tool", "invocations", "results"],
            "properties": {
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {
                    "type": "object", "required": ["name", "version", "rules"],
                    "properties": {
                        "language": {"type": "string", "pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
                        "rules": {"type": "array", "uniqueItems": True, "items": {
                            "type": "object", "required": ["id", "shortDescription", "defaultConfiguration"],
                            "properties": {"shortDescription": TEXT, "fullDescription": TEXT, "help": TEXT,
                                           "defaultConfiguration": {"properties": {"level": LEVEL}}}}},
                    }}}},
                "invocations": {"type": "array", "items": {
                    "type": "object", "required": ["executionSuccessful"],
                    "properties": {"toolExecutionNotifications": {"type": "array", "items": {
                        "type": "object", "required": ["message"],
                        "properties": {"message": TEXT, "level": LEVEL, "associatedRule": {"type": "object", "required": ["id"]}}}}}}},
                "results": {"type": "array", "items": {
                    "type": "object",
                    "required": ["message", "ruleId", "ruleIndex", "kind", "level", "partialFingerprints"],
                    "properties": {
                        "message": TEXT, "kind": {"enum": ["pass", "open", "informational", "notApplicable", "review", "fail"]},
                        "level": LEVEL, "locations": {"type": "array", "items": LOCATION},
                        "relatedLocations": {"type": "array", "items": LOCATION},
                        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
                        "suppressions": {"type": "array", "items": {
                            "type": "object", "required": ["kind", "justification"],
                            "properties": {"kind": {"enum": ["inSource", "external"]}, "location": LOCATION,
                                           "status": {"enum": ["accepted", "underReview", "rejected"]}}}},
                    },
                    "if": {"properties": {"kind": {"const": "fail"}}}, "else": {"properties": {"level": {"const": "none"}}}}},
            },
        }},
    },
}


@pytest.fixture
def listing(small, few_rules):
    def make(*edits, path="案 卷", **options):
        dossier, problems = load(small.write(*edits))
        inventory, outcome = examine(dossier, problems, TODAY)
        return Listing(inventory, outcome, path, tuple(few_rules.values()), **options)

    return make


def results(listing):
    return {r["ruleId"]: r for r in sarif(listing)["runs"][0]["results"]}


def test_a_log_has_the_shape_of_sarif(listing):
    log = sarif(listing(WAIVER))
    jsonschema.validate(log, SHAPE)
    assert json.loads(json.dumps(log)) == log


@pytest.mark.parametrize("example", ["mingquan-methanol-2018", "shenke-transformers-2023"])
def test_a_log_of_a_real_case_has_the_shape_of_sarif(example):
    from tanhe import examples

    dossier, problems = load(examples.find(example))
    inventory, outcome = examine(dossier, problems, TODAY)
    log = sarif(Listing(inventory, outcome, example, registry.choose((), ())))
    jsonschema.validate(log, SHAPE)
    run = log["runs"][0]
    assert len(run["results"]) == len(outcome.findings) > 0
    assert len({r["partialFingerprints"][FINGERPRINT] for r in run["results"]}) == len(run["results"])


def test_rules_are_named_by_index_and_levels_follow_severity_and_kind(listing):
    run = sarif(listing())["runs"][0]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    found = {r["ruleId"]: (r["kind"], r["level"], r["properties"]["severity"]) for r in run["results"]}
    assert found == {"XAA001": ("fail", "error", "material"), "XAA002": ("review", "none", "minor"),
                     "XAB001": ("fail", "note", "editorial"), "XAB002": ("fail", "note", "note")}


def test_every_place_is_there_with_its_line(listing, small):
    found = results(listing())
    result = found["XAA001"]
    places = [*result["locations"], *result["relatedLocations"]]
    assert [p["physicalLocation"]["region"]["startLine"] for p in places] == [
        small.line("reported: 31.45"), small.line("reported: 44.48")]
    assert {p["physicalLocation"]["artifactLocation"]["uri"] for p in places} == {"%E6%A1%88%20%E5%8D%B7/dossier.yaml"}
    page, cell = (found["XAA002"]["locations"][0], found["XAA002"]["relatedLocations"][0])
    assert "region" not in page["physicalLocation"]
    assert page["logicalLocations"][0]["fullyQualifiedName"] == "p.3"
    assert cell["logicalLocations"][0]["fullyQualifiedName"] == "电力!B3"


def test_a_dossier_given_by_its_whole_path_has_file_references(listing, tmp_path):
    uri = results(listing(path=str(tmp_path / "a b")))["XAA001"]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.startswith("file:///") and uri.endswith("/a%20b/dossier.yaml")


def test_a_waiver_is_a_suppression_with_its_words_and_line(listing, small):
    found = results(listing(WAIVER))
    (suppression,) = found["XAB001"]["suppressions"]
    assert suppression["status"] == "accepted"
    assert all(word in suppression["justification"] for word in ("已说明", "核查组长", "2024-05-06"))
    assert suppression["location"]["physicalLocation"]["region"]["startLine"] == small.line("tables:")
    assert all("suppressions" not in result for code, result in found.items() if code != "XAB001")


def test_rules_that_did_not_run_are_told(listing):
    (invocation,) = sarif(listing())["runs"][0]["invocations"]
    told = {n["associatedRule"]["id"]: n["message"]["text"] for n in invocation["toolExecutionNotifications"]}
    assert set(told) == {"XAC001", "XAC002"} and "计量器具" in told["XAC001"]


def test_fingerprints_do_not_depend_on_lines_or_language(listing):
    def of(log):
        return [r["partialFingerprints"][FINGERPRINT] for r in log["runs"][0]["results"]]

    before = of(sarif(listing()))
    with speaking("en"):
        assert of(sarif(listing(("\ntables:", "\n\n\ntables:")))) == before


class Page(HTMLParser):
    """Tags, attributes and text of a page; checks that what is opened is closed."""

    VOID = frozenset(("meta", "br", "hr", "img", "link", "input"))

    def __init__(self, source):
        super().__init__()
        self.open, self.tags, self.links, self.words = [], [], [], []
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("src", "href", "action")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def test_the_page_is_whole_and_loads_nothing(listing):
    source = html(listing(WAIVER))
    page = Page(source)
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags) and page.links == []
    assert not re.search(r"https?:|@import|url\(", source)
    assert "default-src 'none'" in source and '<html lang="zh-CN">' in source and "@media print" in source


def test_the_page_shows_what_the_rules_said_as_text(listing):
    source = html(listing(WAIVER))
    words = "".join(Page(source).words)
    assert "合计少 <1.5> 吨 & 更多" in words and "<b>已说明</b>" in words and "<b>" not in source
    for said in ("dossier.yaml:", "核查报告.pdf p.3", "底稿.xlsx[电力!B3]", "-2.01 至 +1.50 tCO2e", "案卷缺少计量器具", "核查组长，2024-05-06"):
        assert said in words


def test_the_page_says_when_nothing_was_found_and_what_was_left_out(listing, few_rules):
    hidden = "".join(Page(html(listing(least="material"))).words)
    assert "有 3 项发现没有列出" in hidden and "用语有误" not in hidden
    for code in ("XAA001", "XAA002", "XAB001", "XAB002"):
        few_rules.pop(code)
    assert "没有发现" in html(listing())
