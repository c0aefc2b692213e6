"""A cluster's outputs: made once for each state of its boards, put into JSON once."""

import dataclasses

import pytest
import samples

from clusterlab.language import load
from clusterlab.outputs import MIME
from clusterlab.outputs.base import Output
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Bundle


def of_folder(folder):
    cluster = folder.cluster("alpha")
    return ClusterOutputs(folder, cluster, load("en"))


def of_bundle(folder):
    bundle = Bundle(folder.bundle(folder.cluster("alpha"), load("en")))
    return ClusterOutputs(bundle, bundle.cluster, bundle.language)


def write(folder):
    board = OpenWorkshop(folder).cluster("alpha").board("swot", topic="business")
    return board.add("weaknesses", "Nobody answers the telephone")


def test_folder_and_bundle_say_the_same(small):
    for make in (lambda o: o.title("Map"), lambda o: o.board("swot"), lambda o: o.findings()):
        assert make(of_folder(small)) == make(of_bundle(small))


def test_an_output_of_a_folder_is_of_the_state_it_has_now(small):
    outputs = of_folder(small)
    before = outputs.section("Now").context
    assert outputs.section("Now").context.version == before.version
    write(small)
    after = outputs.section("Now").context
    assert after.version != before.version
    assert after.sequence > before.sequence
    assert after.version == of_folder(small).section("Now").context.version


def test_notes_that_were_written_since_can_be_referred_to(small):
    outputs = of_folder(small)
    outputs.presenter()
    note = write(small)
    assert note.id in outputs.presenter().notes


def test_a_purge_without_any_new_operation_is_seen(small):
    outputs = of_folder(small)
    before = outputs.presenter()
    small.journal.purge(OpenWorkshop(small).actor)
    after = outputs.presenter()
    assert after.context.version != before.context.version
    assert after.notes == {}


def test_a_bundle_is_hashed_once_for_many_outputs(small, monkeypatch):
    outputs = of_folder(small)
    made = []
    bundle = type(small).bundle
    monkeypatch.setattr(type(small), "bundle", lambda *given: made.append(1) or bundle(*given))
    for _ in range(3):
        outputs.section("Now")
        outputs.board("swot")
    assert made == [1]


@pytest.mark.parametrize("output", samples.everything(), ids=lambda o: o.type)
def test_json_holds_every_field_and_plain_values_only(output):
    def same(plain, value):
        if dataclasses.is_dataclass(value):
            names = [f.name for f in dataclasses.fields(value)]
            own = {n: plain[n] for n in plain if not (isinstance(value, Output) and n == "type")}
            assert list(own) == names
            for name in names:
                same(own[name], getattr(value, name))
        elif isinstance(value, list | tuple):
            assert type(plain) is list
            assert len(plain) == len(value)
            for one, other in zip(plain, value, strict=True):
                same(one, other)
        elif isinstance(value, dict):
            assert list(plain) == list(value)
            for name in value:
                same(plain[name], value[name])
        else:
            assert plain == value
            assert type(plain) is type(value)

    same(output.to_json(), output)


@pytest.mark.parametrize("output", samples.everything(), ids=lambda o: o.type)
def test_the_twins_are_those_that_each_gives_alone(output):
    assert output.twins() == {
        MIME: output.to_json(),
        "text/html": output.to_html(),
        "text/plain": output.to_text(),
    }
