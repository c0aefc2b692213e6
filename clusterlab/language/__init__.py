"""Language: errors, findings and labels get their words here, at the edge."""

from clusterlab.language.catalogue import SOURCE, Language, available, choose, load

__all__ = ["SOURCE", "Language", "available", "choose", "load"]
