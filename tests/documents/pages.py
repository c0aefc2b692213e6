"""Pages for the tests of the HTML exporter and of the index."""

import dataclasses

import hostile
import nbformat
import samples

from clusterlab.documents.html import HandoutHTMLExporter
from clusterlab.outputs import Title


def page(nb, **traits):
    return HandoutHTMLExporter(**traits).from_notebook_node(nb)[0]


def hostile_notebook():
    nb = samples.notebook([], hostile.MARKDOWN)
    for number, text in enumerate(hostile.TEXTS):
        context = dataclasses.replace(
            samples.CONTEXT, cluster_name=text, workshop=text, date=text, version=text
        )
        notes = {
            "strengths": [text, text],
            "weaknesses": [text],
            "opportunities": [],
            "threats": [],
        }
        swot = dataclasses.replace(samples.swot(notes), title=text, alt=text, context=context)
        title = Title(title=text, subtitle=text, text=text, context=context)
        nb.cells += samples.notebook([title, swot] if number else [title, swot, title]).cells
        nb.cells += [
            nbformat.v4.new_markdown_cell(text),
            nbformat.v4.new_code_cell(
                text, outputs=[nbformat.v4.new_output("stream", name="stdout", text=text)]
            ),
            nbformat.v4.new_code_cell(
                outputs=[nbformat.v4.new_output("error", ename="E", evalue=text, traceback=[text])]
            ),
        ]
    return nb


def index_data(clusters=16, failed=()):
    def document(cluster, label, slug, bad):
        formats = (
            []
            if bad
            else [
                {"format": f, "href": f"{cluster}/en/{slug}.{f.lower()}", "size": "66 kB"}
                for f in ("HTML", "PDF")
            ]
        )
        return {
            "notebook": label,
            "language": "en",
            "formats": formats,
            "status": "failed" if bad else "done",
            "word": "Failed" if bad else "Done",
            "error": "There is no board “swto”." if bad else "",
            "where": "cell 3" if bad else "",
        }

    return {
        "title": "Competency maps",
        "language": "en",
        "dir": "ltr",
        "labels": {},
        "summary": f"{clusters} clusters.",
        "picture": {
            "svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "alt": "Bars.",
            "note": "Bars count notes.",
        },
        "notices": ["The folder “old” belongs to no cluster."],
        "clusters": [
            {
                "id": f"c{i}",
                "name": f"Cluster {i}",
                "country": "France",
                "field": "mobility",
                "folder": f"c{i}",
                "documents": [
                    document(f"c{i}", "Competency map", "competency-map", i in failed),
                    document(f"c{i}", "Business model", "business-model", bad=False),
                ],
            }
            for i in range(clusters)
        ],
        "problems": [
            {
                "cluster": f"Cluster {i}",
                "notebook": "Competency map",
                "text": "There is no board “swto”.",
                "where": "cell 3",
            }
            for i in failed
        ],
        "footer": "Built on 20 November 2026",
    }


def hostile_index():
    def poison(value):
        match value:
            case dict():
                fixed = {"labels", "language", "dir", "status", "picture"}
                return {k: v if k in fixed else poison(v) for k, v in value.items()}
            case list():
                return [poison(v) for v in value]
        return next(texts)

    texts = iter(list(hostile.TEXTS) * 50)
    return poison(index_data(failed=(1, 2)))
