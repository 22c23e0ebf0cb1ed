"""Scalar types of the dossier: numbers that keep their digits, units, dates."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from tanhe.messages import TanheError, text
from tanhe.quantity.numbers import parse
from tanhe.quantity.units import Unit, unit


class Part(BaseModel):
    """Base of every part of a dossier: immutable, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def _number(value: Any) -> Any:
    try:
        return parse(value).value if isinstance(value, str) else value
    except TanheError as error:
        raise ValueError(str(error)) from error


def _unit(value: Any) -> Any:
    try:
        return unit(value) if isinstance(value, str) else value
    except TanheError as error:
        raise ValueError(str(error)) from error


def _date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"\s*(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?\s*", value)
    if not match:
        raise ValueError(text(f"“{value}”不是日期，应写作 2024-03-18", f"{value!r} is not a date; write 2024-03-18"))
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise ValueError(text(f"没有“{value}”这一天", f"there is no day {value!r}")) from error


def _flag(value: Any) -> Any:
    words = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
    if not isinstance(value, str):
        return value
    if value.strip().lower() not in words:
        raise ValueError(text(f"“{value}”应为 true 或 false", f"{value!r} should be true or false"))
    return words[value.strip().lower()]


Num = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": ["string", "number"]})]
"""A number with the digits it was written with; ``93%`` is 0.93."""

UnitField = Annotated[Unit, BeforeValidator(_unit), WithJsonSchema({"type": "string"})]
Day = Annotated[datetime.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"enum": [True, False, "是", "否"]})]
