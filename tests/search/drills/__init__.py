"""Drills with real processes, which are killed. Each has a portal of its own: folder, database, index."""
