"""The workshop folder: made, opened, refused."""

import json
import tomllib
from dataclasses import asdict, replace

import pytest

from clusterlab.errors import (
    JournalError,
    KindError,
    NoWorkshopError,
    TableError,
    UnknownNameError,
    WorkshopError,
)
from clusterlab.methods import MethodSettings, TieRule, VoteRules
from clusterlab.methods.settings import wrong_setting
from clusterlab.model import Cluster
from clusterlab.workshop import (
    Folder,
    Limits,
    create,
    formats,
    read_roster,
    read_settings,
    unsafe_place,
    write_roster,
    write_settings,
)
from clusterlab.workshop.settings import new_settings, settings_from


def roster(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "clusters.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_every_format_makes_a_workshop_that_opens(tmp_path):
    for name in formats():
        create(tmp_path / name, name).close()
        with Folder(tmp_path / name) as folder:
            assert folder.settings.format == name
            assert folder.clusters == []
            for notebook in folder.settings.notebooks:
                assert (folder.path / "notebooks" / f"{notebook}.ipynb").is_file()


def test_nothing_that_exists_is_overwritten(tmp_path):
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "mine.txt").write_text("keep")
    with pytest.raises(WorkshopError, match="not empty"):
        create(tmp_path / "w", "competency-map")
    assert [p.name for p in (tmp_path / "w").iterdir()] == ["mine.txt"]


def test_unknown_format_names_the_nearest(tmp_path):
    with pytest.raises(UnknownNameError, match="competency-map"):
        create(tmp_path / "w", "competencymap")
    assert not (tmp_path / "w").exists()


def test_no_workshop_here_says_how_to_make_one(tmp_path):
    with pytest.raises(NoWorkshopError, match="clusterlab new"):
        Folder(tmp_path)


def test_a_notebook_finds_its_workshop_from_a_folder_below(small):
    below = small.path / "work" / "alpha"
    below.mkdir(parents=True)
    with Folder.around(below) as found:
        assert found.settings.id == small.settings.id


def test_another_workshops_journal_is_refused(tmp_path):
    create(tmp_path / "a", "competency-map").close()
    create(tmp_path / "b", "competency-map").close()
    (tmp_path / "a" / "workshop.db").replace(tmp_path / "b" / "workshop.db")
    with pytest.raises(JournalError, match="another workshop"):
        Folder(tmp_path / "b")


def test_settings_survive_whatever_is_typed():
    settings = new_settings('“A" \\ \n\u2028 \x7f = [b] #import')
    assert read_settings(write_settings(settings)) == settings
    limited = replace(settings, limits=Limits(note_length=7), severities={"swot-noun": "off"})
    assert read_settings(write_settings(limited)) == limited


def test_workdays_are_days_of_the_week_and_monday_to_friday_unless_said():
    text = write_settings(new_settings("W"))
    assert "workdays" not in text
    assert read_settings(text).workdays == ("mon", "tue", "wed", "thu", "fri")
    read = read_settings(text + 'workdays = ["sun", "mon", "mon"]\n')
    assert read.workdays == ("mon", "sun")
    assert read_settings(write_settings(read)) == read
    whole = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    assert read_settings(text + f"workdays = {whole}\n").workdays == tuple(whole)


def test_holidays_are_dates_in_either_way_of_writing():
    text = write_settings(new_settings("W")) + 'holidays = [2026-12-25, "2027-01-01"]\n'
    read = read_settings(text)
    assert read.holidays == ("2026-12-25", "2027-01-01")
    assert read_settings(write_settings(read)) == read


def test_what_was_decided_about_methods_is_read_and_written():
    text = write_settings(new_settings("W"))
    assert "[methods]" not in text
    assert read_settings(text).methods == MethodSettings()
    table = 'methods = {near_critical_days = 2.5, tows_factors = 2, importance_lines = "mean"}'
    read = read_settings(f"{text}{table}\n")
    decided = MethodSettings(near_critical_days=2.5, tows_factors=2, importance_lines="mean")
    assert read.methods == decided
    assert read_settings(write_settings(read)) == read
    assert settings_from(json.loads(json.dumps(read.to_json()))).methods == decided


def test_the_default_of_every_method_setting_is_one_that_may_be_set():
    for name, value in asdict(MethodSettings()).items():
        assert wrong_setting(name, value) is None
        assert wrong_setting(name, object()) is not None


