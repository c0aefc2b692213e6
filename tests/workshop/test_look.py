"""Colours that a workshop chooses for its documents."""

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
