"""The journal: the only truth of a workshop."""

from clusterlab.journal.files import BUSY_SECONDS, copied
from clusterlab.journal.journal import Journal, utc_now
from clusterlab.journal.people import Actor

__all__ = ["BUSY_SECONDS", "Actor", "Journal", "copied", "utc_now"]
