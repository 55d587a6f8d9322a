"""Runs a command on a pseudo-terminal of so many columns, and hands on the bytes that the terminal gets.

python3 on_terminal.py COLUMNS PROMPTS COMMAND [ARGUMENT …]
What comes on standard input is typed, line by line, each when the terminal has shown one of the prompts, which stand
between tabs.
"""
import fcntl
import os
import pty
import struct
import sys
import termios

columns, prompts, *command = sys.argv[1:]
typed = [] if sys.stdin.isatty() else sys.stdin.buffer.read().splitlines(keepends=True)
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 60, int(columns), 0, 0))
    os.execvp(command[0], command)

shown = b""
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:  # Linux: the other end is closed.
        break
    if not piece:
        break
    sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()
    shown += piece
    if typed and any(prompt.encode() in shown for prompt in prompts.split("\t")):
        shown = b""
        os.write(terminal, typed.pop(0))

sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