def test_what_is_announced_of_a_vote_is_read_written_and_in_the_bundle():
    assert new_settings("W").vote is None
    text = write_settings(new_settings("W")) + "[vote]\n"
    assert read_settings(text).vote == VoteRules()
    read = read_settings(
        text + 'tie = "order"\nmethod = "borda"\ndots = 5\nown_excluded = true\nclosed = true\n'
    )
    assert read.vote == VoteRules(TieRule.ORDER, "borda", 5, own_excluded=True, closed=True)
    assert read_settings(write_settings(read)) == read
    for one in (read, new_settings("W"), read_settings(text)):
        bundled = json.loads(json.dumps(one.to_json()))
        assert settings_from(bundled) == replace(one, show_authors=False)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("methods = 5", "methods.*table"),
        ("methods = ['tows_factors']", "methods.*table"),
        ("methods = {tows_factor = 2}", "methods.tows_factor.*“tows_factors”"),
        ("methods = {tows_factors = 1}", "methods.tows_factors.*from 2 to 100, but is 1"),
        ("methods = {tows_factors = 101}", "methods.tows_factors"),
        ("methods = {tows_factors = 2.0}", "methods.tows_factors.*whole number"),
        ("methods = {tows_factors = true}", "methods.tows_factors"),
        ("methods = {tows_factors = 'two'}", "methods.tows_factors"),
        ("methods = {tows_per_letter = 101}", "methods.tows_per_letter.*from 0 to 100"),
        ("methods = {tows_per_letter = 1.5}", "methods.tows_per_letter.*whole number"),
        ("methods = {near_critical_days = -1}", "methods.near_critical_days.*from 0 to 1000"),
        ("methods = {near_critical_days = nan}", "methods.near_critical_days"),
        ("methods = {near_critical_days = inf}", "methods.near_critical_days"),
        ("methods = {importance_lines = 'median'}", "importance_lines.*one of: middle, mean"),
        ("methods = {importance_lines = ['mean']}", "importance_lines"),
        ("methods = {fewest_answers = 1}", "methods.fewest_answers"),
        ("title = 3", "title"),
        ("vote = 3", "vote.*table"),
        ("vote = {tie = 'dice'}", "vote.tie.*first-choices / order / shared"),
        ("vote = {tie = ['order']}", "vote.tie"),
        ("vote = {method = 'loud'}", "vote.method.*borda"),
        ("vote = {method = ['dots']}", "vote.method"),
        ("vote = {dots = 0}", "vote.dots"),
        ("vote = {dots = 101}", "vote.dots"),
        ("vote = {dots = true}", "vote.dots"),
        ("vote = {closed = 'yes'}", "vote.closed"),
        ("vote = {blind = true}", "vote.blind"),
        ("time_zone = 'Mars/Olympus'", "time_zone"),
        ("starts = '20.11.2026'", "starts"),
        ("colour = 'red'", "colour"),
        ("holidays = ['Christmas']", "holidays"),
        ("holidays = 25", "holidays"),
        ("workdays = []", "workdays.*one at least"),
        ("workdays = ['monday']", "workdays.*mon, tue"),
        ("workdays = 'mon'", "workdays.*list"),
        ("workdays = [1]", "workdays.*list"),
        ("documents = 'pdf'", "documents"),
        ("severities = {swot-noun = 'loud'}", "severities.swot-noun.*warning"),
        ("severities = {swot-nuon = 'off'}", "severities.swot-nuon.*“swot-noun”"),
        ("severities = {Swot-noun = 'off'}", "severities.Swot-noun.*“swot-noun”"),
        ("severities = {'' = 'off'}", "severities"),
        ("severities = {zzzzzzzz = 'off'}", "severities.zzzzzzzz.*There are: action-"),
        ("limits = {rows = 0}", "limits.rows"),
        ("topics = [{id = 'Bad Id', label = 'x'}]", "topics"),
        ("limits = 5", "limits.*table"),
        ("limits = [1]", "limits.*table"),
        ("limits = {rows = 'many'}", "limits.rows"),
        ("limits = {rows = true}", "limits.rows"),
        ("limits = {rows = 1.5}", "limits.rows"),
        ("limits = {row = 5}", "limits.row"),
        ("topics = 5", "topics.*list"),
        ("topics = {id = 'a', label = 'A'}", "topics.*list"),
        ("topics = ['a']", "topics"),
        ("topics = [{id = 'a', label = 5}]", "topics"),
        ("topics = [{id = 'a', label = ' '}]", "topics"),
        ("topics = [{id = 'a', label = 'A'}, {id = 'a', label = 'B'}]", "topics.id"),
        ("severities = 3", "severities.*table"),
        ("severities = ['off']", "severities.*table"),
        ("severities = {swot-noun = ['off']}", "severities.swot-noun"),
        ("notebooks = [1]", "notebooks"),
        (f"title = {'9' * 5000}", "TOML"),
        (f"title = {'[' * 5000}", "TOML"),
        ("id = 'x'", "id"),
        ("= broken", "TOML"),
    ],
)
def test_broken_settings_are_refused_with_the_key(line, words):
    base = {"id": "id = '6f1f6f0e-5d0b-4c0a-9d53-0b6a3f2f7c11'", "title": "title = 'T'"}
    base.pop(line.split(" ")[0], None)
    with pytest.raises(WorkshopError, match=words):
        read_settings("\n".join([*base.values(), line]))


