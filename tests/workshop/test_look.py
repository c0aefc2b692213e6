"""Logos and colours: what a workshop chooses for the look of its documents."""

import base64

import pytest

from clusterlab.errors import WorkshopError
from clusterlab.model import Cluster
from clusterlab.workshop import Bundle, create
from clusterlab.workshop.logo import MOST, read_logo
from clusterlab.workshop.settings import new_settings, read_settings, write_settings


def test_colours_are_kept_and_written():
    settings = new_settings("T", colours={"development": "0b5563"})
    text = write_settings(settings)
    assert 'development = "#0b5563"' in text
    assert read_settings(text) == settings
    assert settings.to_json()["colours"] == {"development": "0b5563"}


@pytest.mark.parametrize(
    ("colours", "said"),
    [
        ('development = "#777777"', "contrast is 4.4"),
        ('financing = "yellow"', "a colour such as"),
        ('other = "#000000"', "not known"),
    ],
)
def test_colours_that_cannot_be_read_are_refused(colours, said):
    text = write_settings(new_settings("T")) + f"[colours]\n{colours}\n"
    with pytest.raises(WorkshopError, match=said):
        read_settings(text)


def test_the_lightest_grey_that_can_be_read_is_taken():
    text = write_settings(new_settings("T")) + '[colours]\ndevelopment = "#767676"\n'
    assert read_settings(text).colours == {"development": "767676"}


def test_a_logo_travels_with_its_cluster(tmp_path):
    clusters = [Cluster("a", "A", logo="assets/a.png"), Cluster("b", "B")]
    with create(tmp_path / "w", "competency-map", "W", clusters) as folder:
        bundles = {c.id: folder.bundle(c, folder.language(c)) for c in folder.clusters}
        (folder.path / "assets").mkdir(exist_ok=True)
        (folder.path / "assets" / "a.png").write_bytes(b"picture")
        found = {c.id: folder.bundle(c, folder.language(c)) for c in folder.clusters}
        assert not folder.notices()
    assert (
        Bundle(found["a"]).logo == "data:image/png;base64," + base64.b64encode(b"picture").decode()
    )
    assert Bundle(found["b"]).logo == ""
    assert found["a"] != bundles["a"]
    assert found["b"] == bundles["b"]


@pytest.mark.parametrize("name", ["../secret.png", "/etc/passwd", "absent.png", "a.gif", "x\0.png"])
def test_what_is_no_logo_in_the_folder_is_left_out_and_told(name, tmp_path):
    (tmp_path / "secret.png").write_bytes(b"x")
    inside = tmp_path / "w"
    inside.mkdir()
    (inside / "a.gif").write_bytes(b"x")
    data, message = read_logo(inside, name)
    assert data == ""
    assert message is not None


def test_a_logo_that_is_too_large_is_left_out(tmp_path):
    (tmp_path / "a.png").write_bytes(b"x" * MOST)
    assert read_logo(tmp_path, "a.png")[1] is None
    (tmp_path / "a.png").write_bytes(b"x" * (MOST + 1))
    data, message = read_logo(tmp_path, "a.png")
    assert (data, message is None) == ("", False)


def test_a_missing_logo_is_a_notice(tmp_path):
    clusters = [Cluster("a", "A", logo="a.png")]
    with create(tmp_path / "w", "competency-map", "W", clusters) as folder:
        assert [n.fields["file"] for n in folder.notices()] == ["a.png"]
