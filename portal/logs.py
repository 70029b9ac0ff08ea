"""What a log may not keep: the keys that stand in addresses, for whoever reads them could use them."""

import logging
import re

_KEY = re.compile(r"(?<=/)[\w-]{40,}(?=/|\Z)")


class WithoutKeys(logging.Filter):
    """A part of an address as long as a key is left out."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_KEY.sub("…", one) if isinstance(one, str) else one for one in record.args)
        return True
