# entry: call f(1, 2)
# raises: TypeError
# about: an entry with more arguments than its function takes
def f(n):
    return n
