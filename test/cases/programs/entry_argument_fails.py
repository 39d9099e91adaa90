# entry: call f(1 // 0)
# raises: ZeroDivisionError
# about: an entry whose argument fails, so that nothing is called
def f(n):
    return n
