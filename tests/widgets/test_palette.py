"""Colours of live canvases: what is written can be read, whatever the theme."""

import pytest

from clusterlab.widgets import assets

pytestmark = pytest.mark.browser
THEMES = {
    "light": "data-jp-theme-light='true'",
    "dark": "data-jp-theme-light='false'",
    "contrast": "data-jp-theme-light='false' data-jp-theme-name='JupyterLab Dark High Contrast'",
    "page": "class='clb-dark'",
}
CONTRAST = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const light = (colour) => parts(colour).map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const style = (selector) => getComputedStyle(document.querySelector(selector));
  const found = [light(style('.clb').backgroundColor), light(style('.clb-label').color)];
  const [low, high] = found.sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}"""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("accent", ["", "neutral", "development", "financing"])
def test_labels_can_be_read_in_and_outside_blocks(chromium, theme, accent):
    page = chromium.new_page()
    try:
        page.set_content(
            f"<style>{assets.style()}</style><body {THEMES[theme]}><div class='clb'>"
            f"<div class='clb-accent-{accent}'><h4 class='clb-label'>Label</h4></div></div>"
        )
        assert page.evaluate(CONTRAST) >= 4.5
    finally:
        page.close()
