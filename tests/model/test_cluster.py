import pytest

from clusterlab.model import Cluster, Quantity, parse_quantity


@pytest.mark.parametrize(
    ("raw", "value", "bound"),
    [
        ("620", 620, "exact"),
        ("almost 200", 200, "below"),
        ("up to 40", 40, "below"),
        ("< 50", 50, "below"),
        ("300+", 300, "at-least"),
        ("more than 1.250.000", 1_250_000, "at-least"),
        ("200–300", 200, "at-least"),
        ("20 to 30", 20, "at-least"),
        ("≥ 10", 10, "at-least"),
        ("90 %", 0.9, "share"),
        ("12,5%", 0.125, "share"),
        ("80 per cent", 0.8, "share"),
        ("1.250", 1250, "exact"),
        ("1,250", 1250, "exact"),
        ("1 250", 1250, "exact"),
        ("1.250,5", 1250.5, "exact"),
        ("1,250.5", 1250.5, "exact"),
        ("0.125", 0.125, "exact"),
        ("3.5", 3.5, "exact"),
        ("2019 120", 2019, "exact"),
        ("ca. 40", 40, "about"),
        ("~40", 40, "about"),
        ("about 1 200", 1200, "about"),
        ("government 40", 40, "exact"),
        ("handsome 40", 40, "exact"),
        ("620 (2023)", 620, "exact"),
        ("", None, "unknown"),
        ("not given", None, "unknown"),
        ("9" * 400, None, "unknown"),
    ],
)
def test_quantity(raw, value, bound):
    assert parse_quantity(raw) == Quantity(raw, value, bound)


def test_what_takes_an_assumption_says_so():
    assumed = {raw: parse_quantity(raw).assumed for raw in ("almost 200", "300+", "ca. 4", "7", "")}
    assert assumed == {"almost 200": True, "300+": True, "ca. 4": True, "7": False, "": False}


@pytest.mark.parametrize(
    ("members", "smes", "count"),
    [("200", "90 %", 180), ("200", "120", 120), ("", "90 %", None), ("200", "", None)],
)
def test_small_firms(members, smes, count):
    cluster = Cluster("a", "A", members=parse_quantity(members), smes=parse_quantity(smes))
    assert cluster.sme_count == count
