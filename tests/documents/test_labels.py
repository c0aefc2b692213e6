"""Labels of drawings grow on slides until they can be read, as far as there is room."""

import io
import itertools

import pptx
import pytest
import samples
from pptx.enum.shapes import MSO_SHAPE_TYPE
from test_pptx import bars, shapes_of

from clusterlab.documents.labels import READ, label_factors
from clusterlab.documents.pptx import HandoutPPTXExporter
from clusterlab.documents.vector import Mark, Vector, alike, read_vector
from clusterlab.figures.text import LEADING, width


def label(text, x, y, size=6.0, anchor="start"):
    across = width(text, size)
    left = x - {"start": 0.0, "middle": across / 2, "end": across}[anchor]
    corners = ((left, y), (left + across, y + LEADING * size))
    return Mark("text", corners, text=text, size=size, anchor=anchor)


def box(left, top, right, bottom):
    return Mark("rect", ((left, top), (right, bottom)), fill="#ffffff")


def factor(*marks, share=1.0):
    found = label_factors(Vector(400.0, 300.0, marks), share)
    return found.get(alike(marks[0]), 1.0)


def test_a_label_with_room_can_be_read():
    assert factor(label("Alone", 50, 50)) == pytest.approx(READ / 6.0)
    assert factor(label("Alone", 50, 50, size=4.0), share=1.5) == pytest.approx(READ / 6.0)
    assert factor(label("Large", 50, 50, size=9.0)) == 1.0


def test_a_label_stays_in_its_box_and_on_the_picture():
    one = label("In a box", 50, 50)
    right = one.points[1][0]
    assert factor(one, box(45, 45, 3 * right, 80)) == pytest.approx(READ / 6.0)
    assert factor(one, box(45, 45, right + 0.5, 80)) == 1.0
    assert 1.0 < factor(one, box(45, 45, right + 6, 80)) < READ / 6.0
    assert factor(label("At the end", 399, 50, anchor="end")) == pytest.approx(READ / 6.0)
    assert factor(label("At the end", 400 - width("At the end", 6.0), 50)) == 1.0


def test_a_label_does_not_come_to_lie_over_what_is_beside_it():
    one = label("Beside", 50, 50)
    right = one.points[1][0]
    assert factor(one, box(right + 1, 45, right + 30, 80)) == 1.0
    assert factor(one, label("another", right + 1, 50)) == 1.0
    assert factor(one, label("another", right + 1, 80)) == pytest.approx(READ / 6.0)
    # What it lies over already, it may cover.
    assert factor(one, box(right - 4, 45, right + 30, 80)) == pytest.approx(READ / 6.0)


def test_lines_of_one_label_stay_lines():
    lines = [label("The first line", 50, 50), label("and the second", 50, 50 + LEADING * 6.0)]
    assert 1.1 < factor(*lines) <= LEADING + 0.05


def test_labels_that_are_alike_stay_alike_and_others_grow():
    tight = label("Tight", 50, 50)
    right = tight.points[1][0]
    loose = label("Loose", 50, 150)
    bold = label("Bold", 50, 200)._replace(bold=True)
    marks = (tight, loose, bold, box(right + 1, 45, right + 30, 80))
    found = label_factors(Vector(400.0, 300.0, marks), 1.0)
    assert alike(tight) == alike(loose) not in found
    assert found[alike(bold)] == pytest.approx(READ / 6.0)


@pytest.mark.parametrize("aspect", ["16:9", "4:3"])
def test_on_slides_they_are_as_large_as_they_can_be_and_lie_apart(aspect):
    nb = samples.notebook([samples.everything()[0], bars()])
    data = HandoutPPTXExporter(aspect=aspect).from_notebook_node(nb)[0]
    slide = pptx.Presentation(io.BytesIO(data)).slides[-1]
    group = next(s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP)
    shown = [s for s in shapes_of(group.shapes) if s.has_text_frame and s.text_frame.text]
    assert shown
    assert min(r.font.size.pt for s in shown for r in s.text_frame.paragraphs[0].runs) >= READ
    for one, two in itertools.combinations(shown, 2):
        apart = one.left + one.width <= two.left or two.left + two.width <= one.left
        assert apart or one.top + one.height <= two.top + 2 or two.top + two.height <= one.top + 2


def test_every_picture_of_the_package_is_looked_at_without_an_error():
    vector = read_vector(bars().svg)
    assert vector is not None
    for share in (0.3, 0.7, 1.0, 1.6):
        for kind, found in label_factors(vector, share).items():
            assert 1.0 < found <= READ / (kind[0] * share) + 1e-9
