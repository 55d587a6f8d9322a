"""Runs a program to its end, or several with a pipe from each to the next, and says what they needed.

Called with the file of the report and the programs, each after the other with `|` between them: seconds since the epoch at
which they began and ended, the memory that they held resident at the most, in KB and added up, and the worst exit code.
"""

import json
import os
import subprocess
import sys
import time

report, *words = sys.argv[1:]
commands: list[list[str]] = [[]]
for word in words:
    if word == "|":
        commands.append([])
    else:
        commands[-1].append(word)

began = time.time()
source = subprocess.DEVNULL
processes = []
for index, command in enumerate(commands):
    is_last = index == len(commands) - 1
    process = subprocess.Popen(command, stdin=source, stdout=subprocess.DEVNULL if is_last else subprocess.PIPE)
    if source != subprocess.DEVNULL:
        source.close()
    source = process.stdout
    processes.append(process)
if source:
    source.close()

resident = 0
codes = []
for process in processes:
    _, status, usage = os.wait4(process.pid, 0)
    resident += usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    codes.append(os.waitstatus_to_exitcode(status))
with open(report, "w", encoding="utf-8") as file:
    json.dump({"began": began, "ended": time.time(), "resident": resident, "code": next((code for code in codes if code), 0)}, file)
