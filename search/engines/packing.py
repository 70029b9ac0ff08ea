"""What a hit is shown from is most of an index on the disk, so it is kept packed.

A row is too short for zlib to learn from. It begins with what every row has: its frame, and the most usual words.
"""

import zlib

from search.analysis.stopwords import DANISH, ENGLISH

_FRAME = (
    '","names":[],"facts":{"status":["completed"],"sector":[],"place":["kalundborg"]},"years":[],"passages":""}'
    '{"texts":[["da","'
)
_USUAL = " ".join([*sorted(ENGLISH), *sorted(DANISH), _FRAME]).encode()


def packed(text: str) -> bytes:
    packer = zlib.compressobj(zdict=_USUAL)
    return packer.compress(text.encode()) + packer.flush()


def unpacked(kept: bytes) -> str:
    return zlib.decompressobj(zdict=_USUAL).decompress(kept).decode()
