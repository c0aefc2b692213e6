"""What a build remembers of clusters: it never tells anything but what folding them would."""

import dataclasses
import json

import pytest

from clusterlab.batch.build import look
from clusterlab.batch.jobs import Options
from clusterlab.batch.plan import outline, plan, seen_before
from clusterlab.journal import Journal
from clusterlab.model import BoardId, Operation
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Folder, digest, write_roster


def kept(folder):
    """What a build of everything keeps, as it comes back from a file."""
    seen = seen_before(folder)
    identities = {job.key: job.identity for job in plan(folder, Options(), seen)}
    return json.loads(json.dumps(seen.to_json())), identities


def identities(folder, before):
    """What the next build knows, by what was kept, and what it would find by folding."""
    seen = seen_before(folder, before)
    known = {job.key: job.identity for job in outline(folder, Options(), seen, ())}
    return known, {job.key: job.identity for job in plan(folder, Options())}


def reopened(folder):
    return Folder(folder.path)


def write(folder, cluster="alpha"):
    board = OpenWorkshop(folder).cluster(cluster).board("swot", topic="business")
    return board.add("weaknesses", "Nobody answers the telephone")


def purge(folder):
    folder.journal.purge(OpenWorkshop(folder).actor)


def unite(folder):
    other = folder.path / "other.db"
    folder.journal.backup(other)
    with Journal(other) as copy:
        payload = {"note": "n", "block": "threats", "letter": "T", "values": {"text": "New"}}
        copy.append([Operation(BoardId("alpha", "swot", topic="services"), "add", payload)])
    folder.journal.unite(other)


def rename(folder):
    first, *others = folder.clusters
    renamed = dataclasses.replace(first, name="Alpha & Co", extra={"colour": "red"})
    write_roster([renamed, *others], folder.path / "clusters.csv")


def retitle(folder):
    file = folder.path / "workshop.toml"
    file.write_text(file.read_text().replace("Small workshop", "Large workshop"))


def translate(folder):
    words = folder.path / "locale"
    words.mkdir()
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    (words / "en.po").write_text(f'{header}msgid "SWOT"\nmsgstr "Strong and weak"\n')


def add_kind(folder):
    canvases = folder.path / "canvases"
    canvases.mkdir(exist_ok=True)
    text = 'id = "mood"\ntitle = "Mood"\nlayout = "grid"\ngrid = ["a"]\n'
    text += '[[blocks]]\nid = "a"\nlabel = "A"\nletter = "A"\n'
    (canvases / "mood.toml").write_text(text)


def test_what_is_remembered_is_what_folding_finds(small):
    before, made = kept(small)
    known, found = identities(reopened(small), before)
    assert known == found == made


def test_nothing_is_folded_where_nothing_changed(small, monkeypatch):
    before, made = kept(small)
    folder = reopened(small)
    monkeypatch.setattr(Journal, "boards", None)
    seen = seen_before(folder, before)
    known = {job.key: job.identity for job in outline(folder, Options(), seen, made)}
    assert known == made
    assert [seen.fullness(c.id) for c in folder.clusters]
    assert folder.notices() == []


@pytest.mark.parametrize("change", [write, purge, unite, rename, retitle, translate, add_kind])
def test_no_change_goes_unnoticed(small, change):
    before, made = kept(small)
    change(small)
    folder = reopened(small)
    known, found = identities(folder, before)
    assert found["alpha/en/competency-map"] != made["alpha/en/competency-map"]
    for key, identity in known.items():
        assert identity in {"", found[key]}
    assert known["alpha/en/competency-map"] == ""


def test_what_another_cluster_wrote_changes_nothing(small):
    before, made = kept(small)
    write(small, "beta")
    known, _ = identities(reopened(small), before)
    assert known["alpha/en/competency-map"] == made["alpha/en/competency-map"]
    assert known["beta/en/competency-map"] == ""


def test_the_order_in_which_operations_arrived_changes_nothing(small, tmp_path):
    before, made = kept(small)
    operations = list(small.journal.read())
    file = small.path / "workshop.db"
    small.close()
    for path in small.path.glob("workshop.db*"):
        path.unlink()
    with Journal(tmp_path / "turned.db", small.settings.id) as turned:
        for operation in reversed(operations):
            turned._insert(operation)
        turned.backup(file)
    known, found = identities(reopened(small), before)
    assert known == found == made


def test_what_is_written_while_a_bundle_is_made_is_not_remembered(small, monkeypatch):
    seen = seen_before(small)
    alpha = small.cluster("alpha")
    words = small.language(alpha)
    make = Folder.bundle

    def late(self, cluster, language):
        write(self)
        return make(self, cluster, language)

    monkeypatch.setattr(Folder, "bundle", late)
    bundle, hashed = seen.bundle(alpha, words)
    assert hashed == digest(bundle)
    assert seen.digest(alpha, words) is None


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        {"alpha": 3},
        {"alpha": {"content": 3, "bundles": {}, "fullness": None}},
        {"alpha": {"content": "x", "bundles": {"a": 3}, "fullness": None}},
        {"alpha": {"content": "x", "bundles": {}, "fullness": [1]}},
        {"alpha": {"content": "x", "bundles": {}, "fullness": "full"}},
    ],
)
def test_what_is_not_as_we_wrote_it_counts_as_nothing(small, broken):
    seen = seen_before(small, broken)
    assert seen.to_json() == {}
    assert sum(counts.notes for counts in seen.fullness("alpha")) == 2


def test_fullness_that_was_remembered_is_what_is_there(small):
    before, _ = kept(small)
    assert seen_before(small, before).fullness("alpha") == seen_before(small).fullness("alpha")
    write(small)
    again = seen_before(small, before).fullness("alpha")
    assert sum(counts.notes for counts in again) == 3


def test_a_plan_gives_whole_jobs_of_the_wanted_keys_only(small):
    (job,) = plan(small, Options(), keys={"beta/en/competency-map"})
    assert job.cluster == "beta"
    assert digest(job.bundle) == job.digest
    assert look(small, Options()).todo == ("alpha/en/competency-map", "beta/en/competency-map")
