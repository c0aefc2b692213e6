"""Running ``clusterlab lab`` for tests: the real server, as a person starts it."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from urllib.error import URLError
from urllib.request import Request, urlopen


class Laboratory:
    """JupyterLab on a cluster's forms, started by ``clusterlab lab``.

    Parameters
    ----------
    folder
        Path of the workshop.
    cluster
        Id of the cluster.
    place
        An empty folder for settings and temporary files.
    """

    def __init__(self, folder, cluster, place):
        settings = place / "jupyter"
        settings.mkdir()
        # Tests may run as root, which the server refuses unless it is told.
        allowed = {"ServerApp": {"allow_root": True}}
        (settings / "jupyter_server_config.json").write_text(json.dumps(allowed))
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "clusterlab", "lab", str(folder), "--cluster", cluster),
                *("--no-browser", "--port", str(free_port())),
            ],
            cwd=place,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "JUPYTER_CONFIG_DIR": str(settings), "TMPDIR": str(place)},
        )
        self.log = []
        try:
            self.address, self.path, self.token = self._serving()
        except BaseException:
            self._end()
            self.process.stderr.close()
            raise
        self.url = f"{self.address}{self.path}?token={self.token}"
        # A pipe that nobody reads would stop the server in the end.
        self._reader = threading.Thread(target=lambda: self.log.extend(self.process.stderr))
        self._reader.start()
        self._answering()

    def _serving(self):
        for line in self.process.stderr:
            self.log.append(line)
            if found := re.search(r"(http://127\.0\.0\.1:\d+)(/\S*)\?token=(\w+)", line):
                return found.groups()
        raise AssertionError("the server ended before it served: " + "".join(self.log))

    def _answering(self, seconds=60):
        """Wait until somebody answers; the server says where it is a little before."""
        end = time.monotonic() + seconds
        while True:
            try:
                return self.api("api")
            except URLError as error:
                refused = isinstance(error.reason, ConnectionRefusedError)
                if not refused or time.monotonic() > end:
                    self.stop()
                    raise

    def api(self, path, method="GET"):
        """Ask the server; gives what it answers in JSON, or nothing."""
        headers = {"Authorization": f"token {self.token}"}
        with urlopen(Request(f"{self.address}/{path}", headers=headers, method=method)) as answer:
            return json.loads(answer.read() or "null")

    def stop(self):
        """End the server and its kernels; once is enough."""
        if self.process.returncode is None:
            self._end()
            self._reader.join()
            self.process.stderr.close()

    def _end(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
