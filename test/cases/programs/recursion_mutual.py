# entry: call is_even(5)
# returns: False
# about: two functions that call each other
def is_even(n):
    if n == 0:
        return True
    return is_odd(n - 1)


def is_odd(n):
    if n == 0:
        return False
    return is_even(n - 1)
