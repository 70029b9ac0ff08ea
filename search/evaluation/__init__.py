"""How good search is, and how fast: invented portals to measure on, known items, foreign collections, and the figures.

Nothing here is used by a visitor. What is measured is the portal's own analysis and query builder, on an index of its
own; neither the index that answers nor the database is changed, except by the one command that fills an empty site.
"""
