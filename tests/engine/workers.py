"""A few processes that run conformance notebooks side by side."""

import json
import os
import queue
import select
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

RUNNER = Path(__file__).with_name("runner.py")
LONGEST = 45  # seconds that one notebook may take before it counts as hanging


class WorkerError(Exception):
    """A worker died; the text is the end of what it printed."""


class HungError(WorkerError):
    """A notebook did not come to an end."""


class Worker:
    """One process of ``runner.py``, started when it is needed and again when it died."""

    def __init__(self, folder):
        self.folder = folder
        self.folder.mkdir(parents=True)
        self.process = None

    def start(self):
        # ipykernel leaves file descriptors alone where it sees pytest.
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
        environment |= {"IPYTHONDIR": str(self.folder / "ipython"), "PYTHONDONTWRITEBYTECODE": "1"}
        self.printed = (self.folder / "printed.txt").open("w+b")
        self.process = subprocess.Popen(
            [sys.executable, str(RUNNER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.printed,
            env=environment,
            cwd=self.folder,
            start_new_session=True,
        )

    def run(self, name, engine):
        """Run one notebook with one engine, and give its record."""
        if self.process is None:
            self.start()
        record = self.folder / "record.json"
        request = {
            "name": name,
            "engine": engine,
            # The same for every engine: paths in outputs need no mask.
            "folder": str(self.folder / name),
            "record": str(record),
        }
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], LONGEST)
        if not ready or not self.process.stdout.readline():
            self.printed.seek(0)
            end = self.printed.read()[-2000:].decode(errors="replace")
            self.stop(patience=0)
            raise (WorkerError if ready else HungError)(name, engine, end)
        return json.loads(record.read_text(encoding="utf-8"))

    def stop(self, patience=10):
        """End the process and everything it started."""
        if self.process is None:
            return
        self.process.stdin.close()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process.stdout.close()
        self.printed.close()
        self.process = None


class Workers:
    """Runs notebooks with several engines, each notebook's engines in the same process."""

    def __init__(self, folder, count):
        self.free = queue.SimpleQueue()
        self.all = [Worker(folder / f"worker-{i}") for i in range(count)]
        for worker in self.all:
            self.free.put(worker)
        self.threads = ThreadPoolExecutor(count)

    def submit(self, name, engines):
        """Give a future of one record per engine."""
        return self.threads.submit(self.work, name, engines)

    def work(self, name, engines):
        worker = self.free.get()
        try:
            return [worker.run(name, engine) for engine in engines]
        finally:
            self.free.put(worker)

    def stop(self):
        """Drop what has not begun and end all processes."""
        self.threads.shutdown(cancel_futures=True)
        for worker in self.all:
            worker.stop()
