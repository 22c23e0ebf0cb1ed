"""What a datum without a table of its own has from the one it belongs to (沿用): source, metering, facility."""

from __future__ import annotations

import re
from typing import Final

from tanhe.reading.assemble.drafts import Draft, Pool
from tanhe.reading.assemble.words import squeeze
from tanhe.reading.claims import Said

_METERED: Final = ("method", "frequency", "record_frequency", "calibration", "gaps")
_WHERE: Final = re.compile(r"([一-鿿]{0,8}?(?:生产)?(?:车间|分厂|装置)|锅炉)")
_PARTS: Final = {"ncv": r"低位发热|热值(?!含碳)", "ccpe": r"单位热值含碳"}


def inherit(pool: Pool) -> None:
    """Fill sources of factors from the product they make, metering from the same table, facilities from names."""
    for draft in pool:
        if draft.derive is None:
            continue
        for symbol, name in draft.derive["inputs"].items():
            part = pool.drafts.get(name) if isinstance(name, str) else None
            if part is not None and symbol in ("NCV", "CC") and draft.role == "cc":
                part.fuel = part.fuel or draft.fuel
                _source(part, draft)
    for draft in pool:
        whole = next((d for d in pool if d is not draft and _same_table(d, draft) and "method" in d.fields and "method" not in draft.fields), None)
        if whole is not None and draft.role == whole.role:
            for key in _METERED:
                if key in whole.fields:
                    draft.fields.setdefault(key, whole.fields[key])
    for draft in pool:
        if "facility" not in draft.fields and draft.role in ("amount", "emission", "ef"):
            _facility(draft, pool)
        _own_clause(draft, pool)
        _without_repeats(draft)


def _same_table(one: Draft, other: Draft) -> bool:
    same = one.context == other.context and one.section == other.section
    return bool(one.context.strip()) and same and one.table is not None and other.table is not None


def _source(part: Draft, product: Draft) -> None:
    """The clause of the product's source that speaks of this factor; how it was measured with it."""
    told = product.fields.get("source")
    pattern = _PARTS.get(part.role)
    if told is None or pattern is None or "source" in part.fields:
        return
    clauses = [squeeze(c) for c in re.split(r"[，。；;()（）]", told.text) if re.search(pattern, c) and not re.search(r"[=＝]|计算$", c)]
    part.fields["source"] = Said("，".join(clauses) or told.text, told.place)
    for key in _METERED:
        if key in product.fields and part.role == "ncv":
            part.fields.setdefault(key, product.fields[key])


def _facility(draft: Draft, pool: Pool) -> None:
    """Where the thing is used: named in the item, else in the item of the table it was told in."""
    told = [draft.item, *(d.item for d in pool if d is not draft and d.table is not None and d.table == draft.table)]
    told += [d.item for d in pool if d is not draft and _same_table(d, draft)]
    for said in told:
        found = _WHERE.search(said.text)
        if found is not None:
            draft.fields["facility"] = Said(found[1], said.place)
            return


def _own_clause(draft: Draft, pool: Pool) -> None:
    """Of a source row that names a document for each use, the part's own."""
    told = draft.fields.get("source")
    if told is None or not any(d is not draft and d.table == draft.table and d.role == draft.role for d in pool):
        return
    pieces = [p for p in re.split(r"(?<=》)[\s，,;；]*", told.text) if p.strip()]
    uses = [w for w in ("点火", "车用", "食堂", "生产用", "锅炉用") if w in draft.item.text]
    own = [p for p in pieces if any(w in p for w in uses)]
    if len(pieces) > 1 and uses and own:
        draft.fields["source"] = Said(squeeze("；".join(own)), told.place)


def _without_repeats(draft: Draft) -> None:
    """The explanation of a cross-check is not said a second time in the note."""
    note = draft.fields.get("cross_check_note")
    if note is None:
        return
    left = note.text
    for check in draft.cross_checks:
        if "explanation" in check:
            left = left.replace(check["explanation"].text, "")
    if not re.search(r"[一-鿿]", left):
        del draft.fields["cross_check_note"]
    elif left != note.text:
        draft.fields["cross_check_note"] = Said(squeeze(left), note.place)
