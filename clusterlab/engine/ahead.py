"""Which cells may run before papermill asks for them.

While papermill makes outputs of what one cell gave, the next one may already compute. It makes no
difference to what comes of it: papermill goes on to the next cell whatever a cell that went well
gave, and a notebook's process begins none where anything could happen between the two (`waiting`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

#: Kind and content of a message to a kernel.
Request = tuple[str, dict[str, Any]]

INFO: Request = ("kernel_info_request", {})
#: How many messages wait at the notebook's process, at most. They are sent many at a time: the
#: process would have to look at each that comes alone.
_AHEAD = 32
#: Seconds. Cells that may take less never have others wait: papermill may lag behind that much.
_LEAST_TIMEOUT = 10
#: What people may have nbclient call between two cells, and what may then change what comes next.
_HOOKS = (
    "on_cell_start",
    "on_cell_execute",
    "on_cell_complete",
    "on_cell_executed",
    "on_cell_error",
)


def execution(code: str, *, store_history: bool, stop_on_error: bool) -> Request:
    """Give the message that runs a cell."""
    content = {
        "code": code,
        "silent": False,
        "store_history": store_history,
        "user_expressions": {},
        "allow_stdin": False,
        "stop_on_error": stop_on_error,
    }
    return "execute_request", content


class Plan:
    """What is going to be asked, in this order, as long as all goes well.

    Parameters
    ----------
    requests
        Messages.
    slow
        Seconds after which a cell has nothing run unasked after it: too near to its time's end.
    """

    def __init__(self, requests: Sequence[Request] = (), slow: float | None = None) -> None:
        self.slow = slow
        self._requests = requests
        self._asked = self._sent = 0

    @classmethod
    def of(cls, client: Any) -> Plan:
        """Give what nbclient's client is going to ask; nothing where people can have it change."""
        timeout = client.timeout if client.timeout and client.timeout > 0 else None
        if any(getattr(client, hook) is not None for hook in (*_HOOKS, "timeout_func")):
            return cls()
        if timeout is not None and timeout < _LEAST_TIMEOUT:
            return cls()
        return cls([*_cells(client), INFO], timeout and timeout / 2)

    def after(self, request: Request) -> Iterator[Request]:
        """Give what may be sent when something is asked."""
        if self._asked == len(self._requests) or self._requests[self._asked] != request:
            # Something else than was thought: from here on, one after the other.
            self._requests = ()
            self._asked = self._sent = 0
            return
        self._asked += 1
        self._sent = max(self._sent, self._asked)
        if self._sent - self._asked > _AHEAD // 2:
            return
        while self._sent < min(self._asked + _AHEAD, len(self._requests)):
            yield self._requests[self._sent]
            self._sent += 1


def _cells(client: Any) -> Iterator[Request]:
    """Give the messages that run a notebook's cells, as nbclient makes them."""
    for cell in client.nb.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        if client.skip_cells_with_tag in tags:
            continue
        allowed = not client.force_raise_errors and (
            client.allow_errors or "raises-exception" in tags
        )
        yield execution(cell.source, store_history=True, stop_on_error=not allowed)
