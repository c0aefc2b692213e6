"""Building to an address instead of a folder."""

import json
import signal
import subprocess
import sys

import pytest
from stores import access, object_store

from clusterlab.batch.build import build, look
from clusterlab.batch.files import output_at
from clusterlab.batch.jobs import Options
from clusterlab.batch.store import OutputStore
from clusterlab.errors import UsageError, WorkshopError
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Folder

BUCKET = "handouts-of-2026"
TO_S3 = Options(output=f"s3://{BUCKET}/spring/map")


@pytest.fixture(scope="module")
def store():
    with object_store() as address:
        yield address


@pytest.fixture
def s3(store, monkeypatch):
    """A client of a store with one empty bucket."""
    client = access(monkeypatch, store)
    client.create_bucket(Bucket=BUCKET)
    yield client
    for name in objects(client):
        client.delete_object(Bucket=BUCKET, Key=name)
    client.delete_bucket(Bucket=BUCKET)
    client.close()


@pytest.fixture
def stored(s3, built):
    """A workshop whose documents a build has put into the store, as they are in a folder."""
    place = built.path / "handouts"
    for path in place.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            name = path.relative_to(place).as_posix()
            s3.put_object(Bucket=BUCKET, Key=f"spring/map/{name}", Body=path.read_bytes())
    return built


def objects(client):
    """Give size and tag of every object by its name."""
    found = client.list_objects_v2(Bucket=BUCKET).get("Contents", [])
    return {o["Key"]: (o["Size"], o["LastModified"]) for o in found}


def text(client, name):
    return client.get_object(Bucket=BUCKET, Key=f"spring/map/{name}")["Body"].read().decode()


def documents(cluster):
    suffixes = ("ipynb", "html", "pdf")
    return {f"spring/map/{cluster}/en/competency-map.{suffix}" for suffix in suffixes}


def consistent(client, place="spring/map"):
    """Tell whether the manifest says of every document what is there, and of no other."""
    manifest = json.loads(text(client, "manifest.json"))
    said = {
        f"{place}/{key}.{suffix}": size
        for key, record in manifest["documents"].items()
        for suffix, size in record["files"].items()
    }
    beside = {f"{place}/manifest.json", f"{place}/index.html"}
    return said == {n: size for n, (size, _) in objects(client).items() if n not in beside}


def test_a_build_to_s3_writes_what_a_build_to_a_folder_writes(built, s3):
    report = build(built, TO_S3)
    assert [r.status for _, r in report.results] == ["done", "done"]
    assert report.index == f"s3://{BUCKET}/spring/map/index.html"
    beside = {"spring/map/index.html", "spring/map/manifest.json"}
    assert set(objects(s3)) == documents("alpha") | documents("beta") | beside
    assert consistent(s3)
    assert "alpha/en/competency-map.pdf" in text(s3, "index.html")
    head = s3.head_object(Bucket=BUCKET, Key="spring/map/index.html")
    assert head["ContentType"] == "text/html"
    page = built.path / "handouts" / "alpha/en/competency-map.html"
    assert page.read_text(encoding="utf-8") == text(s3, "alpha/en/competency-map.html")


def test_a_second_build_to_s3_writes_nothing_and_a_change_only_its_documents(stored, s3):
    before = objects(s3)
    assert build(stored, TO_S3).results == []
    assert objects(s3) == before
    board = OpenWorkshop(stored).cluster("alpha").board("swot", topic="business")
    board.add("weaknesses", "Nobody answers the telephone")
    ((job, _),) = build(stored, TO_S3).results
    assert job.cluster == "alpha"
    after = objects(s3)
    assert {n for n in documents("beta") if before[n] == after[n]} == documents("beta")
    assert "Nobody answers the telephone" in text(s3, "alpha/en/competency-map.html")
    assert consistent(s3)


def test_an_object_that_went_missing_is_built_again(stored, s3):
    s3.delete_object(Bucket=BUCKET, Key="spring/map/beta/en/competency-map.pdf")
    assert look(stored, TO_S3).todo == ("beta/en/competency-map",)


def test_objects_of_others_are_left_alone(small, s3):
    s3.put_object(Bucket=BUCKET, Key="spring/mapped.txt", Body=b"keep")
    s3.put_object(Bucket=BUCKET, Key="spring/map/mine.txt", Body=b"keep")
    build(small, TO_S3)
    assert {"spring/mapped.txt", "spring/map/mine.txt"} <= set(objects(s3))


