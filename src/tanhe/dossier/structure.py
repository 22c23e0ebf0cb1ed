"""What does not fit the dossier's models (结构问题), in the project's words and at its place, all at once."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from tanhe.dossier.model import Dossier, Path
from tanhe.dossier.places import Place
from tanhe.dossier.problems import Problem
from tanhe.dossier.yaml_source import Source
from tanhe.messages import text

SHAPES: Mapping[str, tuple[str, str]] = MappingProxyType({
    "string_type": ("文字", "text"),
    "tuple_type": ("列表，每项前写“- ”", "a list, '- ' before each member"),
    "list_type": ("列表，每项前写“- ”", "a list, '- ' before each member"),
    "dict_type": ("“键: 值”", "'key: value'"),
    "model_type": ("“键: 值”", "'key: value'"),
    "model_attributes_type": ("“键: 值”", "'key: value'"),
    "decimal_type": ("一个数字", "a number"),
    "is_instance_of": ("单位，如 t", "a unit such as t"),
    "date_type": ("日期，如 2024-03-18", "a date such as 2024-03-18"),
    "bool_type": ("true 或 false", "true or false"),
})
"""Errors of shape by pydantic's name for them: what was expected."""


def structural_problems(source: Source, error: ValidationError) -> list[Problem]:
    """Every error of the models as a problem; of the alternatives of a union only the one that got furthest."""
    items = [(_path(source, item["loc"]), item) for item in error.errors(include_url=False)]
    inner = {path[:n] for path, _ in items for n in range(len(path))}
    told = inner | {path for path, item in items if item["type"] not in SHAPES}
    found: dict[tuple[Path, str], Problem] = {}
    for path, item in items:
        if item["type"] in SHAPES:
            if path in told:
                continue
            told.add(path)
        problem = _problem(source, path, item)
        found.setdefault((path, problem.message), problem)
    return list(found.values())


def _path(source: Source, loc: tuple[str | int, ...]) -> Path:
    """The part of pydantic's location that stands in the file; names of union members are left out."""
    path: Path = ()
    for part in loc:
        if (*path, part) in source.places:
            path = (*path, part)
    return path


def _problem(source: Source, path: Path, item: Any) -> Problem:
    place = source.places.get(path, Place(source.file))
    name = str(item["loc"][-1])
    label = next((part for part in reversed(path) if isinstance(part, str)), name)
    kind = item["type"]
    if kind == "missing":
        return Problem("DOS003", text(f"缺少必填项“{name}”", f"{name!r} is required"), place)
    if kind == "extra_forbidden":
        return _unknown_key(item["loc"], name, place)
    if kind == "value_error":
        return Problem("DOS005", f"{label}: {item['ctx']['error']}", place)
    if kind in ("literal_error", "enum"):
        return Problem("DOS006", f"{label}: {_short(item['input'])}", place, _quoted(item["ctx"]["expected"]))
    if kind == "too_short":
        return Problem("DOS007", text(f"{label}: 没有内容", f"{label}: nothing in it"), place,
                       text("至少一项", "at least one member"))
    if item["input"] is None:
        return Problem("DOS003", text(f"“{label}”没有填写", f"{label!r} is empty"), place, text(*SHAPES.get(kind, ("", ""))))
    return Problem("DOS007", f"{label}: {_short(item['input'])}", place, text(*SHAPES.get(kind, (item["msg"], item["msg"]))))


def _short(value: Any) -> str:
    if isinstance(value, dict | list | tuple):
        return text("这里是列表", "a list") if not isinstance(value, dict) else text("这里是“键: 值”", "a 'key: value' block")
    written = " ".join(str(value).split())
    return written if len(written) <= 40 else written[:40] + "…"


def _quoted(expected: Any) -> str:
    return str(expected).replace("'", "").replace(" or ", text(" 或 ", " or "))


def _unknown_key(loc: tuple[str | int, ...], name: str, place: Place) -> Problem:
    """The nearest key of the part the unknown one stands in, or all of them when there are few."""
    models: set[type[BaseModel]] = {Dossier}
    for part in loc[:-1]:
        inner = {m for model in models if part in model.model_fields for m in _models(model.model_fields[str(part)].annotation)}
        models = inner or models
    fields = sorted({field for model in models for field in model.model_fields})
    near = difflib.get_close_matches(name, fields, n=1, cutoff=0.6)
    hint = text(f"，最接近的是“{near[0]}”", f"; the nearest is {near[0]!r}") if near else ""
    few = ", ".join(fields) if len(fields) <= 12 else ""
    expected = "" if near else few or text("案卷格式文档中的键", "a key of the dossier format")
    return Problem("DOS004", text(f"不认识的键“{name}”", f"unknown key {name!r}") + hint, place, expected)


def _models(annotation: Any) -> set[type[BaseModel]]:
    """The models an annotation is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for part in get_args(annotation) for model in _models(part)}
