"""Folder names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlab.workshop import folder_name

HOSTILE = [
    "../../x", "/etc/passwd", "CON", "nul", "com1", "x" * 300, "🚀", "مجموعة", "אשכול", "e\u0301",
    "<script>", "a/b", "a\\b", "..", ".", "", " ", "a:b", "index.html", "-", "A", "Moveo",
]  # fmt: skip


@pytest.mark.parametrize("cluster", HOSTILE)
def test_hostile_ids_become_safe_names(cluster):
    name = folder_name(cluster)
    assert name
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(name) <= 60
    assert name not in {"con", "nul", "com1"}


def test_good_ids_stay():
    assert folder_name("e-mobility-regensburg") == "e-mobility-regensburg"


def test_hostile_ids_never_share_a_folder():
    assert len({folder_name(c) for c in HOSTILE}) == len(HOSTILE)


@given(st.lists(st.text(), unique=True, max_size=30))
def test_two_ids_never_share_a_folder_whatever_the_file_system(clusters):
    assert len({folder_name(c).casefold() for c in clusters}) == len(clusters)


def test_an_id_that_looks_like_a_made_name_gets_one_of_its_own():
    made = folder_name("Moveo")
    assert folder_name(made) != made
    assert folder_name(made) != folder_name("Moveo")
