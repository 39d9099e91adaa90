# entry: call f(1)
# raises: SyntaxError
# about: a program that does not compile
def f(n):
    return n +
