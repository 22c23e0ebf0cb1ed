"""``tanhe schema``: the JSON Schemas are valid, and the examples satisfy them."""

import json

import jsonschema
import pytest
import yaml

from tanhe import examples


@pytest.mark.parametrize("what", ["record", "dossier"])
def test_it_is_a_valid_schema(tanhe, what):
    ran = tanhe("schema", what)
    assert (ran.status, ran.err) == (0, "")
    schema = json.loads(ran.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"] == f"tanhe.{what}/1"


@pytest.mark.parametrize("name", examples.names())
def test_the_examples_satisfy_the_dossier_schema(tanhe, name):
    schema = json.loads(tanhe("schema", "dossier").out)
    given = yaml.load((examples.find(name) / "dossier.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    errors = [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(given)]
    assert errors == []


@pytest.mark.parametrize("spoil", [{"adress": "x"}, {"year": []}, {"entity": {}}, {"lines": "x"}, {"format": "tanhe.dossier/9"}])
def test_the_dossier_schema_refuses_what_the_reader_refuses(tanhe, small, spoil):
    schema = json.loads(tanhe("schema", "dossier").out)
    given = {**yaml.load(small.text, Loader=yaml.BaseLoader), **spoil}
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(given))
    folder = small.write(text=json.dumps(given, ensure_ascii=False))
    assert tanhe("validate", folder).status == 2


def test_another_word_is_one_line(tanhe):
    ran = tanhe("schema", "report")
    assert (ran.status, ran.out, len(ran.lines)) == (2, "", 1)
    assert "record" in ran.err and "dossier" in ran.err