BUILD = """
import sys
from pathlib import Path
from clusterlab.batch import manifest
from clusterlab.batch.build import build
from clusterlab.batch.jobs import Options
from clusterlab.workshop import Folder

manifest.NOW_AND_THEN = 0
with Folder(Path(sys.argv[1])) as folder:
    done = lambda job, result: print(job.key, flush=True)
    build(folder, Options(jobs=1, output=sys.argv[2]), done)
"""


def test_a_killed_build_to_s3_goes_on_where_its_manifest_was_written_last(small, s3):
    small.close()
    process = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(small.path), TO_S3.output],
        stdout=subprocess.PIPE,
        text=True,
    )
    first = process.stdout.readline().strip()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with Folder(small.path) as folder:
        todo = look(folder, TO_S3).todo
        assert first not in todo
        assert len(todo) == 1
        build(folder, TO_S3)
    assert {n for n in objects(s3) if "/." in n} == set()
    assert consistent(s3)


def test_a_document_that_cannot_be_written_fails_alone(small, monkeypatch):
    put = OutputStore.put

    def refuse(self, files):
        if any(name.startswith("alpha/") for name in files):
            raise WorkshopError("The store says no.")
        put(self, files)

    monkeypatch.setattr(OutputStore, "put", refuse)
    report = build(small, Options(output="memory://refusing"))
    assert {j.cluster: r.status for j, r in report.results} == {"alpha": "failed", "beta": "done"}
    assert look(small, Options(output="memory://refusing")).todo == ("alpha/en/competency-map",)


def test_any_address_that_fsspec_knows_will_do(small):
    options = Options(only=("alpha",), formats=("html",), output="memory://somewhere/else")
    build(small, options)
    assert look(small, options).todo == ()
    output = output_at("memory://somewhere/else/alpha")
    assert output.read("en/competency-map.html").startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("address", "more", "words"),
    [
        ("s3://no-such-bucket/x", {}, "no such bucket"),
        ("s3://", {}, "names no bucket"),
        (f"s3://{BUCKET}/x", {"AWS_ACCESS_KEY_ID": ""}, "no credentials"),
        (f"s3://{BUCKET}/x", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "reached"),
        ("sss://somewhere", {}, "Protocol not known: sss"),
        ("gs://somewhere", {}, "gcsfs"),
    ],
)
@pytest.mark.usefixtures("s3")
def test_what_is_wrong_with_an_address_is_said_in_words(small, monkeypatch, address, more, words):
    for name, value in more.items():
        monkeypatch.setenv(name, value)
    with pytest.raises((WorkshopError, UsageError), match=words):
        build(small, Options(output=address))


def test_what_may_not_be_written_is_said_in_words(small, monkeypatch):
    output = output_at("memory://somewhere")

    def refuse(*arguments):
        raise PermissionError("Forbidden")

    monkeypatch.setattr(type(output._files), "pipe_file", refuse)
    with pytest.raises(WorkshopError, match="access is refused"):
        output.put({"x": b""})


def test_without_the_extra_the_sentence_names_it(small, monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(WorkshopError, match=r"clusterlab\[distributed\]"):
        build(small, Options(output="s3://somewhere/x"))


def test_a_password_in_an_address_is_not_repeated():
    with pytest.raises(UsageError) as caught:
        output_at("sss://someone:secret@somewhere/x")
    assert "secret" not in str(caught.value.message.fields["address"])


@pytest.mark.parametrize("place", ["{}", "file://{}", "memory://{}"])
@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/x", "", "a//b", "./a"])
def test_nothing_is_written_outside(tmp_path, place, name):
    output = output_at(place.format(tmp_path / "there"))
    with pytest.raises(WorkshopError, match="outside"):
        output.put({name: b"x"})
    assert list(tmp_path.iterdir()) == []


def test_folders_need_no_package_for_addresses(small):
    code = (
        "import sys; from pathlib import Path\n"
        "from clusterlab.batch.build import look\nfrom clusterlab.batch.jobs import Options\n"
        "from clusterlab.workshop import Folder\n"
        "with Folder(Path(sys.argv[1])) as folder: look(folder, Options())\n"
        "print([m for m in ('fsspec', 's3fs', 'distributed', 'dask') if m in sys.modules])"
    )
    small.close()
    command = [sys.executable, "-c", code, str(small.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
