"""Text becomes terms here, once, for every engine and for both sides of a search.

VERSION is part of the name of the table and of every index: whoever changes what a text turns into raises it, and the
next start builds both again.
"""

VERSION = 2
