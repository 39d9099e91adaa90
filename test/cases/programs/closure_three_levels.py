# entry: call outer(1)
# returns: (1, 2, 3)
# about: free variables passed through a scope that does not use them
def outer(a):
    def middle():
        b = a + 1

        def inner(c):
            return a, b, c

        return inner

    return middle()(a + 2)
