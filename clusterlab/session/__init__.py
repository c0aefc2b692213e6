"""What a notebook talks to.

>>> workshop = open_workshop("my-workshop")                     # doctest: +SKIP
>>> cluster = workshop.cluster("moveo")                         # doctest: +SKIP
>>> board = cluster.board("swot", topic="services")             # doctest: +SKIP
>>> board.add("strengths", "Known for fast answers to members") # doctest: +SKIP
"""

from clusterlab.session.board import OpenBoard
from clusterlab.session.cluster import OpenCluster
from clusterlab.session.workshop import OpenWorkshop, open_workshop, this_person

__all__ = ["OpenBoard", "OpenCluster", "OpenWorkshop", "open_workshop", "this_person"]
