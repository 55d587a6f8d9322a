"""Runs a command that must not outlive whoever started it.

Whoever starts this holds the other end of its standard input. When that end is closed, on purpose or because
its process is no more, the command and all that it has started are killed: none of it holds anything worth saving.
"""

import os
import signal
import subprocess
import sys
import threading

# A session of its own: a Ctrl-C on the terminal is not for it, and one signal reaches all of it.
command = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)


def kill(*_):
    try:
        os.killpg(command.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def kill_when_let_go():
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        # Let go of in the middle of something: that, too, is letting go.
        pass
    kill()


for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(each, kill)
threading.Thread(target=kill_when_let_go, daemon=True).start()

status = command.wait()
# The command has ended by itself; what it leaves behind goes too.
kill()
sys.stdout.flush()
os._exit(status if status >= 0 else 128 - status)
