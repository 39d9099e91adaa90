# same: yes
# params: n: int
def f(n):
    if n >= 90:
        return 'A'
    if n >= 80:
        return 'B'
    return 'C'
# other version
def f(n):
    if n < 80:
        return 'C'
    elif n < 90:
        return 'B'
    else:
        return 'A'
