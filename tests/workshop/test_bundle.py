"""Bundles: one cluster's share of a workshop, and nothing else."""

import json
import shutil

import pytest

from clusterlab.errors import KindError, UnknownNameError, UsageError, WorkshopError
from clusterlab.language import load
from clusterlab.session import OpenWorkshop, open_workshop
from clusterlab.workshop import Bundle, Folder


def bundle(folder, cluster):
    return folder.bundle(folder.cluster(cluster), load("en"))


def test_no_bundle_holds_a_word_of_another_cluster(small):
    first, second = bundle(small, "alpha"), bundle(small, "beta")
    for data, own, other in ((first, "alpha", "beta"), (second, "beta", "alpha")):
        text = json.dumps(json.loads(data), ensure_ascii=False).casefold()
        assert own in text
        assert other not in text
    assert "söhne" not in json.dumps(json.loads(first), ensure_ascii=False).casefold()


def test_the_same_state_gives_the_same_bytes(small, tmp_path):
    before = bundle(small, "alpha")
    assert before == bundle(small, "alpha")
    small.journal.backup(tmp_path / "copy.db")
    shutil.copytree(small.path, tmp_path / "copy", ignore=shutil.ignore_patterns("workshop.db*"))
    shutil.copy(tmp_path / "copy.db", tmp_path / "copy" / "workshop.db")
    with Folder(tmp_path / "copy") as copy:
        assert bundle(copy, "alpha") == before


def test_another_clusters_work_changes_no_bundle(small):
    before = bundle(small, "alpha")
    OpenWorkshop(small).cluster("beta").board("pestel").add("legal", "New rules for batteries")
    assert bundle(small, "alpha") == before


def test_a_notebook_sees_the_same_in_a_bundle_as_in_the_folder(small, tmp_path):
    path = tmp_path / "bundle.json"
    path.write_bytes(bundle(small, "alpha"))
    live = OpenWorkshop(small).cluster("alpha")
    packed = open_workshop(path).cluster("alpha")
    assert packed.title("T").to_json() == live.title("T").to_json()
    assert packed.findings().to_json() == live.findings().to_json()
    for canvas in live.kinds:
        for topic in live.topics(canvas):
            ours = live.board(canvas, topic=topic).output().to_json()
            assert packed.board(canvas, topic=topic).output().to_json() == ours


def test_a_bundle_cannot_be_written_on_and_names_its_cluster(small, tmp_path):
    path = tmp_path / "bundle.json"
    path.write_bytes(bundle(small, "alpha"))
    opened = open_workshop(path)
    with pytest.raises(UsageError, match="cannot be written"):
        opened.cluster().board("pestel").add("legal", "New rules for batteries")
    with pytest.raises(UnknownNameError, match="alpha"):
        opened.cluster("beta")


def test_bundles_with_the_same_kinds_share_them_and_others_have_their_own(small):
    data = bundle(small, "alpha")
    raw = json.loads(data)
    raw["kinds"]["pestel"]["title"] = "Our own"
    first, other, again = Bundle(data), Bundle(json.dumps(raw).encode()), Bundle(data)
    assert other.kinds["pestel"].title == "Our own"
    assert other.kinds["swot"] is first.kinds["swot"] is again.kinds["swot"]
    assert again.kinds == first.kinds
    for name, wrong in (("layout", "none"), ("version", True)):
        spoilt = {**json.loads(data)["kinds"], "pestel": {**raw["kinds"]["pestel"], name: wrong}}
        Bundle(data)
        with pytest.raises(KindError):
            Bundle(json.dumps({**raw, "kinds": spoilt}).encode())


@pytest.mark.parametrize("data", [b"", b"{}", b'{"clusterlab": 99}', b"[1]", b"\xff"])
def test_what_is_no_bundle_is_refused(data):
    with pytest.raises(WorkshopError):
        Bundle(data)
