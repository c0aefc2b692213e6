"""Language: errors, findings and labels get their words here, at the edge."""

from clusterlab.language.catalogue import SOURCE, Language, available, choose, load
from clusterlab.language.reading import read_text, stamp

__all__ = ["SOURCE", "Language", "available", "choose", "load", "read_text", "stamp"]
