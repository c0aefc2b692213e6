"""The style that an output brings along is as good as the whole one."""

import pytest
import samples

from clusterlab.outputs.html import render
from clusterlab.outputs.style import style_of
from clusterlab.shared import shared

WHOLE = shared("templates", "documents", "html", "output.css").read_text(encoding="utf-8")
# Of every element and what stands before and after it: all that the browser made of the style.
LOOKS = """() => [...document.querySelectorAll('body, body *:not(style)')].flatMap(element =>
  [null, '::before', '::after'].map(part => {
    const all = getComputedStyle(element, part);
    return element.className + part + [...all].map(name => all.getPropertyValue(name)).join('|');
  }))"""


def looks(page, style, drawn):
    page.set_content(f"<!doctype html><title>x</title><style>{style}</style>{drawn}")
    return page.evaluate(LOOKS)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 400])
def test_an_output_looks_as_with_the_whole_style(chromium, width):
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for output in samples.everything():
        drawn = render(output.to_json(), styled=False)
        whole = looks(page, WHOLE, drawn)
        assert len(whole) > 10
        assert looks(page, style_of(drawn), drawn) == whole, output
        assert looks(page, style_of(""), drawn) != whole
    context.close()


def test_only_what_meets_something_is_brought_along():
    style = style_of(
        '<div class="clusterlab"><p class="clusterlab-links clusterlab-text">x</p></div>'
    )
    assert "clusterlab-links{" in style
    assert "clusterlab-record" not in style
    assert "@container" not in style
    assert len(style) < len(WHOLE) / 4
    assert style.count("{") == style.count("}")


def test_all_of_it_is_there_where_everything_is():
    names = {n for n in WHOLE.replace(".", " .").split() if n.startswith(".clusterlab")}
    classes = {part.strip(".:,>{}()") for n in names for part in n.split(":")}
    whole = style_of(f'<p class="{" ".join(classes)}">')
    assert whole.count("{") == WHOLE.count("{")
