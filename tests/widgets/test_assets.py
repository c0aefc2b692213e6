"""The front end's files as one text."""

import re
import subprocess

import pytest

from clusterlab.widgets import assets


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A folder of modules of our own; gives what the joined one's default export says."""
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    assets.script.cache_clear()

    def write(**sources):
        for name, source in sources.items():
            (tmp_path / f"{name}.js").write_text(source, encoding="utf-8")

    yield write
    assets.script.cache_clear()


def said(node, script, tmp_path, use="console.log(JSON.stringify(whole))"):
    path = tmp_path / "joined.mjs"
    path.write_text(script, encoding="utf-8")
    program = f'import whole from "{path.as_uri()}"; {use};'
    done = subprocess.run(
        [node, "--input-type=module", "-e", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_whole_is_one_module_that_a_page_can_import(node, tmp_path):
    script = assets.script()
    assert said(node, script, tmp_path, "console.log(Object.keys(whole()))") == (
        "[ 'initialize', 'render' ]"
    )
    assert not re.search(r"^\s*(import|export (?!default))", script, re.MULTILINE)


def test_every_file_can_be_joined():
    for path in assets.STATIC.glob("*.js"):
        assert assets.script(path.stem)


def test_nothing_of_the_front_end_is_fetched():
    for path in assets.STATIC.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"https?://(?!www\.w3\.org/)|url\((?!['\"]?data:)|@import|\bfetch\(", text
        ), path


def test_names_of_two_files_do_not_meet(node, files, tmp_path):
    files(
        a='import { name, later } from "./b-b.js";\nimport { C } from "./c.js";\n'
        "const secret = 1;\n/** A comment\n * of two lines. */\n"
        "export default [secret, name(), later, new C().secret];\n",
        **{
            "b-b": 'import { C } from "./c.js";\nconst secret = 2;\n'
            "export function name() { return secret + new C().secret; }\n"
            "// export nothing\nexport const later = 4;\nexport async function unused() {}\n",
            "c": "const secret = 8;\nexport class C { secret = secret; }\n",
        },
    )
    assert said(node, assets.script("a"), tmp_path) == "[1,10,4,8]"


@pytest.mark.parametrize(
    "source",
    [
        'import { a as b } from "./b.js";\nexport default 1;\n',
        'import b from "./b.js";\nexport default 1;\n',
        'import * as b from "./b.js";\nexport default 1;\n',
        'import "./b.js";\nexport default 1;\n',
        'import { a } from "https://example.org/b.js";\nexport default 1;\n',
        'import { a } from "../b.js";\nexport default 1;\n',
        'import {\n  a,\n} from "./b.js";\nexport default 1;\n',
        "const a = 1;\nexport { a };\nexport default 1;\n",
        'export * from "./b.js";\nexport default 1;\n',
        "export let a = 1;\nexport default 1;\n",
        "export const { a } = {};\nexport default 1;\n",
        "export function* a() {}\nexport default 1;\n",
        "export default 1;\nexport default 2;\n",
    ],
)
def test_a_file_that_cannot_be_joined_is_refused(files, source):
    files(a=source, b="export const a = 1;\n")
    with pytest.raises(ValueError, match=r"a\.js: (import|export)"):
        assets.script("a")


def test_an_inner_file_has_no_default_export(files):
    files(
        a='import { b } from "./b.js";\nexport default b;\n',
        b="export const b = 1;\nexport default 2;\n",
    )
    with pytest.raises(ValueError, match=r"b\.js: export default"):
        assets.script("a")


def test_files_that_import_each_other_are_refused(files):
    files(
        a='import { b } from "./b.js";\nexport default b;\nexport const a = 1;\n',
        b='import { a } from "./a.js";\nexport const b = a;\n',
    )
    with pytest.raises(ValueError, match=r"a\.js: imports what imports it"):
        assets.script("a")
