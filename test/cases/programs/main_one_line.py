# entry: main
# returns: [3, 3]
# about: a marked function whose body is on its header's line
def f(x): return [x, x]
def main(): return f(3)  # << START_OF_TRACE
