# entry: call build()
# returns: ([2, 2, 2], [0, 1, 2])
# about: late binding of a loop variable, and a default that captures it early
def build():
    late, early = [], []
    for i in range(3):
        late.append(lambda: i)
        early.append(lambda i=i: i)
    return [f() for f in late], [f() for f in early]
