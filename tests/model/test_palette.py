"""Shades that follow a workshop's colours."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlab.model.colour import READABLE, contrast, luminance
from clusterlab.model.palette import GROUNDS, USUAL, ground, replacements, shade

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"{value:06x}")
CHOSEN = COLOURS.filter(lambda colour: contrast(colour, "ffffff") >= READABLE)


@settings(max_examples=200, deadline=None)
@given(COLOURS, COLOURS)
def test_a_shade_is_as_light_as_what_it_stands_for(colour, like):
    found = shade(colour, like)
    # What eight bits a channel allow: a step of the darkest greys changes contrast by so much.
    assert contrast(found, like) < 1.02
    assert shade(colour, like) == found


@settings(max_examples=200, deadline=None)
@given(CHOSEN, st.sampled_from(sorted(USUAL)))
def test_text_in_a_colour_can_be_read_on_its_ground(colour, name):
    assert contrast(colour, ground(name, colour)) >= READABLE
    assert luminance(ground(name, colour)) >= luminance(GROUNDS[name]) - 0.01


def test_hue_stays_that_of_the_colour():
    red, green, blue = (int(shade("7a003c", "a5cbd0")[i : i + 2], 16) for i in (0, 2, 4))
    assert red > blue > green


def test_a_plain_colour_is_taken_as_it_is_and_others_follow():
    shades = {"development": ("#0b5563", "#d9eaec"), "financing": ("#8a5300",)}
    found = replacements({"development": "7A003C", "other": "123456"}, shades)
    assert found["#0b5563"] == "#7a003c"
    assert luminance(found["#d9eaec"]) == pytest.approx(luminance("d9eaec"), abs=0.01)
    assert set(found) == {"#0b5563", "#d9eaec"}
    assert not replacements({}, shades)
