"""What is loaded when the work begins stays for as long as the process: going through it again and again took a tenth of
every page's time."""

import gc


def leave_alone_what_is_loaded() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
