# entry: call run(3)
# returns: 6
# about: a last line without its newline
def run(n):
    return n * 2