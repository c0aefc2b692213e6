"""Building handouts in batches: plan, run, render, report.

Nothing is imported here: a worker's process loads what jobs need, not what plans them.
"""
