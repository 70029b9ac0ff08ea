"""What is news about a thing that somebody follows: which acts are, who may see it now, and how it is said."""
