# entry: script
# raises: SystemExit
# about: sys.exit() in a function of a script
import sys


def stop(code):
    print("bye")
    sys.exit(code)


for i in range(3):
    if i == 1:
        stop(i)
