"""Colours and the shape of slides that a workshop chooses for its documents."""

import pytest

from clusterlab.errors import WorkshopError
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


def test_the_shape_of_slides_is_kept_written_and_checked():
    usual = new_settings("T")
    assert usual.slides == "16:9"
    assert "slides" not in write_settings(usual)
    older = new_settings("T", slides="4:3", colours={"development": "0b5563"})
    assert read_settings(write_settings(older)) == older
    assert older.to_json()["slides"] == "4:3"
    for wrong in ('"A4"', "4", '["4:3"]', "true"):
        with pytest.raises(WorkshopError, match="“slides” should be 16:9 / 4:3"):
            read_settings(f"slides = {wrong}\n{write_settings(usual)}")
