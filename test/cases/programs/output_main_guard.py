# entry: script
# about: the usual shape of a script
import sys


def main(argv):
    print("args", len(argv))
    return 3


if __name__ == "__main__":
    code = main(["x"])
    print(__name__, file=sys.stdout)
else:
    code = None
