# entry: call run(3)
# returns: 4
# about: lines that end in all three ways
def run(n):    a = n
    b = a + 1
    return b
