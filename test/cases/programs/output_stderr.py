# entry: call run()
# returns: 4
# about: what goes to the error stream is no output
import sys


def run():
    print("visible")
    print("hidden", file=sys.stderr)
    return sys.stdout.write("four")
