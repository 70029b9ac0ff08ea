"""Random worlds, who may see what in them by the rules as written, and the questions put to the portal."""
