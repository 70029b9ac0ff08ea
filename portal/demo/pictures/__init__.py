"""The demonstration's pictures, drawn in code: calm flat SVG on a 20-unit grid, all of them decorative."""
