"""The JSON Schema of ``dossier.yaml`` (案卷格式)."""

from __future__ import annotations

from typing import Any

from tanhe.dossier.model import FORMAT, Dossier


def dossier_schema() -> dict[str, Any]:
    """The schema, generated from the models so that it never differs from what is read."""
    schema = Dossier.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = FORMAT
    return schema
