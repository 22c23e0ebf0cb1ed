"""A finished report from end to end: one kind of claim that cannot be put together does not cost the report."""

from pathlib import Path

import pytest

from tanhe.reading import service
from tanhe.reading.documents import read
from tanhe.reading.service import from_document

REPORT = Path(__file__).parent / "layouts" / "tabs.txt"


def test_a_kind_of_claims_that_cannot_be_put_together_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = from_document(read(REPORT))
    assemble = service.assemble

    def breaks(document, claims):  # type: ignore[no-untyped-def]
        if any(getattr(claim, "into", "") == "equipment" for claim in claims):
            raise StopIteration
        return assemble(document, claims)

    monkeypatch.setattr(service, "assemble", breaks)
    with pytest.raises(StopIteration):
        from_document(read(REPORT), strict=True)
    rest = from_document(read(REPORT))
    assert whole.dossier.equipment and not rest.dossier.equipment
    assert [line.reported for line in rest.dossier.lines] == [line.reported for line in whole.dossier.lines]
    assert any("equipment (StopIteration)" in note for _, note in rest.reading.notes)
