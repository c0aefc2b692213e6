import pytest

from clusterlab.model.colour import contrast, luminance, parse_colour


def test_contrast_is_wcags():
    assert contrast("#000000", "ffffff") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)  # just too light
    assert contrast("767676", "ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("123456", "123456") == 1
    assert luminance("ffffff") == pytest.approx(1)


@pytest.mark.parametrize("text", ["", "#12345", "red", "#12345g", "12 34 56", "#1234567"])
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(ValueError):
        parse_colour(text)
