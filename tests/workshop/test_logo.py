"""A cluster's logo: from the workshop's folder into its documents."""

import base64
import dataclasses
import struct
import zlib

import pytest

from clusterlab.batch.seen import Seen
from clusterlab.language import load
from clusterlab.model import Cluster
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.workshop import Bundle, create
from clusterlab.workshop.logo import MOST, read_logo


def png():
    """Make a picture of one dot."""

    def chunk(kind, data):
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


@pytest.fixture
def folder(tmp_path):
    clusters = [
        Cluster("alpha", "Alpha", logo="assets/alpha.png"),
        Cluster("beta", "Beta", logo="assets/none.png"),
        Cluster("gamma", "Gamma"),
    ]
    with create(tmp_path / "w", "competency-map", "Logos", clusters) as made:
        (made.path / "assets").mkdir()
        (made.path / "assets" / "alpha.png").write_bytes(png())
        yield made


def test_it_is_read_as_a_data_address(folder):
    address, wrong = read_logo(folder.path, "assets/alpha.png")
    assert wrong is None
    assert address.startswith("data:image/png;base64,")
    assert base64.b64decode(address.partition(",")[2]) == png()


@pytest.mark.parametrize(
    "name", ["assets", "none.png", "a\0b", "../secret.png", "big.png", "x.svg", "x.png"]
)
def test_what_is_no_logo_is_left_out(name, folder):
    (folder.path.parent / "secret.png").write_bytes(png())
    (folder.path / "big.png").write_bytes(png() + bytes(MOST))
    (folder.path / "x.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder.path / "x.png").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    for found in (name, str(folder.path.parent / "secret.png")):
        address, wrong = read_logo(folder.path, found)
        assert address == ""
        assert wrong is not None
    assert read_logo(folder.path, "") == ("", None)


def test_a_link_to_itself_is_left_out(folder):
    (folder.path / "loop.png").symlink_to("loop.png")
    address, wrong = read_logo(folder.path, "loop.png")
    assert address == ""
    assert wrong is not None


@pytest.mark.parametrize("more", [b"", b"\n", b"\0" * 512])
def test_a_picture_that_is_not_whole_is_left_out(folder, more):
    jpeg = b"\xff\xd8\xff\xe0" + bytes(5_000) + b"\xff\xd9"
    for name, whole in (("a.png", png()), ("a.jpg", jpeg)):
        (folder.path / name).write_bytes(whole + more)
        assert read_logo(folder.path, name)[1] is None
        (folder.path / name).write_bytes(whole[:-1])
        address, wrong = read_logo(folder.path, name)
        assert address == ""
        assert "is not whole" in load("en").say(wrong)


def test_the_bundle_carries_it_to_the_opening(folder):
    language = load("en")
    for cluster, has in (("alpha", True), ("beta", False), ("gamma", False)):
        found = folder.cluster(cluster)
        bundle = Bundle(folder.bundle(found, language))
        packed, live = (ClusterOutputs(s, found, language).title("T") for s in (bundle, folder))
        assert packed.logo == live.logo
        assert bool(packed.logo) is has
        assert ("<img" in packed.to_html()) is has


def test_a_logo_that_cannot_be_drawn_is_told(folder):
    told = [load("en").say(message) for message in folder.notices()]
    assert [t for t in told if "none.png" in t]
    assert not [t for t in told if "alpha.png" in t]


def test_another_picture_is_another_bundle(folder):
    seen, language = Seen(folder, "program"), load("en")
    alpha = folder.cluster("alpha")
    _, before = seen.bundle(alpha, language)
    assert seen.digest(alpha, language) == before
    (folder.path / "assets" / "alpha.png").write_bytes(png() + b"\0")
    assert seen.digest(alpha, language) is None
    assert seen.bundle(alpha, language)[1] != before


def test_a_forged_address_reaches_no_page(folder):
    alpha = folder.cluster("alpha")
    title = ClusterOutputs(folder, alpha, load("en")).title("T")
    for address in ("https://example.org/x.png", "data:image/svg+xml;base64,AAAA", "x' onerror='1"):
        assert "<img" not in dataclasses.replace(title, logo=address).to_html()
