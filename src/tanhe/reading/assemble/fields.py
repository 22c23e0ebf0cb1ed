"""What the dossier's format holds at a path (字段类型), from the format itself."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from tanhe.dossier.model import Dossier
from tanhe.dossier.values import Count, Day, Flag, Num, Year
from tanhe.reading.assemble.tree import Path


@lru_cache(maxsize=512)
def kind_at(path: Path) -> str | None:
    """What the format holds at a path: text, num, day, flag, year, count, list, part; None for no such path."""
    models: list[Any] = [Dossier]
    annotation: Any = Dossier
    for step in path:
        if isinstance(step, int) or get_origin(annotation) is dict:
            annotation = _inner(annotation)
        else:
            model = next((m for m in models if isinstance(m, type) and issubclass(m, BaseModel) and step in m.model_fields), None)
            if model is None:
                return None
            found = model.model_fields[str(step)]
            annotation = found.rebuild_annotation()
        models = _models(annotation)
    return _kind(annotation, models)


def _kind(annotation: Any, models: list[Any]) -> str:
    for marker, name in ((Day, "day"), (Num, "num"), (Flag, "flag"), (Year, "year"), (Count, "count")):
        if annotation == marker or marker in get_args(annotation):
            return name
    if get_origin(annotation) in (tuple, list):
        return "list"
    return "part" if models or get_origin(annotation) is dict else "text"


def _inner(annotation: Any) -> Any:
    given = [a for a in get_args(annotation) if a is not Ellipsis]
    return given[-1] if given else None


def _models(annotation: Any) -> list[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for part in get_args(annotation) for m in _models(part)] if get_origin(annotation) not in (tuple, list, dict) else []


def member(into: str) -> type[BaseModel] | None:
    """The model of a list's members; None for a list of texts."""
    field = Dossier.model_fields.get(into)
    found = [m for m in _all_models(field.annotation)] if field is not None else []
    return found[0] if found else None


def _all_models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for part in get_args(annotation) for m in _all_models(part)]
