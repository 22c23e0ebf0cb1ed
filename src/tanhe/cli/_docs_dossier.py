"""The reference page of every key of a dossier (案卷的键), from the models and their explanations."""

from __future__ import annotations

import datetime
import types
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import yaml
from pydantic import BaseModel

from tanhe.cli._docs import code, table
from tanhe.dossier.data import Literal_
from tanhe.dossier.model import Dossier
from tanhe.messages import TanheError
from tanhe.quantity.units import Unit

INTRO = """# 案卷的全部键

`dossier.yaml` 每一层允许的键；写了这里没有的键会报错，并提示最接近的写法。怎样写数字、单位、日期与引用，见
[案卷格式](../dossier-format.md)。单位一栏说的页：[计量单位](units.md)、[公式](formulas.md)、
[核算指南](guidelines.md)、[命令行](cli.md)。机读的定义：`tanhe schema dossier`。

“必填”之外的键都可以不写；不写与留空相同。"""
WORDS = {str: "文字", int: "整数", Decimal: "数", bool: "是/否", datetime.date: "日期", Unit: "单位"}


def keys(explanations: Path) -> str:
    """The page; a key without an explanation, or an explanation without a key, is an error."""
    told: dict[str, dict[str, list[Any]]] = yaml.safe_load(explanations.read_text(encoding="utf-8"))
    models = list(_models(Dossier, []))
    wanted = {(m.__name__, k) for m in models for k in m.model_fields}
    given = {(name, key) for name, part in told.items() for key in part}
    if wanted != given:
        odd = ", ".join(f"{name}.{key}" for name, key in sorted(wanted ^ given))
        raise TanheError(f"keys and explanations differ: {odd}", file=explanations)
    return "\n\n".join([INTRO, *(_section(model, told[model.__name__]) for model in models)])


def _section(model: type[BaseModel], told: dict[str, list[Any]]) -> str:
    rows = []
    for name, field in model.model_fields.items():
        meaning, values, example = (str(part) for part in told[name])
        needed = "必填" if field.is_required() else ""
        rows.append([code(name), _type(field.annotation), needed, meaning, values, code(example)])
    title = (model.__doc__ or "").strip().splitlines()[0]
    head = ["键", "类型", "", "含义", "单位或取值", "例"]
    return f"## {_anchor(model)}\n\n{title}\n\n{table(head, rows)}"


def _models(model: type[BaseModel], seen: list[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """The model and those inside it, each once, in order of first mention."""
    if model in seen:
        return
    seen.append(model)
    yield model
    inner = [part for field in model.model_fields.values() for part in _parts(field.annotation)]
    for part in inner:
        yield from _models(part, seen)


def _parts(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _parts(argument)


def _type(annotation: Any) -> str:
    """An annotation in words: 数, 列表 of …, the name of a part, the allowed words."""
    if annotation in WORDS:
        return WORDS[annotation]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__.strip('_')}](#{_anchor(annotation).lower()})"
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return "取值"
    if origin is tuple or origin is list:
        return f"{_type(arguments[0])} 列表"
    if origin is dict:
        return f"键 → {_type(arguments[1])}"
    if origin in (Union, types.UnionType):
        members = [a for a in arguments if a is not type(None)]
        return "引用" if Literal_ in _flat(members) else " 或 ".join(_type(member) for member in members)
    return _type(arguments[0]) if arguments else str(annotation)


def _flat(members: list[Any]) -> list[Any]:
    return [inner for member in members for inner in (member, *_flat(list(get_args(member))))]


def _anchor(model: type[BaseModel]) -> str:
    return model.__name__.strip("_")
