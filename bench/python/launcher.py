"""Answers each line of standard input with what a fresh `one_process.py` says to it, one process at a time.

A small process starts them, because what a start costs grows with the memory of the process that starts it.
"""

import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, str(Path(__file__).with_name("one_process.py"))]

for line in sys.stdin.buffer:
    sys.stdout.buffer.write(subprocess.run(COMMAND, input=line, stdout=subprocess.PIPE, check=True).stdout)
    sys.stdout.buffer.flush()
