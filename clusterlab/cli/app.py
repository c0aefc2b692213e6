"""The commands."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import click

from clusterlab import __version__
from clusterlab.cli.console import FAILED, _, as_argument, plain_errors, say, today, words

_FOLDER = click.Path(path_type=Path)


class _Command(click.Command):
    """A command with an example in its help, whose errors are sentences."""

    def __init__(self, *args: Any, example: str, **kwargs: Any) -> None:
        kwargs["epilog"] = f"{_('Example')}:  {example}"
        super().__init__(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        with plain_errors():
            return super().invoke(ctx)


@click.group(help=_("Strategy workshops for cluster organisations."))
@click.version_option(__version__, prog_name="clusterlab")
def main() -> None:
    """Run the command line."""


@main.command(
    "demo",
    cls=_Command,
    example="clusterlab demo",
    help=_("Make the sample workshop of real clusters and build all of its handouts."),
)
@click.argument("folder", type=_FOLDER, default=Path("clusterlab-demo"))
@click.option("--jobs", type=click.IntRange(0), default=0, help=_("Worker processes."))
def demo(folder: Path, jobs: int) -> None:
    from clusterlab.batch.jobs import Options  # noqa: PLC0415 - commands load what they need
    from clusterlab.cli.building import build_all  # noqa: PLC0415
    from clusterlab.cli.sample import open_sample  # noqa: PLC0415

    with open_sample(folder) as workshop:
        build_all(workshop, Options(jobs=jobs))


@main.command(
    "new",
    cls=_Command,
    example="clusterlab new my-workshop --format competency-map",
    help=_("Make a new workshop folder; nothing that exists is overwritten."),
)
@click.argument("folder", type=_FOLDER)
@click.option("--format", "format_id", required=True, help=_("Format of the workshop."))
@click.option("--title", default="", help=_("Title of the workshop."))
@click.option("--language", default="en", help=_("Language of the labels, such as de."))
@click.option("--time-zone", default="UTC", help=_("Time zone, such as Europe/Brussels."))
@click.option("--starts", default="", help=_("First day, such as 2026-11-20; by default today."))
def new(
    folder: Path, format_id: str, title: str, language: str, time_zone: str, starts: str
) -> None:
    from clusterlab.workshop import create, unsafe_place  # noqa: PLC0415

    starts = starts or today(time_zone)
    create(folder, format_id, title, language=language, time_zone=time_zone, starts=starts).close()
    say(
        _(
            "Made the workshop in “{folder}”. Next: fill in clusters.csv, then: "
            "clusterlab build {argument}",
            folder=str(folder),
            argument=as_argument(folder),
        )
    )
    if warning := unsafe_place(folder):
        say(warning, error=True)


@main.command(
    "import",
    cls=_Command,
    example="clusterlab import my-workshop notes.xlsx",
    help=_("Take in tables of notes, or another copy's journal; what cannot be taken is reported."),
)
@click.argument("folder", type=_FOLDER)
@click.argument("files", type=_FOLDER, nargs=-1, required=True)
@click.option("--cluster", default="", help=_("Whose notes they are, where a table does not say."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the report as JSON."))
def import_(folder: Path, files: tuple[Path, ...], *, cluster: str, as_json: bool) -> None:
    from clusterlab.cli.exchanging import import_all  # noqa: PLC0415
    from clusterlab.workshop import Folder  # noqa: PLC0415

    with Folder(folder) as workshop:
        fine = import_all(workshop, files, as_json=as_json, cluster=cluster)
    raise SystemExit(0 if fine else FAILED)


@main.command(
    "export",
    cls=_Command,
    example="clusterlab export my-workshop --to notes.xlsx",
    help=_("Write all notes as one table (.xlsx or .csv)."),
)
@click.argument("folder", type=_FOLDER)
@click.option("--to", type=_FOLDER, required=True, help=_("File to write."))
@click.option("--with-names", is_flag=True, help=_("Give people's names instead of pseudonyms."))
@click.option(
    "--with-hidden",
    is_flag=True,
    help=_("Also write ballots of an open vote, hidden scores, and figures of too few answers."),
)
def export(folder: Path, to: Path, *, with_names: bool, with_hidden: bool) -> None:
    from clusterlab.exchange import export_notes, hidden_notes  # noqa: PLC0415
    from clusterlab.workshop import Folder  # noqa: PLC0415

    with Folder(folder) as workshop:
        count = export_notes(workshop, to, with_names=with_names, with_hidden=with_hidden)
        left = 0 if with_hidden else hidden_notes(workshop)
    text = words.plural(
        count, "Wrote {count} note to “{file}”.", "Wrote {count} notes to “{file}”.", file=str(to)
    )
    say(text)
    if left:
        say(
            words.plural(
                left,
                "{count} note is left out: a ballot of an open vote, a score before everybody has "
                "scored, or a figure of too few answers. --with-hidden writes it too.",
                "{count} notes are left out: ballots of an open vote, scores before everybody has "
                "scored, or figures of too few answers. --with-hidden writes them too.",
            )
        )


@main.command(
    "forms",
    cls=_Command,
    example="clusterlab forms my-workshop --only moveo",
    help=_("Write a form for each cluster as an Excel workbook, ready to be sent by mail."),
)
@click.argument("folder", type=_FOLDER, default=Path())
@click.option("--to", type=_FOLDER, help=_("Folder to write to; by default the workshop’s own."))
@click.option("--only", multiple=True, metavar="CLUSTER", help=_("Only this cluster."))
@click.option("--canvas", "canvases", multiple=True, help=_("Only this canvas, such as swot."))
@click.option("--language", default="", help=_("Language of all labels, such as de."))
def forms(
    folder: Path, to: Path | None, only: tuple[str, ...], canvases: tuple[str, ...], language: str
) -> None:
    from clusterlab.cli.forms import write_forms  # noqa: PLC0415
    from clusterlab.workshop import Folder  # noqa: PLC0415

    with Folder(folder) as workshop:
        fine = write_forms(workshop, to, only, canvases, language)
    raise SystemExit(0 if fine else FAILED)


@main.command(
    "collect",
    cls=_Command,
    example="clusterlab collect my-workshop returned/",
    help=_("Take back forms that people filled in; what cannot be taken is reported."),
)
@click.argument("folder", type=_FOLDER)
@click.argument("drops", metavar="DROP...", type=_FOLDER, nargs=-1, required=True)
@click.option(
    "--deletions", is_flag=True, help=_("Take notes away also where most rows of a sheet are gone.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Print the report as JSON."))
def collect(folder: Path, drops: tuple[Path, ...], *, deletions: bool, as_json: bool) -> None:
    from clusterlab.cli.forms import collect_all  # noqa: PLC0415
    from clusterlab.workshop import Folder  # noqa: PLC0415

    with Folder(folder) as workshop:
        fine = collect_all(workshop, drops, deletions=deletions, as_json=as_json)
    raise SystemExit(0 if fine else FAILED)


@main.command(
    "page",
    cls=_Command,
    example="clusterlab page my-workshop --cluster moveo --canvas swot --to swot.html",
    help=_("Write a canvas as one HTML file, to read and write on anywhere."),
)
@click.argument("folder", type=_FOLDER)
@click.option("--cluster", required=True, help=_("Id of the cluster."))
@click.option("--canvas", required=True, help=_("Id of the canvas, such as swot."))
@click.option("--topic", default="", help=_("Only this topic."))
@click.option("--version", default="", help=_("Version of the canvas; by default the current one."))
@click.option("--to", type=_FOLDER, required=True, help=_("File to write."))
def page(folder: Path, cluster: str, canvas: str, topic: str, version: str, to: Path) -> None:
    from clusterlab.cli.exchanging import write_page  # noqa: PLC0415
    from clusterlab.workshop import Folder  # noqa: PLC0415

    with Folder(folder) as workshop:
        write_page(workshop, to, cluster=cluster, canvas=canvas, topic=topic, version=version)


@main.command(
    "backup",
    cls=_Command,
    example="clusterlab backup my-workshop --to backup.db",
    help=_("Write a consistent copy of the journal, also while people write."),
)
@click.argument("folder", type=_FOLDER)
@click.option("--to", type=_FOLDER, required=True, help=_("File to write."))
def backup(folder: Path, to: Path) -> None:
    from clusterlab.workshop import Folder  # noqa: PLC0415

    with Folder(folder) as workshop:
        workshop.journal.backup(to)
    say(_("Wrote a copy of the journal to “{file}”.", file=str(to)))


@main.command(
    "check",
    cls=_Command,
    example="clusterlab check my-workshop",
    help=_("Check the methods' rules and say in plain language what does not hold."),
)
@click.argument("folder", type=_FOLDER, default=Path())
@click.option("--only", multiple=True, metavar="CLUSTER", help=_("Only this cluster."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the findings as JSON."))
def check(folder: Path, only: tuple[str, ...], *, as_json: bool) -> None:
    from clusterlab.cli.checking import check_all  # noqa: PLC0415
    from clusterlab.session import open_workshop  # noqa: PLC0415

    fine = check_all(open_workshop(folder), only, as_json=as_json)
    raise SystemExit(0 if fine else FAILED)


@main.command(
    "groups",
    cls=_Command,
    example="clusterlab groups my-workshop --people people.xlsx --rooms 5 --seed 7",
    help=_("Put people into breakout rooms by chance: even sizes, clusters mixed, reproducible."),
)
@click.argument("folder", type=_FOLDER, default=Path())
@click.option("--people", type=_FOLDER, help=_("Table with the columns “name” and “cluster”."))
@click.option(
    "--per-cluster",
    type=click.IntRange(0, 1000),
    default=0,
    help=_("Without a list: how many people each cluster sends."),
)
@click.option("--rooms", type=click.IntRange(1), required=True, help=_("How many rooms."))
@click.option(
    "--seed", type=int, default=1, show_default=True, help=_("Another number mixes otherwise.")
)
@click.option("--to", type=_FOLDER, help=_("File to write instead (.xlsx or .csv)."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the rooms as JSON."))
def groups(
    folder: Path,
    people: Path | None,
    per_cluster: int,
    rooms: int,
    seed: int,
    *,
    to: Path | None,
    as_json: bool,
) -> None:
    from clusterlab.cli.grouping import group_all  # noqa: PLC0415
    from clusterlab.workshop import Folder  # noqa: PLC0415

    with Folder(folder) as workshop:
        fine = group_all(workshop, people, per_cluster, rooms, seed, to=to, as_json=as_json)
    raise SystemExit(0 if fine else FAILED)


@main.command(
    "build",
    cls=_Command,
    example="clusterlab build my-workshop --only moveo --format html,pdf",
    help=_("Execute the notebooks for each cluster and write the documents."),
)
@click.argument("folder", type=_FOLDER, default=Path())
@click.option("--only", multiple=True, metavar="CLUSTER", help=_("Only this cluster."))
@click.option("--notebook", "notebooks", multiple=True, help=_("Only this notebook."))
@click.option("--format", "formats", default="", help=_("Only these: html,pdf,pptx,docx,xlsx."))
@click.option("--language", default="", help=_("Language of all labels, such as de."))
@click.option("--jobs", type=click.IntRange(0), default=0, help=_("How many run at a time."))
@click.option("--engine", default="clusterlab", show_default=True, help=_("Papermill's engine."))
@click.option("--timeout", type=click.IntRange(1), default=300, help=_("Seconds a cell may run."))
@click.option("--memory", type=click.IntRange(0), default=0, help=_("MB a notebook may hold."))
@click.option(
    "--retries",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help=_("How often a document is tried again whose process or worker died."),
)
@click.option(
    "--template",
    "templates",
    multiple=True,
    type=_FOLDER,
    help=_("Your own file for slides or documents: corporate.pptx, letter.docx."),
)
@click.option("--joint", is_flag=True, help=_("Also write one document of all these clusters."))
@click.option("--force", is_flag=True, help=_("Build also what is up to date."))
@click.option("--output", default="", help=_("Folder or address to write to: s3://bucket/folder."))
@click.option(
    "--scheduler", default="", help=_("Dask scheduler whose workers build: tcp://…:8786.")
)
@click.option("--dry-run", is_flag=True, help=_("Only say what would be built, and how long."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the report as JSON."))
def build(
    folder: Path, formats: str, *, dry_run: bool, as_json: bool, output: str, **options: Any
) -> None:
    from clusterlab.batch.early import early  # noqa: PLC0415 - loaded when asked for
    from clusterlab.batch.jobs import Options  # noqa: PLC0415

    wanted = tuple(f.strip().lower() for f in formats.split(",") if f.strip())
    chosen = Options(formats=wanted, output=output or None, **options)
    with contextlib.nullcontext() if dry_run else early(folder, chosen):
        # Both take their time.
        from clusterlab.cli.building import build_all, show_plan  # noqa: PLC0415
        from clusterlab.workshop import Folder  # noqa: PLC0415

        with Folder(folder) as workshop:
            if dry_run:
                show_plan(workshop, chosen, as_json=as_json)
            else:
                build_all(workshop, chosen, as_json=as_json)


@main.command(
    "lab",
    cls=_Command,
    example="clusterlab lab my-workshop --cluster moveo",
    help=_("Open JupyterLab on the workshop; with a cluster, on its own copy of the forms."),
)
@click.argument("folder", type=_FOLDER, default=Path())
@click.option("--cluster", default="", help=_("Id of the cluster."))
@click.option("--name", default="", help=_("Your name, for canvases that show who wrote a note."))
@click.option("--no-browser", is_flag=True, help=_("Do not open a browser."))
@click.option("--port", type=click.IntRange(0, 65535), default=8888, help=_("Port to listen on."))
def lab(folder: Path, cluster: str, name: str, port: int, *, no_browser: bool) -> None:
    from clusterlab.cli.laboratory import introduce, open_lab  # noqa: PLC0415
    from clusterlab.workshop import Folder  # noqa: PLC0415

    with Folder(folder) as workshop:
        if name:
            introduce(workshop, name)
        start = open_lab(workshop, cluster)
    raise SystemExit(start(port, not no_browser))
