"""Opening JupyterLab: the real server, on a cluster's own form."""

import json
import re
from pathlib import Path
from urllib.request import urlopen

import nbformat

from clusterlab.cli.formpage import PlacedForm, page_config
from clusterlab.cli.laboratory import open_lab
from clusterlab.language import Language
from clusterlab.shared import shared
from clusterlab.workshop.forms import place_form


def page_of(lab, path):
    with urlopen(f"{lab.address}{path}?token={lab.token}") as answer:
        page = answer.read().decode()
    return json.loads(
        re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1]
    )


def test_lab_serves_the_clusters_own_form_and_fetches_nothing(small, laboratory):
    small.close()
    lab = laboratory(small.path, "alpha")
    try:
        assert lab.path == "/doc/tree/work/alpha/competency-map.ipynb"
        content = lab.api("api/contents/work/alpha/competency-map.ipynb")["content"]
        assert "cluster = 'alpha'" in content["cells"][0]["source"]
        config = page_of(lab, "/lab")
        assert not config.get("news", {}).get("newsUrl")
        told = json.loads(config["clusterlabForm"])
        assert [form["path"] for form in told["forms"]] == ["work/alpha/competency-map.ipynb"]
        assert told["forms"][0]["cells"] == {c["id"]: c["source"] for c in content["cells"]}
        assert "clusterlab-form" in [e["name"] for e in config["federated_extensions"]]
        with urlopen(f"{lab.address}/lab/extensions/clusterlab-form/page/plugin.js") as answer:
            # What browsers kept for a year would outlive an update of the package.
            assert answer.headers["Cache-Control"] == "no-cache"
    finally:
        lab.stop()


def test_the_form_runs_where_it_lies(small):
    from nbclient import NotebookClient

    open_lab(small, "beta")
    place = small.path / "work" / "beta"
    notebook = nbformat.read(place / "competency-map.ipynb", as_version=4)
    arguments = ["--log-level=50"]
    client = NotebookClient(
        notebook, resources={"metadata": {"path": str(place)}}, extra_arguments=arguments
    )
    client.execute()
    texts = [
        o.data["text/plain"]
        for c in notebook.cells
        for o in c.get("outputs", [])
        if "text/plain" in o.get("data", {})
    ]
    assert any("People of beta know each other well" in t for t in texts)
    # Nobody sits in front of a notebook that a program executes: no live canvas.
    bundles = [o.data for c in notebook.cells for o in c.get("outputs", []) if "data" in o]
    assert not any("application/vnd.jupyter.widget-view+json" in data for data in bundles)


def test_only_cells_as_they_were_placed_are_the_forms_own(small, tmp_path):
    source, target = small.path / "notebooks" / "competency-map.ipynb", tmp_path / "copy.ipynb"
    placed = place_form(source, target, {"cluster": "alpha"})
    copy = json.loads(target.read_text(encoding="utf-8"))
    assert placed == {cell["id"]: "".join(cell["source"]) for cell in copy["cells"]}
    changed, mine = copy["cells"][2], {**copy["cells"][1], "source": "print('mine')"}
    changed["source"] += "\nimport os"
    copy["cells"].append(mine)
    target.write_text(json.dumps(copy), encoding="utf-8")
    again = place_form(source, target, {"cluster": "alpha"})
    assert set(placed) - set(again) == {changed["id"]}
    assert again.items() <= placed.items()


def told_of(*forms):
    config = page_config(list(forms), Language("en", {}))
    return json.loads(config["clusterlabForm"])


def test_a_form_is_called_what_it_opens_with():
    named = PlacedForm(
        "work/a/x.ipynb", {"a": "%matplotlib", "n": "'\\d'", "b": 'here.title("Our <b>plan</b>")'}
    )
    plain = PlacedForm("work/a/first_steps-now.ipynb", {"a": "here.title()"})
    assert [f["title"] for f in told_of(named, plain)["forms"]] == [
        "Our <b>plan</b>",
        "First steps now",
    ]


def test_the_settings_are_ones_that_jupyterlab_has():
    import jupyter_core.paths

    overrides = json.loads(
        shared("templates", "jupyter", "labconfig", "default_setting_overrides.json").read_text()
    )
    for plugin, values in overrides.items():
        package, _, name = plugin.partition(":")
        places = [
            Path(p) / folder
            for p in jupyter_core.paths.jupyter_path()
            for folder in (
                f"lab/schemas/{package}/{name}.json",
                f"labextensions/{package}/schemas/{package}/{name}.json",
            )
        ]
        schema = json.loads(next(p for p in places if p.exists()).read_text(encoding="utf-8"))
        assert set(values) <= set(schema["properties"]), plugin
