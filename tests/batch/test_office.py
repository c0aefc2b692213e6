"""Builds of slides and text documents, also on a firm's own files."""

import dataclasses
import io
import zipfile

import docx
import pptx
import pytest

from clusterlab.batch.build import build, look
from clusterlab.batch.jobs import Options
from clusterlab.errors import UsageError


def texts(file):
    with zipfile.ZipFile(file) as archive:
        return "".join(
            archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")
        )


@pytest.fixture
def firm(tmp_path):
    presentation = pptx.Presentation()
    for layout in presentation.slide_layouts:
        layout.name = f"Firm {layout.name}"
    presentation.save(tmp_path / "firm.pptx")
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "The Firm Ltd"
    document.save(tmp_path / "firm.docx")
    return tmp_path / "firm.pptx", tmp_path / "firm.docx"


def test_notes_are_in_both_and_a_firms_files_are_used(small, firm):
    options = Options(only=("alpha",), formats=("pptx", "docx"), jobs=1)
    report = build(small, options)
    assert not report.failed
    assert set(report.results[0][1].files) == {"ipynb", "pptx", "docx"}
    place = small.path / "handouts" / "alpha" / "en"
    for suffix in ("pptx", "docx"):
        written = texts(place / f"competency-map.{suffix}")
        assert "People of alpha know each other well" in written
        assert "Firm" not in written
    assert "PowerPoint" in (small.path / "handouts" / "index.html").read_text(encoding="utf-8")

    own = Options(only=("alpha",), formats=("pptx", "docx"), jobs=1, templates=firm)
    assert look(small, own).todo == ("alpha/en/competency-map",)
    assert not build(small, own).failed
    slides = pptx.Presentation(str(place / "competency-map.pptx"))
    assert slides.slides[0].slide_layout.name == "Firm Title Slide"
    document = docx.Document(io.BytesIO((place / "competency-map.docx").read_bytes()))
    assert document.sections[0].header.paragraphs[0].text == "The Firm Ltd"
    assert not look(small, own).todo
    assert look(small, options).todo


def test_a_workshops_own_file_is_used_unless_another_is_chosen(small, firm):
    (small.path / "templates" / "pptx").mkdir(parents=True)
    (small.path / "templates" / "pptx" / "ours.pptx").write_bytes(firm[0].read_bytes())
    report = build(small, Options(only=("alpha",), formats=("pptx", "html"), jobs=1))
    assert not report.failed
    file = small.path / "handouts" / "alpha" / "en" / "competency-map.pptx"
    assert pptx.Presentation(str(file)).slides[0].slide_layout.name == "Firm Title Slide"


def test_a_workshop_says_which_shape_its_slides_have(small):
    small.settings = dataclasses.replace(small.settings, slides="4:3")
    options = Options(only=("alpha",), formats=("pptx",), jobs=1)
    assert not build(small, options).failed
    file = small.path / "handouts" / "alpha" / "en" / "competency-map.pptx"
    slides = pptx.Presentation(str(file))
    assert slides.slide_width * 3 == slides.slide_height * 4
    small.settings = dataclasses.replace(small.settings, slides="16:9")
    assert look(small, options).todo


@pytest.mark.parametrize("name", ["firm.pdf", "absent.pptx", "firm"])
def test_what_is_no_template_is_refused_before_anything_is_built(name, small, tmp_path):
    (tmp_path / "firm.pdf").write_bytes(b"x")
    with pytest.raises(UsageError, match=name):
        build(small, Options(formats=("pptx",), templates=(tmp_path / name,)))
    assert not (small.path / "handouts" / "alpha").exists()


@pytest.mark.parametrize("formats", [("html", "docx"), ()])
def test_a_template_for_a_format_that_is_not_built_is_refused(formats, small, firm):
    options = Options(formats=formats, templates=firm[:1])
    for step in (look, build):
        with pytest.raises(UsageError, match=r"firm\.pptx.*pptx files.*makes html, (docx|pdf)"):
            step(small, options)
    assert not (small.path / "handouts" / "alpha").exists()


def test_two_templates_for_one_format_are_refused(small, firm, tmp_path):
    second = tmp_path / "second.potx"
    second.write_bytes(firm[0].read_bytes())
    with pytest.raises(UsageError, match=r"firm\.pptx.*second\.potx.*one of them"):
        look(small, Options(formats=("pptx",), templates=(firm[0], second)))


def test_a_template_that_cannot_be_read_is_refused_before_anything_is_built(small, firm):
    wrong = firm[0].with_name("letter.docx")
    wrong.write_bytes(firm[0].read_bytes())
    with pytest.raises(UsageError, match=r"letter\.docx.*a presentation"):
        look(small, Options(formats=("docx",), templates=(wrong,)))
    own = small.path / "templates" / "docx"
    own.mkdir(parents=True)
    (own / "letter.docx").write_bytes(b"no archive")
    with pytest.raises(UsageError, match=r"letter\.docx.*damaged"):
        look(small, Options(formats=("docx",)))
    # What is not built needs no template.
    assert look(small, Options(only=("alpha",), formats=("html",))).todo


def test_of_a_workshops_own_files_two_are_refused_and_those_of_the_system_passed_over(small, firm):
    own = small.path / "templates" / "pptx"
    own.mkdir(parents=True)
    (own / "~$ours.pptx").write_bytes(b"lock")
    (own / ".DS_Store").write_bytes(b"x")
    (own / "ours.pptx").write_bytes(firm[0].read_bytes())
    options = Options(only=("alpha",), formats=("pptx",))
    assert look(small, options).todo
    (own / "second.pptx").write_bytes(firm[0].read_bytes())
    said = r"templates/pptx/ours\.pptx.*templates/pptx/second\.pptx.*uses one"
    with pytest.raises(UsageError, match=said):
        look(small, options)
    # What is not built needs no choice.
    look(small, Options(only=("alpha",), formats=("html",)))
