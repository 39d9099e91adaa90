# entry: main
# returns: (20, 37)
# about: the text of the mark also stands elsewhere in the program
HINT = "mark it with # << START_OF_TRACE here"


def helper(n):  # not << START_OF_TRACE, only like it
    return n + 1


def main():  # << START_OF_TRACE
    note = "# << START_OF_TRACE"
    return helper(len(note)), len(HINT)
