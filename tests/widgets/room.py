"""A real Jupyter server on a workshop, a real page on it, and what the journal says meanwhile."""

import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from urllib.request import Request, urlopen

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from clusterlab.model import BoardId
from clusterlab.workshop import Folder


def in_page(name):
    """A function that is run in the page, from its own file."""
    text = (Path(__file__).parent / "in_page" / f"{name}.js").read_text(encoding="utf-8")
    return re.sub(r"^//.*\n", "", text)


OPENING = (
    "import clusterlab\n\nhere = clusterlab.open_workshop().cluster('alpha')\n"
    "board = here.board({canvas!r}, {more})"
)
READY = in_page("ready")
BLOCKS = "{b: [n.text for n in board.state.block(b)] for b in {n.block for n in board.notes}}"
NUMBERS = itertools.count(1)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """JupyterLab, Notebook and Voilà as anybody may have them, without settings of ours."""

    def __init__(self, root, place):
        self.root, self.token, self.port = Path(root), "t0ken", free_port()
        settings = place / "jupyter"
        settings.mkdir()
        allowed = {"ServerApp": {"allow_root": True}}
        (settings / "jupyter_server_config.json").write_text(json.dumps(allowed))
        self.runtime = place / "runtime"
        environment = {
            **os.environ,
            "JUPYTER_CONFIG_DIR": str(settings),
            "JUPYTER_RUNTIME_DIR": str(self.runtime),
            "JUPYTERLAB_SETTINGS_DIR": str(place / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(place / "workspaces"),
            "IPYTHONDIR": str(place / "ipython"),
        }
        command = [
            sys.executable, "-P", "-m", "jupyterlab", "--no-browser", f"--port={self.port}",
            f"--ServerApp.root_dir={root}", f"--IdentityProvider.token={self.token}",
            "--LabApp.news_url=None", "--LabApp.expose_app_in_browser=True",
            "--JupyterNotebookApp.expose_app_in_browser=True",
            "--VoilaConfiguration.enable_nbextensions=False",
        ]  # fmt: skip
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            start_new_session=True, env=environment,
        )  # fmt: skip
        for line in self.process.stderr:
            if re.search(r"http://127\.0\.0\.1:\d+/\S*token=", line):
                break
        else:
            raise AssertionError("the server ended before it served")
        self.reader = threading.Thread(target=self.process.stderr.read)
        self.reader.start()

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}?token={self.token}"

    def ask(self, path, method="GET"):
        headers = {"Authorization": f"token {self.token}"}
        with urlopen(Request(self.url(path), method=method, headers=headers)) as answer:
            text = answer.read().decode()
        return json.loads(text) if text else None

    def kernel(self, name):
        sessions = self.ask("/api/sessions")
        return next(s["kernel"]["id"] for s in sessions if s["path"].endswith(name))

    def python(self, name, expression):
        """Ask the notebook's own kernel, beside the page."""
        from jupyter_client import BlockingKernelClient

        file = self.runtime / f"kernel-{self.kernel(name)}.json"
        client = BlockingKernelClient(connection_file=str(file))
        client.load_connection_file()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=30)
            asked = {"v": f"__import__('json').dumps({expression})"}
            reply = client.execute_interactive(
                "", silent=True, store_history=False, user_expressions=asked, timeout=30
            )
        finally:
            client.stop_channels()
        found = reply["content"]["user_expressions"]["v"]
        assert found["status"] == "ok", found
        text = found["data"]["text/plain"]
        return json.loads(eval(text))  # noqa: S307 - a string literal that Python wrote

    def stop(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.reader.join()
        self.process.stderr.close()


def place_notebook(folder, name, canvas="swot", more="", cells=("board",)):
    """Write a notebook that opens a canvas; its own file, so that tests stay apart."""
    sources = [OPENING.format(canvas=canvas, more=more), *cells]
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, Path(folder) / name)


