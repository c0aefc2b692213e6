"""The workshop: a folder, or one cluster's bundle of it."""

from clusterlab.workshop.bundle import Bundle, digest, make_bundle
from clusterlab.workshop.create import Format, create, formats
from clusterlab.workshop.folder import JOURNAL, Folder
from clusterlab.workshop.kinds import load_kinds
from clusterlab.workshop.names import folder_name
from clusterlab.workshop.places import unsafe_place
from clusterlab.workshop.roster import cluster_facts, read_roster, slug, write_roster
from clusterlab.workshop.settings import Limits, Settings, read_settings, write_settings

__all__ = [
    "JOURNAL",
    "Bundle",
    "Folder",
    "Format",
    "Limits",
    "Settings",
    "cluster_facts",
    "create",
    "digest",
    "folder_name",
    "formats",
    "load_kinds",
    "make_bundle",
    "read_roster",
    "read_settings",
    "slug",
    "unsafe_place",
    "write_roster",
    "write_settings",
]
