"""The acts that change what search itself keeps; one module for each thing."""
