# entry: call run(2)
# returns: 6
# about: several statements on a line
def run(n): a = n; b = a + 1; return a * b
