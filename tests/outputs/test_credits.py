"""What stands at the end of a document: terms, who stands behind it, its version."""

from dataclasses import replace

import pytest

import clusterlab
from clusterlab.errors import UnknownNameError, WorkshopError
from clusterlab.language import Language, load
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.outputs.credits import terms
from clusterlab.outputs.record import remake
from clusterlab.workshop import read_settings, write_settings
from clusterlab.workshop.credits import Credits

STATED = Credits(
    "Cluster Agency", "Two & Co.", ('North "Sea" Rail', "Süd\\West"), "Funded by a programme."
)


def outputs(folder):
    return ClusterOutputs(folder, folder.cluster("alpha"), load("en"))


def test_a_glossary_has_the_terms_of_its_methods_and_no_others(small):
    found = {row.cells[0] for row in outputs(small).glossary("tows").rows}
    assert "W-O strategy" in found
    assert not found & {"Critical path", "Vision", "Borda count"}
    assert "Critical path" in {row.cells[0] for row in outputs(small).glossary("tasks").rows}


def test_without_names_it_is_of_what_the_cluster_has_written_on(small):
    assert outputs(small).glossary().rows == outputs(small).glossary("swot").rows


def test_it_reads_from_a_to_z_in_the_language_of_the_document(small):
    def sorted_(made):
        found = [row.cells[0].casefold() for row in made.glossary("tasks", "raci").rows]
        return found == sorted(found)

    english = outputs(small)
    words = {"Critical path": "Kritischer Weg", "Total float": "Gesamtpuffer"}
    german = ClusterOutputs(small, small.cluster("alpha"), Language("en", words))
    assert sorted_(english)
    assert sorted_(german)
    found = {row.cells[0] for row in german.glossary("tasks").rows}
    assert {"Kritischer Weg", "Gesamtpuffer"} <= found


def test_a_canvas_that_is_not_there_is_refused(small):
    with pytest.raises(UnknownNameError):
        outputs(small).glossary("swto")


def test_every_term_is_said_once_and_of_a_method_or_canvas_that_there_is(small):
    known = {"*"} | {k.id for k in small.kinds.values()} | {k.method for k in small.kinds.values()}
    assert {name for term in terms() for name in term.of} <= known
    names = [term.term for term in terms()]
    assert len(set(names)) == len(names)


def test_every_canvas_has_words_to_explain(small):
    for kind in small.kinds.values():
        own = [t for t in terms() if t.of & {kind.id, kind.method}]
        assert own, kind.id


def test_credits_name_who_stands_behind_it_its_version_and_its_tools(small):
    small.settings = replace(small.settings, credits=STATED, starts="2026-11-20")
    section = outputs(small).credits()
    facts = {fact.label: fact.value for fact in section.facts}
    assert facts["Organised by"] == STATED.organiser
    assert facts["Facilitated by"] == STATED.facilitator
    assert facts["Partners"] == " · ".join(STATED.partners)
    assert facts["Funding"] == STATED.funding
    assert section.context.version in facts["Version"]
    assert section.context.date in facts["Version"]
    assert clusterlab.__version__ in facts["Made with"]
    assert "Noto Sans" in facts["Fonts"]


def test_what_nobody_stated_is_left_out(small):
    labels = {fact.label for fact in outputs(small).credits().facts}
    assert not labels & {"Organised by", "Facilitated by", "Partners", "Funding"}


def test_nobody_who_wrote_a_note_is_named(small):
    text = outputs(small).credits().to_text()
    board = next(iter(outputs(small).boards().values()))
    assert all(note.author not in text for note in board if note.author)


def test_glossary_and_credits_can_be_made_again(small):
    made = outputs(small)
    for output in (made.glossary("swot"), made.credits()):
        assert remake(made, output.context.made) == output


def test_their_twins_say_all(small):
    small.settings = replace(small.settings, credits=STATED)
    section = outputs(small).credits()
    for twin in (section.to_text(), section.to_html()):
        assert "Cluster Agency" in twin
        assert section.context.version in twin


def test_credits_are_written_and_read_again(small):
    settings = replace(small.settings, credits=STATED)
    assert read_settings(write_settings(settings)) == settings
    assert "[credits]" not in write_settings(replace(settings, credits=Credits()))


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('organizer = "A"', "credits.organizer"),
        ("organiser = 3", "credits.organiser"),
        ('partners = "A"', "credits.partners"),
        ("partners = [1]", "credits.partners"),
    ],
)
def test_wrong_credits_are_refused_with_their_key(small, line, key):
    text = write_settings(small.settings)
    with pytest.raises(WorkshopError, match=key):
        read_settings(f"{text}\n[credits]\n{line}\n")
    with pytest.raises(WorkshopError, match="credits"):
        read_settings('credits = "A"\n' + text)


def test_a_finding_names_its_note(small):
    alpha = outputs(small)
    named = [line for line in map(alpha.finding_line, alpha.check()) if line.note]
    for line in named:
        assert line.note in line.text


def test_a_finding_that_quotes_a_note_is_led_by_its_number(small):
    from clusterlab.session import OpenWorkshop

    opened = OpenWorkshop(small).cluster("alpha")
    opened.board("swot", topic="business").add("weaknesses", "Money")
    lines = [opened.finding_line(f) for f in opened.check() if f.rule == "swot-noun"]
    assert [line.text.partition(":")[0] for line in lines] == ["W1"]


def test_the_list_of_findings_says_how_pressing_they_are(small):
    found = outputs(small).findings("swot")
    count = sum(len(group.lines) for group in found.groups)
    assert count
    assert found.text.startswith(f"{count} point")
    assert found.text.endswith(f": {count} to know.")
