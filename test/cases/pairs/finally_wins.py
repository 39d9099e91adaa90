# same: no
# params: n: int
def f(n):
    try:
        return n
    finally:
        n = n + 1
# other version
def f(n):
    try:
        return n
    finally:
        return n + 1