def test_a_roster_keeps_what_is_vague_and_reports_what_it_cannot_take(tmp_path):
    path = roster(
        tmp_path,
        "\ufeffID;Name;Members;Colour\nmoveo;Mov'eo;almost 200;blue\n;;;\nmoveo;Twin;1;\n"
        ";Bêta & Söhne e.V.;300+;\n",
    )
    clusters, refusals = read_roster(path)
    assert [c.id for c in clusters] == ["moveo", "beta-sohne-e-v"]
    assert clusters[0].members.raw == "almost 200"
    assert clusters[0].extra == {"colour": "blue"}
    assert [(r.row, r.column) for r in refusals] == [(3, "name"), (4, "id")]


def test_a_roster_that_is_not_utf8_says_what_to_do(tmp_path):
    with pytest.raises(TableError, match="CSV UTF-8"):
        read_roster(roster(tmp_path, "id,name\nx,Söhne\n", "latin-1"))


def test_a_roster_survives_writing_and_reading(tmp_path):
    clusters = [
        Cluster("a", 'Quote " and, comma', notes="two\nlines", extra={"x": "=1+1"}),
        Cluster("../../x", "=HYPERLINK(1)", country="مصر"),
    ]
    write_roster(clusters, tmp_path / "clusters.csv")
    again, refusals = read_roster(tmp_path / "clusters.csv")
    assert refusals == []
    assert [(c.id, c.name, c.notes) for c in again] == [(c.id, c.name, c.notes) for c in clusters]


def test_a_workshops_own_kind_joins_and_a_broken_one_is_refused(small):
    own = small.path / "canvases"
    own.mkdir()
    text = 'id = "vrio"\ntitle = "VRIO"\nlayout = "table"\n[[blocks]]\nid = "r"\nlabel = "R"\n'
    (own / "vrio.toml").write_text(text)
    with Folder(small.path) as again:
        assert again.kinds["vrio"].title == "VRIO"
    (own / "vrio.toml").write_text(text.replace('"table"', '"tabel"'))
    with Folder(small.path) as again, pytest.raises(KindError, match="layout"):
        _ = again.kinds


def test_the_sample_topics_can_be_replaced(small):
    file = small.path / "workshop.toml"
    file.write_text(file.read_text() + '\n[[topics]]\nid = "people"\nlabel = "People"\n')
    assert tomllib.loads(file.read_text())["topics"]
    with Folder(small.path) as again:
        assert [t.id for t in again.kinds["swot"].topics] == ["people"]
        assert [t.id for t in again.kinds["tows"].topics] == ["people"]
        assert again.kinds["pestel"].topics == ()


@pytest.mark.parametrize("name", ["OneDrive - Firma", "Dropbox", "My Drive", "Nextcloud"])
def test_a_synchronised_folder_is_named(tmp_path, name):
    place = tmp_path / name / "w"
    place.mkdir(parents=True)
    assert name in str(unsafe_place(place))


def test_a_network_drive_is_named_and_a_local_one_is_not(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"srv:/x {tmp_path} nfs4 rw 0 0\n/dev/sda / ext4 rw 0 0\n")
    assert "nfs4" in str(unsafe_place(tmp_path, mounts))
    mounts.write_text("/dev/sda / ext4 rw 0 0\n")
    assert unsafe_place(tmp_path, mounts) is None


def test_control_characters_of_the_roster_are_told(small):
    assert small.notices() == []
    file = small.path / "clusters.csv"
    file.write_bytes(file.read_bytes() + b"gamma,Gam\x00ma\x1b\r\n")
    with Folder(small.path) as again:
        assert again.cluster("gamma").name == "Gamma"
        (notice,) = again.notices()
        assert "(2)" in str(notice)
