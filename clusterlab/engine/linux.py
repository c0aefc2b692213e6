"""What the engine asks of Linux beyond Python's own calls."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_SET_DEATH_SIGNAL, _SET_SUBREAPER = 1, 36
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
#: Advice that Linux 6.1 and later take, and what they take it for.
_COLLAPSE, _LARGE = 25, 1 << 21


def threads() -> int:
    """Give how many threads this process has, those of C libraries too."""
    return len(os.listdir("/proc/self/task"))  # noqa: PTH208 - called before every fork, after every cell


def processors() -> list[int]:
    """Give the numbers of the processors that this thread may run on; none where nobody knows."""
    known = getattr(os, "sched_getaffinity", None)
    return sorted(known(0)) if known else []


def processor_count() -> int:
    """Give how many processors this process may run on."""
    return len(processors()) or os.cpu_count() or 1


def stay_on(numbers: Sequence[int]) -> None:
    """Run this thread, and what it starts from now on, on these processors only."""
    with contextlib.suppress(OSError):  # they were taken from this process, which stays as it is
        os.sched_setaffinity(0, numbers)


def interrupt_nobody() -> None:
    """Have this thread, and what it starts from now on, let others on its processor finish first.

    It gets as much time as before. Who is sent something by another otherwise runs at once, amid
    what that one is doing, and answers pieces that would come together a moment later.
    """
    with contextlib.suppress(OSError, AttributeError):
        if os.sched_getscheduler(0) == os.SCHED_OTHER:  # else somebody has asked for something
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def interrupts() -> bool:
    """Tell whether this thread may interrupt others: somebody waits for what it does next."""
    try:
        return os.sched_getscheduler(0) != os.SCHED_BATCH
    except OSError:  # some C libraries refuse to tell: then it was never asked not to
        return True


def written_to() -> int:
    """Give how many file descriptors are open for writing."""
    import fcntl  # noqa: PLC0415 - not on every system

    count = 0
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - called at every end
        with contextlib.suppress(OSError):  # the folder's own is closed by now
            mode = fcntl.fcntl(int(name), fcntl.F_GETFL) & os.O_ACCMODE
            count += mode != os.O_RDONLY
    return count


def die_with_parent(parent: int) -> None:
    """Have this process killed when its parent ends, and end now where that has happened.

    Parameters
    ----------
    parent
        Its process id.
    """
    _prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent has ended, so that none stays a zombie."""
    _prctl(_SET_SUBREAPER, 1)


def first_environment() -> dict[str, str]:
    """Give the variables that this process was started with."""
    entries = Path("/proc/self/environ").read_bytes().split(b"\0")
    pairs = (os.fsdecode(entry).partition("=") for entry in entries if entry)
    return {name: value for name, _, value in pairs}


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def use_large_pages() -> None:
    """Move what this process holds into large pages, where there are any.

    Whoever forks copies the table of its pages, and whoever ends frees his own: with large pages
    both take half as long. What is written to is still copied in small ones.
    """
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines():
        place, mode, _, _, _, *name = line.split(maxsplit=5)
        if mode == "rw-p" and name in ([], ["[heap]"]):
            begin, end = (int(number, 16) for number in place.split("-"))
            for page in range(-(-begin // _LARGE) * _LARGE, end - _LARGE + 1, _LARGE):
                advise(page, _LARGE, _COLLAPSE)  # where it cannot, all stays as it was


def give_back() -> None:
    """Give the system the memory that this process has freed, where the C library keeps it."""
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)


def be_first_when_memory_ends() -> None:
    """Have the system end this process before others when memory runs out."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def family(pid: int) -> Iterator[int]:
    """Give a process and all its descendants."""
    yield pid
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in tasks.read_text().split():
                yield from family(int(child))


def memory(pid: int) -> int:
    """Give the bytes of memory that a process holds; 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def installed_memory() -> int:
    """Give the bytes of memory that this process can have, its container's limit included."""
    pages = os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    found = pages * _PAGE
    with contextlib.suppress(OSError, ValueError):
        found = min(found, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return found


def has_children() -> bool:
    """Tell whether this process has children, ended ones that nobody waited for included."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True
