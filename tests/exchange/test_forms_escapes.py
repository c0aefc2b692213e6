"""Notes whose texts look like what a workbook writes for other signs, in forms."""

from form_edits import SWOT, collect, form, put, state

from clusterlab.sheets import read_tables

TEXTS = ["_x0041_ code", "see x005F_ here", "_x005F_x0041_", "_xD800_ hi", "_x0041_x0042_",
         "<r>hi</r>"]  # fmt: skip


def test_an_untouched_form_changes_nothing(folder, tmp_path):
    for text in TEXTS:
        put(folder, SWOT, "strengths", {"text": text})
    before, position = state(folder), folder.journal.position()
    path = form(folder, tmp_path / "f.xlsx", ["swot"])
    cells = {c for s in read_tables(path, 10**7, 1_000) for _, row in s.rows for c in row}
    assert cells >= set(TEXTS)
    report = collect(folder, path)
    assert (report.taken, report.changed, report.deleted, report.refusals) == (0, 0, 0, ())
    assert folder.journal.position() == position
    assert state(folder) == before
