"""Changes to search's own rows, one module for each kind."""
