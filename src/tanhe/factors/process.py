"""Process factors and constants of the guidelines (过程排放因子与常数), among them the heat default."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tanhe.factors.errors import FactorNotFound
from tanhe.factors.loading import Row
from tanhe.factors.model import Factor, Guideline
from tanhe.factors.names import fold, lookup, near
from tanhe.factors.periods import in_force


class ProcessTable:
    """Rows by category and item; a guideline's own row comes before the general one."""

    def __init__(self, rows: list[Row], guidelines: Mapping[str, Guideline]) -> None:
        self._guidelines = guidelines
        self._rows: dict[str, dict[str, dict[str, list[Row]]]] = {}
        self._names: dict[str, dict[str, str]] = {}
        for row in rows:
            category, item = row["category"], row["item_id"]
            self._rows.setdefault(category, {}).setdefault(item, {}).setdefault(row["guideline"], []).append(
                row
            )
            names = self._names.setdefault(category, {})
            for word in (item, row["item_zh"], row["item_en"]):
                names.setdefault(fold(word), item)

    def categories(self) -> tuple[str, ...]:
        """The kinds of process factors there are."""
        return tuple(self._rows)

    def items(self, category: str, guideline: str | None) -> tuple[str, ...]:
        """Item ids of a category, of one guideline where given."""
        items = self._rows.get(category, {})
        return tuple(i for i, by in items.items() if guideline is None or guideline in by or "" in by)

    def find(self, category: str, item: str, guideline: str | None, on: date | None) -> Factor:
        """See :meth:`tanhe.factors.library.Library.process`."""
        if category not in self._rows:
            raise FactorNotFound(
                f"没有“{category}”这一类",
                f"no category {category!r}",
                near(category, self._rows) or tuple(self._rows)[:5],
            )
        item_id = lookup(item, self._names[category])
        if item_id is None:
            raise FactorNotFound(
                f"“{category}”类中没有“{item}”",
                f"no {item!r} in category {category}",
                near(item, self._items_zh(category)),
            )
        by = self._rows[category][item_id]
        return self._factor(in_force(self._pick(by, item, guideline), on))

    def _items_zh(self, category: str) -> list[str]:
        rows = (next(iter(by.values()))[0] for by in self._rows[category].values())
        return [word for row in rows for word in (row["item_id"], row["item_zh"])]

    def _pick(self, by: dict[str, list[Row]], item: str, guideline: str | None) -> list[Row]:
        if guideline is not None:
            found = by.get(guideline) or by.get("")
            if found:
                return found
            title = self._guidelines[guideline].title
            raise FactorNotFound(
                f"《{title}》没有“{item}”的因子",
                f"{guideline} has no factor for {item}",
                [f"{rows[0]['value']} {rows[0]['unit']} @ {g}" for g, rows in by.items()][:3],
            )
        if "" in by:
            return by[""]
        values = {(rows[0]["value"], rows[0]["unit"]) for rows in by.values()}
        if len(values) == 1:
            return min(by.values(), key=lambda rows: rows[0]["grade"])
        raise FactorNotFound(
            f"各指南的“{item}”取值不同，请指明指南",
            f"{item} differs between guidelines: name one",
            [f"{rows[0]['value']} {rows[0]['unit']} @ {g}" for g, rows in by.items()],
        )

    def _factor(self, row: Row) -> Factor:
        guideline = self._guidelines.get(row["guideline"])
        if not row["value"]:
            span = f"，范围 {row['low']}–{row['high']}" if row["low"] else ""
            raise FactorNotFound(
                f"“{row['item_zh']}”没有缺省值{span}（{row['note']}）",
                f"{row['item_en']} has no default value ({row['note']})",
            )
        return Factor(
            key="/".join(("process", row["category"], row["item_id"], row["guideline"] or "general")),
            name=row["item_zh"],
            value=Decimal(row["value"]),
            value_text=row["value"],
            unit=row["unit"],
            document=row["document"] or (guideline.title if guideline else ""),
            document_number=row["document_number"] or (guideline.document_number if guideline else ""),
            place=row["place"],
            issued=row["issued"] or (guideline.issued if guideline else ""),
            data_year=None,
            valid_from=row["valid_from"] or (guideline.valid_from if guideline else ""),
            valid_to=row["valid_to"] or (guideline.valid_to if guideline else ""),
            applies_to=row["applies_to"],
            status=row["status"],
            grade=row["grade"],
            source=row["source"],
            note=row["note"],
            low=row["low"],
            high=row["high"],
        )
