"""The facilitator's own notebook: of all clusters together, and in no cluster's documents."""

import nbformat
import papermill
import pytest
from tools import faults, run

from clusterlab.batch.jobs import Options
from clusterlab.batch.plan import notebook_files, plan
from clusterlab.documents.html import HandoutHTMLExporter
from clusterlab.documents.pdf import HandoutPDFExporter
from clusterlab.errors import ParameterError
from clusterlab.outputs import MIME
from clusterlab.shared import shared
from clusterlab.workshop import Folder, formats


@pytest.fixture(scope="module")
def executed(demo, tmp_path_factory):
    """The notebook, executed on the sample as a facilitator does."""
    out = tmp_path_factory.mktemp("facilitation") / "facilitation.ipynb"
    papermill.execute_notebook(
        demo[0] / "notebooks" / "facilitation.ipynb",
        out,
        {"workshop": str(demo[0]), "rooms": 4, "seed": 3},
        progress_bar=False,
        extra_arguments=["--log-level=50"],
    )
    return nbformat.read(out, as_version=4)


def test_it_is_a_form_like_the_others():
    found = nbformat.read(shared("notebooks", "facilitation", "facilitation.ipynb"), as_version=4)
    nbformat.validate(found)
    assert found.cells[0].metadata.tags == ["parameters"]
    for cell in found.cells:
        assert cell.metadata.jupyter.source_hidden
        assert not cell.outputs
        assert len(cell.source.splitlines()) <= 5


def test_it_shows_challenges_rooms_and_ideas_of_all_clusters(executed):
    made = [o.data[MIME] for c in executed.cells for o in c.get("outputs", ()) if MIME in o.data]
    assert [m["type"] for m in made] == [
        "title", "section", "table", "section", "table", "section", "table",
    ]  # fmt: skip
    challenges, rooms, ideas = (m for m in made if m["type"] == "table")
    assert len(challenges["rows"]) == 10
    assert [row["cells"][1] for row in rooms["rows"]] == [f"Room {n}" for n in range(1, 5)]
    assert "30 people in 4 rooms" in rooms["alt"]
    assert {row["cells"][1] for row in ideas["rows"]} == {
        "Members", "Office", "Partners", "Services",
    }  # fmt: skip


def test_it_becomes_documents_that_are_tagged_and_clean(executed, tmp_path):
    pdf, _ = HandoutPDFExporter().from_notebook_node(executed)
    file = tmp_path / "facilitation.pdf"
    file.write_bytes(pdf)
    assert "Breakout rooms" in run("pdftotext", file, "-")
    assert list(faults(file)) == []
    html, _ = HandoutHTMLExporter().from_notebook_node(executed)
    assert "Who sits there" in html


def test_every_workshop_has_it_and_no_build_makes_it(demo):
    with Folder(demo[0]) as folder:
        assert "facilitation" not in notebook_files(folder)
        with pytest.raises(ParameterError, match="declares no parameter “cluster”"):
            list(plan(folder, Options(notebooks=("facilitation",))))
    assert not list((demo[0] / "handouts").rglob("facilitation*"))
    assert all("facilitation" not in f.notebooks for f in formats().values())
