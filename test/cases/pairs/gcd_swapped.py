# same: yes
# params: a: int, b: int
def f(a, b):
    if not (0 < a <= 6 and 0 < b <= 6):
        return 0
    while b:
        a, b = b, a % b
    return a
# other version
def f(a, b):
    if not (0 < a <= 6 and 0 < b <= 6):
        return 0
    while a:
        a, b = b % a, a
    return b
