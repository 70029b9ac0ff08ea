"""Processes that can be killed at any moment: forks of one that has loaded everything, so that a start costs nothing."""

import os
import signal
import sys
import time
import traceback
from contextlib import suppress

from django.db import connections


def child(work, log):
    """Starts `work` in a process of its own; what it says goes to the file `log`. Returns its number."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(out, 1)
        os.dup2(out, 2)
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def manage(*arguments, **options):
    """What `manage.py` does once it has started."""
    from django.core.management import call_command

    return lambda: call_command(*arguments, **options)


def manage_py(*arguments):
    """The command as a supervisor starts it."""
    return lambda: os.execv(sys.executable, [sys.executable, "manage.py", *arguments])


def finish(pid, seconds=120):
    """Its exit status, or the signal that ended it, negative. One that hangs is killed, and the drill fails."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    kill(pid)
    raise TimeoutError(f"process {pid} did not end within {seconds} seconds")


def kill(pid):
    """As the kernel does when memory is short, or a power cut: no goodbye. False where it had ended before."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