class Room:
    """One page that shows a notebook with a canvas."""

    def __init__(self, server, browser, name, beside=None, **context):
        self.server, self.name = server, name
        self.context = beside or browser.new_context(
            **{"viewport": {"width": 1280, "height": 1000}, **context}
        )
        self.page = self.context.new_page()
        self.errors, self.dialogs, self.outside = [], [], []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", self._asked_back)
        self.page.on("request", self._asked)
        self.page.set_default_timeout(20_000)

    def _asked_back(self, dialog):
        if dialog.type == "beforeunload":  # JupyterLab's own, where something is not saved
            dialog.accept()
            return
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _asked(self, request):
        if not request.url.startswith(
            (f"http://127.0.0.1:{self.server.port}/", "data:", "blob:", "ws://127.0.0.1")
        ):
            self.outside.append(request.url)

    def open(self, prefix=""):
        # A workspace of its own, else JupyterLab also opens what earlier tests had open.
        prefix = prefix or f"/lab/workspaces/room-{next(NUMBERS)}/tree/"
        self.page.goto(self.server.url(prefix + self.name))
        # What is run before the page has its kernel is lost without a word.
        self.page.wait_for_function(READY, timeout=60_000)
        return self

    def run(self):
        """Run all cells through the menu, as a person does."""
        self.choose("Run", "runmenu:run-all")
        self.ready()
        return self

    def choose(self, menu, command):
        """Choose an entry of JupyterLab's menu, once it is there and means something."""
        self.page.locator(".lm-MenuBar-item", has_text=re.compile(f"^{menu}$")).click()
        entry = self.page.locator(f".lm-Menu-item[data-command='{command}']")
        entry.and_(self.page.locator(":not(.lm-mod-disabled)")).click()
        entry.wait_for(state="hidden")

    def restart(self):
        """Restart the kernel through the menu, as a person does."""
        self.choose("Kernel", "kernelmenu:restart")
        self.page.locator(".jp-Dialog").get_by_role("button", name="Confirm Kernel Restart").click()

    @property
    def canvas(self):
        return self.page.locator(".clb").first

    def state(self, *states):
        wanted = json.dumps(states)
        self.page.wait_for_function(
            "wanted => { const all = [...document.querySelectorAll('.clb')];"
            " return all.length && all.every(e => wanted.includes(e.dataset.state)) }",
            arg=json.loads(wanted),
            timeout=40_000,
        )

    def ready(self):
        try:
            self.page.wait_for_selector(".clb", timeout=60_000)
            self.state("saved")
        except Exception as error:
            picture = self.server.runtime.parent / f"{self.name}.png"
            self.page.screenshot(path=picture)
            text = self.page.locator(".jp-Notebook").first.inner_text()
            message = f"no canvas that is saved, see {picture}:\n{text}"
            raise AssertionError(message) from error

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.type(text)

    def focused(self):
        return self.page.evaluate("document.activeElement?.innerText ?? ''")

    def button(self, name):
        return self.canvas.get_by_role("button", name=name)

    def add(self, block, *texts):
        self.button(f"Add a note to {block}").click()
        for text in texts:
            self.type(text)
            self.press("Enter")
        self.press("Escape")
        self.ready()

    def note(self, text):
        return self.canvas.locator(".clb-note", has_text=text).first

    def screen(self):
        """What stands where on the page: texts by block."""
        return self.canvas.evaluate(
            """root => Object.fromEntries([...root.querySelectorAll('.clb-cell')].map(cell => [
                 cell.dataset.block,
                 [...cell.querySelectorAll('.clb-note .clb-text')].map(e => e.textContent)])
               .filter(([, notes]) => notes.length))"""
        )

    def journal(self, canvas="swot", topic="business", version="current"):
        """What the journal holds, read by a program of its own."""
        with Folder(self.server.root) as folder:
            board = folder.board(BoardId("alpha", canvas, version, topic))
            found = {}
            for note in board:
                found.setdefault(note.block, [])
            return {block: [n.text for n in board.block(block)] for block in found}

    def python(
        self,
        expression=BLOCKS,
    ):
        return self.server.python(self.name, expression)

    def agree(self, **more):
        """Screen, kernel and journal say the same; gives it."""
        self.ready()
        seen = self.screen()
        assert seen == self.journal(**more)
        assert seen == self.python()
        assert self.errors == []
        return seen

    def close(self):
        self.context.close()
