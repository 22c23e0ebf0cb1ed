"""Scalar types of the dossier: numbers that keep their digits, units, dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema, model_validator

from tanhe.messages import TanheError, text
from tanhe.quantity.numbers import Printed, parse
from tanhe.quantity.units import Unit, unit


class Part(BaseModel):
    """Base of every part of a dossier: immutable; an unknown key is an error, a key left empty counts as absent."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value is not None or name not in cls.model_fields}


MOST_DIGITS = 30
"""Most significant digits a number may have; the longest printed figure has about fifteen."""


def number_of(printed: Printed) -> Decimal:
    """The value of a printed number; one longer than :data:`MOST_DIGITS` could not be computed exactly."""
    if len(printed.value.as_tuple().digits) > MOST_DIGITS:
        raise TanheError(
            text(f"读到的「{_short(printed.text)}」位数过多", f"too many digits: {_short(printed.text)}"),
            expected=text(f"至多 {MOST_DIGITS} 位", f"at most {MOST_DIGITS}"),
        )
    return printed.value


def _number(value: Any) -> Any:
    try:
        return number_of(parse(value)) if isinstance(value, str) else value
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
        raise ValueError(text(f"“{_short(value)}”不是日期，应写作 2024-03-18", f"{_short(value)!r} is not a date; write 2024-03-18"))
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise ValueError(text(f"没有“{value}”这一天", f"there is no day {value!r}")) from error


def _whole(least: int, most: int) -> Callable[[Any], Any]:
    """A reader of whole numbers from ``least`` to ``most``."""

    def read(value: Any) -> Any:
        if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,9}\s*", value):
            value = int(value)
        if isinstance(value, int) and least <= value <= most:
            return value
        raise ValueError(text(f"“{_short(value)}”应为 {least} 至 {most} 的整数",
                              f"{_short(value)!r} should be a whole number from {least} to {most}"))

    return read


def _short(value: Any) -> str:
    written = " ".join(str(value).split())
    return written if len(written) <= 40 else written[:40] + "…"


def _flag(value: Any) -> Any:
    words = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
    if not isinstance(value, str):
        return value
    if value.strip().lower() not in words:
        raise ValueError(text(f"“{_short(value)}”应为 true 或 false", f"{_short(value)!r} should be true or false"))
    return words[value.strip().lower()]


Num = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": ["string", "number"]})]
"""A number with the digits it was written with; ``93%`` is 0.93."""

UnitField = Annotated[Unit, BeforeValidator(_unit), WithJsonSchema({"type": "string"})]
Day = Annotated[datetime.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"enum": [True, False, "是", "否"]})]

YEARS = (1990, 2100)
"""Reporting years a dossier may name; whether the year has come is a matter of the check."""

Year = Annotated[int, BeforeValidator(_whole(*YEARS)), WithJsonSchema(
    {"type": ["integer", "string"], "minimum": YEARS[0], "maximum": YEARS[1]})]
Places = Annotated[int, BeforeValidator(_whole(-6, 15)), WithJsonSchema({"type": ["integer", "string"]})]
"""Decimals a figure is rounded to (小数位数)."""

Count = Annotated[int, BeforeValidator(_whole(0, 1_000_000)), WithJsonSchema({"type": ["integer", "string"], "minimum": 0})]
"""How many there are (个数)."""
