"""Files that people edit with a text editor."""

import pytest

from clusterlab.errors import CatalogueError, KindError, TableError, WorkshopError
from clusterlab.language import load, read_text
from clusterlab.workshop import Folder, read_roster

KIND = 'id = "vrio"\ntitle = "VRÎO"\nlayout = "table"\n[[blocks]]\nid = "r"\nlabel = "R"\n'


def as_notepad(text):
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def test_byte_order_mark_and_line_ends_do_not_matter(small):
    settings = small.path / "workshop.toml"
    settings.write_bytes(as_notepad(settings.read_text(encoding="utf-8")))
    (small.path / "canvases").mkdir()
    (small.path / "canvases" / "vrio.toml").write_bytes(as_notepad(KIND))
    (small.path / "locale").mkdir()
    words = 'msgid "Strengths"\nmsgstr "Mocne strony"\n'
    (small.path / "locale" / "pl.po").write_bytes(as_notepad(words))
    with Folder(small.path) as folder:
        assert folder.settings == small.settings
        assert folder.kinds["vrio"].title == "VRÎO"
        assert folder.language(wanted="pl").gettext("Strengths") == "Mocne strony"


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_another_encoding_is_refused_with_the_files_name(small, encoding):
    def put(place, text):
        path = small.path / place
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode(encoding))
        return path

    with pytest.raises(TableError, match=r"clusters\.csv.*CSV UTF-8"):
        read_roster(put("clusters.csv", "id,name\na,Ä\n"))
    put("canvases/vrio.toml", KIND)
    with Folder(small.path) as folder, pytest.raises(KindError, match=r"vrio\.toml.*UTF-8"):
        _ = folder.kinds
    put("locale/pl.po", 'msgid "Strengths"\nmsgstr "Stärken"\n')
    with pytest.raises(CatalogueError, match=r"pl\.po.*UTF-8"):
        load("pl", [small.path / "locale"])
    put("workshop.toml", "title = 'Ä'")
    with pytest.raises(WorkshopError, match=r"workshop\.toml.*UTF-8"):
        Folder(small.path)


def test_a_file_that_cannot_be_read_is_named(small):
    with pytest.raises(WorkshopError, match=r"no file .*x\.ipynb"):
        read_text(small.path / "x.ipynb")
    with pytest.raises(TableError, match=r"notebooks.* cannot be read"):
        read_text(small.path / "notebooks", TableError)
    (small.path / "clusters.csv").unlink()
    with Folder(small.path) as folder, pytest.raises(TableError, match=r"clusters\.csv"):
        _ = folder.clusters
    own = small.path / "canvases"
    own.mkdir()
    (own / "gone.toml").symlink_to("nowhere")
    with Folder(small.path) as folder, pytest.raises(KindError, match=r"gone\.toml"):
        _ = folder.kinds


def test_what_editors_leave_beside_a_file_is_passed_over(small):
    for folder, ending in (("canvases", "toml"), ("locale", "po")):
        (small.path / folder).mkdir()
        (small.path / folder / f".#x.{ending}").symlink_to("nowhere")
        (small.path / folder / f"._x.{ending}").write_bytes(b"\xff\0")
    with Folder(small.path) as folder:
        assert "vrio" not in folder.kinds
        assert folder.language(wanted="._x").tag == "en"
