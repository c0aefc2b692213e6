"""Building handouts in batches: plan, run, render, report."""

from clusterlab.batch.build import Plan, Report, build, look, workers
from clusterlab.batch.jobs import Job, Options, Result
from clusterlab.batch.plan import notebook_files
from clusterlab.workshop import folder_name

__all__ = [
    "Job",
    "Options",
    "Plan",
    "Report",
    "Result",
    "build",
    "folder_name",
    "look",
    "notebook_files",
    "workers",
]
